"""Is a value good enough? The one place that decides met, near or missed.

Values and bounds are in the indicator's own unit (shares 0-1). Comparisons are made on unrounded numbers with a
guard of 1e-9, so that 0.1 + 0.2 meets a target of 0.3.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

GUARD = 1e-9
MOST_EXTRA_DECIMALS = 4


class Status(StrEnum):
    """What the traffic light says. Order here is the order of legends; SEVERITY says which is worse."""

    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    NO_DATA = "no_data"
    NO_TARGET = "no_target"


SEVERITY: dict[Status, int] = {
    Status.MISSED: 0,
    Status.NEAR: 1,
    Status.MET: 2,
    Status.NO_TARGET: 3,
    Status.NO_DATA: 4,
}
JUDGED = (Status.MET, Status.NEAR, Status.MISSED)
"""With a value and a target."""


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


class Certainty(StrEnum):
    """Does the whole interval stand on the side of the point estimate? Tolerance plays no part here."""

    MET_CERTAIN = "met_certain"
    MET_UNCERTAIN = "met_uncertain"
    MISSED_UNCERTAIN = "missed_uncertain"
    MISSED_CERTAIN = "missed_certain"
    NO_INTERVAL = "no_interval"
    NO_DATA = "no_data"
    NO_TARGET = "no_target"


@dataclass(frozen=True)
class Target:
    """A value agreed from a month on. higher uses low, lower uses high, range uses both; tolerance >= 0, same unit."""

    low: float | None
    high: float | None
    tolerance: float
    direction: Direction
    valid_from: date

    def __post_init__(self) -> None:
        if not is_complete(self.low, self.high, self.direction):
            raise ValueError(f"a {self.direction} target lacks a bound")
        if self.tolerance < 0:
            raise ValueError("tolerance below 0")


@dataclass(frozen=True)
class Judgement:
    """gap: signed, positive is better than the target. attainment: percent of target, uncapped, None where a ratio
    means nothing (targets of 0 or below)."""

    status: Status
    gap: float | None
    attainment: float | None


def is_complete(low: float | None, high: float | None, direction: Direction) -> bool:
    """A target row that lacks the bound its direction needs judges nothing (it withdraws the target)."""
    if direction is Direction.HIGHER:
        return _present(low)
    if direction is Direction.LOWER:
        return _present(high)
    return _present(low) and _present(high)


def judge(value: float | None, target: Target | None) -> Judgement:
    """Status, gap and attainment of one value (methods 1.1 and 1.2). No value is not the same as 0."""
    if value is None or not math.isfinite(value):
        return Judgement(Status.NO_DATA, None, None)
    if target is None:
        return Judgement(Status.NO_TARGET, None, None)
    gap = _gap(value, target)
    if gap >= -GUARD:
        status = Status.MET
    elif gap >= -target.tolerance - GUARD:
        status = Status.NEAR
    else:
        status = Status.MISSED
    return Judgement(status, gap, _attainment(value, target))


def certainty(value: float | None, low: float | None, high: float | None, target: Target | None) -> Certainty:
    """Confidence-aware status from the interval low..high of value (methods 1.4)."""
    status = judge(value, target).status
    if status is Status.NO_DATA:
        return Certainty.NO_DATA
    if status is Status.NO_TARGET or target is None:
        return Certainty.NO_TARGET
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return Certainty.NO_INTERVAL
    ends_met = [_gap(end, target) >= -GUARD for end in (low, high)]
    if status is Status.MET:
        return Certainty.MET_CERTAIN if all(ends_met) else Certainty.MET_UNCERTAIN
    reaches = any(ends_met) or (
        target.direction is Direction.RANGE and low < (target.low or 0.0) and high > (target.high or 0.0)
    )
    return Certainty.MISSED_UNCERTAIN if reaches else Certainty.MISSED_CERTAIN


def in_force(targets: Iterable[Target], month: date) -> Target | None:
    """The target with the latest valid_from that is not after the end of the month; of equals the one given last."""
    started = [
        target for target in targets if (target.valid_from.year, target.valid_from.month) <= (month.year, month.month)
    ]
    return max(reversed(started), key=lambda target: target.valid_from, default=None)


def decimals_shown(value: float | None, target: float | None, decimals: int, scale: float = 1.0) -> int:
    """Decimals for a value that is not met, so that rounding does not make it look equal to its target.

    89.96 against 90 shows as 89.96, not as 90.0. scale is what the screen multiplies by (100 for shares).
    """
    if value is None or target is None or not (math.isfinite(value) and math.isfinite(target)):
        return decimals
    if abs(value - target) <= GUARD:
        return decimals
    for more in range(MOST_EXTRA_DECIMALS + 1):
        if f"{value * scale:.{decimals + more}f}" != f"{target * scale:.{decimals + more}f}":
            return decimals + more
    return decimals + MOST_EXTRA_DECIMALS


def judge_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The same as judge and certainty for many rows at once.

    In: value, direction, target_low, target_high, tolerance and, if intervals are known, low and high (NaN: none).
    Out, on the same index: status, gap, attainment, certainty (status words as str, numbers as float, NaN for none).
    """
    value, low, high, tolerance = (
        pd.to_numeric(frame[name], errors="coerce").to_numpy(dtype=float)
        for name in ("value", "target_low", "target_high", "tolerance")
    )
    direction = frame["direction"].astype(str).to_numpy()
    higher, lower, within = (direction == word for word in ("higher", "lower", "range"))
    has_target = (
        (higher & np.isfinite(low)) | (lower & np.isfinite(high)) | (within & np.isfinite(low) & np.isfinite(high))
    )
    has_value = np.isfinite(value)
    judged = has_value & has_target
    gap = np.where(judged, _gaps(value, low, high, higher, lower), np.nan)
    slack = np.where(np.isfinite(tolerance), np.maximum(tolerance, 0.0), 0.0)
    with np.errstate(invalid="ignore"):
        status = np.select(
            [~has_value, ~has_target, gap >= -GUARD, gap >= -slack - GUARD],
            [Status.NO_DATA.value, Status.NO_TARGET.value, Status.MET.value, Status.NEAR.value],
            default=Status.MISSED.value,
        )
    attainment = np.where(judged, _attainments(value, low, high, higher, lower), np.nan)
    out = pd.DataFrame({"status": status, "gap": gap, "attainment": attainment}, index=frame.index)
    out["certainty"] = _certainties(frame, status, low, high, higher, lower)
    return out


