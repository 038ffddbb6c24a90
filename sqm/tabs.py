"""Tabs that nobody clicks in: when a sign-in is over, or somebody's role or stores have changed, the server runs the
open tabs anew, so that what they show is what their people may see now.
"""

import asyncio
import logging
from collections.abc import Iterable

from streamlit.runtime import exists, get_instance

from sqm.ui import provider, signed_in
from sqm.ui.session_register import REGISTER, SignedIn

_LOOK_EVERY = 3.0  # seconds
_LOG = logging.getLogger("sqm.tabs")


async def watch() -> None:
    """Until the server ends. A failure of one round is logged, and the next round comes."""
    known = None
    while provider.is_set_up():
        await asyncio.sleep(_LOOK_EVERY)
        try:
            for held, why in REGISTER.sweep():
                _run_anew([held])
                await asyncio.to_thread(signed_in.note_end, held, why)
            people = signed_in.everyone() if REGISTER.standing() else None
            if known is not None and people is not None and people != known:
                _run_anew(REGISTER.standing())
            known = people
        except Exception:  # noqa: BLE001 - the watch must not end
            _LOG.exception("tabs could not be run anew")


def _run_anew(every: Iterable[SignedIn]) -> None:
    if not exists():
        return
    sessions = get_instance()._session_mgr
    for held in every:
        for tab in list(held.tabs):
            found = sessions.get_active_session_info(tab)
            if found is None:
                held.tabs.discard(tab)
                continue
            held.quiet.add(tab)
            found.session.request_rerun(None)
