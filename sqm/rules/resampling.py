"""The bootstrap of correlations: what else could they have been, had other people answered?

Only cross-products per unit are kept, so a resample is a sum and 250,000 answers cost little more than 2,000.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sqm.rules.relative_importance import correlations
from sqm.rules.sampling import CONFIDENCE, Floats, Interval

DRAWS = 1000
SEED = 4
LEAST_CLUSTERS = 8
"""With fewer, clusters cannot speak for those that were not drawn; answers are resampled instead."""
_MOST_GROUPS = 2000


@dataclass(frozen=True)
class Resampled:
    """Correlations of all answers (q, q) and of each resample (draws, q, q). units: how many things were resampled;
    by_cluster: whether these were clusters."""

    whole: Floats
    drawn: Floats
    units: int
    by_cluster: bool


def resampled(
    columns: Floats,
    weights: Floats,
    clusters: Sequence[object] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Resampled:
    """columns (n, q) without gaps, each with some spread; weights above 0. The same seed gives the same resamples."""
    random = np.random.default_rng(seed)
    units, by_cluster = _units(len(columns), clusters, random)
    sums = _sums_of_units(columns, weights, units)
    count = len(sums)
    chosen = random.integers(count, size=(draws, count)) + count * np.arange(draws)[:, None]
    times = np.bincount(chosen.ravel(), minlength=draws * count).reshape(draws, count).astype(np.float64)
    drawn = (times @ sums.reshape(count, -1)).reshape(draws, *sums.shape[1:])
    return Resampled(correlations(sums.sum(axis=0)), correlations(drawn), count, by_cluster)


def percentiles(drawn: Floats, confidence: float = CONFIDENCE) -> Interval:
    """The percentile interval of one figure over its resamples."""
    tail = (1.0 - confidence) / 2.0
    low, high = np.quantile(drawn, [tail, 1.0 - tail])
    return Interval(float(low), float(high))


def _units(n: int, clusters: Sequence[object] | None, random: np.random.Generator) -> tuple[NDArray[np.int64], bool]:
    """The unit of each answer. Answers are independent, so of very many, random groups do as well as each of them."""
    if clusters is not None:
        codes, names = pd.factorize(np.asarray(clusters, dtype=object), use_na_sentinel=False)
        if len(names) >= LEAST_CLUSTERS:
            return np.asarray(codes, dtype=np.int64), True
    return random.permutation(n) % _MOST_GROUPS, False


def _sums_of_units(columns: Floats, weights: Floats, units: NDArray[np.int64]) -> Floats:
    """Weighted cross-products of [1, columns] per unit (units, q + 1, q + 1), of columns centred and scaled."""
    centred = columns - np.average(columns, axis=0, weights=weights)
    spread = np.sqrt(np.average(centred**2, axis=0, weights=weights))
    table = np.column_stack([np.ones(len(weights)), centred / spread])
    out = np.empty((int(units.max()) + 1, table.shape[1], table.shape[1]))
    for place in range(table.shape[1]):
        weighted = weights * table[:, place]
        for other in range(place, table.shape[1]):
            out[:, place, other] = np.bincount(units, weighted * table[:, other])
            out[:, other, place] = out[:, place, other]
    return out
