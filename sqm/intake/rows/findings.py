"""Problems of one sheet as they are found, gathered by what must be mended."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from sqm.intake.problems import ROWS_KEPT, Level, Problem, shown
from sqm.intake.words.masking import mask

Indexes = npt.NDArray[np.intp]
_EXAMPLES = 3


class Findings:
    """rows: Excel number of every data row. reasons: index of a row -> codes that reject it."""

    def __init__(self, rows: npt.NDArray[np.int32]) -> None:
        self.rows = rows
        self.reasons: dict[int, list[str]] = {}
        self._problems: list[Problem] = []

    def say(self, problem: Problem) -> None:
        """A problem that needs no gathering."""
        self._problems.append(problem)

    def add(
        self, code: str, level: Level, column: str, indexes: Indexes, found: Iterable[str] = (), expected: str = "",
        **values: str,
    ) -> None:  # fmt: skip
        """One problem for all rows at these indexes. found: the different texts, most telling first."""
        if not len(indexes):
            return
        if level is Level.ROW:
            for index in indexes.tolist():
                self.reasons.setdefault(index, []).append(code)
        numbers = np.sort(self.rows[indexes])
        kept = tuple(int(number) for number in numbers[:ROWS_KEPT])
        examples = ", ".join(shown(mask(text)) for text in list(found)[:_EXAMPLES])
        given = {**values, "count": str(len(indexes))}
        self._problems.append(Problem(code, level, kept[0], column, examples, expected, tuple(given.items()), kept))

    def rejected(self) -> npt.NDArray[np.bool_]:
        """True for every row that has a reason against it."""
        mask_of_rows = np.zeros(len(self.rows), bool)
        if self.reasons:
            mask_of_rows[list(self.reasons)] = True
        return mask_of_rows

    def problems(self) -> tuple[Problem, ...]:
        """File problems first, then rows, warnings, notes; in each the order of finding."""
        order = {Level.FILE: 0, Level.ROW: 1, Level.WARNING: 2, Level.NOTE: 3}
        return tuple(sorted(self._problems, key=lambda problem: order[problem.level]))
