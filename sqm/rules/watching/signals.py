"""Special causes by the rules of NHS Making Data Count (methods 2.1), for (k series x m months) at once.

Per point, the first rule that matches names it: outside the limits; seven points rising or falling; two in three near
a limit; seven on one side of the centre. Windows never reach over a month without a value nor over a re-base point.
Ties break a trend, a point on the centre breaks a run. Groups of fewer than six points are never coloured.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sqm.rules.sampling import Floats
from sqm.rules.watching.limits import FEWEST_TO_COLOUR, Baseline, Bools, Ints, Limits, Words

Signs: TypeAlias = NDArray[np.int64]

TREND_POINTS = 7
RUN_POINTS = 7


class Label(StrEnum):
    """What the rules say of a point; NONE where the month has no value."""

    NONE = ""
    COMMON = "common"
    ABOVE_LIMIT = "above_limit"
    BELOW_LIMIT = "below_limit"
    RISING = "rising"
    FALLING = "falling"
    NEAR_UPPER = "near_upper"
    NEAR_LOWER = "near_lower"
    RUN_ABOVE = "run_above"
    RUN_BELOW = "run_below"


class Variation(StrEnum):
    """A point, read by the direction that is better. Of a series: that of its last month ('' without a value)."""

    NONE = ""
    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """Will the process, as it runs, meet its target? '' without a target, limits or variation."""

    NONE = ""
    PASS = "pass"  # noqa: S105  consistently passing, not a password  # nosec B105
    FAIL = "fail"
    HIT_AND_MISS = "hit_and_miss"


@dataclass(frozen=True)
class Signals:
    """+1 high or rising, -1 low or falling, 0 not marked. Each rule on its own; label is the first that matched.

    sign is the side of the label. raised: the sign that a viewer saw when the month was the latest one (windows that
    end in it), with the limits of today.
    """

    outside: Signs
    trend: Signs
    two_in_three: Signs
    run: Signs
    label: Words
    sign: Signs
    raised: Signs


def find_signals(values: Floats, limits: Limits, base: Baseline) -> Signals:
    """All rules on all points. base gives groups and gaps, limits where rules apply."""
    active = base.present & limits.usable & (base.points >= FEWEST_TO_COLOUR)
    side = np.where(active, signs_of(values - limits.centre, base.guard), 0)
    outside = np.where(active & beyond(values, limits.lower, limits.upper, base.guard), side, 0)
    close = active & (outside == 0) & beyond(values, limits.near_lower, limits.near_upper, base.guard)
    trend_end, trend = seven_trend(np.where(active, steps_of(values, base), 0), base.starts)
    pair_end, pair = two_in_three(side, close, base.starts)
    run_end, run = seven_run(side, base.starts)
    sign = _first(outside, trend, pair, run)
    return Signals(
        outside=outside,
        trend=trend,
        two_in_three=pair,
        run=run,
        label=_labels(base.present, outside, trend, pair, run),
        sign=sign,
        raised=_first(outside, trend_end, pair_end, run_end),
    )


def signs_of(differences: Floats, guard: Floats) -> Signs:
    """+1, -1, or 0 where the difference is no more than rounding or unknown."""
    with np.errstate(invalid="ignore"):
        high, low = differences > guard, differences < -guard
    return np.asarray(high, dtype=np.int64) - np.asarray(low, dtype=np.int64)


def beyond(values: Floats, lower: Floats, upper: Floats, guard: Floats) -> Bools:
    """Strictly outside lower..upper."""
    with np.errstate(invalid="ignore"):
        return (values > upper + guard) | (values < lower - guard)


def steps_of(values: Floats, base: Baseline) -> Signs:
    """Sign of the change since the month before; 0 for a tie, after a gap and at the start of a group."""
    change = np.diff(values, axis=1, prepend=np.nan)
    return np.where(base.starts, 0, signs_of(change, base.guard))


def run_lengths(signs: Signs, starts: Bools) -> Ints:
    """How many equal signs in a row end at each month; 0 where the sign is 0. starts: months that begin anew."""
    out: Ints = (signs != 0).astype(np.int64)
    continues = np.zeros_like(starts)
    continues[:, 1:] = (signs[:, 1:] == signs[:, :-1]) & ~starts[:, 1:]
    for month in range(1, signs.shape[1]):
        out[:, month] *= np.where(continues[:, month], out[:, month - 1] + 1, 1)
    return out


def covered(ends: Bools, width: int) -> Bools:
    """Months that lie in a window of width months which ends where ends is set."""
    out = ends.copy()
    for back in range(1, min(width, ends.shape[1])):
        out[:, :-back] |= ends[:, back:]
    return out


def seven_trend(steps: Signs, starts: Bools) -> tuple[Signs, Signs]:
    """(sign where seven points end a trend, sign of every point in one).

    A point in two trends takes the direction of the step to its right.
    """
    end = np.where(run_lengths(steps, starts) >= TREND_POINTS - 1, steps, 0)
    inside = np.where(covered(end > 0, TREND_POINTS - 1) | covered(end < 0, TREND_POINTS - 1), steps, 0)
    right = np.zeros_like(inside)
    right[:, :-1] = inside[:, 1:]
    return end, np.where(right != 0, right, inside)


def two_in_three(side: Signs, close: Bools, starts: Bools) -> tuple[Signs, Signs]:
    """All three points on one side and two of them close to the limit; only the close ones are marked."""
    near = close.astype(np.int64)
    near[:, 1:] += close[:, :-1]
    near[:, 2:] += close[:, :-2]
    ends = (run_lengths(side, starts) >= 3) & (near >= 2)
    return np.where(ends & close, side, 0), np.where(covered(ends, 3) & close, side, 0)


def seven_run(side: Signs, starts: Bools) -> tuple[Signs, Signs]:
    """Seven points in a row on one side of the centre."""
    ends = run_lengths(side, starts) >= RUN_POINTS
    return np.where(ends, side, 0), np.where(covered(ends, RUN_POINTS), side, 0)


def variation_of(sign: Signs, adverse: Signs, present: Bools) -> Words:
    """Variation of each point. adverse: the side that is worse (+1 high, -1 low, 0 neither)."""
    return np.select(
        [~present, sign == 0, (adverse == 0) & (sign > 0), adverse == 0, sign == adverse],
        [
            Variation.NONE.value,
            Variation.COMMON.value,
            Variation.NEUTRAL_HIGH.value,
            Variation.NEUTRAL_LOW.value,
            Variation.CONCERN.value,
        ],
        default=Variation.IMPROVEMENT.value,
    )


def assurance_of(lower: Floats, upper: Floats, low: Floats, high: Floats, guard: Floats) -> Words:
    """From the limits of the last group (k) and the target band low..high (-inf or inf: open; NaN: no target).

    Strict: a target on a limit is hit and miss. A band inside the limits is hit and miss too.
    """
    with np.errstate(invalid="ignore"):
        fails = (low > upper + guard) | (high < lower - guard)
        passes = (low < lower - guard) & (high > upper + guard)
    unknown = np.isnan(low) | np.isnan(high) | np.isnan(lower) | np.isnan(upper)
    return np.select(
        [unknown, fails, passes],
        [Assurance.NONE.value, Assurance.FAIL.value, Assurance.PASS.value],
        default=Assurance.HIT_AND_MISS.value,
    )


def _first(*signs: Signs) -> Signs:
    out = signs[-1]
    for each in reversed(signs[:-1]):
        out = np.where(each != 0, each, out)
    return out


def _labels(present: Bools, *rules: Signs) -> Words:
    names = [
        (Label.ABOVE_LIMIT, Label.BELOW_LIMIT),
        (Label.RISING, Label.FALLING),
        (Label.NEAR_UPPER, Label.NEAR_LOWER),
        (Label.RUN_ABOVE, Label.RUN_BELOW),
    ]
    words = np.array([Label.NONE.value, Label.COMMON.value, *(word.value for pair in names for word in pair)])
    code = np.ones(present.shape, dtype=np.int64)
    for place, signs in reversed(list(enumerate(rules))):
        code = np.where(signs != 0, 2 + 2 * place + (signs < 0), code)
    return words[np.where(present, code, 0)]
