"""The quality department rules on an appeal: as claimed, with other points, or the mark stays; always for a reason."""

import streamlit as st

from sqm.rules.audits import appeals
from sqm.rules.audits.appeals import Appeal, Verdict
from sqm.ui import blocks, formats
from sqm.ui.audits import audits_words as words
from sqm.ui.audits.appeals import data_appeals
from sqm.ui.audits.appeals.data_appeals import Mark
from sqm.ui.decisions import back_form, deciding, drawn_log, open_form, told
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.stores.doors import data_standards
from sqm.ui.words import _

_VERDICT, _POINTS, _APPLIES, _REASON = (f"ruling_{what}" for what in ("verdict", "points", "applies", "reason"))


def show(viewer: Viewer, appeal: Appeal) -> None:
    """The appeal in a sentence, what upholding it would do to the visit, and the ruling."""
    mark = data_appeals.mark(appeal)
    item = data_standards.audit_names().item(appeal.item_code)
    drawn_log.open_form(f"ruling:{appeal.appeal_id}")
    with st.container(border=True, key="ruling_form"):
        blocks.subtitle(_("Rule: {item}, store {store}", item=item, store=appeal.store_code))
        blocks.footnote(*_told(appeal, mark))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.segmented_control(
                _("Ruling"),
                list(Verdict),
                format_func=lambda each: _(words.VERDICTS[each]),
                key=_VERDICT,
                required=True,
            )
            if st.session_state.get(_VERDICT) == Verdict.PARTLY:
                most = mark.most if mark is not None else None
                st.checkbox(_("The item applies"), value=True, key=_APPLIES)
                st.number_input(
                    _("Points that hold"), min_value=0.0, max_value=most, step=0.5, format="%g", key=_POINTS
                )
        st.text_input(_("Reason, for the store and the auditor"), key=_REASON, max_chars=300)
        with st.container(horizontal=True):
            st.button(
                _("Record the ruling"),
                type="primary",
                key="ruling_record",
                on_click=_rule,
                args=(viewer, appeal.appeal_id),
            )
            st.button(_("Close"), key="ruling_close", on_click=close)


def _told(appeal: Appeal, mark: Mark | None) -> list[str]:
    lines = [_("Claimed: {points}. {reason}", points=words.points(appeal.claimed), reason=appeal.reason)]
    if mark is None:
        return lines
    marked = _("{points} of {most}", points=words.points(mark.points), most=words.points(mark.most))
    lines.insert(0, _("Marked: {marked}, {visit}", marked=marked, visit=appeal.visit_id))
    now, then = data_appeals.would_be(appeal, mark.month, appeal.claimed)
    if now is not None and then is not None:
        lines.append(
            _(
                "Upheld, the visit would score {then} instead of {now}.",
                then=formats.number(then, 1),
                now=formats.number(now, 1),
            )
        )
    return lines


def take_back(viewer: Viewer, appeal: Appeal) -> None:
    """One question before the ruling goes: the appeal is open again then, and the first mark holds."""
    item = data_standards.audit_names().item(appeal.item_code)
    what = _("Take back the ruling: {item}, store {store}", item=item, store=appeal.store_code)
    back_form.ask(viewer, appeal.ruling_id, what, "ruling", close)


def _rule(viewer: Viewer, appeal_id: str) -> None:
    state = st.session_state
    if not state.get(_VERDICT):
        told.keep(_("Nothing was recorded: choose a ruling."))
        return
    points = float(state.get(_POINTS) or 0.0) if state.get(_APPLIES, True) else appeals.NOT_APPLICABLE
    try:
        draft = appeals.rule(appeal_id, Verdict(state[_VERDICT]), str(state.get(_REASON) or ""), points)
    except ValueError:
        told.keep(_("Nothing was recorded: a ruling has a reason, for both sides to learn from."))
        return
    if deciding.record(viewer, draft):
        close()


def close() -> None:
    """Shut the form and forget what was typed."""
    open_form.shut(("rule", "unrule"), (_VERDICT, _POINTS, _APPLIES, _REASON))
