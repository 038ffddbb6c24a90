"""The 9 x 3 grid: one small cell per process and dimension, said with a symbol, a word and a count."""

from sqm.rules.targets import Status
from sqm.rules.watching.behaviour import Behaviour, worsening
from sqm.ui import links, status_style
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.markup import NOTHING, Html, div, el, span, table
from sqm.ui.matrix.data_matrix import MonthView, cell_code
from sqm.ui.watch import behaviour_words
from sqm.ui.watch.data_watch import WatchView
from sqm.ui.words import _, n_, name

OBSERVED = "operations"


def worst_cell(view: MonthView) -> str:
    """The appraised cell with the largest share missed: where a reader looks first. '' when nothing is missed."""
    found = [
        (row["missed"] / row["counted"], code)
        for code, row in view.cells.items()
        if row["missed"] and row["dimension_code"] != OBSERVED
    ]
    return max(found, default=(0.0, ""), key=lambda each: each[0])[1]


def grid(
    view: MonthView,
    names: Names,
    chosen: str = "",
    is_small: bool = False,
    watch: WatchView | None = None,
    **choices: str,
) -> Html:
    """The grid as a table of links; is_small leaves out the worst indicator of each cell. choices go into each link."""
    found = view.cells
    head = [el("th", _("Process"))]
    for code, record in names.dimensions.items():
        aside = span("sqm-aside", _("observed")) if code == OBSERVED else NOTHING
        head.append(el("th", name(record), aside))
    rows = []
    for process, record in names.processes.items():
        shown = [
            _cell(found.get(cell_code(process, dimension)), name(title), view, names, chosen, is_small, watch, choices)
            for dimension, title in names.dimensions.items()
        ]
        owners = NOTHING if is_small else div("sqm-soft", owner_names(names, process))
        rows.append(el("tr", el("th", name(record), owners, scope="row"), *shown))
    return table(head, rows, css="sqm-matrix" + (" sqm-small" if is_small else ""))


def owner_names(names: Names, process: str) -> str:
    """The departments that own a process, the first one answers for it."""
    return _(" · ").join(name(owner) for owner in names.owners.get(process, ()))


def says(cell: Record) -> str:
    """3 of 17 missed · all 5 met · 2 of 6 near · no data"""
    status, total = Status(cell["status"]), int(cell["total"])
    if status is Status.MET and cell["met"] == total:
        return _("all {total} met", total=total)
    number = int(cell[status.value])
    return _("{number} of {total} {status}", number=number, total=total, status=status_style.word(status))


def _cell(
    cell: Record | None,
    column: str,
    view: MonthView,
    names: Names,
    chosen: str,
    is_small: bool,
    watch: WatchView | None,
    choices: dict[str, str],
) -> Html:
    if cell is None:
        return el("td", span("sqm-no_data", "–"), data_label=column)
    status = Status(cell["status"])
    code = cell_code(cell["process_code"], cell["dimension_code"])
    if is_small:
        inside = span(f"sqm-status sqm-{status}", _short(cell))
    else:
        inside = Html(
            span(f"sqm-status sqm-{status}", f"{status_style.symbol(status)} {says(cell)}")
            + _worst(cell, view, names)
            + _behaves(cell, view, watch)
        )
    css = "sqm-cell" + (" sqm-chosen" if code == chosen else "")
    link = links.link(inside, "matrix", css=css, cell=code, **choices)
    return el("td", link, css=f"sqm-on-{status}", data_label=column)


def _short(cell: Record) -> str:
    """3/17 ✕ missed"""
    status = Status(cell["status"])
    number = int(cell["met"] if status is Status.MET else cell[status.value])
    return f"{number}/{int(cell['total'])} {status_style.label(status)}"


def _worst(cell: Record, view: MonthView, names: Names) -> Html:
    """The worst indicator by name, with its value and target; nothing under a cell that met everything."""
    row = view.rows.get(str(cell["worst_code"]))
    if row is None or cell["status"] == Status.MET:
        return NOTHING
    title = names.indicator(str(cell["worst_code"]))
    return div("sqm-soft", _("{indicator} {value}", indicator=title, value=texts.value(row)))


def behaves(cell: Record, view: MonthView, watch: WatchView) -> tuple[Behaviour, str]:
    """How a cell behaves, in words: how many of its indicators really get worse, else how its worst one behaves."""
    where = (cell["process_code"], cell["dimension_code"])
    codes = [code for code, row in view.rows.items() if (row["process_code"], row["dimension_code"]) == where]
    worse = worsening(watch.behaviour(code) for code in codes)
    if worse:
        return Behaviour.FALLING_FOR_REAL, n_("{n} getting worse for real", "{n} getting worse for real", worse)
    worst = str(cell["worst_code"])
    if worst not in view.rows:
        return Behaviour.NO_DATA, ""
    behaviour = watch.behaviour(worst)
    return behaviour, behaviour_words.word(behaviour, str(view.rows[worst]["direction"]))


def _behaves(cell: Record, view: MonthView, watch: WatchView | None) -> Html:
    if watch is None:
        return NOTHING
    behaviour, said = behaves(cell, view, watch)
    return div(f"sqm-soft {behaviour_words.css(behaviour)}".strip(), said) if said else NOTHING
