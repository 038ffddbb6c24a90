"""The sentence over the matrix, computed from the month."""

from sqm.rules.targets import Status
from sqm.ui import formats
from sqm.ui.doors.data_names import Names, Places
from sqm.ui.markup import Html, footnote
from sqm.ui.matrix.data_matrix import MonthView
from sqm.ui.matrix.matrix_grid import OBSERVED
from sqm.ui.words import _, listed, n_, name


def finding(view: MonthView, names: Names) -> str:
    """Processes whose customers see a miss while operations look green come first: they are why the matrix exists."""
    found = view.cells
    hidden = [name(names.processes[code]) for code in view.hidden]
    if hidden:
        return _("{processes}: operations miss no target, yet customers are not satisfied", processes=listed(hidden))
    missed = [row for row in found.values() if row["status"] == Status.MISSED and row["dimension_code"] != OBSERVED]
    if not missed:
        return _("No appraised cell misses a target")
    processes = [name(names.processes[code]) for code in dict.fromkeys(row["process_code"] for row in missed)]
    return n_(
        "{n} appraised cell misses a target: {processes}",
        "{n} appraised cells miss a target: {processes}",
        len(missed),
        processes=listed(processes),
    )


def under(view: MonthView, places: Places, district: str) -> str:
    """Month and place, and what a cell shows."""
    where = places.place("district", district) if district else _("all districts")
    return _(
        "{month}, {where}. Each cell: its worst status, how many indicators have it, and the worst one.",
        month=formats.month(view.month),
        where=where,
    )


def notes() -> Html:
    """What a reader must know about the list and the judging."""
    return footnote(
        _("The 151 indicators are our reconstruction: the sources print the shape of the matrix, not its indicators."),
        _("Operations indicators are observed, not appraised. Intervals are 95 %; too few answers are not judged."),
    )
