"""What people say of an indicator: comments, and marks on its chart (a new beginning, a month that does not count)."""

from datetime import date

import streamlit as st

from sqm.rules.access import Action, may
from sqm.rules.decisions import Draft, Kind
from sqm.rules.matrix import events
from sqm.rules.matrix.events import Comment
from sqm.rules.watching import watch_marks
from sqm.rules.watching.watch_marks import Marks
from sqm.ui import filters, formats, links
from sqm.ui.decisions import data_decisions, deciding, open_form, people, told
from sqm.ui.indicator.indicator_choice import Choice
from sqm.ui.markup import NOTHING, Html, block_title, el, join, span
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, n_

_TEXT, _KIND, _MONTH = "talk_text", "talk_kind", "talk_month"
_MARK_MONTHS = 36


def marks_of(choice: Choice) -> Marks:
    """Marks that people set on this indicator of the whole company or of a place."""
    return watch_marks.marks(data_decisions.log(), choice.code, (choice.place.level, choice.place.code))


def section(choice: Choice, viewer: Viewer) -> Html:
    """Comments, newest first, the marks with their reasons, and the way to add one."""
    found = events.comments(data_decisions.log(), choice.code)
    marks = marks_of(choice)
    items = [el("li", _comment(each)) for each in found]
    items += [el("li", text) for text in _marked(marks)]
    title = n_("{n} comment", "{n} comments", len(found)) if found else _("No comments yet")
    parts = [block_title(title), el("ul", *items, css="sqm-bullets") if items else NOTHING]
    if may(viewer.role, Action.COMMENT):
        parts.append(el("p", links.link(_("Comment, or mark a month"), "indicator", css="sqm-way", talk="1")))
    return el("section", *parts)


def _comment(comment: Comment) -> Html:
    about = "" if comment.month is None else _("on {month}: ", month=formats.month(comment.month))
    who = _("{who}, {day}", who=people.called(comment.who), day=formats.day(comment.written_at.date()))
    return join([about, comment.text, " ", span("sqm-soft", who)])


def _marked(marks: Marks) -> list[str]:
    said = [
        _("New limits from {month} on: {reason}", month=formats.month(month), reason=reason)
        for month, reason in marks.rebase.items()
    ]
    return said + [
        _("{month} does not count for the limits: {reason}", month=formats.month(month), reason=reason)
        for month, reason in marks.excluded.items()
    ]


def form(choice: Choice, viewer: Viewer, months: tuple[date, ...]) -> None:
    """Drawn only when asked for; what it may offer depends on the role."""
    told.say()
    if filters.unseen("talk", ["1"], "") != "1" or not may(viewer.role, Action.COMMENT):
        return
    words: dict[str, str] = {Kind.COMMENTED: _("Comment")}
    if may(viewer.role, Action.REVIEW_SIGNAL):
        words |= {Kind.REBASED: _("New limits from a month on"), Kind.POINT_EXCLUDED: _("A month that does not count")}
    with st.container(border=True, key="talk"):
        kind = st.segmented_control(
            _("What to say"), list(words), format_func=words.__getitem__, key=_KIND, default=Kind.COMMENTED
        )
        recent: list[date | None] = [*reversed(months[-_MARK_MONTHS:])]
        if kind == Kind.COMMENTED:
            recent.insert(0, None)
        st.selectbox(
            _("Month"), recent, format_func=lambda month: formats.month(month) if month else _("all months"), key=_MONTH
        )
        st.text_input(_("Text") if kind == Kind.COMMENTED else _("Reason"), key=_TEXT, max_chars=500)
        with st.container(horizontal=True):
            st.button(_("Record"), type="primary", on_click=_record, args=(viewer, choice))
            st.button(_("Close"), on_click=_close)
        for words_of, decision in _own(choice):
            st.button(_("Take back: {what}", what=words_of), on_click=_withdraw, args=(viewer, decision), key=decision)


def _own(choice: Choice) -> list[tuple[str, str]]:
    marks = marks_of(choice)
    return [(formats.month(month), decision) for (_kind, month), decision in marks.ids.items()]


def _draft(kind: str, choice: Choice, text: str, month: date | None) -> Draft:
    scope = (choice.place.level, choice.place.code)
    if kind == Kind.COMMENTED or month is None:
        return events.comment(choice.code, text, month)
    return (watch_marks.rebase if kind == Kind.REBASED else watch_marks.exclude)(choice.code, month, text, scope)


def _record(viewer: Viewer, choice: Choice) -> None:
    text = str(st.session_state.get(_TEXT) or "").strip()
    if not text:
        told.keep(_("Nothing was recorded: write a sentence first."))
        return
    draft = _draft(str(st.session_state.get(_KIND)), choice, text, st.session_state.get(_MONTH))
    if deciding.record(viewer, draft):
        _close()


def _withdraw(viewer: Viewer, decision_id: str) -> None:
    deciding.take_back(viewer, decision_id)


def _close() -> None:
    open_form.shut(("talk",), (_TEXT, _KIND, _MONTH))
