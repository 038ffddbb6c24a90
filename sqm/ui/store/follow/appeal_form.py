"""Query the mark of an item in a visit, with what the store holds to be right; or take the query back."""

import streamlit as st

from sqm.rules.audits import appeals
from sqm.rules.audits.appeals import Appeal
from sqm.ui import blocks, formats
from sqm.ui.decisions import deciding, drawn_log, told
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.store import store_words as words
from sqm.ui.store.doors.data_card import Card
from sqm.ui.store.doors.data_marks import Mark
from sqm.ui.store.follow import mend_choice
from sqm.ui.words import _

_VISIT, _POINTS, _OUT, _REASON, _EVIDENCE = (
    f"appeal_{each}" for each in ("visit", "points", "out", "reason", "evidence")
)


def show(viewer: Viewer, card: Card, marks: tuple[Mark, ...], asked: Mark) -> None:
    """marks: of one item, in the visits of the window; asked: the one to begin with."""
    by_visit = {each.visit_id: each for each in marks}
    visits = list(by_visit)
    drawn_log.open_form("appeal")
    with st.container(border=True, key="appeal_form"):
        blocks.subtitle(_("Query a mark: {item}", item=words.item(asked.item)))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            first = visits.index(asked.visit_id)
            st.selectbox(_("Visit"), visits, first, format_func=lambda code: _called(by_visit[code]), key=_VISIT)
            st.number_input(
                _("Points it should have"),
                min_value=0.0,
                max_value=max(each.most for each in marks),
                value=asked.most,
                step=0.5,
                format="%g",
                key=_POINTS,
            )
            st.checkbox(_("The item does not apply here"), key=_OUT)
        with st.container(horizontal=True):
            st.text_input(_("Reason"), key=_REASON, max_chars=300)
            st.text_input(_("Evidence: photo, receipt, log"), key=_EVIDENCE, max_chars=300)
        blocks.footnote(
            _("The quality department rules on it. If the ruling changes the mark, the score is worked out anew."),
            _("The auditor noted: {evidence}", evidence=asked.evidence) if asked.evidence else "",
        )
        with st.container(horizontal=True):
            st.button(_("Send the query"), type="primary", on_click=_raise, args=(viewer, card, asked.item))
            st.button(_("Close"), key="appeal_close", on_click=_close)


def _called(mark: Mark) -> str:
    """12 Sep 2026: 2 of 8 points"""
    if mark.points is None:
        return _("{day}: does not apply", day=formats.day(mark.on))
    return _(
        "{day}: {points} of {most} points", day=formats.day(mark.on), points=f"{mark.points:g}", most=f"{mark.most:g}"
    )


def _raise(viewer: Viewer, card: Card, item: str) -> None:
    reason = str(st.session_state.get(_REASON) or "").strip()
    if not reason:
        told.keep(_("Nothing was recorded: a query needs a reason."))
        return
    claimed = None if st.session_state.get(_OUT) else float(st.session_state[_POINTS])
    draft = appeals.raise_appeal(
        visit_id=str(st.session_state[_VISIT]),
        item_code=item,
        store_code=str(card.record["store_code"]),
        district_code=str(card.record["district_code"]),
        claimed=claimed,
        reason=reason,
        evidence=str(st.session_state.get(_EVIDENCE) or ""),
    )
    if deciding.record(viewer, draft, success=_("Sent. It waits for a ruling of the quality department.")):
        _close()


def take_back(viewer: Viewer, appeal: Appeal) -> None:
    """One question before a query goes."""
    with st.container(border=True, key="appeal_back"):
        blocks.subtitle(_("Take back the query: {item}", item=words.item(appeal.item_code)))
        with st.container(horizontal=True):
            st.button(_("Take it back"), type="primary", on_click=_withdraw, args=(viewer, appeal.appeal_id))
            st.button(_("Close"), key="appeal_close", on_click=_close)


def _withdraw(viewer: Viewer, appeal_id: str) -> None:
    if deciding.take_back(viewer, appeal_id):
        _close()


def _close() -> None:
    mend_choice.close((_VISIT, _POINTS, _OUT, _REASON, _EVIDENCE))
