"""A table of several questions by wave and place held against itself: a column copied forward from the wave before, and
an overall value that is not the mean of its parts although it is everywhere else in the same table.

Both are warnings: only who made the table can say which number is wrong.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sqm.intake.problems import Level, Problem, shown
from sqm.intake.rows.findings import Findings

LEAST_QUESTIONS = 5
"""So many equal values at one place are no coincidence."""
LEAST_DIFFERENT = 3
LEAST_PARTS, MOST_PARTS = 3, 12
LEAST_HOLDING = 2
MOST_TOLD = 50
_OVERALL = re.compile(r"整体|总体|综合|總體|整體|KPI|overall|general|total score", re.IGNORECASE)
_GUARD = 1e-9
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Waves:
    """A row is a place and month, a column an indicator; NaN where the file says nothing. index: row of the file's
    grid. place numbers the places; month: days since 1970; words: each row's place as the file writes it."""

    names: Sequence[str]
    value: Floats
    index: npt.NDArray[np.intp]
    place: npt.NDArray[np.int64]
    month: npt.NDArray[np.int64]
    words: Sequence[str]

    def month_name(self, row: int) -> str:
        return str(np.datetime64(int(self.month[row]), "D"))[:7]


def waves(
    names: Sequence[str],
    indicator: npt.NDArray[np.int32],
    place: npt.NDArray[np.int64],
    month: npt.NDArray[np.int32],
    value: Floats,
    rows: npt.NDArray[np.intp],
    words: Sequence[str],
) -> Waves:
    """rows: those of the file that nothing speaks against; the other arrays and words are of all its rows."""
    keys = np.stack([place[rows], month[rows].astype(np.int64)], axis=1)
    groups, at = np.unique(keys, axis=0, return_inverse=True)
    table = np.full((len(groups), len(names)), np.nan)
    index = np.full(table.shape, -1, np.intp)
    table[at.ravel(), indicator[rows]] = value[rows]
    index[at.ravel(), indicator[rows]] = rows
    first = index.max(axis=1)
    return Waves(names, table, index, groups[:, 0], groups[:, 1], [words[each] for each in first.tolist()])


def report(header: str, found: Waves, ratios: npt.NDArray[np.bool_], findings: Findings) -> None:
    """ratios: indicators of which a mean may be taken."""
    _report_copied(header, found, findings)
    _report_overall(header, found, ratios, findings)


def _report_copied(header: str, found: Waves, findings: Findings) -> None:
    """All questions of a place say in a wave what they said in the wave before, whenever that was."""
    told = 0
    for row, before in _pairs(found):
        now, then = found.value[row], found.value[before]
        known = np.isfinite(now)
        if known.sum() < LEAST_QUESTIONS or not np.array_equal(now[known], then[known]):
            continue
        if told >= MOST_TOLD or len(np.unique(now[known])) < LEAST_DIFFERENT:
            continue
        told += 1
        findings.add("place_repeated", Level.WARNING, header, np.sort(found.index[row][known]), (), "",
                     place=found.words[row], month=found.month_name(row), before=found.month_name(before))  # fmt: skip


def _pairs(found: Waves) -> Iterator[tuple[int, int]]:
    """Rows of one place in neighbouring waves, the later first (rows are in order of place and month)."""
    for row in range(1, len(found.place)):
        if found.place[row] == found.place[row - 1]:
            yield row, row - 1


def _report_overall(header: str, found: Waves, ratios: npt.NDArray[np.bool_], findings: Findings) -> None:
    """An overall value that is the plain mean of the others in most waves and places, and in some is not."""
    used = np.flatnonzero(ratios)
    if not LEAST_PARTS < len(used) <= MOST_PARTS + 1:
        return
    complete = np.flatnonzero(np.isfinite(found.value[:, used]).all(axis=1))
    if len(complete) <= LEAST_HOLDING:
        return
    table = found.value[np.ix_(complete, used)]
    for at in [place for place, column in enumerate(used.tolist()) if _OVERALL.search(found.names[column])]:
        means = np.delete(table, at, axis=1).mean(axis=1)
        holds = np.abs(table[:, at] - means) <= _unit_of(table) + _GUARD
        if holds.all() or holds.sum() < max(LEAST_HOLDING, len(holds) / 2):
            continue
        for each in np.flatnonzero(~holds)[:MOST_TOLD].tolist():
            _say_overall(header, found, int(complete[each]), int(used[at]), float(means[each]), holds, findings)


def _say_overall(
    header: str, found: Waves, row: int, column: int, mean: float, holds: npt.NDArray[np.bool_], findings: Findings
) -> None:
    index = int(found.index[row, column])
    told = {
        "indicator": shown(found.names[column]),
        "place": found.words[row],
        "month": found.month_name(row),
        "mean": f"{mean:.{_decimals(found.value[np.isfinite(found.value)])}f}",
        "others": str(int(holds.sum())),
        "count": "1",
    }
    line = int(findings.rows[index])
    value = f"{float(found.value[row, column]):g}"
    findings.say(Problem("overall_not_mean", Level.WARNING, line, header, value, told["mean"], tuple(told.items()),
                         (line,)))  # fmt: skip


def _unit_of(values: Floats) -> float:
    """One unit of the last decimal that the table prints: parts and whole are rounded by half of it at most."""
    return float(10.0 ** -_decimals(values.ravel()))


def _decimals(values: Floats) -> int:
    for decimals in range(6):
        if np.allclose(values, np.round(values, decimals), rtol=0.0, atol=1e-9):
            return decimals
    return 6
