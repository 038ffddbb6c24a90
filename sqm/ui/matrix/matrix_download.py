"""The matrix of a month as a workbook in the viewer's language, built when the button is pressed."""

from datetime import date

import streamlit as st

from sqm.database.indicators.indicators import Place
from sqm.reports.workbook import Cell, Look, Number, Table, number_format, workbook
from sqm.rules.access import Action, Scope, may
from sqm.rules.targets import Status
from sqm.ui import formats, status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.matrix import data_matrix
from sqm.ui.matrix.data_matrix import MonthView, cell_code
from sqm.ui.matrix.matrix_grid import behaves, owner_names, says
from sqm.ui.signing import rights
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.watch import behaviour_words, data_watch
from sqm.ui.watch.data_watch import WatchView
from sqm.ui.words import _, language, name, use

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def button(viewer: Viewer, view: MonthView, place: Place) -> None:
    """Drawn only for roles that may take the matrix with them."""
    if not may(viewer.role, Action.DOWNLOAD_WORKBOOK):
        return
    spoken = str(language())
    month = view.month

    def build() -> bytes:
        now = rights.require(viewer, Action.DOWNLOAD_WORKBOOK)
        with use(spoken):
            return book(now.scope, month, place)

    st.download_button(
        _("Download as workbook"),
        data=build,
        file_name=f"matrix-{month:%Y-%m}{'-' + place.code if place.code else ''}.xlsx",
        mime=TYPE,
        on_click="ignore",
        key="matrix_workbook",
    )


def book(scope: Scope, month: date, place: Place) -> bytes:
    """The file, in the language in force."""
    view = data_matrix.month_view(scope, month, place)
    names = data_names.names()
    where = data_names.places(scope).place(place.level, place.code) if place.code else _("all districts")
    looks = {str(status): Look(look.ink(), look.paper()) for status, look in status_style.LOOKS.items()}
    watch = data_watch.view(scope, month, place)
    return workbook([_grid(view, names, where, watch), _list(view, names, where, watch)], looks, _("Service quality"))


def _notes() -> tuple[str, ...]:
    return (
        _("The 151 indicators are our reconstruction: the sources print the shape of the matrix, not its indicators."),
        " · ".join(status_style.label(status) for status in status_style.LOOKS),
    )


def _title(view: MonthView, where: str) -> str:
    return _("Indicator matrix, {month}, {where}", month=formats.month(view.month), where=where)


def _grid(view: MonthView, names: Names, where: str, watch: WatchView) -> Table:
    rows = []
    for process, record in names.processes.items():
        row = [Cell(name(record)), Cell(owner_names(names, process))]
        for dimension in names.dimensions:
            cell = view.cells.get(cell_code(process, dimension))
            row.append(Cell("–") if cell is None else _cell(cell, view, watch))
        rows.append(tuple(row))
    header = (_("Process"), _("Owner"), *(name(record) for record in names.dimensions.values()))
    return Table(_("Matrix"), _title(view, where), _notes(), header, tuple(rows), (22, 40, 24, 24, 24))


def _cell(cell: Record, view: MonthView, watch: WatchView) -> Cell:
    status, behaved = Status(cell["status"]), behaves(cell, view, watch)[1]
    said = _("{status} – {behaviour}", status=says(cell), behaviour=behaved) if behaved else says(cell)
    return Cell(f"{status_style.symbol(status)} {said}", str(status))


def _list(view: MonthView, names: Names, where: str, watch: WatchView) -> Table:
    header = (
        _("Code"),
        _("Process"),
        _("Dimension"),
        _("Indicator name"),
        _("Status"),
        _("Behaviour"),
        _("Value"),
        _("Unit"),
        _("Target"),
        _("in force"),
        _("Change"),
        _("Lower limit (95 %)"),
        _("Upper limit (95 %)"),
        "n",
        _("Owner"),
        _("Appraisal"),
    )
    rows = tuple(_indicator(row, names, watch) for row in view.rows.values())
    widths = (10, 18, 18, 44, 14, 30, 11, 12, 14, 16, 11, 11, 11, 9, 24, 20)
    return Table(_("Indicators"), _title(view, where), _notes(), header, rows, widths)


def _indicator(row: Record, names: Names, watch: WatchView) -> tuple[Cell | Number, ...]:
    code, status = str(row["indicator_code"]), texts.status(row)
    shown = number_format(str(row["unit"]), int(row["decimals_shown"]))
    limits = number_format(str(row["unit"]), max(int(row["decimals"]), 1))
    return (
        Cell(code),
        Cell(name(names.processes[str(row["process_code"])])),
        Cell(name(names.dimensions[str(row["dimension_code"])])),
        Cell(names.indicator(code)),
        Cell(status_style.label(status), str(status)),
        Cell(behaviour_words.word(watch.behaviour(code), str(row["direction"]))),
        Number(row["value"], shown),
        Cell(formats.unit(str(row["unit"]))),
        Cell(texts.target(row)),
        Cell(texts.since(row)),
        Number(row["change"], shown),
        Number(row["low"], limits),
        Number(row["high"], limits),
        Number(row["n"], "#,##0"),
        Cell(name(names.indicators[code], "department")),
        Cell(texts.role(bool(row["appraised"]))),
    )
