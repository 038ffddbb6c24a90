"""Kano: does a feature delight, or is it only missed when absent? From pairs "if it is there" / "if it is not".

Each answer is 1 like, 2 must be so, 3 neutral, 4 can live with, 5 dislike; a 5 x 5 table turns a pair into a category.
better = (A + O) / (A + O + M + I), worse = -(O + M) / (A + O + M + I); R and Q take no part.
Sources: Kano et al. 1984; Berger et al. 1993 (coefficients); Sauerwein, Bailom, Matzler & Hinterhuber 1996.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from sqm.rules.sampling import Interval, Showing, effective_n, showing_of, wilson
from sqm.rules.surveys.answers import given, weights_of

_GUARD = 1e-9
MIXED_BELOW = 0.06
"""[own] A lead of the first category over the second below this share: the feature is mixed."""
FAULTY_ABOVE = 0.20
"""More questionable pairs than this share: the question was not understood."""


class Category(StrEnum):
    """Order settles ties: M before O before A before I."""

    MUST_BE = "M"
    ONE_DIMENSIONAL = "O"
    ATTRACTIVE = "A"
    INDIFFERENT = "I"
    REVERSE = "R"
    QUESTIONABLE = "Q"


TABLE: tuple[str, ...] = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
"""Rows: answer when the feature is there, like .. dislike; columns: when it is not."""

_NUMBERS = np.array([[list(Category).index(Category(letter)) for letter in row] for row in TABLE])
_RATED = (Category.ATTRACTIVE, Category.ONE_DIMENSIONAL, Category.MUST_BE, Category.INDIFFERENT)


@dataclass(frozen=True)
class Kano:
    """category None: no answer. shares by category, 0-1 of all pairs. strength: first share - second. better 0..1,
    worse -1..0, None when nobody gave A, O, M or I; their intervals are Wilson, None when n is not known."""

    category: Category | None
    shares: Mapping[Category, float]
    better: float | None
    worse: float | None
    better_interval: Interval | None
    worse_interval: Interval | None
    strength: float | None
    is_mixed: bool
    is_faulty: bool
    n: int | None
    showing: Showing


def category_of(functional: int, dysfunctional: int) -> Category:
    """The category of one pair of answers, each 1-5."""
    if not (1 <= functional <= 5 and 1 <= dysfunctional <= 5):
        raise ValueError("a Kano answer is 1 to 5")
    return Category(TABLE[functional - 1][dysfunctional - 1])


def kano_of_answers(functional: ArrayLike, dysfunctional: ArrayLike, weights: ArrayLike | None = None) -> Kano:
    """One feature from people's pairs (1-5, None for no answer; half a pair is left out), weighted if asked."""
    first, second = given(functional), given(dysfunctional)
    known = np.isfinite(first) & np.isfinite(second)
    pairs = np.stack([first[known], second[known]])
    if not bool(np.isin(pairs, (1, 2, 3, 4, 5)).all()):
        raise ValueError("a Kano answer is 1 to 5")
    rows, columns = pairs.astype(int) - 1
    w = weights_of(weights, first.size)[known]
    sums = np.bincount(_NUMBERS[rows, columns], weights=w, minlength=len(Category))
    size = float(effective_n(w.sum(), (w * w).sum())) if w.size else 0.0
    counts = {category: float(each) for category, each in zip(Category, sums, strict=True)}
    return kano_of_counts(counts, int(known.sum()), size)


def kano_of_counts(counts: Mapping[Category, float], n: int | None = None, n_eff: float | None = None) -> Kano:
    """One feature from counts, sums of weights or published percentages by category.

    n: people behind them; without it (percentages) there is no interval and no minimum-n rule. Below 5 people nothing
    but n is told.
    """
    amounts = np.array([float(counts.get(category, 0.0)) for category in Category])
    if bool(np.any(~(amounts >= 0))):
        raise ValueError("counts must not be negative")
    total = float(amounts.sum())
    size = n_eff if n_eff is not None else n
    showing = Showing.SHOWN if n is None or size is None else Showing(str(showing_of(n, size)))
    if total <= 0 or showing is Showing.HIDDEN:
        return Kano(None, {}, None, None, None, None, None, False, False, n, showing)
    shares = {category: float(amount / total) for category, amount in zip(Category, amounts, strict=True)}
    highest = max(shares.values())
    category = next(each for each in Category if shares[each] >= highest - _GUARD)
    strength = highest - sorted(shares.values())[-2]
    rated = sum(shares[each] for each in _RATED)
    gains = shares[Category.ATTRACTIVE] + shares[Category.ONE_DIMENSIONAL]
    losses = shares[Category.MUST_BE] + shares[Category.ONE_DIMENSIONAL]
    raters = None if size is None else rated * size
    losing = wilson(_scaled(losses, size), raters)
    return Kano(
        category=category,
        shares=shares,
        better=gains / rated if rated > 0 else None,
        worse=-losses / rated if rated > 0 else None,
        better_interval=wilson(_scaled(gains, size), raters),
        worse_interval=None if losing is None else Interval(-losing.high, -losing.low),
        strength=strength,
        is_mixed=strength < MIXED_BELOW - _GUARD,
        is_faulty=shares[Category.QUESTIONABLE] > FAULTY_ABOVE + _GUARD,
        n=n,
        showing=showing,
    )


def _scaled(share: float, size: float | None) -> float | None:
    return None if size is None else share * size
