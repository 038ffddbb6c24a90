"""Decide the weights of the index, with what they would make of the chosen month; or take a version back."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from sqm.rules.periods import add_months, month_of
from sqm.rules.rivals import competitiveness, index_weights
from sqm.rules.rivals.competitiveness import FULL_WEIGHT
from sqm.rules.rivals.index_weights import Part, Version
from sqm.ui import blocks, formats
from sqm.ui.competitiveness import competitiveness_words as words
from sqm.ui.competitiveness.competitiveness_choice import Choice
from sqm.ui.competitiveness.index import data_index
from sqm.ui.decisions import back_form, deciding, drawn_log, open_form, told
from sqm.ui.doors.data_names import Names
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _

AHEAD = 12
_MONTH, _REASON = "weights_month", "weights_reason"


def show(viewer: Viewer, choice: Choice, names: Names, today: date) -> None:
    """The form, under the list of versions. A month that is over cannot get other weights."""
    held = index_weights.held_in(data_index.versions(), month_of(today)).definition.weights
    drawn_log.open_form("weights")
    with st.container(border=True, key="weights_new"):
        blocks.subtitle(_("Decide the weights"))
        with st.container(horizontal=True):
            for part in Part:
                st.number_input(
                    words.part_title(part),
                    min_value=0.0,
                    max_value=FULL_WEIGHT,
                    value=held[part.value],
                    step=5.0,
                    format="%g",
                    key=_key(part),
                )
        with st.container(horizontal=True):
            months = [add_months(month_of(today), step) for step in range(AHEAD)]
            st.selectbox(_("From"), months, format_func=formats.month, key=_MONTH)
            st.text_input(_("Reason"), key=_REASON, max_chars=300)
        blocks.footnote(_preview(choice, names))
        with st.container(horizontal=True):
            st.button(_("Record the weights"), type="primary", on_click=_record, args=(viewer,))
            st.button(_("Close"), key="weights_close", on_click=_close)


def take_back(viewer: Viewer, found: Version) -> None:
    """One question before a version goes."""
    month = formats.month(found.definition.valid_from)
    what = _("Take back: {weights} from {month}", weights=words.weights(found), month=month)
    back_form.ask(viewer, found.decision_id, what, "weights", _close)


def _key(part: Part) -> str:
    return f"weights_{part.value}"


def _typed() -> Mapping[Part, float]:
    return {part: float(st.session_state.get(_key(part)) or 0.0) for part in Part}


def _preview(choice: Choice, names: Names) -> str:
    """What the chosen month would read by these weights. It keeps its own, whatever is recorded."""
    typed = _typed()
    total = sum(typed.values())
    if abs(total - FULL_WEIGHT) > 1e-9:
        return _("The weights add up to {total}, not to 100.", total=f"{total:g}")
    now = data_index.months(choice.held.survey_code, choice.month)[-1]
    made = data_index.weighed(now.parts, index_weights.definition(typed, now.month, ""))
    values = {code: each.arithmetic for code, each in made.items()}
    ranks = competitiveness.competition_ranks(values)
    read = [
        _(
            "{operator} {value} instead of {before}, rank {rank}",
            operator=names.label("operator", code),
            value=formats.number(value, 1),
            before=formats.number(now.made[code].arithmetic, 1),
            rank=ranks[code],
        )
        for code, value in values.items()
        if value is not None
    ]
    month = formats.month(now.month)
    return _("By these weights {month} would read: {told}. It keeps its own.", month=month, told=_("; ").join(read))


def _record(viewer: Viewer) -> None:
    state = st.session_state
    reason = str(state.get(_REASON) or "").strip()
    if not reason:
        told.keep(_("Nothing was recorded: the weights are changed for a reason."))
        return
    try:
        draft = index_weights.weigh(_typed(), state[_MONTH], reason)
    except ValueError:
        told.keep(_("Nothing was recorded: the weights must add up to 100."))
        return
    if deciding.record(viewer, draft):
        _close()


def _close() -> None:
    open_form.shut(("weigh", "back"), (_MONTH, _REASON, *(_key(part) for part in Part)))
