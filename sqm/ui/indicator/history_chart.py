"""The one interactive chart of the indicator page, made once per state of the data, language and theme."""

import json
from datetime import date
from functools import lru_cache

import streamlit as st

from sqm.charts.facts import HistoryFacts
from sqm.charts.history import HistoryWords, history
from sqm.rules.access import Scope
from sqm.rules.targets import Status
from sqm.ui import data, formats, status_style
from sqm.ui.indicator import data_indicator
from sqm.ui.indicator.data_indicator import Place
from sqm.ui.indicator.indicator_choice import Choice
from sqm.ui.words import _, language, use

HEIGHT = 260
_FROM_ZERO = ("count", "rate", "level")


def show(choice: Choice, scope: Scope) -> None:
    """Draw it; a table for readers who cannot see it follows on the page."""
    dark = status_style.is_dark()
    spec = _spec(data.stamp(), scope, choice.code, choice.place, choice.month, str(language()), dark)
    st.vega_lite_chart(spec=json.loads(spec), theme=None, width="stretch", height="content", key="history")


def told(choice: Choice, facts: HistoryFacts) -> str:
    """The chart in a sentence: ends, extremes, months missed."""
    unit, decimals = str(choice.record["unit"]), int(choice.record["decimals"])
    return _(
        "{first} in {first_month}, {last} in {last_month}; lowest {lowest} in {lowest_month}, highest {highest} in "
        "{highest_month}. {missed} of {months} months missed.",
        first=formats.indicator_value(facts.line.first, unit, decimals),
        first_month=formats.month(facts.line.first_month),
        last=formats.indicator_value(facts.line.last, unit, decimals),
        last_month=formats.month(facts.line.last_month),
        lowest=formats.indicator_value(facts.line.lowest, unit, decimals),
        lowest_month=formats.month(facts.line.lowest_month),
        highest=formats.indicator_value(facts.line.highest, unit, decimals),
        highest_month=formats.month(facts.line.highest_month),
        missed=facts.counts.get("missed", 0),
        months=facts.line.months,
    )


@lru_cache(maxsize=200)
def _spec(at: data.Stamp, scope: Scope, code: str, place: Place, month: date, spoken: str, dark: bool) -> str:
    record = data_indicator.definition(code) or {}
    scale = 100.0 if record["unit"] in ("%", "pp") else 1.0
    rows = data_indicator.upto(data_indicator.history(scope, code, place), month)
    with use(spoken):
        chart = history(
            rows,
            _words(str(record["unit"])),
            decimals=int(record["decimals"]),
            scale=scale,
            from_zero=record["kind"] in _FROM_ZERO,
            dark=dark,
            language=spoken,
            height=HEIGHT,
        )
    return json.dumps(chart.spec_inline())


def _words(unit: str) -> HistoryWords:
    word = formats.unit(unit)
    return HistoryWords(
        target=_("Target"),
        value=_("Value, {unit}", unit=word) if word else _("Value"),
        interval=_("95 % interval"),
        answers=_("Answers"),
        month=_("Month"),
        status=_("Status"),
        statuses={str(status): status_style.word(status) for status in Status},
        axis_from=_("The axis starts at {start}."),
    )
