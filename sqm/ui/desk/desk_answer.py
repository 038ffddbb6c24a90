"""What a viewer may do with an open proposal: sign it, refuse it, answer it with another, take the last step back."""

import streamlit as st

from sqm.rules.decisions import Decision, Draft
from sqm.rules.matrix import agreements
from sqm.rules.matrix.agreements import Proposal, Side, State
from sqm.ui.decisions import data_decisions, deciding, told
from sqm.ui.desk import data_desk, desk_choice, desk_words
from sqm.ui.doors import data_names
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _


def show(viewer: Viewer, proposal: Proposal) -> None:
    """Buttons that this viewer may press, in one line; the reason of a refusal above them."""
    mine = data_desk.sides_of(viewer) if proposal.state is State.OPEN else ()
    for side in mine:
        st.text_input(_("Reason (needed to refuse)"), key=_reason_key(proposal, side), max_chars=300, width=480)
    with st.container(horizontal=True, key="desk_buttons"):
        for side in mine:
            _answers(viewer, proposal, side)
        if data_desk.may_answer(viewer, proposal):
            st.button(
                _("Answer with another proposal"),
                key="desk_counter",
                on_click=desk_choice.show,
                args=(proposal.proposal_id, True),
            )
        if _may_take_back(viewer, proposal):
            st.button(_("Take my last step back"), key="desk_back", on_click=_take_back, args=(viewer, proposal))
        st.button(_("Close"), key="desk_shut", on_click=desk_choice.close)


def _answers(viewer: Viewer, proposal: Proposal, side: Side) -> None:
    if side in proposal.waits_for:
        st.button(
            _("Sign for the {side}", side=desk_words.side(side)),
            type="primary",
            key=f"desk_sign_{side}",
            on_click=_sign,
            args=(viewer, proposal, side),
        )
    st.button(_("Refuse"), key=f"desk_refuse_{side}", on_click=_refuse, args=(viewer, proposal, side))


def _sign(viewer: Viewer, proposal: Proposal, side: Side) -> None:
    """The owner's side signs in the name of the department that the catalogue names."""
    listed = data_names.names().indicators.get(proposal.indicator_code, {})
    department = str(listed.get("department_code", "")) if side is Side.OWNER else ""
    is_last = proposal.waits_for == {side}
    done = _("Signed. The target is agreed.") if is_last else _("Signed. The other side has not signed yet.")
    deciding.record(viewer, agreements.sign(proposal.proposal_id, side, department), success=done)


def _refuse(viewer: Viewer, proposal: Proposal, side: Side) -> None:
    reason = str(st.session_state.get(_reason_key(proposal, side)) or "").strip()
    if not reason:
        told.keep(_("Nothing was recorded: a proposal is refused with a reason, so that it can be answered."))
        return
    deciding.record(viewer, agreements.refuse(proposal.proposal_id, side, reason), success=_("Refused."))


def _may_take_back(viewer: Viewer, proposal: Proposal) -> bool:
    """Whoever said the last word on it, as long as nobody has answered with another proposal."""
    last = proposal.history[-1]
    return not proposal.answered_by and last.who == viewer.name and data_decisions.may_decide(viewer, _as_draft(last))


def _as_draft(decision: Decision) -> Draft:
    return Draft(decision.kind, decision.subject, decision.facts)


def _take_back(viewer: Viewer, proposal: Proposal) -> None:
    deciding.take_back(viewer, proposal.history[-1].decision_id)


def _reason_key(proposal: Proposal, side: Side) -> str:
    return f"desk_reason_{side}_{proposal.proposal_id}"
