"""Hand columns made by numpy to DuckDB as Arrow, without a row ever being a Python object."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sqm.database.connection import Cursor
from sqm.database.demo.company.calendar import Calendar, Ints
from sqm.database.demo.surveys.scores import MISSING, Scores


def coded(codes: Sequence[str], places: Ints | NDArray[np.int16]) -> pa.Array:
    """A text column that holds codes[place] in each row."""
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), pa.array(list(codes), pa.string()))


def coded_or_blank(codes: Sequence[str], places: Ints) -> pa.Array:
    """The same where a place below 0 stands for no code: ''."""
    return coded([*codes, ""], np.where(places < 0, len(codes), places))


def days(numbers: Ints) -> pa.Array:
    """A date column from days since 1970-01-01."""
    return pa.array(numbers.astype(np.int32)).cast(pa.date32())


def months(calendar: Calendar, places: Ints) -> pa.Array:
    """A date column of first days from places in the calendar."""
    return days(calendar.starts[places])


def score_lists(scores: Scores, missing: int = int(MISSING)) -> pa.Array:
    """A list column from a (respondents, items) block; missing becomes null."""
    rows, width = scores.shape
    flat = pa.array(scores.reshape(-1), mask=(scores == missing).reshape(-1))
    return pa.ListArray.from_arrays(pa.array(np.arange(rows + 1, dtype=np.int32) * width), flat)


def insert(cursor: Cursor, table: str, columns: dict[str, pa.Array]) -> int:
    """Append the columns to the table; DuckDB casts each to the type the schema says. Returns the rows added."""
    staged = pa.table(columns)
    cursor.register("staged_demo", staged)
    try:
        names = ", ".join(columns)
        cursor.execute(f"insert into {table} ({names}) select {names} from staged_demo")  # noqa: S608  # nosec B608
    finally:
        cursor.unregister("staged_demo")
    return int(staged.num_rows)


def plain(columns: dict[str, list[object]]) -> dict[str, pa.Array]:
    """Small columns of Python values as they are."""
    return {name: pa.array(values) for name, values in columns.items()}


def read_text(path: Path) -> pa.Table:
    """A small CSV file with every column as text."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return pa.table({name: pa.array([row[name] for row in rows]) for name in rows[0]})
