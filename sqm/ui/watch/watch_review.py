"""Decide on a signal: it is real, it means nothing (with a reason), or look again later; and take that back."""

from datetime import date

import streamlit as st

from sqm.database.indicators.indicators import Place
from sqm.rules.decisions import Draft
from sqm.rules.periods import add_months
from sqm.rules.watching import reviews
from sqm.rules.watching.reviews import Verdict
from sqm.rules.watching.watch_list import Entry
from sqm.ui import address, blocks, formats
from sqm.ui.decisions import deciding, drawn_log, told
from sqm.ui.doors import data_names
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.watch import data_watch, watch_words
from sqm.ui.words import _

REMIND_MONTHS = 6
_VERDICT, _REASON, _UNTIL = "watch_verdict", "watch_reason", "watch_until"


def show(viewer: Viewer, entry: Entry, place: Place, month: date) -> None:
    """The form for one entry, in a box of its own above the list."""
    words = {
        Verdict.CONFIRMED: _("It is real"),
        Verdict.DISMISSED: _("It means nothing"),
        Verdict.REMINDED: _("Look again later"),
    }
    drawn_log.open_form(f"signal:{entry.indicator_code}")
    with st.container(border=True, key="watch_review"):
        blocks.subtitle(_("Decide on: {indicator}", indicator=data_names.names().indicator(entry.indicator_code)))
        if entry.review is not None:
            blocks.footnote(watch_words.review(entry.review))
            st.button(_("Take the last decision back"), on_click=_withdraw, args=(viewer, entry, place))
        verdict = st.segmented_control(
            _("Decision"), list(words), format_func=words.__getitem__, key=_VERDICT, default=Verdict.CONFIRMED
        )
        st.text_input(
            _("Reason (needed to dismiss)") if verdict == Verdict.DISMISSED else _("Reason"), key=_REASON, max_chars=300
        )
        if verdict == Verdict.REMINDED:
            later = [add_months(month, step) for step in range(1, REMIND_MONTHS + 1)]
            st.selectbox(_("Look again in"), later, format_func=formats.month, key=_UNTIL)
        with st.container(horizontal=True):
            st.button(_("Record the decision"), type="primary", on_click=_decide, args=(viewer, entry, place, month))
            st.button(_("Close"), on_click=_close)


def _decide(viewer: Viewer, entry: Entry, place: Place, month: date) -> None:
    verdict, reason = st.session_state.get(_VERDICT), str(st.session_state.get(_REASON) or "").strip()
    if verdict == Verdict.DISMISSED and not reason:
        told.keep(_("Nothing was recorded: a signal is dismissed with a reason, so that others can learn."))
        return
    until = st.session_state.get(_UNTIL) or add_months(month, 1)
    flags = entry.flags(place.level, place.code)
    if deciding.record(viewer, *(_draft(str(verdict), flag, reason, until) for flag in flags)):
        _close()


def _draft(verdict: str, flag: reviews.Flag, reason: str, until: date) -> Draft:
    if verdict == Verdict.DISMISSED:
        return reviews.dismiss(flag, reason)
    if verdict == Verdict.REMINDED:
        return reviews.remind(flag, until, reason)
    return reviews.confirm(flag, reason)


def _withdraw(viewer: Viewer, entry: Entry, place: Place) -> None:
    """An entry of several rules was decided once a rule; all of it is taken back."""
    known = data_watch.reviewed()
    flags = (flag for flag in entry.flags(place.level, place.code) if flag in known)
    deciding.take_back(viewer, *(known[flag].decision_id for flag in flags))


def _close() -> None:
    address.choose("review", "")
    for key in (_VERDICT, _REASON, _UNTIL):
        st.session_state.pop(key, None)
