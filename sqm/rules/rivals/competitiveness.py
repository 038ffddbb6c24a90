"""The competitiveness index: satisfaction, and leads over the benchmark, in one number of 0-100 that comes apart again.

Each component is scored between goalposts that stay fixed for the year; a lead has goalposts as far below as above 0,
so 50 is parity. The arithmetic mean is the index (its change splits into components); the geometric mean, which lets no
strong part hide a weak one, is the check: where the two rank differently, say so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqm.rules.rivals.composite_formulas import Mean, goalpost, weighted_mean
from sqm.rules.targets import GUARD, Direction

LEAST_COVERAGE = 2.0 / 3.0
FULL_WEIGHT = 100.0
_LEAST_SCORE = 1.0  # a score of 0 would make the geometric mean 0 whatever the rest


@dataclass(frozen=True)
class Component:
    """weight: from 0 up; a definition's weights add up to 100. low and high: goalposts in the component's own unit."""

    code: str
    weight: float
    low: float
    high: float
    direction: Direction = Direction.HIGHER

    @property
    def is_balanced(self) -> bool:
        """Goalposts around 0, as a lead must have them."""
        return abs(self.low + self.high) <= GUARD


@dataclass(frozen=True)
class Definition:
    """One version of the index. is_default: nobody has agreed to these weights yet; every page says so."""

    version: str
    valid_from: date
    components: tuple[Component, ...]
    is_default: bool = False

    def __post_init__(self) -> None:
        codes = [each.code for each in self.components]
        if not codes or len(set(codes)) < len(codes):
            raise ValueError("components must be there, each once")
        if any(each.weight < 0 for each in self.components):
            raise ValueError("a weight below 0")
        if abs(sum(self.weights.values()) - FULL_WEIGHT) > GUARD * FULL_WEIGHT:
            raise ValueError("weights must add up to 100")

    @property
    def weights(self) -> dict[str, float]:
        return {each.code: each.weight for each in self.components}


@dataclass(frozen=True)
class Composite:
    """One operator in one month. scores 0-100, None without a value; shares: the weights in force among the scores that
    are present, sum 1. Both means are None below two thirds of the weight."""

    scores: Mapping[str, float | None]
    shares: Mapping[str, float]
    arithmetic: float | None
    geometric: float | None
    coverage: float


class Comparable(StrEnum):
    """May the difference of two indices be split? Not when other components or other weights made them."""

    YES = "yes"
    NO_INDEX = "no_index"
    OTHER_COMPONENTS = "other_components"
    OTHER_WEIGHTS = "other_weights"


@dataclass(frozen=True)
class Change:
    """points: how much of the difference each component made, in points of the index; they add up to total."""

    comparable: Comparable
    total: float | None = None
    points: Mapping[str, float] | None = None


def in_force(definitions: Iterable[Definition], month: date) -> Definition | None:
    """The version with the latest valid_from that is not after the end of the month; of equals the one given last."""
    started = [
        each for each in definitions if (each.valid_from.year, each.valid_from.month) <= (month.year, month.month)
    ]
    return max(reversed(started), key=lambda each: each.valid_from, default=None)


def composite(values: Mapping[str, float | None], definition: Definition) -> Composite:
    """values: per component in its own unit; missing ones leave their weight to the others."""
    scores: dict[str, float | None] = {}
    for each in definition.components:
        reached = goalpost(values.get(each.code), each.low, each.high, each.direction)
        scores[each.code] = None if reached is None else 100.0 * reached
    floored = {code: None if score is None else max(score, _LEAST_SCORE) for code, score in scores.items()}
    weights = definition.weights
    arithmetic = weighted_mean(scores, weights, Mean.ARITHMETIC, LEAST_COVERAGE)
    present = sum(weight for code, weight in weights.items() if scores[code] is not None)
    shares = {code: w / present for code, w in weights.items() if scores[code] is not None} if present else {}
    return Composite(
        scores=scores,
        shares=shares,
        arithmetic=arithmetic.mean,
        geometric=weighted_mean(floored, weights, Mean.GEOMETRIC, LEAST_COVERAGE).mean,
        coverage=arithmetic.coverage,
    )


def change(before: Composite, after: Composite) -> Change:
    """What made the index move (or one operator's index differ from another's), component by component.

    Across versions, compute both months by one definition first: a new weight is no better service.
    """
    if before.arithmetic is None or after.arithmetic is None:
        return Change(Comparable.NO_INDEX)
    if set(before.shares) != set(after.shares):
        return Change(Comparable.OTHER_COMPONENTS)
    if any(abs(share - after.shares[code]) > GUARD for code, share in before.shares.items()):
        return Change(Comparable.OTHER_WEIGHTS)
    points = {}
    for code, share in before.shares.items():
        first, last = before.scores[code], after.scores[code]
        if first is not None and last is not None:
            points[code] = share * (last - first)
    return Change(Comparable.YES, after.arithmetic - before.arithmetic, points)


def competition_ranks(values: Mapping[str, float | None]) -> dict[str, int | None]:
    """1 is the highest; equals share a rank and the next one is skipped (1, 2, 2, 4). None without a value."""
    known = [value for value in values.values() if value is not None]
    return {
        code: None if value is None else 1 + sum(other > value + GUARD for other in known)
        for code, value in values.items()
    }


def ranks_disagree(composites: Mapping[str, Composite]) -> bool:
    """Whether the check by geometric means puts the operators in another order."""
    by_sum = competition_ranks({code: each.arithmetic for code, each in composites.items()})
    return by_sum != competition_ranks({code: each.geometric for code, each in composites.items()})
