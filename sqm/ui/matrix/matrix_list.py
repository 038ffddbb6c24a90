"""The indicators of one cell as a dense table, the worst on top; each row leads to its indicator."""

from sqm.charts.trends.sparkline import sparkline
from sqm.database.indicators.indicators import Place
from sqm.rules.matrix.process import weakest_first
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import data_indicator
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.indicator.indicator_choice import place_code
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, join, picture, table
from sqm.ui.matrix.data_matrix import MonthView
from sqm.ui.matrix.matrix_grid import says
from sqm.ui.watch import behaviour_words
from sqm.ui.watch.data_watch import WatchView
from sqm.ui.words import _, n_, name

MOST_FURTHER = 60


def finding(chosen: Record, names: Names) -> str:
    """Promotions, customer perception: 3 of 6 missed"""
    return _(
        "{process}, {dimension}: {said}",
        process=name(names.processes[chosen["process_code"]]),
        dimension=name(names.dimensions[chosen["dimension_code"]]),
        said=says(chosen),
    )


def under(chosen: Record, names: Names, view: MonthView) -> str:
    """What moves the process's satisfaction, and the month."""
    return f"{formats.month(view.month)} · {name(names.processes[chosen['process_code']], 'driver')}"


def cell_block(view: MonthView, names: Names, chosen: Record, place: Place, watch: WatchView) -> Html:
    """The finding of a cell, what moves its process, and its indicators."""
    title = block_title(finding(chosen, names), under(chosen, names, view))
    return join([title, indicator_list(view, names, chosen, place, watch)])


def indicator_list(view: MonthView, names: Names, chosen: Record, place: Place, watch: WatchView) -> Html:
    """One row per indicator of the cell."""
    titles = [
        _("Indicator name"),
        _("Status"),
        _("Value"),
        _("Target"),
        _("Change"),
        _("Interval"),
        _("13 months"),
        _("Owner"),
    ]
    right = {2, 3, 4, 5}
    head = [el("th", title, css="sqm-r" if at in right else "") for at, title in enumerate(titles)]
    rows = [_row(row, titles, view, names, place, watch) for row in _sorted(view, chosen)]
    return table(head, rows, css="sqm-list")


def _sorted(view: MonthView, chosen: Record) -> tuple[Record, ...]:
    where = (chosen["process_code"], chosen["dimension_code"])
    return weakest_first(row for row in view.rows.values() if (row["process_code"], row["dimension_code"]) == where)


def _row(row: Record, titles: list[str], view: MonthView, names: Names, place: Place, watch: WatchView) -> Html:
    code = str(row["indicator_code"])
    status = texts.status(row)
    line = sparkline(view.lines.get(code, ()), status=str(status), dark=status_style.is_dark())
    said = texts.why_not(row) or texts.streak(view.streaks.get(code, 0))
    return el(
        "tr",
        cell(links.link(names.indicator(code), "indicator", code=code, place=place_code(place)), titles[0], "sqm-name"),
        cell(Html(status_style.badge(status) + behaves(row, watch) + _small(said)), titles[1]),
        cell(texts.value(row), titles[2], "sqm-r"),
        cell(join([texts.target(row), _small(texts.since(row))]), titles[3], "sqm-r"),
        cell(texts.change(row), titles[4], "sqm-r"),
        cell(join([texts.interval(row) or formats.MISSING, _small(texts.sample(row))]), titles[5], "sqm-r"),
        cell(picture(line, ""), titles[6], "sqm-spark"),
        cell(join([name(names.indicators[code], "department"), _observed(row)]), titles[7], "sqm-owner"),
        css="sqm-thin" if status in (Status.NO_DATA, Status.NO_TARGET) else "",
    )


def behaves(row: Record, watch: WatchView) -> Html:
    """The second half of the sentence after the status."""
    behaviour = watch.behaviour(str(row["indicator_code"]))
    said = behaviour_words.word(behaviour, str(row["direction"]))
    return div(f"sqm-soft {behaviour_words.css(behaviour)}".strip(), said) if said else NOTHING


def _small(text: str) -> Html:
    return div("sqm-soft", text) if text else NOTHING


def _observed(row: Record) -> Html:
    return NOTHING if row["appraised"] else _small(texts.role(False))


def further() -> Html:
    """Indicators of uploads that the catalogue does not name: links, because the matrix has no cell for them."""
    codes = data_indicator.unlisted()
    if not codes:
        return NOTHING
    links_html = [links.link(code, "indicator", css="sqm-way", code=code, place="") for code in codes[:MOST_FURTHER]]
    title = block_title(
        _("Further indicators from uploads"),
        n_(
            "{n} code that the catalogue does not name: shown as uploaded, judged by no target",
            "{n} codes that the catalogue does not name: shown as uploaded, judged by no target",
            len(codes),
        ),
    )
    return join([title, div("sqm-ways", *links_html)])
