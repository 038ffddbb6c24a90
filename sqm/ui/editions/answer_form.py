"""Answer a proposed indicator: accept it under a code from a month on, refuse it with a reason, or take it back."""

from datetime import date

import streamlit as st

from sqm.rules.decisions import Draft
from sqm.rules.matrix import editions
from sqm.rules.matrix.editions import State
from sqm.ui import blocks, formats
from sqm.ui.decisions import deciding, drawn_log, open_form, told
from sqm.ui.editions import data_editions, editions_words, proposal_form
from sqm.ui.editions.data_editions import Proposed
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, name

_CODE, _FROM, _REASON = "answer_code", "answer_from", "answer_reason"


def show(viewer: Viewer, found: Proposed, accepts: bool) -> None:
    """accepts: the viewer may accept and refuse; else they may only take their own proposal back."""
    proposed = found.indicator
    drawn_log.open_form(f"answer:{proposed.proposal_id}")
    with st.container(border=True, key="editions_answer"):
        blocks.subtitle(name(proposed.definition))
        blocks.footnote(name(proposed.definition, "definition"), editions_words.measured(proposed), found.why)
        if proposed.state is State.ACCEPTED:
            blocks.footnote(editions_words.state(proposed))
            st.button(_("Take the acceptance back"), on_click=_withdraw, args=(viewer, proposed.decision_id))
        elif accepts:
            _verdict(viewer, found)
        else:
            st.button(_("Take the proposal back"), on_click=_withdraw, args=(viewer, proposed.proposal_id))
        st.button(_("Close"), key="answer_close", on_click=_close)


def _verdict(viewer: Viewer, found: Proposed) -> None:
    proposed = found.indicator
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Code"), value=data_editions.suggested_code(proposed), key=_CODE, max_chars=20)
        months = data_editions.first_months(date.today())
        st.selectbox(_("First month"), months, format_func=formats.month, key=_FROM)
        st.button(_("Accept, observed only"), type="primary", on_click=_accept, args=(viewer, proposed.proposal_id))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Reason for not accepting"), key=_REASON, max_chars=300)
        st.button(_("Do not accept"), on_click=_refuse, args=(viewer, proposed.proposal_id))


def _accept(viewer: Viewer, proposal_id: str) -> None:
    code, month = str(st.session_state.get(_CODE) or ""), st.session_state[_FROM]
    accepted = _("Accepted: {code} stands in the matrix from {month} on.", code=code, month=formats.month(month))
    _decide(viewer, editions.accept(proposal_id, code, month), accepted)


def _refuse(viewer: Viewer, proposal_id: str) -> None:
    reason = str(st.session_state.get(_REASON) or "").strip()
    if not reason:
        told.keep(_("Nothing was recorded: a reason is needed for not accepting."))
        return
    _decide(viewer, editions.refuse(proposal_id, reason), _("Not accepted."))


def _decide(viewer: Viewer, draft: Draft, success: str) -> None:
    if deciding.record(viewer, draft, success=success):
        _close()


def _withdraw(viewer: Viewer, decision_id: str) -> None:
    if deciding.take_back(viewer, decision_id):
        _close()


def _close() -> None:
    proposal_form.close()
    open_form.shut((), (_CODE, _FROM, _REASON))
