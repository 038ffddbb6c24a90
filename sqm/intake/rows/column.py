"""One column, read once per different text: a million rows with ten scores cost ten parsings."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from sqm.intake.files.grid import Grid, encoded
from sqm.intake.problems import Level
from sqm.intake.rows.findings import Findings, Indexes

Meaning = TypeVar("Meaning")


class Column(Generic[Meaning]):
    """codes: for every row the place of its text in texts; meanings: what each text means."""

    def __init__(self, header: str, codes: npt.NDArray[np.int32], texts: list[str], meanings: list[Meaning]) -> None:
        self.header = header
        self.codes = codes
        self.texts = texts
        self.meanings = meanings

    def indexes(self, wanted: Callable[[Meaning], bool]) -> tuple[Indexes, list[str]]:
        """Rows whose meaning is wanted, and the different texts that have it."""
        hits = np.fromiter((wanted(meaning) for meaning in self.meanings), bool, len(self.meanings))
        if not hits.any():
            return np.empty(0, np.intp), []
        return np.flatnonzero(hits[self.codes]), [text for text, hit in zip(self.texts, hits, strict=True) if hit]

    def numbers(self, value: Callable[[Meaning], int], dtype: str = "int64") -> npt.NDArray[np.int64]:
        """A whole number for every row."""
        table = np.fromiter((value(meaning) for meaning in self.meanings), dtype, len(self.meanings))
        return table[self.codes]

    def flags(self, wanted: Callable[[Meaning], bool]) -> npt.NDArray[np.bool_]:
        table = np.fromiter((wanted(meaning) for meaning in self.meanings), bool, len(self.meanings))
        return table[self.codes]

    def report(self, findings: Findings, code_of: Callable[[Meaning], str], level_of: Callable[[str], Level | None],
               expected: str = "", codes: Sequence[str] | None = None) -> None:  # fmt: skip
        """One problem for every code that meanings carry; level_of gives None for what need not be said."""
        for code in codes or sorted({code_of(meaning) for meaning in self.meanings} - {""}):
            level = level_of(code)
            if level is not None:
                rows, texts = self.indexes(lambda meaning, code=code: code_of(meaning) == code)  # type: ignore[misc]
                findings.add(code, level, self.header, rows, texts, expected)


def read(
    grid: Grid, at: int, header: str, meaning: Callable[[list[str]], list[Meaning]], labelled: bool = False
) -> Column[Meaning]:
    """Read a column of the grid. meaning gets the different texts and explains each.

    labelled: SPSS value labels stand for the values (7 labelled S007 is S007); never so for scores.
    """
    codes, texts = encoded(grid.column(at))
    labels = grid.labels.get(at) if labelled else None
    told = [labels.get(text, text) for text in texts] if labels else texts
    return Column(header, codes, told, meaning([unquoted(text) for text in told]))


def unquoted(text: str) -> str:
    """=\"00123\" is how a CSV keeps Excel from eating zeros; the cell means 00123."""
    return text[2:-1] if len(text) > 3 and text[:2] == '="' and text[-1] == '"' and '"' not in text[2:-1] else text
