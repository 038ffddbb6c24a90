"""One indicator in the space of two lines, the same in every list of the process pages."""

from sqm.charts.trends.sparkline import sparkline
from sqm.database.indicators.indicators import Place
from sqm.rules.matrix.process import Row
from sqm.ui import formats, links, status_style
from sqm.ui.doors.data_names import Names
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.indicator.indicator_choice import place_code
from sqm.ui.markup import NOTHING, Html, div, el, join, picture, span
from sqm.ui.matrix.data_matrix import MonthView
from sqm.ui.watch import behaviour_words
from sqm.ui.watch.data_watch import WatchView
from sqm.ui.words import _


def title(row: Row, names: Names, place: Place) -> Html:
    """The indicator's name, which leads to its page."""
    code = str(row["indicator_code"])
    return links.link(names.indicator(code), "indicator", code=code, place=place_code(place))


def judged(row: Row, watch: WatchView, months_missed: int = 0) -> Html:
    """✕ missed falling for real · missed for 4 months in a row; of one without a judgement why it has none."""
    behaviour = watch.behaviour(str(row["indicator_code"]))
    word = behaviour_words.word(behaviour, str(row["direction"]))
    more = texts.why_not(row) or texts.streak(months_missed)
    parts = [
        span(f"sqm-soft {behaviour_words.css(behaviour)}".strip(), word) if word else NOTHING,
        span("sqm-soft", more) if more else NOTHING,
    ]
    behaves = join([part for part in parts if part], _(" · "))
    return join([Html(status_style.badge(texts.status(row))), behaves], " ")


def against(row: Row) -> str:
    """target ≥ 70.0 %; no target."""
    shown = texts.target(row)
    return _("no target") if shown == formats.MISSING else _("target {target}", target=shown)


def line(row: Row, view: MonthView) -> Html:
    """The last 13 months; it only decorates what stands beside it."""
    values = view.lines.get(str(row["indicator_code"]), ())
    return picture(sparkline(values, status=str(row["status"]), dark=status_style.is_dark()), "")


def compact(row: Row, names: Names, watch: WatchView, place: Place) -> Html:
    """Name and value, under them the judgement and the target: an entry of a list."""
    return el(
        "li",
        div("sqm-line", title(row, names, place), span("sqm-value", texts.value(row))),
        div("sqm-line", span("", judged(row, watch)), span("sqm-soft sqm-value", against(row))),
    )
