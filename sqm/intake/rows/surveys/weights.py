"""Survey weights: positive numbers, 1 where the file has none."""

import numpy as np
import pyarrow as pa

from sqm.intake.files.grid import Grid
from sqm.intake.problems import Level
from sqm.intake.reading import WEIGHT
from sqm.intake.recipe import ColumnUse
from sqm.intake.rows import decimals, fingerprint
from sqm.intake.rows.column import read as read_column
from sqm.intake.rows.findings import Findings
from sqm.intake.words import numbers

_SCALE = 4
_LARGEST = 999_999


def read(
    grid: Grid, place: dict[str, tuple[int, ColumnUse]], findings: Findings
) -> tuple[pa.Array, fingerprint.Hashes]:
    """Weights of all rows and their hashes. A weight that is missing or not above 0 rejects its row."""
    count = len(grid.rows)
    if "weight" not in place or not count:
        ones = np.full(count, 10**_SCALE, np.int64)
        return decimals.array(ones, WEIGHT), np.zeros(count, np.uint64)
    at, use = place["weight"]
    column = read_column(grid, at, use.header, lambda texts: [numbers.number(text) for text in texts])

    def problem(one: numbers.Number) -> str:
        if one.value is None:
            return one.code or "required_empty"
        return "" if 0 < one.value <= _LARGEST and not one.percent else "out_of_range"

    column.report(findings, problem, lambda _: Level.ROW, "> 0")
    units = column.numbers(lambda one: decimals.units(one.value, _SCALE) if one.value and not problem(one) else 0)
    return decimals.array(units, WEIGHT), fingerprint.of_numbers(units - 10**_SCALE, 6)
