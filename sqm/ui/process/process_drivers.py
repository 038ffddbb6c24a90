"""What moves the satisfaction of a process: each driver with the indicators that watch it, the weakest first."""

from sqm.database.indicators.indicators import Place
from sqm.rules.matrix.process import Group, Row, group, ranked
from sqm.rules.targets import Status
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, join, span, table
from sqm.ui.matrix.data_matrix import MonthView
from sqm.ui.process import data_process, process_rows, process_words
from sqm.ui.watch.data_watch import WatchView
from sqm.ui.words import _, name


def block(process: str, view: MonthView, names: Names, watch: WatchView, place: Place) -> Html:
    """The finding, then a table with one heading a driver."""
    drivers = {str(number): each for number, each in enumerate(data_process.drivers(process))}
    parts = ranked(
        group(number, (view.rows[code] for code in each.codes if code in view.rows)) for number, each in drivers.items()
    )
    records = {number: each.record for number, each in drivers.items()}
    title = block_title(_finding(parts, records), _("drivers and the indicators that watch them, the weakest first"))
    if not parts:
        return join(
            [title, empty(_("The catalogue names no driver of this process."), _("drivers.csv of the catalogue"))]
        )
    titles = [_("Indicator name"), _("Status"), _("Value"), _("Target"), _("13 months"), _("Owner")]
    head = [el("th", each, css="sqm-r" if at in (2, 3) else "") for at, each in enumerate(titles)]
    rows: list[Html] = []
    for part in parts:
        rows.append(_heading(part, name(records[part.code], "driver"), watch, len(titles)))
        rows += [_row(row, titles, view, names, watch, place) for row in part.rows]
    return join([title, table(head, rows, css="sqm-list sqm-grouped")])


def _finding(parts: tuple[Group, ...], records: dict[str, Record]) -> str:
    """Weakest driver: easy to understand, 1 of 2 missed"""
    if not parts or parts[0].status not in (Status.MISSED, Status.NEAR):
        return _("No driver misses a target")
    words = name(records[parts[0].code], "driver")
    return _("Weakest driver: {driver}, {said}", driver=words, said=process_words.said(parts[0]))


def _heading(part: Group, words: str, watch: WatchView, columns: int) -> Html:
    count = process_words.getting_worse(part.rows, watch)
    worse = span("sqm-soft sqm-worse", process_words.worse(count)) if count else NOTHING
    inside = div("sqm-line", el("strong", words), span("", worse, " ", process_words.badge(part)))
    return el("tr", el("th", inside, scope="colgroup", colspan=str(columns)), css="sqm-group")


def _row(row: Row, titles: list[str], view: MonthView, names: Names, watch: WatchView, place: Place) -> Html:
    code = str(row["indicator_code"])
    since = texts.since(row)
    target = Html(span("", texts.target(row)) + (div("sqm-soft", since) if since else NOTHING))
    return el(
        "tr",
        cell(process_rows.title(row, names, place), titles[0], "sqm-name"),
        cell(process_rows.judged(row, watch, view.streaks.get(code, 0)), titles[1]),
        cell(texts.value(row), titles[2], "sqm-r"),
        cell(target, titles[3], "sqm-r"),
        cell(process_rows.line(row, view), titles[4], "sqm-spark"),
        cell(name(names.indicators[code], "department"), titles[5], "sqm-owner"),
    )
