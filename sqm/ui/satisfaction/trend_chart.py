"""The one interactive chart of the satisfaction page, made once per state of the data, language and theme."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd
import streamlit as st

from sqm.charts.facts import LineFacts, line_facts
from sqm.charts.trend import TrendData, TrendWords, trend
from sqm.rules import trends
from sqm.rules.access import Scope
from sqm.ui import data, data_names, formats, status_style
from sqm.ui.satisfaction import data_satisfaction
from sqm.ui.satisfaction.satisfaction_choice import Choice
from sqm.ui.satisfaction.trend_wall import item_targets
from sqm.ui.words import _, language, use

HEIGHT = 300


def show(choice: Choice, scope: Scope) -> None:
    """Draw it. The table under it says the same in numbers."""
    spec = _spec(data.stamp(), scope, choice, str(language()), status_style.is_dark())
    st.vega_lite_chart(spec=json.loads(spec), theme=None, width="stretch", height="content", key="trend")


@dataclass(frozen=True)
class Said:
    """What the followed line says. breaks: (month, method from it on)."""

    facts: LineFacts
    breaks: tuple[tuple[date, str], ...]


@lru_cache(maxsize=200)
def _said(at: data.Stamp, scope: Scope, choice: Choice) -> Said | None:
    points = data_satisfaction.points(scope, choice.slice)
    own = points[points["operator_code"] == choice.strong]
    facts = line_facts(own, choice.measure)
    if facts is None:
        return None
    changed = trends.breaks(own)
    months = [stamp.date() for stamp in changed["month"]]
    return Said(facts, tuple(zip(months, changed["to_method"].astype(str), strict=True)))


def said(choice: Choice, scope: Scope) -> Said | None:
    """None when the followed operator has no answer in any month."""
    return _said(data.stamp(), scope, choice)


def told(choice: Choice, facts: LineFacts) -> str:
    """The chart in a sentence: ends and extremes."""

    def number(value: float) -> str:
        return formats.share(value) if choice.measure == "share" else formats.number(value, 1)

    return _(
        "{first} in {first_month}, {last} in {last_month}; lowest {lowest} in {lowest_month}, highest {highest} in "
        "{highest_month}.",
        first=number(facts.first),
        first_month=formats.month(facts.first_month),
        last=number(facts.last),
        last_month=formats.month(facts.last_month),
        lowest=number(facts.lowest),
        lowest_month=formats.month(facts.lowest_month),
        highest=number(facts.highest),
        highest_month=formats.month(facts.highest_month),
    )


@lru_cache(maxsize=200)
def _spec(at: data.Stamp, scope: Scope, choice: Choice, spoken: str, dark: bool) -> str:
    names = data_names.names()
    points = data_satisfaction.points(scope, choice.slice)
    own = points[points["operator_code"] == choice.strong]
    rivals = points[~points["operator_code"].isin([choice.strong, ""])]
    judged = item_targets(scope, choice.held.survey_code, choice.item)
    targets = None
    if choice.measure == "share" and not choice.part and len(judged):
        upto = judged[judged["month"] <= pd.Timestamp(choice.month)]
        targets = pd.DataFrame({"month": upto["month"], "value": upto["target_low"] * 100})
    with use(spoken):
        rivals = rivals.assign(name=[names.label("operator", str(code)) for code in rivals["operator_code"]])
        drawing = trend(
            TrendData(own, rivals, targets, trends.breaks(own), choice.measure),
            _words(names.label("operator", choice.strong), choice.measure),
            dark=dark,
            language=spoken,
            height=HEIGHT,
        )
    return json.dumps(drawing.spec_inline())


def _words(own: str, measure: str) -> TrendWords:
    return TrendWords(
        own=own,
        target=_("Target"),
        value=_("Satisfied, %") if measure == "share" else _("Mean, 0-100"),
        interval=_("95 % interval"),
        answers=_("Answers"),
        month=_("Month"),
        method_changed=_("method changed"),
        few_answers=_("few answers"),
        axis_from=_("The axis starts at {start}."),
    )
