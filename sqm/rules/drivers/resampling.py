"""The bootstrap of correlations: what else could they have been, had other people answered?

Only cross-products per unit are kept, so a resample is a sum and 250,000 answers cost little more than 2,000.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sqm.rules.drivers.relative_importance import correlations, correlations_of_pairs
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
    return _resampled(
        lambda units: _sums_of_units(columns, weights, units), correlations, len(columns), clusters, draws, seed
    )


def resampled_pairs(
    columns: Floats,
    weights: Floats,
    clusters: Sequence[object] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Resampled:
    """The same where not everybody was asked everything: each correlation from the people who answered both.

    columns (n, q), NaN where not answered; every pair has to be answered by some.
    """
    return _resampled(
        lambda units: _pair_sums_of_units(columns, weights, units),
        correlations_of_pairs,
        len(columns),
        clusters,
        draws,
        seed,
    )


def _resampled(
    sums_of: Callable[[NDArray[np.int64]], Floats],
    correlate: Callable[[Floats], Floats],
    n: int,
    clusters: Sequence[object] | None,
    draws: int,
    seed: int,
) -> Resampled:
    """sums_of: the unit of each of n answers -> what each unit holds; correlate: such sums -> correlations."""
    random = np.random.default_rng(seed)
    units, by_cluster = _units(n, clusters, random)
    sums = sums_of(units)
    drawn = _drawn_sums(sums, draws, random)
    return Resampled(correlate(sums.sum(axis=0)), correlate(drawn), len(sums), by_cluster)


def _drawn_sums(sums: Floats, draws: int, random: np.random.Generator) -> Floats:
    """The sums of each resample: how often it drew a unit, times what the unit holds."""
    count = len(sums)
    chosen = random.integers(count, size=(draws, count)) + count * np.arange(draws)[:, None]
    times = np.bincount(chosen.ravel(), minlength=draws * count).reshape(draws, count).astype(np.float64)
    return np.asarray((times @ sums.reshape(count, -1)).reshape(draws, *sums.shape[1:]), dtype=np.float64)


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


def _pair_sums_of_units(columns: Floats, weights: Floats, units: NDArray[np.int64]) -> Floats:
    """(units, 4, q, q): over the people of a unit who answered both i and j the sums of weights, of weight x i, of
    weight x i squared and of weight x i x j, of columns centred and scaled by all their answers."""
    answered = np.isfinite(columns)
    known = np.where(answered, columns, 0.0)
    total = weights @ answered
    centred = np.where(answered, columns - weights @ known / total, 0.0)
    scaled = centred / np.sqrt(weights @ centred**2 / total)
    heard = answered.astype(np.float64)
    out = np.empty((int(units.max()) + 1, 4, columns.shape[1], columns.shape[1]))
    for place in range(columns.shape[1]):
        asked, value = weights * heard[:, place], weights * scaled[:, place]
        squared = value * scaled[:, place]
        for other in range(columns.shape[1]):
            out[:, 1, place, other] = np.bincount(units, value * heard[:, other], len(out))
            out[:, 2, place, other] = np.bincount(units, squared * heard[:, other], len(out))
            if other >= place:
                both, product = asked * heard[:, other], value * scaled[:, other]
                out[:, 0, place, other] = out[:, 0, other, place] = np.bincount(units, both, len(out))
                out[:, 3, place, other] = out[:, 3, other, place] = np.bincount(units, product, len(out))
    return out
