"""How sure are we of a figure that comes from a sample? Shares 0-1 everywhere.

Closed forms in numpy, so that thousands of months cost one pass and fractional effective counts are allowed; the tests
hold them against statsmodels. Quantiles come from scipy.special, which loads far faster than scipy.stats.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]

SATISFIED_FROM = 0.75
"""A score counts as satisfied from this share of its scale on: 8 of 1-10, 4 of 1-5, 6 of 1-7 (rounded up)."""

CONFIDENCE = 0.95
GREY_BELOW = 30
HIDDEN_BELOW = 5
NARROW = 0.05
WIDE = 0.30
RELATIVELY_WIDE = 1.30
_GUARD = 1e-9


class Reliability(StrEnum):
    """Rule of NCHS, Vital Health Stat 2(175), as coded in CDCgov/surveytable; "indicative" is our word."""

    RELIABLE = "reliable"
    INDICATIVE = "indicative"
    INSUFFICIENT = "insufficient"


class Showing(StrEnum):
    """May a figure be shown? hidden: fewer than 5 answers could point at a person; grey: too few to colour or rank."""

    SHOWN = "shown"
    GREY = "grey"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Interval:
    """95 % unless asked otherwise."""

    low: float
    high: float


def is_satisfied(score: float, scale_min: float, scale_max: float) -> bool:
    """Whether one answer counts as satisfied on its own scale."""
    return (score - scale_min) / (scale_max - scale_min) >= SATISFIED_FROM - _GUARD


def z_of(confidence: float = CONFIDENCE) -> float:
    """Two-sided normal quantile; 1.959964 at 95 %."""
    return float(special.ndtri(0.5 + confidence / 2.0))


def t_of(df: float, confidence: float = CONFIDENCE) -> float:
    """Two-sided Student quantile."""
    return float(special.stdtrit(df, 0.5 + confidence / 2.0))


def wilson_limits(successes: ArrayLike, n: ArrayLike, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Wilson score limits (Wilson 1927), elementwise; fractional counts allowed; NaN where n <= 0 or counts are NaN."""
    k, size = np.broadcast_arrays(np.asarray(successes, dtype=float), np.asarray(n, dtype=float))
    z = z_of(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        usable = np.isfinite(k) & np.isfinite(size) & (size > 0)
        size = np.where(usable, size, np.nan)
        p = np.clip(k / size, 0.0, 1.0)
        scale = 1.0 + z * z / size
        centre = (p + z * z / (2.0 * size)) / scale
        half = z * np.sqrt(p * (1.0 - p) / size + z * z / (4.0 * size * size)) / scale
        low = np.where(p == 0.0, 0.0, np.clip(centre - half, 0.0, 1.0))
        high = np.where(p == 1.0, 1.0, np.clip(centre + half, 0.0, 1.0))
    return np.where(usable, low, np.nan), np.where(usable, high, np.nan)


def wilson(successes: float | None, n: float | None, confidence: float = CONFIDENCE) -> Interval | None:
    """Wilson interval of one share; None without answers. Never Wald: with no success its width would be 0."""
    if successes is None or n is None:
        return None
    low, high = wilson_limits(successes, n, confidence)
    return Interval(float(low), float(high)) if math.isfinite(float(low)) else None


def clopper_pearson(successes: float | None, n: float | None, confidence: float = CONFIDENCE) -> Interval | None:
    """Exact (conservative) interval of a share, from beta quantiles; for comparison and for tiny samples."""
    if successes is None or n is None or not n > 0:
        return None
    tail = (1.0 - confidence) / 2.0
    low = 0.0 if successes <= 0 else float(special.betaincinv(successes, n - successes + 1.0, tail))
    high = 1.0 if successes >= n else float(special.betaincinv(successes + 1.0, n - successes, 1.0 - tail))
    return Interval(low, high)


def garwood_limits(count: ArrayLike, exposure: ArrayLike, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Exact Poisson limits of count / exposure (Garwood 1936), elementwise; NaN where exposure <= 0."""
    x, size = np.broadcast_arrays(np.asarray(count, dtype=float), np.asarray(exposure, dtype=float))
    tail = (1.0 - confidence) / 2.0
    with np.errstate(divide="ignore", invalid="ignore"):
        usable = np.isfinite(x) & np.isfinite(size) & (size > 0) & (x >= 0)
        events = np.where(usable, x, 0.0)
        size = np.where(usable, size, np.nan)
        low = np.where(events > 0, special.gammaincinv(np.where(events > 0, events, 1.0), tail), 0.0) / size
        high = special.gammaincinv(events + 1.0, 1.0 - tail) / size
    return low, high


def garwood(count: float | None, exposure: float | None, confidence: float = CONFIDENCE) -> Interval | None:
    """Exact Poisson interval of one rate per unit of exposure; None without exposure."""
    if count is None or exposure is None:
        return None
    low, high = garwood_limits(count, exposure, confidence)
    return Interval(float(low), float(high)) if math.isfinite(float(high)) else None


def effective_n(sum_w: ArrayLike, sum_ww: ArrayLike) -> Floats:
    """Kish: (sum w)^2 / sum w^2, elementwise; NaN without weight. Equal weights give n itself."""
    total, squares = np.asarray(sum_w, dtype=float), np.asarray(sum_ww, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(squares > 0, total * total / squares, np.nan), dtype=float)


def kish(weights: ArrayLike) -> tuple[float, float]:
    """(design effect, effective n) of weights. Weights must be above 0."""
    w = np.asarray(weights, dtype=float)
    if w.size == 0 or not bool(np.all(w > 0)):
        raise ValueError("weights must be above 0")
    size = float(effective_n(w.sum(), (w * w).sum()))
    return w.size / size, size


def reliability_of(share: ArrayLike, low: ArrayLike, high: ArrayLike, n_eff: ArrayLike) -> NDArray[Any]:
    """Reliability class, elementwise; the order of the tests matters. No interval is insufficient."""
    p, first, last, size = (np.asarray(part, dtype=float) for part in (share, low, high, n_eff))
    with np.errstate(divide="ignore", invalid="ignore"):
        width = last - first
        relative = np.where(p > 0, width / p, np.inf)
        return np.select(
            [
                ~(size >= GREY_BELOW - _GUARD) | ~np.isfinite(width),
                width <= NARROW + _GUARD,
                (width >= WIDE - _GUARD) | (relative > RELATIVELY_WIDE + _GUARD),
            ],
            [Reliability.INSUFFICIENT.value, Reliability.RELIABLE.value, Reliability.INSUFFICIENT.value],
            default=Reliability.INDICATIVE.value,
        )


def reliability(share: float | None, interval: Interval | None, n_eff: float | None) -> Reliability:
    """Reliability class of one share."""
    if share is None or interval is None or n_eff is None:
        return Reliability.INSUFFICIENT
    return Reliability(str(reliability_of(share, interval.low, interval.high, n_eff)))


def showing_of(n: ArrayLike, n_eff: ArrayLike) -> NDArray[Any]:
    """Minimum-n rule, elementwise: raw n below 5 is hidden (also NaN), effective n below 30 is grey."""
    raw, size = np.asarray(n, dtype=float), np.asarray(n_eff, dtype=float)
    with np.errstate(invalid="ignore"):
        return np.select(
            [~(raw >= HIDDEN_BELOW), ~(np.fmin(raw, size) >= GREY_BELOW - _GUARD)],
            [Showing.HIDDEN.value, Showing.GREY.value],
            default=Showing.SHOWN.value,
        )
