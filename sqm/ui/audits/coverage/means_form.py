"""A district picks its supplementary means from a month on; what was picked can be taken back."""

from datetime import date

import streamlit as st

from sqm.rules.audits import supplementary
from sqm.rules.audits.supplementary import LEAST, MOST, Choice, Means
from sqm.rules.periods import add_months, month_of
from sqm.ui import blocks, formats
from sqm.ui.audits import audits_words as words
from sqm.ui.audits import data_audits
from sqm.ui.audits.coverage import data_coverage
from sqm.ui.decisions import deciding, drawn_log, open_form, told
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, listed, name

_AHEAD = 6
_MEANS, _MONTH = "means_picked", "means_month"


def show(viewer: Viewer, district: str, today: date) -> None:
    """The form for a district that the viewer sees, with what it chose before."""
    title = name(data_audits.districts(viewer.scope)[district])
    before = [each for each in data_coverage.choices() if each.district_code == district]
    held = supplementary.chosen_in(before, district, month_of(today))
    drawn_log.open_form(f"means:{district}")
    with st.container(border=True, key="means_form"):
        blocks.subtitle(_("Supplementary means of {district}", district=title))
        with st.container(horizontal=True):
            st.segmented_control(
                _("One or two of three"),
                list(Means),
                default=list(held),
                selection_mode="multi",
                format_func=lambda each: _(words.MEANS[each]),
                key=_MEANS,
            )
            months = [add_months(month_of(today), step) for step in range(_AHEAD)]
            st.selectbox(_("From month"), months, format_func=formats.month, key=_MONTH)
        with st.container(horizontal=True):
            st.button(_("Record"), type="primary", key="means_record", on_click=_record, args=(viewer, district))
            for each in before[-3:]:
                what = _("Take back: {what}", what=_written(each))
                st.button(what, key=f"means_{each.decision_id}", on_click=_withdraw, args=(viewer, each.decision_id))
            st.button(_("Close"), key="means_close", on_click=close)


def _written(each: Choice) -> str:
    means = listed([_(words.MEANS[one]) for one in each.means])
    return _("{means} from {month}", means=means, month=formats.month(each.month))


def _record(viewer: Viewer, district: str) -> None:
    picked = [Means(each) for each in st.session_state.get(_MEANS) or ()]
    if not supplementary.is_allowed(picked):
        told.keep(_("Nothing was recorded: choose {least} or {most} of the three.", least=LEAST, most=MOST))
        return
    if deciding.record(viewer, supplementary.choose_means(district, picked, st.session_state[_MONTH])):
        close()


def _withdraw(viewer: Viewer, decision_id: str) -> None:
    deciding.take_back(viewer, decision_id)
    close()


def close() -> None:
    """Shut the form and forget what was picked."""
    open_form.shut(("means",), (_MEANS, _MONTH))
