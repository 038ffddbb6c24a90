"""Which stores lie outside what chance does to equal stores? (methods 4.4; Spiegelhalter 2005, Stat Med 24:1185-1202)

A store is called out by exact binomial tails, never by a curve: below .025 an alert, below .001 an alarm. The curves
are for the eye. The lower one is interpolated as in the paper; the upper one is its mirror, 1 - lower(n, 1 - theta),
for the paper's own formula used upwards calls 12 of 12 an alarm. Mirrored curves and exact tails agree everywhere.

Stores differ by more than chance nearly always (over-dispersion). Then limits widen by tau2 on the arcsine scale, and
since these limits flag any 0 % or 100 %, a store stands out only if its exact tail agrees in direction.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from sqm.rules.sampling import Floats, garwood_limits

ALERT = 0.025
ALARM = 0.001
"""One-sided: outside 95 % and outside 99.8 % of equal stores."""
WINSORISED = 0.10
LEAST_UNITS = 5
_GUARD = 1e-9


class Call(StrEnum):
    """Where a store lies. no_data: nobody answered."""

    ALARM_LOW = "alarm_low"
    ALERT_LOW = "alert_low"
    IN = "in"
    ALERT_HIGH = "alert_high"
    ALARM_HIGH = "alarm_high"
    NO_DATA = "no_data"

    @property
    def side(self) -> int:
        """-1 low, 1 high, 0 neither."""
        return (self.value.endswith("high")) - (self.value.endswith("low"))


@dataclass(frozen=True)
class Curves:
    """Limits per size n, shares 0-1, for drawing."""

    low95: Floats
    high95: Floats
    low998: Floats
    high998: Floats


@dataclass(frozen=True)
class Dispersion:
    """phi: mean squared z after winsorising, 1 when only chance is at work. tau2: what stores differ by beyond chance,
    as a variance of asin(sqrt(share)); 0 when phi asks for none. z, winsorised: one a store with answers."""

    phi: float
    tau2: float
    z: tuple[float, ...]
    winsorised: tuple[float, ...]


@dataclass(frozen=True)
class Point:
    """One store. tail_low: P(so few or fewer), tail_high: P(so many or more) if it were like theta. exact: by these
    alone. adjusted: by the wider limits and with the tails agreeing; None when there is no over-dispersion to adjust
    for. call: the one to show."""

    count: float
    n: float
    share: float | None
    tail_low: float | None
    tail_high: float | None
    exact: Call
    adjusted: Call | None

    @property
    def call(self) -> Call:
        return self.exact if self.adjusted is None else self.adjusted


@dataclass(frozen=True)
class Funnel:
    """theta: the centre, 0-1. points: in the order given. dispersion: None below five stores."""

    theta: float
    points: tuple[Point, ...]
    dispersion: Dispersion | None

    @property
    def tau2(self) -> float:
        return self.dispersion.tau2 if self.dispersion else 0.0

    def curves(self, n: ArrayLike) -> Curves:
        """The limits that belong to the calls: wider where the stores are over-dispersed."""
        return arcsine_limits(n, self.theta, self.tau2) if self.tau2 > 0 else mirrored_limits(n, self.theta)


def funnel(
    counts: Sequence[float], n: Sequence[float], theta: float | None = None, winsorise: float = WINSORISED
) -> Funnel | None:
    """counts of n per store (fractional effective counts allowed); theta: a target, else the pooled share.

    A store without answers stays in its place as no_data. None when no store has any.
    """
    k, size = np.asarray(counts, dtype=np.float64), np.asarray(n, dtype=np.float64)
    there = size > 0
    if bool(np.any((k < 0) | (k > size + _GUARD))):
        raise ValueError("a count below 0 or above n")
    if not bool(there.any()):
        return None
    centre = float(k.sum() / size.sum()) if theta is None else theta
    if not 0.0 <= centre <= 1.0:
        raise ValueError("theta is a share")
    spread = dispersion(k[there], size[there], centre, winsorise)
    low, high = tails(k, size, centre)
    exact = called(low, high)
    adjusted: list[Call | None] = [None] * len(k)
    if spread and spread.tau2 > 0:
        wide = outside(k, size, arcsine_limits(size, centre, spread.tau2))
        adjusted = [
            Call.NO_DATA if tail is Call.NO_DATA else each if each.side == tail.side else Call.IN
            for each, tail in zip(wide, exact, strict=True)
        ]
    points = tuple(
        Point(
            count=float(k[place]),
            n=float(size[place]),
            share=float(k[place] / size[place]) if there[place] else None,
            tail_low=float(low[place]) if there[place] else None,
            tail_high=float(high[place]) if there[place] else None,
            exact=exact[place],
            adjusted=adjusted[place],
        )
        for place in range(len(k))
    )
    return Funnel(centre, points, spread)


def tails(counts: ArrayLike, n: ArrayLike, theta: float) -> tuple[Floats, Floats]:
    """(P(R <= r), P(R >= r)) of a binomial, through the incomplete beta function, so that effective counts may be
    fractional; NaN where n is 0. A theta of 0 or 1 is certain of every answer."""
    k, size = np.broadcast_arrays(np.asarray(counts, dtype=np.float64), np.asarray(n, dtype=np.float64))
    there = size > 0
    all_of_it, none = k >= size - _GUARD, k <= _GUARD
    some = np.where(there & ~all_of_it, size - k, 1.0)
    low = np.where(all_of_it, 1.0, special.betainc(some, np.where(all_of_it, 0.0, k) + 1.0, 1.0 - theta))
    high = np.where(none, 1.0, special.betainc(np.where(none, 1.0, k), np.where(none, 0.0, size - k) + 1.0, theta))
    return np.where(there, low, np.nan), np.where(there, high, np.nan)


def called(tail_low: ArrayLike, tail_high: ArrayLike) -> list[Call]:
    """The call of each pair of tails; NaN is no_data."""
    low, high = np.asarray(tail_low, dtype=np.float64), np.asarray(tail_high, dtype=np.float64)
    return _words(low < ALARM, low < ALERT, high < ALERT, high < ALARM, np.isfinite(low))


def outside(counts: ArrayLike, n: ArrayLike, limits: Curves) -> list[Call]:
    """The call by drawn limits, one a store."""
    k, size = np.asarray(counts, dtype=np.float64), np.asarray(n, dtype=np.float64)
    there = size > 0
    share = k / np.where(there, size, np.nan)
    with np.errstate(invalid="ignore"):
        return _words(
            share < limits.low998 - _GUARD,
            share < limits.low95 - _GUARD,
            share > limits.high95 + _GUARD,
            share > limits.high998 + _GUARD,
            there,
        )


def _words(*masks: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> list[Call]:
    alarm_low, alert_low, alert_high, alarm_high, there = masks
    order = [Call.NO_DATA, Call.ALARM_LOW, Call.ALERT_LOW, Call.ALARM_HIGH, Call.ALERT_HIGH]
    place = np.select([~there, alarm_low, alert_low, alarm_high, alert_high], range(len(order)), default=-1)
    return [order[each] if each >= 0 else Call.IN for each in place.tolist()]


def mirrored_limits(n: ArrayLike, theta: float) -> Curves:
    """Binomial limits, interpolated below and mirrored above. n is rounded to whole answers, at least 1."""
    return Curves(
        low95=lower_limit(n, theta, ALERT),
        high95=1.0 - lower_limit(n, 1.0 - theta, ALERT),
        low998=lower_limit(n, theta, ALARM),
        high998=1.0 - lower_limit(n, 1.0 - theta, ALARM),
    )


def lower_limit(n: ArrayLike, theta: float, tail: float) -> Floats:
    """(r - a) / n with r the least count of F(r) >= tail and a = (F(r) - tail) / (F(r) - F(r - 1)); from 0 up."""
    size = np.maximum(np.rint(np.asarray(n, dtype=np.float64)), 1.0)
    r = _quantile(size, theta, tail)
    upto, below = tails(r, size, theta)[0], np.where(r > 0, tails(np.maximum(r - 1.0, 0.0), size, theta)[0], 0.0)
    return np.asarray(np.maximum((r - (upto - tail) / (upto - below)) / size, 0.0), dtype=np.float64)


def _quantile(size: Floats, theta: float, tail: float) -> Floats:
    """Least whole r with P(R <= r) >= tail, by halving; some twenty steps do for any n."""
    low, high = np.full_like(size, -1.0), size.copy()
    while bool(np.any(high - low > 1.0)):
        middle = np.floor((low + high) / 2.0)
        enough = tails(np.maximum(middle, 0.0), size, theta)[0] >= tail
        is_open = high - low > 1.0
        high = np.where(is_open & enough, middle, high)
        low = np.where(is_open & ~enough, middle, low)
    return high


def arcsine_limits(n: ArrayLike, theta: float, tau2: float) -> Curves:
    """sin^2(asin sqrt theta +- z sqrt(1 / (4 n) + tau2)); NaN where n is 0. The angle ends at 0 and at a right angle:
    beyond, the sine would fold back and draw a limit of small n inside 0 to 1 (FunnelPlotR lets it)."""
    size = np.asarray(n, dtype=np.float64)
    centre = math.asin(math.sqrt(theta))
    with np.errstate(divide="ignore"):
        se = np.sqrt(np.where(size > 0, 1.0 / (4.0 * size) + tau2, np.nan))
    low, high = {}, {}
    for tail in (ALERT, ALARM):
        reach = -float(special.ndtri(tail)) * se
        low[tail] = np.sin(np.maximum(centre - reach, 0.0)) ** 2
        high[tail] = np.sin(np.minimum(centre + reach, math.pi / 2.0)) ** 2
    return Curves(low[ALERT], high[ALERT], low[ALARM], high[ALARM])


def dispersion(counts: ArrayLike, n: ArrayLike, theta: float, winsorise: float = WINSORISED) -> Dispersion | None:
    """z = 2 sqrt(n) (asin sqrt p - asin sqrt theta); the outermost 10 % on either side are pulled in, so that the very
    stores that should stand out do not widen their own limits. None below five stores."""
    k, size = np.asarray(counts, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if k.size < LEAST_UNITS:
        return None
    z = 2.0 * np.sqrt(size) * (np.arcsin(np.sqrt(np.minimum(k / size, 1.0))) - math.asin(math.sqrt(theta)))
    pulled = np.clip(z, *np.quantile(z, [winsorise, 1.0 - winsorise]))
    phi, weight = float((pulled**2).mean()), 4.0 * size
    tau2 = (k.size * phi - (k.size - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())
    return Dispersion(phi, max(0.0, float(tau2)), tuple(z.tolist()), tuple(pulled.tolist()))


def ratio_limits(expected: ArrayLike) -> Curves:
    """Limits of observed / expected complaints around 1: chi2(a, 2E) / 2E and chi2(1 - a, 2E + 2) / 2E, the exact
    Poisson interval of a store that has just what is expected. NaN where nothing is expected."""
    size = np.asarray(expected, dtype=np.float64)
    low95, high95 = garwood_limits(size, size, 1.0 - 2.0 * ALERT)
    low998, high998 = garwood_limits(size, size, 1.0 - 2.0 * ALARM)
    return Curves(low95, high95, low998, high998)


def ratio_calls(observed: ArrayLike, expected: ArrayLike) -> list[Call]:
    """By exact Poisson tails: so few, or so many, if the store were like the rest. high is many, which is bad here."""
    x, size = np.broadcast_arrays(np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64))
    there = size > 0
    mean = np.where(there, size, np.nan)
    at_most = special.gammaincc(x + 1.0, mean)
    at_least = np.where(x > 0, special.gammainc(np.maximum(x, 1.0), mean), np.where(there, 1.0, np.nan))
    return called(at_most, at_least)


def false_finds(points: Sequence[Point]) -> float:
    """How many of these stores chance alone would call out by their exact tails, at most: 5 in 100."""
    return 2.0 * ALERT * sum(point.exact is not Call.NO_DATA for point in points)
