"""XLSX as a Grid. Our own reader, because libraries hide what matters here: hidden rows, formulas without values,
merged cells, and a shared string that is small on disk and huge in memory."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqm.intake.files.archive import open_checked
from sqm.intake.files.grid import Grid, GridBuilder
from sqm.intake.files.workbook_parts import Broken, Formats, SheetEntry, formats, shared_strings, sheets
from sqm.intake.files.workbook_sheet import Enough, SheetFacts, SheetReader
from sqm.intake.first_look import layout
from sqm.intake.first_look.layout import Layout
from sqm.intake.limits import Limits
from sqm.intake.problems import Level, Problem
from sqm.intake.words import vocabulary

HEAD_ROWS = 200


@dataclass
class Workbook:
    """An opened workbook: the archive, its worksheets and what all of them share."""

    archive: zipfile.ZipFile
    entries: list[SheetEntry]
    strings: list[str]
    formats: Formats
    from_1904: bool
    problems: list[Problem]


@dataclass(frozen=True)
class SheetHead:
    """The first rows of a sheet and the layout they show. template_columns: how many of them a template knows."""

    entry: SheetEntry
    rows: tuple[tuple[int, list[str]], ...]
    layout: Layout
    template_columns: int

    @property
    def is_table(self) -> bool:
        """A header of at least two columns and at least one row below it."""
        below = any(at > self.layout.header_row and any(cells) for at, cells in self.rows)
        return self.layout.header_row > 0 and sum(1 for text in self.layout.headers if text) > 1 and below


def open_workbook(path: Path, limits: Limits) -> tuple[Workbook | None, list[Problem]]:
    """The workbook, or the problems that forbid reading it."""
    archive, problems = open_checked(path, limits)
    if archive is None:
        return None, problems
    try:
        entries, from_1904 = sheets(archive)
        strings, styles = shared_strings(archive, limits), formats(archive)
    except Broken:
        return None, [Problem("file_damaged", Level.FILE, values=(("detail", "XML"),))]
    if not entries:
        return None, [Problem("file_damaged", Level.FILE, values=(("detail", "no worksheet"),))]
    if len(entries) > limits.sheets:
        values = (("count", str(len(entries))), ("limit", str(limits.sheets)))
        return None, [Problem("too_many_sheets", Level.FILE, values=values)]
    if any(name.startswith("xl/externalLinks/") for name in archive.namelist()):
        problems = [Problem("external_links", Level.WARNING)]
    return Workbook(archive, entries, strings, styles, from_1904, problems), problems


def head(book: Workbook, entry: SheetEntry, limits: Limits, count: int = HEAD_ROWS) -> SheetHead | Problem:
    """The first rows of one sheet."""
    rows: list[tuple[int, list[str]]] = []

    def on_row(row: int, cells: dict[int, str]) -> None:
        rows.append((row, _listed(cells)))
        if len(rows) >= count:
            raise Enough

    reader = SheetReader(book.strings, book.formats, book.from_1904, limits, on_row)
    try:
        stopped = reader.read(book.archive, entry.part)
    except (Broken, ValueError, OverflowError):
        return Problem("file_damaged", Level.FILE, values=(("detail", "XML"),))
    if stopped and stopped != "enough":
        return _limit_problem(stopped, limits)
    found = layout.find(rows)
    return SheetHead(entry, tuple(rows), found, vocabulary.best_template(found.headers)[1])


def _limit_problem(code: str, limits: Limits) -> Problem:
    limit = {"too_many_columns": limits.columns, "too_many_rows": limits.rows}.get(code, limits.unpacked_bytes)
    return Problem(code, Level.FILE, values=(("limit", str(limit)),))


def _listed(cells: dict[int, str]) -> list[str]:
    listed = [""] * (max(cells) + 1)
    for at, text in cells.items():
        listed[at] = text
    return listed


def choose(heads: Sequence[SheetHead], wanted: str = "") -> tuple[SheetHead | None, list[Problem]]:
    """The sheet to read, and what to say about the others. A template beats other tables, visible beats hidden."""
    tables = [one for one in heads if one.is_table]
    if wanted:
        chosen = next((one for one in heads if one.entry.name == wanted), None)
    else:
        ranked = sorted(tables, key=lambda one: (vocabulary.best_template(one.layout.headers)[0] is None,
                                                 one.entry.hidden))  # fmt: skip
        chosen = ranked[0] if ranked else None
    if chosen is None:
        return None, [Problem("header_not_found", Level.FILE, values=(("template", ""),))]
    alike = vocabulary.best_template(chosen.layout.headers)[0]
    others = [one for one in tables if one is not chosen and not one.entry.hidden
              and (alike is None or vocabulary.best_template(one.layout.headers)[0] is not None)]  # fmt: skip
    problems = []
    if others:
        names = ", ".join(one.entry.name for one in others)
        problems.append(
            Problem("other_sheets", Level.WARNING, values=(("sheet", chosen.entry.name), ("others", names)))
        )
    hidden = [one.entry.name for one in tables if one.entry.hidden]
    if hidden:
        problems.append(Problem("hidden_sheets", Level.WARNING, values=(("sheets", ", ".join(hidden)),)))
    return chosen, problems


def read(book: Workbook, chosen: SheetHead, header_row: int, width: int, limits: Limits) -> Grid:
    """All rows of a sheet below its header."""
    builder = GridBuilder(width)
    too_long: dict[int, int] = {}

    def on_row(row: int, cells: dict[int, str]) -> None:
        if row <= header_row:
            return
        if len(builder) >= limits.rows:
            raise Enough("too_many_rows")
        if max(cells) >= width and any(cells[at].strip() for at in cells if at >= width):
            too_long[row] = max(cells) + 1
        builder.add(row, [cells.get(at, "") for at in range(width)])

    reader = SheetReader(book.strings, book.formats, book.from_1904, limits, on_row)
    try:
        stopped = reader.read(book.archive, chosen.entry.part)
    except (Broken, ValueError, OverflowError):
        stopped = "file_damaged"
    grid = builder.grid()
    if stopped == "file_damaged":
        grid.problems.append(Problem("file_damaged", Level.FILE, values=(("detail", "XML"),)))
    elif stopped:
        grid.problems.append(_limit_problem(stopped, limits))
    _note_facts(grid, reader.facts, too_long, header_row, width)
    return grid


def _note_facts(grid: Grid, facts: SheetFacts, too_long: dict[int, int], header_row: int, width: int) -> None:
    """Problems that the sheet itself has, whatever its columns mean; the rest goes into the grid's own fields."""
    if too_long:
        rows = tuple(too_long)
        values = (("cells", str(max(too_long.values()))), ("columns", str(width)), ("count", str(len(rows))))
        grid.problems.append(Problem("row_too_long", Level.ROW, rows[0], values=values, rows=rows[:1000]))
        grid.refused.update(dict.fromkeys(rows, "row_too_long"))
    present = {int(row) for row in grid.rows}
    hidden = tuple(row for row in facts.hidden_rows if row in present)
    if hidden:
        count = (("count", str(len(hidden))),)
        grid.problems.append(Problem("hidden_rows", Level.WARNING, hidden[0], values=count, rows=hidden[:1000]))
    grid.hidden_columns = sorted(at for at in facts.hidden_columns if at < width)
    grid.formulas = [entry for entry in facts.formulas if entry[0] > header_row and entry[1] < width]
    grid.merged = [(max(a, header_row + 1), b, c, d) for a, b, c, d in facts.merged if b > header_row and b > a]
