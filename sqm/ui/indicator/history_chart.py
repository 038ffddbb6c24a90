"""The large chart of the indicator page."""

from datetime import date

import pandas as pd

from sqm.charts.facts import HistoryFacts
from sqm.charts.plot import figure
from sqm.charts.trends.history import HistoryWords, Marks, Style, history
from sqm.rules.access import Scope
from sqm.rules.targets import Status
from sqm.ui import formats, status_style
from sqm.ui.decisions import events_seen
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Record
from sqm.ui.indicator import data_indicator
from sqm.ui.indicator.data_indicator import Place
from sqm.ui.indicator.indicator_choice import Choice
from sqm.ui.indicator.indicator_talk import marks_of
from sqm.ui.markup import Html
from sqm.ui.watch import data_watch
from sqm.ui.words import _, language

_FROM_ZERO = ("count", "rate", "level")


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


def drawn(choice: Choice, scope: Scope, alt: str) -> Html:
    """The months up to the chosen one. alt: the chart in a sentence, for those who cannot see it."""
    rows = data_indicator.upto(data_indicator.history(scope, choice.code, choice.place), choice.month)
    watched = data_watch.one(scope, choice.code, choice.place, choice.month)
    if watched is not None:
        rows = rows.merge(watched.line(choice.code), on="month", how="left")
    return Html(figure(history(rows, words(), style(choice.record), _marks(choice, scope), _rival(choice, scope)), alt))


def _marks(choice: Choice, scope: Scope) -> Marks:
    """Events of the process, where a method or a person began new limits, and months that make none."""
    place = choice.place
    stores = data_names.places(scope).stores
    district = place.code if place.level == "district" else str(stores.get(place.code, {}).get("district_code", ""))
    marks, said = marks_of(choice), data_watch.said()
    return Marks(
        events_seen.ticks(str(choice.record["process_code"]), district),
        (*said.rebased.get(choice.code, ()), *marks.rebase),
        tuple(marks.excluded),
    )


def _rival(choice: Choice, scope: Scope) -> tuple[str, dict[date, float]] | None:
    """The best rival of the month, where rivals are known for this indicator; only beside the whole company."""
    if choice.place.level != "company":
        return None
    best = data_indicator.best_rival(scope, choice.code, choice.month)
    if best is None:
        return None
    line = data_indicator.upto(data_indicator.history(scope, choice.code, Place("operator", best)), choice.month)
    values = {pd.Timestamp(row["month"]).date(): float(row["value"]) for row in data_names.records(line)}
    return data_names.names().label("operator", best), values


def style(record: Record) -> Style:
    """How the numbers of an indicator are drawn for this viewer."""
    return Style(
        decimals=int(record["decimals"]),
        scale=100.0 if record["unit"] in ("%", "pp") else 1.0,
        from_zero=record["kind"] in _FROM_ZERO,
        dark=status_style.is_dark(),
        language=str(language()),
    )


def words() -> HistoryWords:
    """The words of every chart of an indicator."""
    return HistoryWords(
        target=_("Target"),
        interval=_("95 % interval"),
        natural=_("Natural range"),
        statuses={str(status): status_style.word(status) for status in Status},
        signals={"improvement": _("better than chance"), "concern": _("worse than chance"), "neutral": _("unusual")},
        axis_from=_("The axis starts at {start}."),
        rebased=_("new limits"),
        excluded=_("does not count for the limits"),
    )
