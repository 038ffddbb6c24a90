"""CSV, TSV and their kin as a Grid: Arrow's parser for the well-formed, the careful tokenizer for the rest.

Both give the same grid for a file that both can read; tests/intake/test_delimited.py holds them to it.
"""

import itertools
from collections.abc import Container

import numpy as np
import pyarrow as pa
import pyarrow.csv

from sqm.intake.files import line_marks
from sqm.intake.files.grid import Grid, GridBuilder, widths
from sqm.intake.files.records import records
from sqm.intake.files.textfile import TextFile, verified
from sqm.intake.limits import Limits
from sqm.intake.problems import Level, Problem

HEAD_BYTES = 512 * 1024
SNIFFED = 64 * 1024
_BLOCK = 4 << 20
_MOST_ODD_ROWS = 300_000


def head_rows(file: TextFile, delimiter: str, count: int = 200) -> list[tuple[int, list[str]]]:
    """The first records with their Excel row numbers."""
    head = _head(file)
    width = widths(cells for cells, _ in itertools.islice(records(head, delimiter, 1_000_000), 20))
    found = itertools.islice(records(head, delimiter, width), count)
    return [(at, cells) for at, (cells, _) in enumerate(found, 1)]


def _head(file: TextFile) -> bytes:
    body = file.body
    if len(body) <= HEAD_BYTES:
        return body
    cut = body.rfind(b"\n", 0, HEAD_BYTES)
    return body[: cut + 1] if cut > 0 else body[:HEAD_BYTES]


def columns_of_first_line(file: TextFile, delimiter: str = "") -> int:
    """A cheap count, before anything is parsed. Without a delimiter: of the usual one that gives most columns."""
    first = file.body[: 4 * 1024**2].split(b"\n", 1)[0]
    return max(first.count(mark.encode()) for mark in ([delimiter] if delimiter else ",;\t|")) + 1


def read(
    file: TextFile, delimiter: str, header_row: int, width: int, limits: Limits, plain: Container[int] = ()
) -> Grid:
    """All data rows below the header row. plain: columns of nearly all different texts (the others come coded).

    The rows limit is judged here; a file over it gives a FILE problem.
    """
    grid = fast(file, delimiter, header_row, width, plain)
    if grid is None:
        proven = verified(file)
        if proven.encoding != file.encoding:
            grid = fast(proven, delimiter, header_row, width, plain)
        if grid is None:
            grid = careful(proven, delimiter, header_row, width, limits.rows)
    return _refused("too_many_rows", limits.rows, width) if len(grid.rows) > limits.rows else grid


def _refused(code: str, limit: int, width: int) -> Grid:
    grid = GridBuilder(width).grid()
    grid.problems.append(Problem(code, Level.FILE, values=(("limit", str(limit)),)))
    return grid


def fast(file: TextFile, delimiter: str, header_row: int, width: int, plain: Container[int] = ()) -> Grid | None:
    """Arrow's parallel parser, or None when the file is not plainly regular: then the careful way must read it.

    Regular means: one record for every line, as many cells in each as there are headers, quotes as in RFC 4180, no
    NUL, no lone carriage return, no blank line but at the end. Arrow skips blank lines, so a count of records that
    differs from the count of lines shows all the rest.
    """
    body = file.body
    if file.damaged or len(delimiter.encode()) != 1 or header_row < 1 or width < 2 or b"\x00" in body:
        return None
    end = len(body)
    while end and body[end - 1] in b"\r\n":
        end -= 1
    marks = line_marks.judge(body, end, delimiter)
    lines = marks.line_feeds + 1
    if lines <= header_row or not marks.regular:
        return None
    names = [f"c{at}" for at in range(width)]
    coded = pa.dictionary(pa.int32(), pa.string())
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(pa.py_buffer(body).slice(0, end)),
            read_options=pyarrow.csv.ReadOptions(skip_rows=header_row, column_names=names, block_size=_BLOCK),
            parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types={name: pa.string() if at in plain else coded for at, name in enumerate(names)},
                strings_can_be_null=False, quoted_strings_can_be_null=False,
            ),
        )  # fmt: skip
    except (pa.ArrowInvalid, pa.ArrowCapacityError):
        return None
    if table.num_rows != lines - header_row:
        return None
    first = header_row + 1
    return Grid(list(table.columns), np.arange(first, first + table.num_rows, dtype=np.int32))


def _no_table(refused: dict[int, str], short: dict[int, int], width: int) -> Problem:
    """More rows out of shape than anybody would mend."""
    if short:
        row, cells = next(iter(short.items()))
        values = (("cells", str(cells)), ("columns", str(width)), ("count", str(len(short))))
        return Problem("row_too_short", Level.FILE, row, values=values)
    row, code = next(iter(refused.items()))
    return Problem(code, Level.FILE, row, values=(("count", str(len(refused))),))


def careful(file: TextFile, delimiter: str, header_row: int, width: int, most_rows: int = 5_000_000) -> Grid:
    """Record by record: ragged rows, blank lines, stray quotes and NULs are each named with their row.

    Stops after most_rows rows, and when so many rows are out of shape that this is no table.
    """
    builder = GridBuilder(width)
    marked: dict[str, list[int]] = {}
    refused: dict[int, str] = {}
    short: dict[int, int] = {}
    cells_of: dict[str, int] = {}
    row = 0
    for cells, mark in records(file.body, delimiter, width):
        row += 1
        if len(builder) > most_rows or len(refused) + len(short) > _MOST_ODD_ROWS:
            break
        if row <= header_row or not cells:
            continue
        code = mark or ("nul_character" if any("\x00" in cell for cell in cells) else "")
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            code = code if code == "quote_not_closed" else "row_too_long"
            cells_of.setdefault(code, len(cells))
        if not code and file.damaged and any("\ufffd" in cell for cell in cells):
            code = "undecodable"
        if code:
            marked.setdefault(code, []).append(row)
            if code != "quote_inside":
                refused[row] = code
        if len(cells) < width:
            short[row] = len(cells)
            cells = cells + [""] * (width - len(cells))
        builder.add(row, cells[:width])
    grid = builder.grid()
    grid.refused, grid.short = refused, short
    if len(refused) + len(short) > _MOST_ODD_ROWS:
        grid.problems.append(_no_table(refused, short, width))
    for code, rows in marked.items():
        level = Level.WARNING if code == "quote_inside" else Level.ROW
        values = [("count", str(len(rows)))]
        if code in cells_of:
            values = [("cells", str(cells_of[code])), ("columns", str(width)), *values]
        if code == "undecodable":
            values = [("encoding", file.encoding), *values]
        grid.problems.append(Problem(code, level, rows[0], values=tuple(values), rows=tuple(rows[:1000])))
    return grid
