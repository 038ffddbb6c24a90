"""Add a person, change one, or close an account; each with a reason, each a decision of the log."""

import secrets
from dataclasses import replace

import streamlit as st

from sqm.errors import SqmError
from sqm.rules import people as rules
from sqm.rules.access import EVERYTHING, Role
from sqm.rules.people import Person
from sqm.ui import address, blocks
from sqm.ui.decisions import deciding, decision_texts, drawn_log, told
from sqm.ui.decisions.people import role_name
from sqm.ui.doors import data_names
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, name

_NAME, _EMAIL, _SUBJECT, _ROLE, _DISTRICTS, _STORES, _OPEN, _REASON = _KEYS = tuple(
    f"person_{each}" for each in ("name", "email", "subject", "role", "districts", "stores", "open", "reason")
)
_NOBODY = Person("", "", "", "", True, Role.STORE_MANAGER)


def show(viewer: Viewer, person: Person | None) -> None:
    """person: whom to change; None adds one."""
    held = person or _NOBODY
    places = data_names.places(EVERYTHING)
    mark = f":{held.person_id}"  # a form of its own for each person
    drawn_log.open_form(f"person{mark}")
    with st.container(border=True, key="person_form"):
        blocks.subtitle(_("Change: {name}", name=held.name) if person else _("Add a person"))
        with st.container(horizontal=True):
            st.text_input(_("Name"), held.name, key=_NAME + mark, max_chars=100)
            st.text_input(_("E-mail"), held.email, key=_EMAIL + mark, max_chars=200)
            st.text_input(_("Subject or staff number"), held.subject, key=_SUBJECT + mark, max_chars=200)
        roles = list(Role)
        role = st.selectbox(_("Role"), roles, roles.index(held.role), format_func=role_name, key=_ROLE + mark)
        if role is Role.DISTRICT:
            _several(_("Districts"), places.districts, held.districts, _DISTRICTS + mark)
        if role is Role.STORE_MANAGER:
            _several(_("Stores"), places.stores, held.stores, _STORES + mark)
        if person:
            st.checkbox(_("The account is open"), held.is_active, key=_OPEN + mark)
        st.text_input(_("Reason"), key=_REASON + mark, max_chars=300)
        with st.container(horizontal=True):
            st.button(_("Record"), type="primary", key="person_record", on_click=_record, args=(viewer, person, mark))
            st.button(_("Close"), key="person_close", on_click=_close)


def _several(label: str, known: dict[str, data_names.Record], held: tuple[str, ...], key: str) -> None:
    def called(code: str) -> str:
        return f"{code} {name(known.get(code, {}))}".strip()

    st.multiselect(label, sorted({*known, *held}), list(held), format_func=called, key=key, placeholder=_("Choose"))


def _record(viewer: Viewer, person: Person | None, mark: str) -> None:
    said = {key: st.session_state.get(key + mark) for key in _KEYS}
    role = said[_ROLE]
    wanted = replace(
        person or _NOBODY,
        person_id=person.person_id if person else f"p{secrets.token_hex(6)}",
        name=str(said[_NAME] or ""),
        email=str(said[_EMAIL] or ""),
        subject=str(said[_SUBJECT] or ""),
        role=role if isinstance(role, Role) else Role.NOBODY,
        districts=tuple(said[_DISTRICTS] or ()),
        stores=tuple(said[_STORES] or ()),
        is_active=person is None or bool(said[_OPEN]),
    )
    try:
        draft = rules.setting(person, wanted, str(said[_REASON] or ""), viewer.name)
    except SqmError as refused:
        told.keep(decision_texts.sentence(refused))
        return
    if deciding.record(viewer, draft, success=_("Recorded. It holds from now on, in windows that are open too.")):
        _close()


def _close() -> None:
    for choice in ("person", "new"):
        address.choose(choice, "")
    for key in [key for key in st.session_state if str(key).startswith(tuple(f"{each}:" for each in _KEYS))]:
        del st.session_state[key]
