"""A sheet as text: columns of strings and the Excel number of each row, whatever the file format was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sqm.intake.problems import Problem

_CHUNK = 16_384


@dataclass
class Grid:
    """Data rows below the header. columns: strings, plain or dictionary coded, without nulls ('' = blank).

    refused: Excel row -> code, for rows that the tokenizer had to give up (their problems are in ``problems``).
    short: Excel row -> number of cells, for rows with fewer cells than columns.
    From workbooks: formulas (row, column, has a stored value; the text of one without is ``=...``), merged (first
    row, last row, first column, last column; rows below the header only), hidden_columns. From SPSS files: labels
    (position -> text of the value -> its label).
    """

    columns: list[pa.ChunkedArray]
    rows: npt.NDArray[np.int32]
    problems: list[Problem] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    short: dict[int, int] = field(default_factory=dict)
    formulas: list[tuple[int, int, bool]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    labels: dict[int, dict[str, str]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return len(self.columns)

    def column(self, position: int) -> pa.ChunkedArray:
        """The texts of one column; a column the file does not have is all blank."""
        if 0 <= position < len(self.columns):
            return self.columns[position]
        return pa.chunked_array([pa.repeat(pa.scalar(""), len(self.rows))])

    def row_cells(self, index: int) -> list[str]:
        """All cells of the row at this index (not the Excel number)."""
        return [str(column[index].as_py()) for column in self.columns]

    def take(self, kept: npt.NDArray[np.bool_]) -> "Grid":
        """The same grid with only some rows."""
        mask = pa.array(kept)
        return replace(self, columns=[column.filter(mask) for column in self.columns], rows=self.rows[kept])


class GridBuilder:
    """Collects rows of text into Arrow columns, a chunk at a time: a million rows never stand as Python lists."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._pending: list[Sequence[str]] = []
        self._chunks: list[list[pa.Array]] = [[] for _ in range(width)]
        self._rows: list[int] = []

    def add(self, row: int, cells: Sequence[str]) -> None:
        self._rows.append(row)
        self._pending.append(cells)
        if len(self._pending) >= _CHUNK:
            self._flush()

    def __len__(self) -> int:
        return len(self._rows)

    def _flush(self) -> None:
        for position, texts in enumerate(zip(*self._pending, strict=True)):
            self._chunks[position].append(pa.array(texts, pa.string()))
        self._pending = []

    def grid(self) -> Grid:
        self._flush()
        columns = [pa.chunked_array(chunks, pa.string()) for chunks in self._chunks]
        return Grid(columns, np.array(self._rows, np.int32))


def encoded(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int32], list[str]]:
    """For every row the place of its text in the list of different texts."""
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    one = single(column)
    coded = one if pa.types.is_dictionary(one.type) else one.dictionary_encode()
    return coded.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), coded.dictionary.to_pylist()


def single(column: pa.ChunkedArray) -> pa.Array:
    """All chunks as one array."""
    one = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if isinstance(one, pa.ChunkedArray):
        one = pa.concat_arrays(one.chunks) if one.num_chunks else pa.array([], pa.string())
    return one


def texts(column: pa.ChunkedArray) -> pa.Array:
    """All texts of a column as one plain array."""
    one = single(column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column)
    return one.dictionary_decode() if pa.types.is_dictionary(one.type) else one


def widths(records: Iterator[Sequence[str]]) -> int:
    """The widest record, trailing blanks not counted."""
    widest = 0
    for cells in records:
        width = len(cells)
        while width and not cells[width - 1].strip():
            width -= 1
        widest = max(widest, width)
    return widest
