"""How much of what varies in an outcome goes with each of several correlated drivers? From correlations alone.

Shapley / LMG / general dominance (Lindeman, Merenda & Gold 1980; Groemping 2006, J Stat Softw 17(1)): the mean, over
all orders of entry, of what a driver adds to R2. Relative weights (Johnson 2000) are the cheap stand-in where there
are too many drivers for all subsets. Both add up to R2. Every function takes stacks of matrices, so that a thousand
resamples cost little more than one: arrays (..., p + 1, p + 1) of correlations, the outcome last.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sqm.rules.sampling import Floats

MOST_EXACT = 12
"""4,096 subsets; beyond that relative weights."""
_SINGULAR = 1e-9  # what is left of a driver's variance when the others explain all of it
_ROOM = 2_000_000  # numbers held at once while subsets are gone through


class Method(StrEnum):
    """How the parts of R2 were found."""

    SHAPLEY = "shapley"
    RELATIVE_WEIGHTS = "relative_weights"


@dataclass(frozen=True)
class Regression:
    """One model on standardised variables, per driver. beta and vif are NaN where the others determine a driver
    exactly; ``last`` is what a driver adds to all others (0 there)."""

    r2: float
    beta: Floats
    vif: Floats
    last: Floats


def correlations(sums: Floats) -> Floats:
    """From weighted cross-products (..., q + 1, q + 1) of [1, columns] to correlations (..., q, q) of the columns.

    A column that does not vary is given 0 with all others. Centre the columns first: squares of large numbers would
    drown small variances.
    """
    weight = sums[..., :1, :1]
    means = sums[..., :1, 1:] / weight
    covariance = sums[..., 1:, 1:] / weight - np.swapaxes(means, -1, -2) * means
    variance = np.diagonal(covariance, axis1=-2, axis2=-1)
    varies = variance > _SINGULAR
    scale = np.where(varies, 1.0 / np.sqrt(np.where(varies, variance, 1.0)), 0.0)
    out = covariance * scale[..., :, None] * scale[..., None, :]
    places = np.arange(out.shape[-1])
    out[..., places, places] = 1.0
    return np.asarray(out, dtype=np.float64)


def correlations_of_pairs(sums: Floats) -> Floats:
    """From sums over the people who answered both (..., 4, q, q) of weights, weight x i, weight x i squared and
    weight x i x j to correlations (..., q, q). Nobody who answered both, or no variation among them: 0."""
    weight = np.where(sums[..., 0, :, :] > 0, sums[..., 0, :, :], 1.0)
    means = sums[..., 1, :, :] / weight
    variance = sums[..., 2, :, :] / weight - means**2
    covariance = sums[..., 3, :, :] / weight - means * np.swapaxes(means, -1, -2)
    spread = variance * np.swapaxes(variance, -1, -2)
    varies = (variance > _SINGULAR) & (np.swapaxes(variance, -1, -2) > _SINGULAR)
    out = np.where(varies, covariance / np.sqrt(np.where(varies, spread, 1.0)), 0.0)
    places = np.arange(out.shape[-1])
    out[..., places, places] = 1.0
    return np.asarray(out, dtype=np.float64)


def is_possible(matrix: Floats) -> bool:
    """Can these correlations be those of one group of people? From pairs that different people answered they need
    not be: an eigenvalue below 0 says that the pairs contradict each other."""
    return float(np.linalg.eigvalsh(matrix).min()) > -_SINGULAR


def parts(matrix: Floats) -> tuple[Method, Floats]:
    """The parts of R2 (..., p) by Shapley where that is affordable, else by relative weights."""
    if matrix.shape[-1] - 1 <= MOST_EXACT:
        return Method.SHAPLEY, shapley(matrix)
    return Method.RELATIVE_WEIGHTS, relative_weights(matrix)


def shapley(matrix: Floats) -> Floats:
    """Shapley parts of R2 (..., p). Drivers that say exactly the same share evenly."""
    p = matrix.shape[-1] - 1
    subsets = np.arange(2**p)
    inside = (subsets[:, None] >> np.arange(p - 1, -1, -1)) & 1
    size = inside.sum(axis=1)
    orders = np.array([math.factorial(s) * math.factorial(p - s - 1) / math.factorial(p) for s in range(p)] + [0.0])
    entering = np.where(inside == 1, orders[size - 1][:, None], -orders[size][:, None])
    stack = matrix.reshape(-1, p + 1, p + 1)
    step = max(1, _ROOM // (4 * 2**p))
    found = [_r2_of_subsets(stack[start : start + step]) @ entering for start in range(0, len(stack), step)]
    return np.concatenate(found).reshape(*matrix.shape[:-2], p)


def _r2_of_subsets(stack: Floats) -> Floats:
    """R2 (B, 2^p) of every subset; the first driver is the highest bit.

    Driver after driver is either left out or swept out of what remains, so the matrices shrink as the subsets grow.
    """
    left = stack[:, None]
    while left.shape[-1] > 1:
        without = left[..., 1:, 1:]
        pivot = left[..., :1, :1]
        is_free = pivot > _SINGULAR
        column = np.where(is_free, left[..., 1:, :1], 0.0)
        swept = without - column * np.swapaxes(column, -1, -2) / np.where(is_free, pivot, 1.0)
        left = np.stack([without, swept], axis=2).reshape(len(stack), -1, *without.shape[-2:])
    return np.asarray(1.0 - left[..., 0, 0], dtype=np.float64)


def relative_weights(matrix: Floats) -> Floats:
    """Johnson's parts of R2 (..., p): through the orthogonal variables that lie closest to the drivers."""
    values, vectors = np.linalg.eigh(matrix[..., :-1, :-1])
    known = values > _SINGULAR
    root = np.sqrt(np.where(known, values, 0.0))
    inverse = np.where(known, 1.0 / np.where(known, root, 1.0), 0.0)
    turned = np.swapaxes(vectors, -1, -2)
    loading = (vectors * root[..., None, :]) @ turned
    beta = (vectors * inverse[..., None, :]) @ turned @ matrix[..., :-1, -1:]
    return np.asarray((loading**2 @ beta**2)[..., 0], dtype=np.float64)


def regression(matrix: Floats) -> Regression:
    """One standardised regression from one matrix (p + 1, p + 1)."""
    between, with_outcome = matrix[:-1, :-1], matrix[:-1, -1]
    beta = _inverse(between) @ with_outcome
    r2 = float(with_outcome @ beta)
    free = np.array([_left_of(between, place) for place in range(len(between))], dtype=np.float64)
    is_free = free > _SINGULAR
    return Regression(
        r2=r2,
        beta=np.where(is_free, beta, np.nan),
        vif=np.where(is_free, 1.0 / np.where(is_free, free, 1.0), np.nan),
        last=np.where(is_free, beta**2 * free, 0.0),
    )


def _left_of(between: Floats, place: int) -> float:
    """Share of a driver's variance that the others leave unexplained."""
    others = np.delete(np.arange(len(between)), place)
    own = between[others, place]
    return float(1.0 - own @ _inverse(between[np.ix_(others, others)]) @ own)


def _inverse(between: Floats) -> NDArray[np.float64]:
    return np.asarray(np.linalg.pinv(between, rcond=_SINGULAR, hermitian=True), dtype=np.float64)
