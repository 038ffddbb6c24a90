"""What the gap page shows: survey, month or quarter, and the process that is opened, from links and filters."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from sqm.rules.periods import month_range
from sqm.ui import filters
from sqm.ui.doors.data_names import Names
from sqm.ui.gaps import data_gaps, data_questionnaires
from sqm.ui.gaps.data_gaps import Span
from sqm.ui.gaps.data_questionnaires import WHOLE
from sqm.ui.words import _, name


@dataclass(frozen=True)
class Choice:
    """Hashable, so that it can be part of a cache key. process: WHOLE for a survey that does not ask by process."""

    survey: str
    span: Span
    month: date
    process: str


def choose(names: Names) -> Choice | None:
    """Draws the filters; None when no survey asks expectation and perception."""
    forms = data_questionnaires.questionnaires()
    if not forms:
        return None
    spans = {Span.MONTH: _("Month"), Span.QUARTER: _("Quarter")}
    with st.container(key="filters", horizontal=True):
        rows = [names.surveys.get(code, {"survey_code": code, "name_en": code, "name_zh": code}) for code in forms]
        form = forms[filters.survey(rows)]
        month = filters.month(month_range(form.held.first, form.held.last))
        shown = filters.choice("span", _("Period"), [*spans], lambda each: spans[Span(each)], segmented=True)
        span = Span(shown)
        process = WHOLE
        if form.processes:
            worst = _widest(form.code, span, month)
            process = filters.choice(
                "process", _("Process"), form.processes, lambda each: name(names.processes[each]), worst
            )
    return Choice(form.code, span, month, process)


def _widest(survey: str, span: Span, month: date) -> str:
    """The process whose customers get least of what they expect."""
    found = data_gaps.view(survey, span, month).processes
    means = {process: each.now.five.unweighted for process, each in found.items() if each.now.five is not None}
    known = {process: each.mean for process, each in means.items() if each is not None}
    return min(known, key=lambda process: known[process]) if known else next(iter(found))
