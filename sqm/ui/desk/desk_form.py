"""Make a proposal, or answer one with another: fields, what the past says of them, and the button that records."""

from datetime import date

import streamlit as st

from sqm.errors import SqmError
from sqm.rules.matrix.agreements import Proposal
from sqm.ui import blocks
from sqm.ui.decisions import data_decisions, decision_texts, drawn_log, told
from sqm.ui.desk import desk_choice, desk_fields, desk_opened
from sqm.ui.desk.desk_fields import Form
from sqm.ui.doors import data_names
from sqm.ui.indicator.indicator_choice import place_name
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _


def show(viewer: Viewer, code: str, answers: Proposal | None = None) -> None:
    """The form in a box of its own. The outlook follows every field that is left, before anybody signs."""
    form = Form(code, date.today(), answers)
    indicator = data_names.names().indicator(code)
    drawn_log.open_form(f"target:{code}")
    with st.container(border=True, key="desk_form"):
        if answers is None:
            blocks.subtitle(_("Propose a target: {indicator}", indicator=indicator))
        else:
            place = place_name(desk_fields.place(form), data_names.names(), viewer.scope)
            blocks.subtitle(_("Answer with another proposal: {indicator}, {place}", indicator=indicator, place=place))
        desk_fields.draw(form, viewer.scope)
        blocks.html(desk_opened.outlook(viewer.scope, code, desk_fields.place(form), desk_fields.steps(form)))
        with st.container(horizontal=True):
            st.button(_("Propose"), type="primary", key="desk_propose", on_click=_propose, args=(viewer, form))
            st.button(_("Close"), key="desk_close", on_click=_close, args=(form,))
    if answers is None:
        blocks.html(desk_opened.agreed(viewer.scope, code))


def _propose(viewer: Viewer, form: Form) -> None:
    """Reads the fields anew: a number typed just before the click counts."""
    try:
        made = data_decisions.decide(viewer, desk_fields.draft(form))
    except SqmError as refused:
        told.keep(decision_texts.sentence(refused))
        return
    told.keep(_("Proposed. It is agreed once both sides have signed."))
    desk_fields.clear(form)
    desk_choice.show(made.decision_id)


def _close(form: Form) -> None:
    desk_fields.clear(form)
    desk_choice.show(form.answers.proposal_id if form.answers else "")
