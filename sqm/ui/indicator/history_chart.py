"""The large chart of the indicator page."""

from sqm.charts.facts import HistoryFacts
from sqm.charts.history import HistoryWords, Style, history
from sqm.charts.plot import figure
from sqm.rules.access import Scope
from sqm.rules.targets import Status
from sqm.ui import formats, status_style
from sqm.ui.indicator import data_indicator
from sqm.ui.indicator.indicator_choice import Choice
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
    record = choice.record
    rows = data_indicator.upto(data_indicator.history(scope, choice.code, choice.place), choice.month)
    watched = data_watch.one(scope, choice.code, choice.place, choice.month)
    if watched is not None:
        rows = rows.merge(watched.line(choice.code), on="month", how="left")
    style = Style(
        decimals=int(record["decimals"]),
        scale=100.0 if record["unit"] in ("%", "pp") else 1.0,
        from_zero=record["kind"] in _FROM_ZERO,
        dark=status_style.is_dark(),
        language=str(language()),
    )
    return Html(figure(history(rows, _words(), style), alt))


def _words() -> HistoryWords:
    return HistoryWords(
        target=_("Target"),
        interval=_("95 % interval"),
        natural=_("Natural range"),
        statuses={str(status): status_style.word(status) for status in Status},
        signals={"improvement": _("better than chance"), "concern": _("worse than chance"), "neutral": _("unusual")},
        axis_from=_("The axis starts at {start}."),
    )
