"""Add an event, or take one back."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from sqm.rules.matrix import events
from sqm.rules.matrix.events import Event, EventKind
from sqm.rules.periods import add_months
from sqm.ui import blocks, formats
from sqm.ui.decisions import back_form, deciding, open_form, told
from sqm.ui.doors import data_names
from sqm.ui.months import months_words
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, name

AHEAD = 3  # months after the last one with data: events are planned
PLACE = "events"  # of the page: what the publication did is said elsewhere
_MONTH, _KIND, _EN, _ZH = "event_month", "event_kind", "event_title_en", "event_title_zh"
_PROCESS, _DISTRICT, _REASON = "event_process", "event_district", "event_reason"


def add(viewer: Viewer, month: date) -> None:
    """The form, under the heading of the events. month: the one that stands first."""
    names, places = data_names.names(), data_names.places(viewer.scope)
    processes = {"": _("all processes")} | {code: name(row) for code, row in names.processes.items()}
    districts = {"": _("all districts")} | {code: name(row) for code, row in places.districts.items()}
    with st.container(border=True, key="events_add"):
        blocks.subtitle(_("Add an event"))
        with st.container(horizontal=True):
            months = _months(data_names.all_months().all)
            st.selectbox(_("Month"), months, index=months.index(month), format_func=formats.month, key=_MONTH)
            st.selectbox(_("Kind"), list(EventKind), format_func=months_words.kind, key=_KIND)
            st.selectbox(_("Process"), list(processes), format_func=processes.__getitem__, key=_PROCESS)
            st.selectbox(_("District"), list(districts), format_func=districts.__getitem__, key=_DISTRICT)
        with st.container(horizontal=True):
            st.text_input(_("Title in English"), key=_EN, max_chars=80)
            st.text_input(_("Title in Chinese"), key=_ZH, max_chars=80)
        blocks.footnote(_("One language is enough; it then stands for both."))
        with st.container(horizontal=True):
            st.button(_("Add the event"), type="primary", on_click=_add, args=(viewer,))
            st.button(_("Close"), key="event_close", on_click=_close)


def take_back(viewer: Viewer, event: Event) -> None:
    """One question before an event leaves the charts."""
    what = _("Take back: {title}", title=name(event, "title"))
    back_form.ask(viewer, event.event_id, what, "event", _close, place=PLACE)


def _months(held: Sequence[date]) -> list[date]:
    return [add_months(held[-1], step) for step in range(AHEAD, 0, -1)] + list(reversed(held))


def _add(viewer: Viewer) -> None:
    state = st.session_state
    english, chinese = (str(state.get(key) or "").strip() for key in (_EN, _ZH))
    if not english and not chinese:
        told.keep(_("Nothing was recorded: an event needs a title."), PLACE)
        return
    draft = events.add_event(state[_MONTH], state[_KIND], english, chinese, state[_PROCESS], state[_DISTRICT])
    if deciding.record(viewer, draft, place=PLACE):
        _close()


def _close() -> None:
    open_form.shut(("new", "back"), (_MONTH, _KIND, _EN, _ZH, _PROCESS, _DISTRICT, _REASON))
