"""Open an action for one thing to mend, with a deadline; or take an action to its next step."""

from datetime import date, timedelta

import streamlit as st

from sqm.rules.access import Role
from sqm.rules.stores import actions
from sqm.rules.stores.actions import Action, Measure, Opening, State
from sqm.rules.stores.points_to_gain import Gain
from sqm.ui import blocks, formats
from sqm.ui.decisions import deciding, drawn_log, people, told
from sqm.ui.doors import data_names
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.store import store_words as words
from sqm.ui.store.doors.data_card import Card
from sqm.ui.store.follow import follow_words, mend_choice
from sqm.ui.words import _, n_, name

_WEEKS = (1, 2, 4, 8, 12)
_USUAL = 4
_TITLE, _PROBLEM, _OWNER, _DEADLINE, _SUCCESS = (
    f"action_{each}" for each in ("title", "problem", "owner", "deadline", "success")
)
_STATE, _NOTE = "step_state", "step_note"


def show(viewer: Viewer, card: Card, gain: Gain, today: date) -> None:
    """The form, filled with what is known. Who mends it is an office, never a person: an audit reaches nobody."""
    owners = [str(Role.STORE_MANAGER), str(Role.DISTRICT), *data_names.names().departments]
    deadlines = [today + timedelta(weeks=weeks) for weeks in _WEEKS]
    drawn_log.open_form("action")
    with st.container(border=True, key="action_form"):
        blocks.subtitle(_("Open an action: {what}", what=words.lost(gain)))
        with st.container(horizontal=True):
            st.text_input(_("What is to be done"), value=words.lost(gain), key=_TITLE, max_chars=200)
            st.text_input(_("The problem found"), value=_problem(card, gain), key=_PROBLEM, max_chars=300)
        with st.container(horizontal=True):
            st.selectbox(_("Who mends it"), owners, format_func=people.called, key=_OWNER)
            usual = _WEEKS.index(_USUAL)
            st.selectbox(_("Deadline"), deadlines, usual, format_func=lambda day: _due(day, today), key=_DEADLINE)
            st.number_input(
                _("Success: points to win back"),
                min_value=0.1,
                max_value=100.0,
                value=max(round(gain.points, 1), 0.1),
                step=0.5,
                format="%.1f",
                key=_SUCCESS,
            )
        blocks.footnote(_("Of {store}. The province follows the effect.", store=name(card.record)))
        with st.container(horizontal=True):
            st.button(_("Record the action"), type="primary", on_click=_open, args=(viewer, card, gain))
            st.button(_("Close"), key="action_close", on_click=_close)


def _problem(card: Card, gain: Gain) -> str:
    if not gain.item:
        return _("{part} lost {points} points", part=words.part(gain.part), points=words.points(gain.points))
    failed = n_("failed in {failed} of {n} visit", "failed in {failed} of {n} visits", gain.visits, failed=gain.failed)
    run = card.runs.get(gain.item)
    if run is None or not run.is_failing:
        return failed
    return _("{failed}, since {day}", failed=failed, day=formats.day(run.since))


def _due(day: date, today: date) -> str:
    weeks = (day - today).days // 7
    return _("{day} (in {weeks})", day=formats.day(day), weeks=n_("{n} week", "{n} weeks", weeks))


def _open(viewer: Viewer, card: Card, gain: Gain) -> None:
    title = str(st.session_state.get(_TITLE) or "").strip()
    if not title:
        told.keep(_("Nothing was recorded: say what is to be done."))
        return
    short = card.short.get(gain.item, ())
    opening = Opening(
        title=title,
        district_code=str(card.record["district_code"]),
        owner=str(st.session_state[_OWNER]),
        deadline=st.session_state[_DEADLINE],
        success=float(st.session_state[_SUCCESS]),
        measure=Measure.POINTS,
        store_code=str(card.record["store_code"]),
        problem=str(st.session_state.get(_PROBLEM) or ""),
        item_code=gain.item,
        part_code=gain.part,
        visit_id=short[0] if short else "",
    )
    due = formats.day(opening.deadline)
    if deciding.record(viewer, actions.open_action(opening), success=_("The action is open, due {day}.", day=due)):
        _close()


def step(viewer: Viewer, action: Action) -> None:
    """Take an action to its next step, or give it up for a reason."""
    ways = [state for state in State if action.may_move_to(state)]
    drawn_log.open_form(f"step:{action.action_id}")
    with st.container(border=True, key="step_form"):
        blocks.subtitle(_("{action}: {state}", action=action.title, state=follow_words.step(action.state)))
        with st.container(horizontal=True):
            st.selectbox(_("Next step"), ways, format_func=follow_words.step, key=_STATE)
            st.text_input(_("Note"), key=_NOTE, max_chars=300)
        with st.container(horizontal=True):
            st.button(_("Record the step"), type="primary", on_click=_move, args=(viewer, action.action_id))
            st.button(_("Close"), key="step_close", on_click=_close)


def _move(viewer: Viewer, action_id: str) -> None:
    state, note = State(st.session_state[_STATE]), str(st.session_state.get(_NOTE) or "")
    if state is State.DROPPED and not note.strip():
        told.keep(_("Nothing was recorded: an action is given up for a reason."))
        return
    if deciding.record(viewer, actions.move(action_id, state, note)):
        _close()


def _close() -> None:
    mend_choice.close((_TITLE, _PROBLEM, _OWNER, _DEADLINE, _SUCCESS, _STATE, _NOTE))
