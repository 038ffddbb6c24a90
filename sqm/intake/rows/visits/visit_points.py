"""Points and most points of the rows of an audit file with one row an item."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from sqm.intake.files.grid import Grid, encoded
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.rows import decimals
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.visits.visit_marks import DIGITS, MOST, ONE, Flags, Item, Mark, Units, mark
from sqm.intake.words import numbers
from sqm.intake.words.visit_words import POINTS

Places = dict[str, tuple[int, ColumnUse]]


@dataclass(frozen=True)
class Points:
    """Hundredths for every row; applies: False for "does not apply" (then points is 0)."""

    points: Units
    applies: Flags
    most: Units


def read_points(
    grid: Grid, place: Places, recipe: Recipe, items: list[Item], item: npt.NDArray[np.int64], findings: Findings
) -> Points:
    """A row's most points: as it says, else as the checklist has it, else 1 where marks are 0 or 1."""
    meaning = recipe.constant("marks") or POINTS
    most = _most(grid, place, items, item, meaning, findings)
    at, use = place["points"]
    coded, texts = encoded(grid.column(at))
    known: dict[tuple[int, int], Mark] = {}
    found = []
    for text, units in zip(coded.tolist(), most.tolist(), strict=True):
        if (text, units) not in known:
            known[text, units] = mark(texts[text], units / ONE if units else MOST, meaning)
        found.append(known[text, units])
    _report(use, found, most, texts, coded, meaning, findings)
    points = np.fromiter((one.units or 0 for one in found), np.int64, len(found))
    return Points(points, np.fromiter((one.units is not None for one in found), bool, len(found)), most)


def _report(
    use: ColumnUse, found: list[Mark], most: Units, texts: list[str], coded: npt.NDArray[np.int32], meaning: str,
    findings: Findings,
) -> None:  # fmt: skip
    """By what is wrong, and for points out of range by how many were possible."""
    groups: dict[tuple[str, int], list[int]] = {}
    for row, one in enumerate(found):
        if one.problem:
            possible = int(most[row]) if one.problem == "points_outside" else 0
            groups.setdefault((one.problem, possible), []).append(row)
    for (code, possible), rows in groups.items():
        expected = f"0-{possible / ONE:g}" if possible else "" if meaning == POINTS else "0 / 1"
        shown = list(dict.fromkeys(texts[coded[row]] for row in rows))
        findings.add(code, Level.ROW, use.header, np.array(rows, np.intp), shown, expected)


def _most(
    grid: Grid, place: Places, items: list[Item], item: npt.NDArray[np.int64], meaning: str, findings: Findings
) -> Units:
    own = [decimals.units(Decimal(str(one.most or (0 if meaning == POINTS else 1))), DIGITS) for one in items]
    listed = np.array(own or [0], np.int64)[item] if len(item) else np.empty(0, np.int64)
    if "max_points" not in place:
        return listed
    at, use = place["max_points"]
    coded, texts = encoded(grid.column(at))
    told = [numbers.number(text) for text in texts]
    good = np.array([one.value is not None and 0 < one.value <= MOST and not one.percent for one in told] or [True])
    said = [
        decimals.units(one.value, DIGITS) if one.value is not None and fine else 0
        for one, fine in zip(told, good, strict=False)
    ]
    blank = np.array([one.value is None and one.code in ("", "missing_word") for one in told] or [False])
    if not len(coded):
        return listed
    most = np.where(blank[coded], listed, np.array(said, np.int64)[coded])
    findings.add("max_points_invalid", Level.ROW, use.header, np.flatnonzero(most <= 0),
                 list(dict.fromkeys(texts[coded[row]] for row in np.flatnonzero(most <= 0)[:20])), "> 0")  # fmt: skip
    return most
