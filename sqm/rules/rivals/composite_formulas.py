"""How values of different kinds become one number: bring each to 0-1, then take a weighted mean.

OECD/JRC Handbook on Constructing Composite Indicators (2008). Goalposts are fixed numbers, not the lowest and highest
value seen: else a new rival would move everybody's history.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sqm.rules.targets import GUARD, Direction


class Mean(StrEnum):
    """arithmetic: a good part makes up for a bad one. geometric and harmonic: less and less so."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"


@dataclass(frozen=True)
class Weighed:
    """mean over the parts that are present; coverage: their share of all weight, 0-1."""

    mean: float | None
    coverage: float


def goalpost(value: float | None, low: float, high: float, direction: Direction = Direction.HIGHER) -> float | None:
    """Where a value stands between two goalposts, 0-1, cut at both; None without a value."""
    if not high > low or direction is Direction.RANGE:
        raise ValueError("goalposts want a low and a higher high, and a direction")
    if value is None or math.isnan(value):
        return None
    reached = min(max((value - low) / (high - low), 0.0), 1.0)
    return 1.0 - reached if direction is Direction.LOWER else reached


def to_target(
    values: Sequence[float], target: float, direction: Direction = Direction.HIGHER, is_capped: bool = True
) -> list[float]:
    """How much of the way from the worst value seen to the target each value has gone; 1 at the target.

    For a first look only: the worst value seen moves, so these numbers cannot be kept for a history.
    """
    worst = max(values) if direction is Direction.LOWER else min(values)
    if abs(target - worst) <= GUARD:
        raise ValueError("the worst value is the target")
    reached = [(value - worst) / (target - worst) for value in values]
    return [min(each, 1.0) for each in reached] if is_capped else reached


def weighted_mean(
    parts: Mapping[str, float | None],
    weights: Mapping[str, float],
    kind: Mean = Mean.ARITHMETIC,
    least_coverage: float = 0.0,
) -> Weighed:
    """Mean of the parts that have a value, by their weights; no mean below least_coverage (0-1) of all weight.

    Leaving parts out says that they would have been like the rest, hence the coverage. Weights need no fixed sum. The
    geometric and harmonic means are for parts above 0.
    """
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("a weight below 0")
    present = {code: value for code in weights if (value := parts.get(code)) is not None and not math.isnan(value)}
    total, there = math.fsum(weights.values()), math.fsum(weights[code] for code in present)
    if total <= 0:
        raise ValueError("weights that add up to 0")
    coverage = there / total
    if there <= 0 or coverage < least_coverage - GUARD:
        return Weighed(None, coverage)
    x = np.array(list(present.values()), dtype=np.float64)
    w = np.array([weights[code] for code in present], dtype=np.float64) / there
    if kind is not Mean.ARITHMETIC and bool(np.any(x <= 0)):
        raise ValueError("a part of 0 or below")
    if kind is Mean.GEOMETRIC:
        return Weighed(float(np.exp(w @ np.log(x))), coverage)
    return Weighed(float(w @ x) if kind is Mean.ARITHMETIC else 1.0 / float(w @ (1.0 / x)), coverage)
