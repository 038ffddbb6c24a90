"""The matrix of a month as a workbook: the grid, and every indicator with status colour, symbol and word.

Texts come in translated. Every text is written as a string, never parsed, and a leading sign that a spreadsheet (or a
later CSV export of it) would take for a formula is kept harmless by an apostrophe in front.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from sqm.reports.harmless import harmless

Format = Any
Sheet = Any

_INK, _GREY, _LINE = "#1B2430", "#5F6B7A", "#DCE1E7"


@dataclass(frozen=True)
class Look:
    """Colours of a status: ink on paper."""

    ink: str
    paper: str


@dataclass(frozen=True)
class Cell:
    """A text with the status that colours it ('' for none)."""

    text: str
    status: str = ""


@dataclass(frozen=True)
class Number:
    """A number as shown on screen (shares as fractions with a % format), so that it can be calculated with."""

    value: float | None
    number_format: str


@dataclass(frozen=True)
class Table:
    """A sheet: name, title, notes under it, header, rows, widths of its columns in characters."""

    name: str
    title: str
    notes: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[Cell | Number, ...], ...]
    widths: tuple[int, ...]


def number_format(unit: str, decimals: int) -> str:
    """Excel's format of an indicator's unit; shares are kept as fractions."""
    digits = "0" if decimals == 0 else "0." + "0" * decimals
    return f"{digits}%" if unit in ("%", "pp") else f"#,##{digits}"


def workbook(tables: Sequence[Table], looks: Mapping[str, Look], author: str) -> bytes:
    """The file. The same tables give the same bytes but for the time stamp that the format carries."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"author": author, "title": tables[0].title if tables else ""})
    formats = _Formats(book, looks)
    for table in tables:
        _sheet(book, table, formats)
    book.close()
    return target.getvalue()


class _Formats:
    """Excel counts formats, so each combination is made once."""

    def __init__(self, book: Any, looks: Mapping[str, Look]) -> None:
        self._book, self._looks = book, looks
        self._made: dict[tuple[str, str], Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": _INK})
        self.note = book.add_format({"font_color": _GREY, "font_size": 9})
        self.header = book.add_format(
            {"bold": True, "bottom": 1, "font_color": _INK, "text_wrap": True, "valign": "top"}
        )

    def cell(self, status: str = "", number: str = "") -> Format:
        """A bordered cell, coloured by status, with a number format."""
        key = (status, number)
        if key not in self._made:
            wanted: dict[str, Any] = {"valign": "top", "bottom": 1, "bottom_color": _LINE, "text_wrap": not number}
            if status in self._looks:
                look = self._looks[status]
                wanted |= {"font_color": look.ink, "bg_color": look.paper}
            if number:
                wanted["num_format"] = number
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]


def _sheet(book: Any, table: Table, formats: _Formats) -> None:
    sheet = book.add_worksheet(_sheet_name(table.name))
    sheet.hide_gridlines(2)
    for column, width in enumerate(table.widths):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, harmless(table.title), formats.title)
    for line, note in enumerate(table.notes, 1):
        sheet.write_string(line, 0, harmless(note), formats.note)
    top = len(table.notes) + 2
    for column, text in enumerate(table.header):
        sheet.write_string(top, column, harmless(text), formats.header)
    for line, row in enumerate(table.rows, top + 1):
        for column, cell in enumerate(row):
            _write(sheet, line, column, cell, formats)
    sheet.freeze_panes(top + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    if table.rows:
        sheet.autofilter(top, 0, top + len(table.rows), len(table.header) - 1)


def _write(sheet: Sheet, line: int, column: int, cell: Cell | Number, formats: _Formats) -> None:
    if isinstance(cell, Cell):
        sheet.write_string(line, column, harmless(cell.text), formats.cell(cell.status))
    elif cell.value is None or cell.value != cell.value:
        sheet.write_blank(line, column, None, formats.cell())
    else:
        sheet.write_number(line, column, cell.value, formats.cell(number=cell.number_format))


def _sheet_name(text: str) -> str:
    """Excel allows 31 characters and none of []:*?/\\ and no apostrophe at the ends."""
    cleaned = "".join(character for character in text if character not in "[]:*?/\\")
    return cleaned[:31].strip("'") or "1"
