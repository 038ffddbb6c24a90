"""Tabs that nobody clicks in: when a sign-in is over, or somebody's role or stores have changed, the server runs the
open tabs anew, so that what they show is what their people may see now.
"""

import asyncio
import logging
from collections.abc import Iterable

from streamlit.runtime import exists, get_instance
from streamlit.runtime.app_session import AppSessionState

from sqm.rules.people import Person, called
from sqm.ui.signing import provider, signed_in
from sqm.ui.signing.session_register import REGISTER, SignedIn

_LOOK_EVERY = 3.0  # seconds
_LOG = logging.getLogger("sqm.tabs")


async def watch() -> None:
    """Until the server ends. A failure of one round is logged, and the next round comes."""
    known: tuple[Person, ...] | None = None
    due: dict[str, SignedIn] = {}  # tab -> whose it is
    while provider.is_set_up():
        await asyncio.sleep(_LOOK_EVERY)
        try:
            over = REGISTER.sweep()
            people = signed_in.everyone() if REGISTER.standing() else None
            touched = [held for held, _why in over] + concerned(known, people, REGISTER.standing())
            due.update({tab: held for held in touched for tab in held.tabs})
            known = people
            _run_anew(due)
            for held, why in over:
                await asyncio.to_thread(signed_in.note_end, held, why)
        except Exception:  # noqa: BLE001 - the watch must not end
            _LOG.exception("tabs could not be run anew")


def concerned(
    before: tuple[Person, ...] | None, after: tuple[Person, ...] | None, standing: Iterable[SignedIn]
) -> list[SignedIn]:
    """The sign-ins of people who were added, changed or closed between two looks."""
    if before is None or after is None or before == after:
        return []
    names = {called(each).casefold() for each in set(before) ^ set(after)}
    return [held for held in standing if held.who.casefold() in names]


def _run_anew(due: dict[str, SignedIn]) -> None:
    """Run the tabs that stand still; one that is just running waits for the next round, so that no click is lost."""
    if not exists():
        return
    sessions = get_instance()._session_mgr
    for tab, held in list(due.items()):
        found = sessions.get_active_session_info(tab)
        if found is None:
            held.tabs.discard(tab)
            del due[tab]
        elif found.session._state is not AppSessionState.APP_IS_RUNNING:
            held.quiet.add(tab)
            found.session.request_rerun(found.session._client_state)
            del due[tab]
