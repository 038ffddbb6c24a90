"""Define a study, change one, or say that its method changed: recorded as a decision, and taken back here."""

from datetime import date
from typing import Any

import streamlit as st

from sqm.intake.proposals import remap
from sqm.rules.decisions import Draft
from sqm.rules.periods import add_months
from sqm.rules.surveys import studies
from sqm.ui import address, blocks, formats
from sqm.ui.decisions import data_decisions, deciding, drawn_log, open_form, told
from sqm.ui.doors import data_names
from sqm.ui.programme import data_programme, programme_words
from sqm.ui.programme.data_programme import StudyView, whole
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, name

_PREFIX = "study_"
_TEXTS = ("name_en", "name_zh", "population_en", "population_zh")
_FIELDS = (*_TEXTS, "audience", "mode", "cadence", "population", "quota", "drawn", "month", "note_en", "note_zh")
_MONTHS_BACK, _MONTHS_AHEAD = 120, 6


def show(viewer: Viewer, what: str, code: str, month: date) -> None:
    """what: study (a new one), edit or method of the study with this code."""
    view = data_programme.views().get(code) if what != "study" else None
    drawn_log.open_form(f"{what}:{code}")
    with st.container(border=True, key=f"programme_{what}"):
        if what == "method" and view is not None:
            _method_fields(viewer, view, month)
        else:
            _study_fields(viewer, view)


def _study_fields(viewer: Viewer, view: StudyView | None) -> None:
    record: dict[str, Any] = {} if view is None else view.record
    blocks.subtitle(_("Define a study") if view is None else _("Change {study}", study=name(record)))
    with st.container(horizontal=True):
        _text("name_en", _("Name in English"), record)
        _text("name_zh", _("Name in Chinese"), record)
    with st.container(horizontal=True):
        _coded("audience", _("Who is asked"), programme_words.AUDIENCES, record)
        _coded("mode", _("How"), programme_words.MODES, record)
        _coded("cadence", _("How often"), programme_words.CADENCES, record)
    with st.container(horizontal=True):
        _text("population_en", _("Population in English"), record)
        _text("population_zh", _("Population in Chinese"), record)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _number("population", _("Size of the population"), record)
        _number("quota", _("Answers wanted a month"), record)
        if view is None:
            st.checkbox(_("Respondents were drawn at random"), value=True, key=f"{_PREFIX}drawn")
    blocks.footnote(_("One language is enough; it then stands for both."))
    with st.container(horizontal=True):
        code = "" if view is None else view.code
        st.button(_("Record"), type="primary", key="study_record", on_click=_define, args=(viewer, code))
        if view is not None and view.record["decision_id"]:
            made = str(view.record["decision_id"])
            st.button(_("Take the last change back"), key="study_back", on_click=_withdraw, args=(viewer, made))
        st.button(_("Close"), key="study_close", on_click=close)


def _method_fields(viewer: Viewer, view: StudyView, month: date) -> None:
    blocks.subtitle(_("A new method of {study}", study=name(view.record)))
    blocks.footnote(
        _("Another questionnaire, scale, sample or way of asking. Charts show the month and the reason."),
        _("What came before is never joined to what comes after."),
    )
    first = add_months(month, _MONTHS_AHEAD)
    options = [add_months(first, -back) for back in range(_MONTHS_BACK)]
    with st.container(horizontal=True):
        start = options.index(month)
        st.selectbox(_("From month"), options, index=start, format_func=formats.month, key=f"{_PREFIX}month")
        _text("note_en", _("What changed, and why, in English"), {})
        _text("note_zh", _("What changed, and why, in Chinese"), {})
    with st.container(horizontal=True):
        st.button(_("Record"), type="primary", key="method_record", on_click=_change, args=(viewer, view.code))
        for method in studies.methods(data_decisions.log()):
            if method.survey_code == view.code:
                words = _("Take back: {what}", what=formats.month(method.valid_from))
                st.button(words, key=method.decision_id, on_click=_withdraw, args=(viewer, method.decision_id))
        st.button(_("Close"), key="method_close", on_click=close)


def _text(field: str, label: str, record: dict[str, Any]) -> None:
    st.text_input(label, value=str(record.get(field) or ""), key=f"{_PREFIX}{field}", max_chars=200)


def _number(field: str, label: str, record: dict[str, Any]) -> None:
    known = whole(record.get(field))
    st.number_input(label, min_value=1, value=known, step=1, key=f"{_PREFIX}{field}", placeholder=_("not known"))


def _coded(field: str, label: str, words: Any, record: dict[str, Any]) -> None:
    options = [str(each) for each in words]
    held = str(record.get(field) or "")
    index = options.index(held) if held in options else 0
    st.selectbox(label, options, index=index, format_func=lambda each: _(words[each]), key=f"{_PREFIX}{field}")


def _said(field: str) -> Any:
    return st.session_state.get(f"{_PREFIX}{field}")


def _define(viewer: Viewer, code: str) -> None:
    said = {field: _said(field) for field in _FIELDS}
    title = str(said["name_en"] or said["name_zh"] or "").strip()
    if not title:
        told.keep(_("Nothing was recorded: a study needs a name."))
        return
    code_of = code or remap.survey_code_of(title)
    if not code and code_of in data_programme.views():
        told.keep(_("Nothing was recorded: there is a study of this name. Open it to change it."))
        return
    drawn = bool(said["drawn"]) if not code else bool(data_names.names().surveys.get(code, {}).get("representative", 1))
    _decide(viewer, studies.define(code_of, {**said, "representative": drawn}), _("Recorded."), code_of)


def _change(viewer: Viewer, code: str) -> None:
    notes = (str(_said("note_en") or "").strip(), str(_said("note_zh") or "").strip())
    if not any(notes):
        told.keep(_("Nothing was recorded: say what changed, and why."))
        return
    method = studies.next_method(code, set(data_names.names().methods))
    draft = studies.change_method(code, method, _said("month"), *notes)
    recorded = _("Recorded: answers from {month} on are another series.", month=formats.month(_said("month")))
    _decide(viewer, draft, recorded, code)


def _decide(viewer: Viewer, draft: Draft, success: str, code: str) -> None:
    if deciding.record(viewer, draft, success=success):
        address.choose("study", code)
        close()


def _withdraw(viewer: Viewer, decision_id: str) -> None:
    deciding.take_back(viewer, decision_id)
    close()


def close() -> None:
    """Shut the form and forget what was typed."""
    open_form.shut(("new",), (f"{_PREFIX}{field}" for field in _FIELDS))
