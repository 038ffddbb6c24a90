"""Process limits of many monthly series at once (methods 2.1, 2.3, 2.4).

All arrays are (k series x m months) in time order, NaN = no value. Limits are worked out per re-base group and spread
over the months of the group. XmR is the variant of NHS Making Data Count (constants 2.66 and 3.267); P, U and C are
the textbook charts; P' and U' are Laney's. Where a series is constant the limits lie on the mean and no rule applies.
"""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sqm.rules.sampling import Floats

Bools: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]
Words: TypeAlias = NDArray[Any]

XMR_WIDTH = 2.66
NEAR_SHARE = 2 / 3
SCREENED_FROM = 3.267
RANGE_TO_SIGMA = 1.128
FEWEST_TO_COLOUR = 6
TRIAL_BELOW = 13
LARGE_SIZE = 1000.0
OVER_DISPERSED = 1.2
UNEVEN = 0.25
GUARD = 1e-9


class Chart(StrEnum):
    """Which limits a series got. C is never chosen: counts without exposure go to XmR."""

    XMR = "xmr"
    P = "p"
    U = "u"
    C = "c"
    P_PRIME = "p_prime"
    U_PRIME = "u_prime"


@dataclass(frozen=True)
class Baseline:
    """Which points make the limits. group: number of the re-base group of each month. present: has a value.
    base: enters centre and moving ranges. points: present points in the month's own group. guard (k x 1): differences
    up to it are rounding."""

    group: Ints
    present: Bools
    base: Bools
    points: Ints
    guard: Floats

    @property
    def starts(self) -> Bools:
        """First month of each group: nothing may run across it."""
        return np.asarray(np.diff(self.group, axis=1, prepend=-1) != 0)

    def total(self, numbers: Floats, where: Bools) -> Floats:
        """Sum over the marked months of each month's own group."""
        width = int(self.group.max(initial=0)) + 1
        place = self.group + np.arange(len(self.group))[:, None] * width
        sums = np.bincount(place[where], weights=numbers[where], minlength=len(self.group) * width)
        return np.asarray(sums[place], dtype=np.float64)

    def mean(self, numbers: Floats, where: Bools) -> Floats:
        """NaN where a group has no marked month."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.total(numbers, where) / self.total(np.ones_like(numbers), where)


@dataclass(frozen=True)
class Limits:
    """near_*: two thirds of the way to the limit. spread: the average moving range, or what matches it on P and U.
    sigma_z: Laney's ratio as found (NaN on XmR). constant: the group does not vary, so no rule is evaluated."""

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    spread: Floats
    sigma_z: Floats
    constant: Bools

    @property
    def usable(self) -> Bools:
        """There are limits and something to tell apart."""
        return np.isfinite(self.lower) & np.isfinite(self.upper) & ~self.constant


def baseline(
    values: Floats, rebase: Bools | None = None, excluded: Bools | None = None, fix_after: Ints | int = 0
) -> Baseline:
    """rebase marks the first month of a new group; excluded points stay plotted and tested but make no limits.

    fix_after (per series; 0: all): only the first so many present points of each group make its limits.
    """
    present = np.isfinite(values)
    group = np.zeros(values.shape, dtype=np.int64) if rebase is None else np.cumsum(rebase, axis=1, dtype=np.int64)
    base = present if excluded is None else present & ~excluded
    size = np.abs(np.where(present, values, 0.0)).max(axis=1, initial=0.0, keepdims=True)
    found = Baseline(group, present, base, np.zeros(values.shape, dtype=np.int64), GUARD * size)
    points = found.total(np.ones(values.shape), present).astype(np.int64)
    fixed = np.broadcast_to(np.asarray(fix_after, dtype=np.int64).reshape(-1, 1), (len(values), 1))
    if fixed.any():
        counted = np.cumsum(present, axis=1)
        first = np.where(found.starts, counted - present, 0)
        order = counted - np.maximum.accumulate(first, axis=1)
        base = base & ((fixed == 0) | (order <= fixed))
    return Baseline(group, present, base, points, found.guard)


def average_range(numbers: Floats, base: Baseline, screen: bool) -> Floats:
    """Mean |change| between adjacent present months of a group; NaN where there is no such pair.

    screen (Nelson 1982): ranges of 3.267 times the mean or more are left out once, unless nothing would remain.
    """
    ranges = np.zeros_like(numbers)
    ranges[:, 1:] = np.abs(np.diff(numbers, axis=1))
    pairs = np.zeros_like(base.base)
    pairs[:, 1:] = base.base[:, 1:] & base.base[:, :-1] & ~base.starts[:, 1:]
    mean = base.mean(ranges, pairs)
    if not screen:
        return mean
    kept = base.mean(ranges, pairs & (ranges < SCREENED_FROM * mean))
    return np.where(kept > base.guard, kept, mean)


