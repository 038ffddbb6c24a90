"""The large chart of the satisfaction page."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.charts.facts import LineFacts, line_facts
from sqm.charts.plot import figure
from sqm.charts.trends.trend import TrendData, TrendWords, trend
from sqm.rules.access import Scope
from sqm.rules.surveys import trends
from sqm.ui import formats
from sqm.ui.decisions import events_seen
from sqm.ui.doors import data
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import Html
from sqm.ui.satisfaction import data_satisfaction
from sqm.ui.satisfaction.satisfaction_choice import Choice
from sqm.ui.satisfaction.trend_wall import item_targets
from sqm.ui.words import _


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


def drawn(choice: Choice, scope: Scope, names: Names, spoken: str, dark: bool, alt: str) -> Html:
    """The chart in the language of the moment. alt: the same in a sentence, for those who cannot see it."""
    points = data_satisfaction.points(scope, choice.slice)
    own = points[points["operator_code"] == choice.strong]
    rivals = points[~points["operator_code"].isin([choice.strong, ""])]
    judged = item_targets(scope, choice.held.survey_code, choice.item)
    targets = None
    if choice.measure == "share" and not choice.part and len(judged):
        upto = judged[judged["month"] <= pd.Timestamp(choice.month)]
        targets = pd.DataFrame({"month": upto["month"], "value": upto["target_low"] * 100})
    rivals = rivals.assign(name=[names.label("operator", str(code)) for code in rivals["operator_code"]])
    process = choice.item.split(".")[0]
    ticks = events_seen.ticks("" if process == "overall" else process)
    lines = TrendData(own, rivals, targets, trends.breaks(own), choice.measure, ticks)
    words = _words(names.label("operator", choice.strong))
    return Html(figure(trend(lines, words, dark=dark, language=spoken), alt))


def _words(own: str) -> TrendWords:
    return TrendWords(
        own=own,
        target=_("Target"),
        method_changed=_("method changed"),
        few_answers=_("few answers"),
        axis_from=_("The axis starts at {start}."),
    )
