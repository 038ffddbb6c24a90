"""Publish a month, or publish it anew with a note: what is missing stands beside the button."""

from datetime import date

import streamlit as st

from sqm.errors import SqmError
from sqm.rules.targets import Status
from sqm.ui import blocks, formats
from sqm.ui.decisions import decision_texts, open_form, told
from sqm.ui.doors import data_names
from sqm.ui.matrix import data_matrix
from sqm.ui.matrix.data_matrix import Reporting
from sqm.ui.months import data_months, months_body, months_words
from sqm.ui.months.data_months import MonthState
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, n_

_NOTE = "months_note"


def show(viewer: Viewer, month: date) -> None:
    """The form, in a box of its own between the chosen month and the lists."""
    state = months_body.state_of(viewer.scope, month)
    with st.container(border=True, key="months_publish"):
        blocks.subtitle(months_body.act(state))
        blocks.bullets(_consequences(state, data_matrix.reporting(viewer.scope, month), viewer))
        st.text_input(_("Why is it published anew?") if state.made else _("Note"), key=_NOTE, max_chars=300)
        with st.container(horizontal=True):
            st.button(_("Publish"), type="primary", on_click=_publish, args=(viewer, month, bool(state.made)))
            st.button(_("Close"), on_click=_close)


def _consequences(state: MonthState, owed: tuple[Reporting, ...], viewer: Viewer) -> list[str]:
    """What is missing, by district, and what the publication will list."""
    places = data_names.places(viewer.scope)
    lines = [months_words.late(owed, len(places.districts))]
    lines += [
        _(
            "{district}: {present} of {expected} indicators reported",
            district=places.place("district", each.district_code),
            present=each.present,
            expected=each.expected,
        )
        for each in owed
    ]
    silent = state.now[Status.NO_DATA]
    if silent:
        lines.append(
            n_("{n} indicator has no value of the company", "{n} indicators have no value of the company", silent)
        )
    if state.change is not None:
        lines.append(_("The revision will list: {turned}", turned=months_words.turned(state.change)))
    else:
        lines.append(_("What is published stays as it is now, whatever arrives later."))
    return lines


def _publish(viewer: Viewer, month: date, is_revision: bool) -> None:
    note = str(st.session_state.get(_NOTE) or "").strip()
    if is_revision and not note:
        told.keep(_("Nothing was published: say why the month is published anew."))
        return
    try:
        made = data_months.publish(viewer, month, note)
    except SqmError as refused:
        told.keep(decision_texts.sentence(refused))
        return
    number = int(made.facts["revision"])
    shown = formats.month(month)
    told.keep(
        _("{month} is published as revision {number}.", month=shown, number=number)
        if number > 1
        else _("{month} is published.", month=shown)
    )
    _close()


def _close() -> None:
    open_form.shut(("new",), (_NOTE,))