def xmr_limits(values: Floats, base: Baseline, screen: bool = True, width: float = XMR_WIDTH) -> Limits:
    """Individuals chart. The mean is not screened. One point has a mean but no limits."""
    centre = base.mean(values, base.base)
    spread = average_range(values, base, screen)
    constant = spread <= base.guard
    half = width * np.where(constant, 0.0, spread)
    return _around(centre, half, spread, np.full(values.shape, np.nan), constant)


def counted_limits(
    values: Floats,
    sizes: Floats,
    base: Baseline,
    is_share: Bools,
    per: Floats,
    is_prime: Bools,
    screen: bool = False,
    narrow: bool = False,
) -> Limits:
    """P (is_share) and U limits, or Laney's P' and U' where is_prime; is_share, per, is_prime are (k x 1).

    sizes: answers or exposure behind each value, value = per x count / size; sizes of 1 make a C chart. screen: leave
    large moving ranges of z out. narrow: let sigma_z below 1 narrow the limits; ours never do so unasked.
    """
    rate, sizes = values / per, np.where(sizes > 0, sizes, np.nan)
    counted = Baseline(base.group, base.present, base.base & (sizes > 0), base.points, np.zeros_like(base.guard))
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = counted.total(rate * sizes, counted.base) / counted.total(sizes, counted.base)
        variance = np.maximum(np.where(is_share, centre * (1.0 - centre), centre), 0.0)
        sigma = np.sqrt(variance / sizes)
        sigma_z = average_range((rate - centre) / sigma, counted, screen) / RANGE_TO_SIGMA
    wide = sigma_z if narrow else np.fmax(sigma_z, 1.0)
    sigma = per * sigma * np.where(is_prime, wide, 1.0)
    enough = counted.total(np.ones_like(values), counted.base) >= 2
    constant = enough & (variance <= GUARD**2)
    half = np.where(enough, 3.0 * np.where(constant, 0.0, sigma), np.nan)
    found = _around(per * centre, half, RANGE_TO_SIGMA * sigma, sigma_z, constant)
    top = np.where(is_share, per, np.inf)
    return replace(
        found,
        lower=np.clip(found.lower, 0.0, top),
        upper=np.clip(found.upper, 0.0, top),
        near_lower=np.clip(found.near_lower, 0.0, top),
        near_upper=np.clip(found.near_upper, 0.0, top),
    )


def choose(kinds: Words, sizes: Floats, sigma_z: Floats, base: Baseline) -> Words:
    """Chart of each series (methods 2.4), by what its present months rest on; a series with unknown sizes gets XmR.

    share and rate: P' or U' if sizes are typically above 1,000 or the last group is over-dispersed (sigma_z > 1.2);
    P or U if sizes are small and stray more than 25 % from their mean; everything else XmR.
    """
    is_share, is_rate = np.asarray(kinds) == "share", np.asarray(kinds) == "rate"
    known = np.where(base.present, sizes, np.nan)
    has_sizes = base.present.any(axis=1) & ((sizes > 0) | ~base.present).all(axis=1)
    typical = np.full(len(known), np.nan)
    mean, uneven = typical.copy(), np.zeros(len(known), dtype=bool)
    if has_sizes.any():
        rows = known[has_sizes]
        typical[has_sizes] = np.nanmedian(rows, axis=1)
        mean[has_sizes] = np.nanmean(rows, axis=1)
        uneven[has_sizes] = np.nanmax(np.abs(rows / mean[has_sizes, None] - 1.0), axis=1) > UNEVEN
    is_counted = has_sizes & (is_share | is_rate)
    is_prime = is_counted & ((typical > LARGE_SIZE) | (sigma_z[:, -1] > OVER_DISPERSED))
    return np.select(
        [is_prime & is_share, is_prime, is_counted & uneven & is_share, is_counted & uneven],
        [Chart.P_PRIME.value, Chart.U_PRIME.value, Chart.P.value, Chart.U.value],
        default=Chart.XMR.value,
    )


def merged(use_second: Bools, first: Limits, second: Limits) -> Limits:
    """The second limits for the marked series, the first for the others."""
    rows = use_second.reshape(-1, 1)
    names = [field.name for field in fields(Limits)]
    return Limits(**{name: np.where(rows, getattr(second, name), getattr(first, name)) for name in names})


def _around(centre: Floats, half: Floats, spread: Floats, sigma_z: Floats, constant: Bools) -> Limits:
    near = NEAR_SHARE * half
    return Limits(centre, centre - half, centre + half, centre - near, centre + near, spread, sigma_z, constant)
