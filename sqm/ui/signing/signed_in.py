"""Somebody who has signed in: who that is, by the tables of people as they are in this run, and what the trail keeps.

The identity comes from the provider's signed cookie; role and stores never do.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple, NoReturn

import streamlit as st
from streamlit import config as streamlit_config
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from sqm import config
from sqm.database.deciding import people
from sqm.rules import people as rules
from sqm.rules.access import NOTHING, Action, Role, Scope, may
from sqm.rules.people import Identity, Person, Placed
from sqm.rules.session_limits import End
from sqm.ui.doors.data import Stamp, database, stamp
from sqm.ui.signing.session_register import REGISTER, SignedIn, key_of

_NAME = "signed_in.name"


class Standing(NamedTuple):
    """name: what the trail keeps."""

    name: str
    role: Role
    scope: Scope


@lru_cache(maxsize=8)
def _everyone(at: Stamp) -> tuple[Person, ...]:
    return people.every(database())


@lru_cache(maxsize=8)
def _open_stores(at: Stamp, today: date) -> dict[str, str]:
    return people.open_stores(database(), today)


def everyone() -> tuple[Person, ...]:
    """All people, closed accounts included, by name."""
    return _everyone(stamp())


def open_stores() -> dict[str, str]:
    """Stores that are open today: code -> district."""
    return _open_stores(stamp(), datetime.now(UTC).date())


def standing() -> Standing:
    """Who looks in this run. Ends the run, and sends the browser to the sign-in page, when the sign-in is over."""
    user = st.user.to_dict()
    held = REGISTER.find(key_of(user)) if user.get("is_logged_in") else None
    if held is None:
        _leave()
    context = get_script_run_ctx()
    REGISTER.touch(held, context.session_id if context else "")
    placed = placed_of(user)
    held.has_role = placed.refusal is None
    role = placed.person.role if placed.person and placed.refusal is None else Role.NOBODY
    held.may_upload = may(role, Action.COMMIT_BATCH)
    if placed.person is not None:
        held.who = rules.called(placed.person)
    _note(held, placed)
    st.session_state[_NAME] = placed.person.name if placed.person else held.who
    return Standing(held.who, role, placed.scope if placed.refusal is None else NOTHING)


def placed_of(user: Mapping[str, object]) -> Placed:
    """The person that the identity provider's words mean, by the tables as they are now."""
    return rules.recognised(everyone(), identity(user), config.load().match, open_stores())


def identity(user: Mapping[str, object]) -> Identity:
    """What the identity provider said. An e-mail is verified only if it says so in as many words."""
    return Identity(
        subject=str(user.get("sub") or ""),
        email=str(user.get("email") or ""),
        is_verified=user.get("email_verified") in (True, "true"),
        claims={key: str(value) for key, value in user.items() if isinstance(value, (str, int)) and value is not True},
    )


def called(user: Mapping[str, object]) -> str:
    """How the trail calls somebody before it is known who that is."""
    return str(user.get("email") or user.get("sub") or "")


def name() -> str:
    """The name in the frame."""
    return str(st.session_state.get(_NAME, ""))


def note_end(held: SignedIn, why: End) -> None:
    """Write down that a sign-in is over; one that never reached a page was not written down as begun either."""
    if people.LOGIN in held.noted:
        people.note(database(), held.who, people.LOGOUT, {"why": str(why)})


def _note(held: SignedIn, placed: Placed) -> None:
    """The first run is the login; each reason for showing nothing is written down once."""
    what = str(placed.refusal or people.LOGIN)
    if what in held.noted:
        return
    held.noted.add(what)
    role = str(placed.person.role) if placed.person else ""
    if placed.refusal is None:
        people.note(database(), held.who, people.LOGIN, {"role": role})
    else:
        people.note(database(), held.who, people.DENIED, {"why": str(placed.refusal), "role": role})


def _leave() -> NoReturn:
    """Nothing of the page, and the browser goes to the start, where it may sign in again."""
    context = get_script_run_ctx()
    if context is not None:
        message = ForwardMsg()
        message.auth_redirect.url = f"/{str(streamlit_config.get_option('server.baseUrlPath') or '').strip('/')}"
        context.enqueue(message)
    st.stop()
