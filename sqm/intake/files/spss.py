"""SPSS files (.sav, .zsav) as a Grid. The parser is C code that has crashed before: it only runs in the child."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from sqm.intake.files.grid import Grid
from sqm.intake.files.workbook_sheet import date_text, plain_number
from sqm.intake.first_look.look import HeaderCell
from sqm.intake.limits import Limits
from sqm.intake.problems import Level, Problem
from sqm.intake.words import vocabulary
from sqm.intake.words.spelling import bare
from sqm.intake.words.spelling import header as folded

HEAD_ROWS = 200
_CHINESE = "GB18030"


@dataclass(frozen=True)
class SpssFile:
    """An SPSS file in memory. Rows are numbered as in a sheet with one header row: case 1 is row 2."""

    cells: tuple[HeaderCell, ...]
    encoding: str
    grid: Grid

    def load(self) -> Grid:
        return self.grid

    def head(self) -> Iterator[tuple[int, list[str]]]:
        yield 1, [cell.text for cell in self.cells]
        for index in range(min(HEAD_ROWS, len(self.grid.rows))):
            yield int(self.grid.rows[index]), self.grid.row_cells(index)


def open_file(path: Path, limits: Limits) -> SpssFile | Problem:
    """The file, or why it cannot be read."""
    import pyreadstat  # here, because it takes pandas along and no other file needs it

    try:
        head, encoding = about(path)
        problem = _too_much(head, limits)
        if problem:
            return problem
        columns, facts = pyreadstat.read_sav(str(path), user_missing=True, output_format="dict", encoding=encoding)
    except Exception as error:  # noqa: BLE001  (pyreadstat raises its own, UnicodeError, OverflowError, ValueError ...)
        return Problem("file_damaged", Level.FILE, values=(("detail", f"SPSS ({type(error).__name__})"),))
    return _made(columns, facts)


def about(path: Path) -> tuple[Any, str | None]:
    """Names and labels, and the encoding to force (None = the file's own).

    Chinese SPSS leaves files in GB 18030 that say nothing of it: tried when the file's own word fails, or when it
    gives no header that we know and this one does.
    """
    import pyreadstat

    try:
        own = pyreadstat.read_sav(str(path), metadataonly=True)[1]
    except pyreadstat.ReadstatError:
        return pyreadstat.read_sav(str(path), metadataonly=True, encoding=_CHINESE)[1], _CHINESE
    labels = [label or "" for label in own.column_labels]
    if vocabulary.best_template(labels)[1] or all(label.isascii() for label in labels):
        return own, None
    try:
        other = pyreadstat.read_sav(str(path), metadataonly=True, encoding=_CHINESE)[1]
    except pyreadstat.ReadstatError:
        return own, None
    known = vocabulary.best_template([label or "" for label in other.column_labels])[1]
    return (other, _CHINESE) if known else (own, None)


def _too_much(about: Any, limits: Limits) -> Problem | None:
    if len(about.column_names) > limits.columns:
        values = (("count", str(len(about.column_names))), ("limit", str(limits.columns)))
        return Problem("too_many_columns", Level.FILE, values=values)
    if (about.number_rows or 0) > limits.rows:
        return Problem("too_many_rows", Level.FILE, values=(("limit", str(limits.rows)),))
    if not about.column_names:
        return Problem("file_empty", Level.FILE)
    return None


def _made(columns: dict[str, Any], facts: Any) -> SpssFile:
    labels = facts.column_names_to_labels
    cells, texts, value_labels = [], [], {}
    for place, name in enumerate(facts.column_names):
        wording = bare(labels.get(name) or "")
        told = {_text(value): bare(str(label)) for value, label in facts.variable_value_labels.get(name, {}).items()}
        missing = tuple(_range_text(entry) for entry in facts.missing_ranges.get(name, []))
        cells.append(HeaderCell(_title(name, wording), wording, tuple(told.items()), missing))
        column = pa.array([_text(value) for value in columns[name]], pa.string())
        texts.append(pa.chunked_array([column]))
        if told:
            value_labels[place] = told
    count = len(texts[0]) if texts else 0
    grid = Grid(texts, np.arange(2, count + 2, dtype=np.int32), labels=value_labels)
    return SpssFile(tuple(cells), str(facts.file_encoding or ""), grid)


def _title(name: str, wording: str) -> str:
    """The wording when it is a header our templates know, else the variable's name."""
    known = {word for template in vocabulary.COLUMNS for word in vocabulary.known_words(template)}
    return wording if wording and folded(wording) in known and folded(name) not in known else name


def _range_text(entry: dict[str, Any]) -> str:
    low, high = _text(entry["lo"]), _text(entry["hi"])
    return low if low == high else f"{low}..{high}"


def _text(value: Any) -> str:
    """A value as the grid writes it."""
    if value is None or value != value:  # NaN: system missing
        return ""
    if isinstance(value, str):
        return value.rstrip()
    if hasattr(value, "isoformat"):
        return date_text(value) if hasattr(value, "year") else str(value.isoformat())
    return plain_number(repr(float(value)))
