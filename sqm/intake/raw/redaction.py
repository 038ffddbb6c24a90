"""A copy of a raw file without some of its rows. Every other row keeps its number and its texts.

A text file keeps its bytes but for the records, which become blank lines. Of a workbook only the sheet that was read is
written anew, with its texts: other sheets, formulas, notes and caches could hold the person again. The caller reads
both files and compares (database/privacy/erased_files.py): a copy that says anything else is not used.
"""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from sqm.intake.files import encoding, records, spss, textfile
from sqm.intake.files.grid import Grid
from sqm.intake.first_look.look import Kind
from sqm.intake.first_look.source import Source, open_source
from sqm.intake.limits import Limits
from sqm.intake.recipe import Recipe

_WHEN = datetime(2000, 1, 1)  # no time of its own: the same rows give the same bytes
_MARKED = 4  # bytes that a byte order mark takes at most


def write(path: Path, target: Path, file_name: str, recipe: Recipe, rows: Collection[int], limits: Limits) -> None:
    """Write target: the file at path without these rows (Excel numbers). Raises ValueError for a file that cannot be
    read."""
    source = open_source(path, file_name, limits, recipe)
    if not source.readable or source.load is None:
        raise ValueError("unreadable")
    if source.kind is Kind.WORKBOOK:
        _workbook(source, source.load(), target, frozenset(rows))
    elif source.kind is Kind.SPSS:
        _spss(path, target, frozenset(rows))
    else:
        _text(path, target, source, frozenset(rows))


def _text(path: Path, target: Path, source: Source, rows: frozenset[int]) -> None:
    file = textfile.verified(textfile.load(path, source.encoding))
    width = len(source.layout.headers)
    kept: list[bytes] = []
    at = 0
    for row, (length, end) in enumerate(records.lengths(file.body, source.delimiter, width), 1):
        kept.append(end if row in rows else file.body[at : at + length])
        at += length
    with path.open("rb") as stream:
        mark = encoding.detect(stream.read(encoding.SAMPLE)).mark
        stream.seek(0)
        first = stream.read(_MARKED)[:mark]
    body = b"".join([*kept, file.body[at:]])
    target.write_bytes(first + body.decode("utf-8").encode(file.encoding, "replace"))


def _workbook(source: Source, grid: Grid, target: Path, rows: frozenset[int]) -> None:
    options = {
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "constant_memory": not grid.merged,  # row by row, which a merged range is not
    }
    with xlsxwriter.Workbook(str(target), options) as book:
        book.set_properties({"created": _WHEN})
        sheet = book.add_worksheet(source.sheet or None)
        for number, texts in source.rows:
            if number <= source.layout.header_row:
                _put(sheet, number, texts)
        columns = [column.to_pylist() for column in grid.columns]
        for index, number in enumerate(grid.rows.tolist()):
            if number not in rows:
                _put(sheet, number, [column[index] for column in columns])
        index_of = {int(number): index for index, number in enumerate(grid.rows)} if grid.merged else {}
        for first, last, left, right in grid.merged:
            text = columns[left][index_of[first]] if first in index_of and first not in rows else ""
            sheet.merge_range(first - 1, left, last - 1, right, text)


def _put(sheet: Any, number: int, texts: list[str]) -> None:
    for at, text in enumerate(texts):
        if text:
            sheet.write_string(number - 1, at, text)


def _spss(path: Path, target: Path, rows: frozenset[int]) -> None:
    """Case 1 is row 2. A case cannot be left out without moving the others: it stays, with nothing in it."""
    import pandas as pd
    import pyreadstat

    _, forced = spss.about(path)
    columns, facts = pyreadstat.read_sav(str(path), user_missing=True, output_format="dict", encoding=forced)
    gone = [row - 2 for row in sorted(rows)]
    for name, values in columns.items():
        blank = "" if any(isinstance(value, str) for value in values) else None
        told = list(values)
        for index in gone:
            if index < len(told):
                told[index] = blank
        columns[name] = told
    pyreadstat.write_sav(
        pd.DataFrame(columns),
        str(target),
        column_labels=[label or "" for label in facts.column_labels],
        variable_value_labels=facts.variable_value_labels,
        missing_ranges=facts.missing_ranges,
        variable_measure=facts.variable_measure,
    )
