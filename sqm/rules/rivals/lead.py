"""Are we ahead of a rival or of the province? Lead = own - other, positive is better whatever the direction.

Shares: Newcombe's hybrid score interval (Newcombe 1998, Stat Med 17:873-890, method 10). Means: Welch.
The two samples must be independent: compare a city with the rest of its province, or say that the interval is rough.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqm.rules.sampling import CONFIDENCE, t_of, wilson
from sqm.rules.targets import Direction


class Standing(StrEnum):
    """not_distinguishable: the interval contains 0. no_interval: a difference of two bare numbers."""

    AHEAD = "ahead"
    BEHIND = "behind"
    NOT_DISTINGUISHABLE = "not_distinguishable"
    NO_INTERVAL = "no_interval"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Lead:
    """difference, low, high in the unit of the values (shares 0-1: multiply by 100 for percentage points)."""

    difference: float | None
    low: float | None
    high: float | None
    standing: Standing


@dataclass(frozen=True)
class Share:
    """A share and the (effective, possibly fractional) number of answers behind it."""

    p: float
    n: float


@dataclass(frozen=True)
class Mean:
    """A mean, the variance of single answers and the (effective) number of answers."""

    mean: float
    variance: float
    n: float


NOTHING = Lead(None, None, None, Standing.NO_DATA)


def newcombe(own: Share, other: Share, confidence: float = CONFIDENCE) -> tuple[float, float] | None:
    """Limits of own.p - other.p; None when a side has no answers."""
    first = wilson(own.p * own.n, own.n, confidence)
    second = wilson(other.p * other.n, other.n, confidence)
    if first is None or second is None:
        return None
    difference = own.p - other.p
    down = math.hypot(own.p - first.low, second.high - other.p)
    up = math.hypot(first.high - own.p, other.p - second.low)
    return difference - down, difference + up


def lead_of_shares(
    own: Share | None,
    other: Share | None,
    direction: Direction = Direction.HIGHER,
    confidence: float = CONFIDENCE,
) -> Lead:
    """Lead in shares with its Newcombe interval."""
    limits = newcombe(own, other, confidence) if own is not None and other is not None else None
    if own is None or other is None or limits is None:
        return NOTHING
    return lead_within(own.p - other.p, limits, direction)


def lead_of_means(
    own: Mean | None,
    other: Mean | None,
    direction: Direction = Direction.HIGHER,
    confidence: float = CONFIDENCE,
) -> Lead:
    """Lead in means with its Welch interval (unequal variances, Satterthwaite df); no interval below two answers."""
    if own is None or other is None or own.n <= 0 or other.n <= 0:
        return NOTHING
    difference = own.mean - other.mean
    if own.n <= 1 or other.n <= 1 or own.variance + other.variance <= 0:
        return lead_of_values(own.mean, other.mean, direction)
    first, second = own.variance / own.n, other.variance / other.n
    df = (first + second) ** 2 / (first**2 / (own.n - 1) + second**2 / (other.n - 1))
    half = t_of(df, confidence) * math.sqrt(first + second)
    return lead_within(difference, (difference - half, difference + half), direction)


def lead_of_values(own: float | None, other: float | None, direction: Direction = Direction.HIGHER) -> Lead:
    """Lead of two published numbers without sample sizes: a difference, but no claim that it is real."""
    if own is None or other is None:
        return NOTHING
    difference = other - own if direction is Direction.LOWER else own - other
    return Lead(difference, None, None, Standing.NO_INTERVAL)


def best_rival(rivals: Mapping[str, Share | None], direction: Direction = Direction.HIGHER) -> str | None:
    """Code of the best rival with data; of equals the first. Lead is measured against the best one."""
    return best_of({code: share.p for code, share in rivals.items() if share is not None and share.n > 0}, direction)


def best_of(values: Mapping[str, float], direction: Direction = Direction.HIGHER) -> str | None:
    """Code of the best value, of equals the first; None where there is no value, and in a band, which has no best."""
    if not values or direction is Direction.RANGE:
        return None
    sign = -1.0 if direction is Direction.LOWER else 1.0
    return max(values, key=lambda code: sign * values[code])


def lead_within(difference: float, limits: tuple[float, float], direction: Direction = Direction.HIGHER) -> Lead:
    """The lead that a difference own - other and its limits amount to, whatever they are a difference of."""
    low, high = limits
    if direction is Direction.LOWER:
        difference, low, high = -difference, -high, -low
    if low > 0:
        standing = Standing.AHEAD
    elif high < 0:
        standing = Standing.BEHIND
    else:
        standing = Standing.NOT_DISTINGUISHABLE
    return Lead(difference, low, high, standing)