def _present(bound: float | None) -> bool:
    return bound is not None and math.isfinite(bound)


def _gap(value: float, target: Target) -> float:
    low = -math.inf if target.low is None else target.low
    high = math.inf if target.high is None else target.high
    if target.direction is Direction.HIGHER:
        return value - low
    if target.direction is Direction.LOWER:
        return high - value
    return min(value - low, high - value)


def _attainment(value: float, target: Target) -> float | None:
    one = np.array([value])
    low = np.array([math.nan if target.low is None else target.low])
    high = np.array([math.nan if target.high is None else target.high])
    higher = np.array([target.direction is Direction.HIGHER])
    lower = np.array([target.direction is Direction.LOWER])
    percent = float(_attainments(one, low, high, higher, lower)[0])
    return percent if math.isfinite(percent) else None


def _gaps(value: np.ndarray, low: np.ndarray, high: np.ndarray, higher: np.ndarray, lower: np.ndarray) -> np.ndarray:
    return np.asarray(
        np.where(higher, value - low, np.where(lower, high - value, np.minimum(value - low, high - value)))
    )


def _attainments(
    value: np.ndarray, low: np.ndarray, high: np.ndarray, higher: np.ndarray, lower: np.ndarray
) -> np.ndarray:
    """Percent; lower is the usual reverse form 2 - v/T (a convention); range counts half-widths from the band."""
    with np.errstate(divide="ignore", invalid="ignore"):
        up = np.where(low > 0, 100.0 * value / low, np.nan)
        down = np.where(high > 0, 100.0 * (2.0 - value / high), np.where((high == 0) & (value == 0), 100.0, np.nan))
        outside = np.maximum(np.maximum(low - value, value - high), 0.0)
        half = (high - low) / 2.0
        band = np.where(outside <= GUARD, 100.0, np.where(half > 0, 100.0 * (1.0 - outside / half), np.nan))
    return np.asarray(np.where(higher, up, np.where(lower, down, band)))


def _certainties(
    frame: pd.DataFrame, status: np.ndarray, low: np.ndarray, high: np.ndarray, higher: np.ndarray, lower: np.ndarray
) -> np.ndarray:
    if "low" not in frame.columns or "high" not in frame.columns:
        first = np.full(len(frame), np.nan)
        last = first
    else:
        first, last = (pd.to_numeric(frame[name], errors="coerce").to_numpy(dtype=float) for name in ("low", "high"))
    has_interval = np.isfinite(first) & np.isfinite(last)
    with np.errstate(invalid="ignore"):
        first_met = _gaps(first, low, high, higher, lower) >= -GUARD
        last_met = _gaps(last, low, high, higher, lower) >= -GUARD
        spans = ~higher & ~lower & (first < low) & (last > high)
    is_met = status == Status.MET.value
    return np.select(
        [
            status == Status.NO_DATA.value,
            status == Status.NO_TARGET.value,
            ~has_interval,
            is_met & first_met & last_met,
            is_met,
            first_met | last_met | spans,
        ],
        [
            Certainty.NO_DATA.value,
            Certainty.NO_TARGET.value,
            Certainty.NO_INTERVAL.value,
            Certainty.MET_CERTAIN.value,
            Certainty.MET_UNCERTAIN.value,
            Certainty.MISSED_UNCERTAIN.value,
        ],
        default=Certainty.MISSED_CERTAIN.value,
    )
