"""Erase one respondent: look first where the person stands, then erase, with a reason. Nobody's answers are shown."""

from datetime import date

import streamlit as st

from sqm import config
from sqm.database.privacy import erasure
from sqm.database.privacy.erased_files import Wanted
from sqm.database.privacy.erasure import Plan
from sqm.errors import SqmError
from sqm.rules.access import Action
from sqm.ui import blocks, formats
from sqm.ui.decisions import decision_texts, told
from sqm.ui.doors import data, data_names
from sqm.ui.signing import rights
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, n_, name

_PLACE = "erase"  # of the page: what became of a person is said above
_SURVEY, _ID, _PHONE, _MONTH, _REASON, _SURE = _KEYS = tuple(
    f"erase_{each}" for each in ("survey", "id", "phone", "month", "reason", "sure")
)


def show(viewer: Viewer) -> None:
    """Only for the role that may: the page asks before."""
    said = told.take(_PLACE)
    surveys = data_names.names().surveys
    with st.expander(_("Erase a respondent"), expanded=bool(said), key="erase"):
        blocks.said(said)
        with st.container(horizontal=True):
            st.selectbox(_("Survey"), list(surveys), format_func=lambda code: name(surveys[code]), key=_SURVEY)
            st.text_input(_("Respondent number"), key=_ID, max_chars=100)
            st.text_input(_("or phone number"), key=_PHONE, max_chars=30)
            st.text_input(_("Month, if numbers begin anew"), key=_MONTH, max_chars=7, placeholder="2026-09")
        st.text_input(
            _("Reason for the erasure"), key=_REASON, max_chars=300, placeholder=_("such as: asked for it in writing")
        )
        if st.button(_("Look where this person stands"), key="erase_look"):
            _look(viewer)
        sure = st.checkbox(_("Erase for ever: tables, stored files, snapshots"), key=_SURE)
        st.button(_("Erase"), key="erase_now", disabled=not sure, on_click=_erase, args=(viewer,))
        blocks.footnote(
            _(
                "Published figures stay as published. Everybody waits some seconds while the database file is written "
                "anew. Copies on other machines must be let go there."
            )
        )


def find(viewer: Viewer, wanted: Wanted) -> Plan:
    """The door: where the person stands."""
    rights.require(viewer, Action.ERASE_RESPONDENT)
    return erasure.plan(data.database(), config.load(), wanted)


def erase(viewer: Viewer, wanted: Wanted, reason: str) -> Plan:
    """The door: do it, and forget what this process still remembers."""
    viewer = rights.require(viewer, Action.ERASE_RESPONDENT)
    try:
        return erasure.erase(data.database(), config.load(), wanted, viewer.name, str(viewer.role), reason)
    finally:
        data.forget_all()


def _look(viewer: Viewer) -> None:
    try:
        found = find(viewer, _wanted())
    except SqmError as refused:
        blocks.said(decision_texts.sentence(refused))
        return
    blocks.said(_told(found))


def _told(found: Plan) -> str:
    if found.is_empty:
        return decision_texts.sentence(SqmError("nobody_found"))
    rows = n_("{n} answer", "{n} answers", found.rows)
    files = n_("in {n} file", "in {n} files", len(found.files) + len(found.drafts))
    months = ", ".join(formats.month(month) for month in found.months)
    return " ".join(part for part in (rows, files, f"({months})" if months else "") if part)


def _wanted() -> Wanted:
    said = {key: str(st.session_state.get(key) or "").strip() for key in _KEYS}
    try:
        month = date.fromisoformat(f"{said[_MONTH]}-01") if said[_MONTH] else None
    except ValueError as error:
        raise SqmError("month_unreadable") from error
    return Wanted(said[_SURVEY], said[_ID], said[_PHONE], month)


def _erase(viewer: Viewer) -> None:
    """Who it was stays in no state of this session."""
    try:
        gone = erase(viewer, _wanted(), str(st.session_state.get(_REASON) or ""))
    except SqmError as refused:
        told.keep(decision_texts.sentence(refused), _PLACE)
        return
    told.keep(_("Erased: {what}. The trail says so without saying who.", what=_told(gone)), _PLACE)
    for key in _KEYS:
        st.session_state.pop(key, None)
