"""The sentences of the process pages, computed from the month."""

from collections.abc import Iterable

from sqm.rules.matrix.process import Group, Row, groups, ranked
from sqm.rules.targets import Status
from sqm.rules.watching.behaviour import worsening
from sqm.ui import formats, status_style
from sqm.ui.doors.data_names import Names, Places
from sqm.ui.markup import Html, footnote
from sqm.ui.matrix.data_matrix import MonthView
from sqm.ui.matrix.matrix_grid import says
from sqm.ui.process import data_process
from sqm.ui.watch.data_watch import WatchView
from sqm.ui.words import _, n_, name


def getting_worse(rows: Iterable[Row], watch: WatchView) -> int:
    """How many indicators get worse beyond chance."""
    return worsening(watch.behaviour(str(row["indicator_code"])) for row in rows)


def worse(count: int) -> str:
    """2 getting worse for real · none getting worse for real"""
    if not count:
        return _("none getting worse for real")
    return n_("{n} getting worse for real", "{n} getting worse for real", count)


def said(part: Group) -> str:
    """3 of 6 missed · all 5 met, as a cell of the matrix says it."""
    return says(part.tally)


def badge(part: Group) -> Html:
    """The same with its symbol and colour."""
    return Html(status_style.badge(part.status, said(part)))


def finding(process: str, view: MonthView, names: Names, watch: WatchView) -> str:
    """Promotions: weakest in Customer perception, 5 of 6 missed; 2 getting worse for real"""
    rows = data_process.rows_of(view, process)
    title = name(names.processes[process])
    dimensions = ranked(groups(rows, lambda row: str(row["dimension_code"])))
    if not any(part.counted for part in dimensions):
        return _("{process}: no indicator can be judged in {month}", process=title, month=formats.month(view.month))
    weakest = dimensions[0]
    if weakest.status not in (Status.MISSED, Status.NEAR):
        first = _("{process}: no indicator misses its target", process=title)
    else:
        first = _(
            "{process}: weakest in {dimension}, {said}",
            process=title,
            dimension=name(names.dimensions[weakest.code]),
            said=said(weakest),
        )
    return _("; ").join([first, worse(getting_worse(rows, watch))])


def overview_finding(view: MonthView, names: Names) -> str:
    """Promotions is weakest: 6 of 11 appraised indicators missed; 7 of 9 miss targets"""
    missing = [row for row in view.weakest if row["missed"]]
    if not missing:
        return _("No process misses a target that it is appraised by")
    worst = missing[0]
    return _(
        "{process} is weakest: {missed} of {counted} appraised indicators missed; {n} of {total} miss targets",
        process=name(names.processes[str(worst["process_code"])]),
        missed=int(worst["missed"]),
        counted=int(worst["counted"]),
        n=len(missing),
        total=len(names.processes),
    )


def under(view: MonthView, places: Places, district: str) -> str:
    """Sep 2026, all districts"""
    where = places.place("district", district) if district else _("all districts")
    return _("{month}, {where}", month=formats.month(view.month), where=where)


def notes() -> Html:
    """What a reader must know about the judging."""
    return footnote(
        _("Operations indicators are observed, not appraised. Intervals are 95 %; too few answers are not judged.")
    )
