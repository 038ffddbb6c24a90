"""Do two pairs of eyes see the same? Twice-audited visits (auditor quality), and the province against the branch's own
audit of the same store (F19, F21).

Cohen's kappa (Cohen 1960): agreement beyond what the two would reach by chance; standard error of Fleiss, Cohen and
Everitt (1969). A kappa says nothing about who is right.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from sqm.rules.sampling import CONFIDENCE, Interval, z_of
from sqm.rules.surveys.answers import given, mean_answer

_GUARD = 1e-12


@dataclass(frozen=True)
class Agreement:
    """agreed: share of items on which both said the same, 0-1. expected: what chance would give.

    kappa: 1 full, 0 no better than chance, below 0 worse; None where chance alone gives full agreement (both said the
    same of every item), for then nothing could have shown a difference. interval: normal, cut at -1 and 1; None without
    kappa and where they never differed (an error of 0 would claim certainty).
    """

    n: int
    agreed: float
    expected: float
    kappa: float | None
    interval: Interval | None


@dataclass(frozen=True)
class Inflation:
    """Own audit - province's, in points, over the stores that both audited; above 0 the branch is kinder to itself.
    interval: paired t; None below two stores. is_beyond_chance: the interval leaves 0 out."""

    mean: float
    n: int
    interval: Interval | None

    @property
    def is_beyond_chance(self) -> bool:
        return self.interval is not None and not self.interval.low <= 0.0 <= self.interval.high


def cohen_kappa(first: Sequence[object], second: Sequence[object], confidence: float = CONFIDENCE) -> Agreement | None:
    """What two auditors said of the same items, in the same order ("passed", "failed", "does not apply"...). An item
    that one of them left open (None) is out. None when nothing is left."""
    pairs = [(one, other) for one, other in zip(first, second, strict=True) if one is not None and other is not None]
    if not pairs:
        return None
    codes, names = pd.factorize(np.array([each for pair in pairs for each in pair], dtype=object))
    table = np.zeros((len(names), len(names)))
    np.add.at(table, (codes[0::2], codes[1::2]), 1.0)
    table /= len(pairs)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    agreed, expected = float(np.trace(table)), float(rows @ columns)
    if 1.0 - expected <= _GUARD:
        return Agreement(len(pairs), agreed, expected, None, None)
    kappa = (agreed - expected) / (1.0 - expected)
    weight = columns[:, None] + rows[None, :]  # cell (i, j): how often the second says i + how often the first says j
    on = np.diag(table) @ (1.0 - np.diag(weight) * (1.0 - kappa)) ** 2
    off = (1.0 - kappa) ** 2 * float((table * weight**2).sum() - np.diag(table) @ np.diag(weight) ** 2)
    variance = float(on + off - (kappa - expected * (1.0 - kappa)) ** 2) / (1.0 - expected) ** 2 / len(pairs)
    if variance <= _GUARD:
        return Agreement(len(pairs), agreed, expected, kappa, None)
    half = z_of(confidence) * math.sqrt(variance)
    return Agreement(len(pairs), agreed, expected, kappa, Interval(max(kappa - half, -1.0), min(kappa + half, 1.0)))


def inflation(own: ArrayLike, province: ArrayLike) -> Inflation | None:
    """own, province: scores 0-100 of the same stores in the same order; a store that one of them did not audit (NaN) is
    out. None when no store has both."""
    found = mean_answer(given(own) - given(province))
    return None if found is None else Inflation(found.mean, found.n, found.interval)
