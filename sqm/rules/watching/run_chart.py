"""Run chart with the rules of Anhoej (methods 2.6): no assumption about the distribution, slower than limits.

Median line; a run that is too long or too few crossings say that the series is not random. Anhoej & Olesen 2014;
longest run: Schilling 2012; crossings: Chen 2010. Points on the median and months without a value are not useful.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from sqm.rules.watching.limits import GUARD

FEWEST_USEFUL = 10


@dataclass(frozen=True)
class RunChart:
    """longest_run and crossings of the useful points, with the bounds that chance rarely passes; None without any.
    signal: never below ten useful points."""

    median: float | None
    n_useful: int
    longest_run: int | None
    longest_run_max: int | None
    crossings: int | None
    crossings_min: int | None
    signal: bool


def run_chart(values: Sequence[float | None]) -> RunChart:
    """One series in time order; None or NaN where there is no value."""
    numbers = np.array([math.nan if value is None else value for value in values], dtype=np.float64)
    known = numbers[np.isfinite(numbers)]
    if not len(known):
        return RunChart(None, 0, None, None, None, None, False)
    median = float(np.median(known))
    off = known - median
    sides = np.sign(off[np.abs(off) > GUARD * np.abs(known).max()])
    n = len(sides)
    if n == 0:
        return RunChart(median, 0, None, None, None, None, False)
    changes = np.flatnonzero(np.diff(sides)) + 1
    longest = int(np.diff(np.concatenate(([0], changes, [n]))).max())
    longest_max, fewest = round(math.log2(n)) + 3, _fewest_crossings(n)
    odd = longest > longest_max or len(changes) < fewest
    return RunChart(median, n, longest, longest_max, len(changes), fewest, n >= FEWEST_USEFUL and odd)


def _fewest_crossings(n: int) -> int:
    """5 % quantile of a binomial of n - 1 fair throws."""
    counts = np.arange(n)
    return int(np.argmax(special.bdtr(counts, max(n - 1, 0), 0.5) >= 0.05))
