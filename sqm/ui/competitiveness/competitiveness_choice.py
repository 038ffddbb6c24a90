"""What the competitiveness page shows: a question that rivals' customers were asked too, a month, an earlier one."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from sqm.rules.periods import add_months, month_range
from sqm.ui import filters, formats
from sqm.ui.competitiveness import data_lead
from sqm.ui.doors.data_names import Names
from sqm.ui.satisfaction.data_satisfaction import OVERALL, Held
from sqm.ui.words import _


@dataclass(frozen=True)
class Choice:
    """since: the earlier month that changes are counted from; the month itself where there is none before it."""

    held: Held
    item: str
    month: date
    since: date


def choose(names: Names) -> Choice | None:
    """Draws the filters; None when no survey asked both our customers and a rival's."""
    found = data_lead.compared()
    if found is None:
        return None
    items = data_lead.asked_of_rivals(found.survey_code)
    with st.container(key="filters", horizontal=True):
        first = OVERALL if OVERALL in items else items[0]
        item = filters.choice("item", _("Question"), items, names.item, first)
        month = filters.month(month_range(found.first, found.last))
        since = _since(found, month)
    return Choice(found, item, month, since)


def _since(held: Held, month: date) -> date:
    """Twelve months before, unless told; the options end before the month."""
    before = month_range(held.first, add_months(month, -1))
    if not before:
        return month
    by_code = {f"{each:%Y-%m}": each for each in reversed(before)}
    start = max(add_months(month, -12), held.first)
    chosen = filters.choice(
        "since", _("Compared with"), list(by_code), lambda code: formats.month(by_code[code]), f"{start:%Y-%m}"
    )
    return by_code[chosen]
