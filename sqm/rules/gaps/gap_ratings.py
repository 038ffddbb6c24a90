"""Gaps 1-4 by questionnaire: managers, contact staff and customers rate the same dimensions on one scale.

Gap 1 = managers' estimate of what customers expect - customers' expectation (negative: under-estimated).
Gap 2 = how formal the standards are (1 informal .. 7 formal) - 7; "no standards exist" is no rating, and its share is
told. Gap 3 = able to meet the standards - 7. Gap 4 = able to keep what is promised - 7. So 0 is closed, negative open
(the minus 7 is our convention). Units: points of the asked scale. Weighted with the customers' importance points.
Sources: Zeithaml, Berry & Parasuraman 1988, J Marketing 52:35-48; Zeithaml, Parasuraman & Berry 1990, App. B;
Parasuraman, Berry & Zeithaml 1991, HRM 30:335-364. The four are never added; gaps.py carries each in its own unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sqm.rules.rivals.lead import lead_of_means
from sqm.rules.sampling import Floats, Interval
from sqm.rules.surveys.answers import as_mean, combined, given, mean_answer
from sqm.rules.surveys.design_effect import Estimate

TOP = 7.0


@dataclass(frozen=True)
class Rated:
    """One dimension. score: mean rating (gap 1: managers' estimate). against: what it is held against (gap 1: the
    customers' expectation; else the top of the scale). share_without: share of raters for whom no standard exists."""

    dimension: str
    score: float | None
    against: float | None
    gap: float | None
    interval: Interval | None
    n: int
    share_without: float | None


@dataclass(frozen=True)
class RatedGap:
    """weighted: sum of share x gap over the dimensions that have one, their shares adding up to 1; covered: how much of
    the points those dimensions hold. absolute: the same of |gap| (over- and under-estimates cancel in gap 1).
    n, n_eff: raters (of gap 1 the smaller side), for the minimum-n rule."""

    dimensions: tuple[Rated, ...]
    weighted: float | None
    interval: Interval | None
    absolute: float | None
    covered: float
    n: int
    n_eff: float


def against_customers(
    managers: ArrayLike,
    customers: ArrayLike,
    dimensions: Sequence[str],
    points: Sequence[float],
    customer_weights: ArrayLike | None = None,
) -> RatedGap:
    """Gap 1 with Welch intervals. managers, customers: people x dimensions, None for no answer."""
    guesses, wishes = _table(managers, dimensions), _table(customers, dimensions)
    rated = []
    for name, guess, wish in zip(dimensions, guesses.T, wishes.T, strict=True):
        first, second = mean_answer(guess), mean_answer(wish, customer_weights)
        gap, interval = _difference(first, second)
        rated.append(Rated(name, _mean(first), _mean(second), gap, interval, _smaller(first, second), None))
    shares, covered = _shares(points, [each.gap for each in rated])
    first, second = combined(guesses, shares), combined(wishes, shares, customer_weights)
    weighted, interval = _difference(first, second)
    n_eff = min(first.n_eff, second.n_eff) if first and second else 0.0
    absolute = _absolute(rated, shares)
    return RatedGap(tuple(rated), weighted, interval, absolute, covered, _smaller(first, second), n_eff)


def against_top(
    ratings: ArrayLike,
    dimensions: Sequence[str],
    points: Sequence[float],
    top: float = TOP,
    skipped: ArrayLike | None = None,
) -> RatedGap:
    """Gaps 2, 3 and 4. ratings: people x dimensions; None says that no standard exists, unless ``skipped`` (same
    shape, true or false) says that the question was left out. A dimension without a rating has no gap."""
    table = _table(ratings, dimensions)
    if bool(np.any(table > top)):
        raise ValueError("a rating lies above the top of its scale")
    left_out = np.zeros(table.shape, dtype=bool) if skipped is None else np.asarray(skipped, dtype=bool)
    asked = (np.isfinite(table) | ~left_out).sum(axis=0)
    absent = (~np.isfinite(table) & ~left_out).sum(axis=0)
    rated = []
    for d, name in enumerate(dimensions):
        found = mean_answer(table[:, d])
        without = float(absent[d] / asked[d]) if asked[d] else None
        gap, interval = _less(found, top)
        rated.append(Rated(name, _mean(found), top, gap, interval, found.n if found else 0, without))
    shares, covered = _shares(points, [each.gap for each in rated])
    total = combined(table, shares)
    weighted, interval = _less(total, top)
    n, n_eff = (total.n, total.n_eff) if total else (0, 0.0)
    return RatedGap(tuple(rated), weighted, interval, _absolute(rated, shares), covered, n, n_eff)


def _table(answers: ArrayLike, dimensions: Sequence[str]) -> Floats:
    table = given(answers)
    if table.ndim != 2 or table.shape[1] != len(dimensions):
        raise ValueError("ratings must be people x dimensions")
    return table


def _shares(points: Sequence[float], gaps: Sequence[float | None]) -> tuple[Floats, float]:
    """Shares over the dimensions that have a gap, and how much of all points they hold."""
    w = given(points)
    if w.shape != (len(gaps),) or bool(np.any(~(w >= 0))) or not float(w.sum()) > 0:
        raise ValueError("points must be one a dimension, not negative, and not all 0")
    kept = np.where([gap is not None for gap in gaps], w, 0.0)
    total = float(kept.sum())
    return (kept / total if total > 0 else kept), total / float(w.sum())


def _absolute(rated: Sequence[Rated], shares: Floats) -> float | None:
    known = [share * abs(each.gap) for each, share in zip(rated, shares, strict=True) if each.gap is not None]
    return float(sum(known)) if known and float(shares.sum()) > 0 else None


def _difference(first: Estimate | None, second: Estimate | None) -> tuple[float | None, Interval | None]:
    """Two answers that are all the same on one side still have an interval from the other; both the same: none."""
    if first is None or second is None:
        return None, None
    found = lead_of_means(as_mean(first), as_mean(second))
    interval = Interval(found.low, found.high) if found.low is not None and found.high is not None else None
    return found.difference, interval


def _less(found: Estimate | None, top: float) -> tuple[float | None, Interval | None]:
    if found is None:
        return None, None
    limits = found.interval
    return found.mean - top, None if limits is None else Interval(limits.low - top, min(limits.high, top) - top)


def _mean(found: Estimate | None) -> float | None:
    return None if found is None else found.mean


def _smaller(first: Estimate | None, second: Estimate | None) -> int:
    return min(first.n, second.n) if first and second else 0
