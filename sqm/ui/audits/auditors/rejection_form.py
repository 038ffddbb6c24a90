"""Reject the report of a visit, for a reason that the auditor is told; or let it count again."""

import streamlit as st

from sqm.rules.audits import visit_reports
from sqm.rules.audits.visit_reports import Rejection
from sqm.ui import blocks, formats
from sqm.ui.audits.auditors import auditors_blocks
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.decisions import back_form, deciding, open_form, told
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _

_VISIT, _REASON = "reject_visit", "reject_reason"


def show(viewer: Viewer, choice: Choice) -> None:
    """Visits of the chosen month and district stand in the list."""
    visits = auditors_blocks.month_visits(choice.month, viewer.scope, choice.district)
    with st.container(border=True, key="reject_form"):
        blocks.subtitle(_("Reject a report of {month}", month=formats.month(choice.month)))
        with st.container(horizontal=True):
            st.selectbox(_("Visit"), list(visits), format_func=lambda code: visits[code], key=_VISIT)
            st.text_input(_("Reason"), key=_REASON, max_chars=300)
        with st.container(horizontal=True):
            st.button(_("Reject the report"), type="primary", key="reject_record", on_click=_reject, args=(viewer,))
            st.button(_("Close"), key="reject_close", on_click=close)


def take_back(viewer: Viewer, found: Rejection) -> None:
    """One question before the visit counts again."""
    what = _("Let {visit} count again", visit=found.visit_id)
    note = _("It was rejected: {reason}", reason=found.reason)
    back_form.ask(viewer, found.decision_id, what, "reject", close, note)


def _reject(viewer: Viewer) -> None:
    state = st.session_state
    try:
        draft = visit_reports.reject_visit(str(state.get(_VISIT) or ""), str(state.get(_REASON) or ""))
    except ValueError:
        told.keep(_("Nothing was recorded: a report is rejected for a reason."))
        return
    if deciding.record(viewer, draft):
        close()


def close() -> None:
    """Shut the form and forget what was typed."""
    open_form.shut(("reject", "accept"), (_VISIT, _REASON))
