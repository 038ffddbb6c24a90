"""Look as: without an identity provider whoever sits at this machine chooses in which role to look.

The choice is kept in the session and never read from an address. Until somebody chooses, SQM_ROLE, SQM_DISTRICTS and
SQM_STORES decide.
"""

from dataclasses import dataclass

import streamlit as st

from sqm import config
from sqm.rules.access import EVERYTHING, Role, Scope, role_of, scope_of
from sqm.ui import blocks
from sqm.ui.decisions import people
from sqm.ui.doors import data_names
from sqm.ui.signing import provider
from sqm.ui.words import _, name

ASK = "look_as"
"""A link that stays on the page and names this asks for the form; its value means nothing."""
_CHOSEN, _ASKED = "look_as.chosen", "look_as.asked"
_ROLE, _DISTRICT, _STORE = "look_as.role", "look_as.district", "look_as.store"
ROLES = (
    Role.EXECUTIVE,
    Role.STORE_MANAGER,
    Role.DISTRICT,
    Role.ANALYST,
    Role.QUALITY,
    Role.AUDITOR,
    Role.HR,
)


@dataclass(frozen=True)
class Place:
    """In which role, and where. A store comes with its district."""

    role: Role
    districts: frozenset[str] = frozenset()
    stores: frozenset[str] = frozenset()

    @property
    def scope(self) -> Scope:
        return scope_of(self.role, self.districts, self.stores)


def place() -> Place:
    """The choice of this session, else that of the settings. An unknown role is nobody."""
    if provider.is_set_up():
        return Place(Role.NOBODY)
    chosen = st.session_state.get(_CHOSEN)
    if isinstance(chosen, Place):
        return chosen
    settings = config.load()
    return Place(role_of(settings.role), settings.districts, settings.stores)


def called(where: Place) -> str:
    """store manager: East gate store"""
    role = people.role_name(where.role)
    if where.role not in (Role.STORE_MANAGER, Role.DISTRICT):
        return role
    known = data_names.places(where.scope)
    level, codes = ("store", where.stores) if where.role is Role.STORE_MANAGER else ("district", where.districts)
    if not codes:
        return role
    return _("{role}: {place}", role=role, place=", ".join(known.place(level, code) for code in sorted(codes)))


def ask() -> None:
    """Show the form in the run that follows."""
    st.session_state[_ASKED] = True


def form() -> None:
    """The form, if a link of the frame asked for it."""
    if st.session_state.get(_ASKED):
        st.dialog(_("Look as"), on_dismiss=_close)(_form)()


def _form() -> None:
    now = place()
    known = data_names.places(EVERYTHING)
    blocks.footnote(
        _("No sign-in is set up, so whoever sits here may look in any role. Nobody else reaches this server.")
    )
    first = ROLES.index(now.role) if now.role in ROLES else ROLES.index(Role.ANALYST)
    role = st.selectbox(_("Role"), ROLES, first, format_func=_role_called, key=_ROLE)
    if role in (Role.STORE_MANAGER, Role.DISTRICT):
        st.selectbox(
            _("District"),
            list(known.districts),
            _first(list(known.districts), now.districts),
            format_func=lambda code: name(known.districts[code]) or code,
            key=_DISTRICT,
        )
    if role is Role.STORE_MANAGER:
        within = st.session_state.get(_DISTRICT)
        stores = [code for code, store in known.stores.items() if store["district_code"] == within]
        st.selectbox(
            _("Store"),
            stores,
            _first(stores, now.stores),
            format_func=lambda code: f"{code} {name(known.stores[code])}",
            key=_STORE,
        )
    if st.button(_("Look"), type="primary", on_click=_choose, key="look_as.done"):
        st.rerun()


def _role_called(role: Role) -> str:
    return people.role_name(role)


def _first(codes: list[str], held: frozenset[str]) -> int:
    return next((place for place, code in enumerate(codes) if code in held), 0)


def _choose() -> None:
    role = st.session_state.get(_ROLE, Role.NOBODY)
    district = frozenset({code} if (code := st.session_state.get(_DISTRICT)) else ())
    store = frozenset({code} if (code := st.session_state.get(_STORE)) else ())
    if role is Role.STORE_MANAGER:
        st.session_state[_CHOSEN] = Place(role, district, store)
    else:
        st.session_state[_CHOSEN] = Place(role, district if role is Role.DISTRICT else frozenset())
    _close()


def _close() -> None:
    st.session_state.pop(_ASKED, None)
