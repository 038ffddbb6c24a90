"""Processes that look otherwise from inside the company than to its customers, side by side with both sides."""

from sqm.rules.drivers.watermelon import INSIDE, OUTSIDE
from sqm.rules.targets import Status
from sqm.ui import links, status_style
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.markup import Html, cell, div, el, empty, span, table
from sqm.ui.matrix.data_matrix import MonthView, cell_code
from sqm.ui.matrix.matrix_grid import says
from sqm.ui.relations import relations_words
from sqm.ui.relations.data_relations import RelationsView
from sqm.ui.words import _, n_, name


def mismatches(view: RelationsView, matrix: MonthView, names: Names) -> Html:
    """One row per process; every side leads to its cell of the matrix."""
    if not view.mismatches:
        return empty(
            _("No process is green on one side and red on the other in this month."),
            _("Choose another month, or look at the whole matrix."),
        )
    titles = [_("Process"), *(name(names.dimensions[side]) for side in (OUTSIDE, *INSIDE)), _("In a row")]
    head = [el("th", title) for title in titles]
    return table(head, [_row(row, titles, matrix, names) for row in view.mismatches], "sqm-list sqm-sides")


def _row(row: Record, titles: list[str], matrix: MonthView, names: Names) -> Html:
    process = str(row["process_code"])
    worst = max(INSIDE, key=lambda side: row[f"{side}_missed"])
    title = links.link(name(names.processes[process]), "matrix", cell=cell_code(process, worst))
    sides = [
        cell(_side(matrix.cells.get(cell_code(process, side)), cell_code(process, side)), title_of)
        for side, title_of in zip((OUTSIDE, *INSIDE), titles[1:4], strict=True)
    ]
    months = int(row["months_in_a_row"])
    return el(
        "tr",
        cell(Html(title + div("sqm-soft", relations_words.kind(row["code"]))), titles[0], "sqm-name"),
        *sides,
        cell(n_("{n} month", "{n} months", months), titles[4]),
    )


def _side(found: Record | None, code: str) -> Html:
    """5 of 6 missed, in the colour that the matrix gives the cell."""
    if found is None:
        return span("sqm-no_data", "–")
    status = Status(found["status"])
    inside = span(f"sqm-status sqm-{status}", f"{status_style.symbol(status)} {says(found)}")
    return links.link(inside, "matrix", cell=code)
