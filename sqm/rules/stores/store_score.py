"""The composite score of a store: parts of fixed weight, one of them shown and never scored (domain.md part 5).

A missing part is left out and the weights of the others grow in proportion, as CMS Hospital Compare does. That says in
silence that the missing part would have been like the rest, so a score carries its coverage, is not ranked below 70 %
of the weight, and has a band: the score if the missing parts were like the worst and like the best of the peers.
"Not applicable" (the store has no such business) takes its weight away for good; "not collected" lowers the coverage.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sqm.rules.rivals.composite_formulas import Weighed, weighted_mean
from sqm.rules.sampling import GREY_BELOW, Interval
from sqm.rules.targets import GUARD

FULL_SCORE = 100.0
LEAST_COVERAGE = 0.70


class Absence(StrEnum):
    """Why a part has no score."""

    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"


@dataclass(frozen=True)
class Part:
    """weight: of 100; None for a part that is shown and not scored. theme: what a rotating audit looks at now."""

    code: str
    weight: float | None
    theme: str = ""


@dataclass(frozen=True)
class Definition:
    """One version of the composite, set by the province. Themes rotate by giving a later month its own version."""

    version: str
    valid_from: date
    parts: tuple[Part, ...]
    least_coverage: float = LEAST_COVERAGE

    def __post_init__(self) -> None:
        codes = [part.code for part in self.parts]
        if len(set(codes)) < len(codes):
            raise ValueError("a part twice")
        if any(weight < 0 for weight in self.weights.values()):
            raise ValueError("a weight below 0")
        if abs(math.fsum(self.weights.values()) - FULL_SCORE) > GUARD * FULL_SCORE:
            raise ValueError("weights must add up to 100")

    @property
    def weights(self) -> dict[str, float]:
        """Of the scored parts only."""
        return {part.code: part.weight for part in self.parts if part.weight is not None}


@dataclass(frozen=True)
class PartScore:
    """score: 0-100, else absence says why not. effective: the weight after the missing parts were left out, of 100;
    0 for a part without a score and for one that is not scored. gained + lost = effective, in points of the composite.
    """

    code: str
    weight: float | None
    score: float | None
    absence: Absence | None
    effective: float

    @property
    def gained(self) -> float:
        return self.effective * (self.score or 0.0) / FULL_SCORE

    @property
    def lost(self) -> float:
        return self.effective - self.gained


@dataclass(frozen=True)
class StoreScore:
    """score: 0-100, None when no scored part has a value. coverage: share of the applicable weight that was collected,
    0-1. The lost points of the parts add up to 100 - score."""

    score: float | None
    coverage: float
    is_ranked: bool
    parts: tuple[PartScore, ...]

    @property
    def effective_weights(self) -> dict[str, float]:
        """Of the scored parts that have a value; they add up to 100."""
        return {part.code: part.effective for part in self.collected}

    @property
    def missing(self) -> tuple[str, ...]:
        """Scored parts that were not collected."""
        return tuple(
            part.code for part in self.parts if part.weight is not None and part.absence is Absence.NOT_COLLECTED
        )

    @property
    def collected(self) -> tuple[PartScore, ...]:
        """Scored parts with a value, in their order."""
        return tuple(part for part in self.parts if part.weight is not None and part.score is not None)

    @property
    def lost(self) -> float:
        """Points lost of 100."""
        return math.fsum(part.lost for part in self.collected)

    @property
    def weakest(self) -> PartScore | None:
        """The part that lost most; None when no point was lost."""
        worst = max(self.collected, key=lambda part: part.lost, default=None)
        return worst if worst is not None and worst.lost > GUARD else None


def passes(score: float | None, pass_mark: float | None) -> bool | None:
    """Whether points of 100 reach the province's mark; None without a score (or NaN) or a mark."""
    if score is None or math.isnan(score) or pass_mark is None:
        return None
    return score >= pass_mark - GUARD


@dataclass(frozen=True)
class MinutesStandard:
    """A version of the standard for minutes waited or handled: 100 up to ``full``, 0 from ``zero`` on."""

    version: str
    valid_from: date
    full: float
    zero: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.full < self.zero:
            raise ValueError("full marks must end before zero marks begin")


Dated = TypeVar("Dated", Definition, MinutesStandard)


def in_force(versions: Sequence[Dated], month: date) -> Dated | None:
    """The latest version that began not after the end of the month, so that an old month keeps its own, like targets;
    None before the first."""
    began = [each for each in versions if (each.valid_from.year, each.valid_from.month) <= (month.year, month.month)]
    return max(began, key=lambda each: each.valid_from, default=None)


def store_score(values: Mapping[str, float | Absence | None], definition: Definition) -> StoreScore:
    """values: per part 0-100, or why there is none; a part that is not named was not collected.

    score = sum(w s) / sum(w) over the scored parts with a value.
    """
    known, absent = _sorted_out(values, definition)
    weights = {
        code: weight for code, weight in definition.weights.items() if absent.get(code) is not Absence.NOT_APPLICABLE
    }
    found = weighted_mean(known, weights) if math.fsum(weights.values()) > 0 else Weighed(None, 0.0)
    there = {code: weight for code, weight in weights.items() if code in known}
    whole = math.fsum(there.values()) or FULL_SCORE
    parts = tuple(
        PartScore(
            code=part.code,
            weight=part.weight,
            score=known.get(part.code),
            absence=absent.get(part.code),
            effective=FULL_SCORE * there.get(part.code, 0.0) / whole,
        )
        for part in definition.parts
    )
    is_ranked = found.mean is not None and found.coverage >= definition.least_coverage - GUARD
    return StoreScore(found.mean, found.coverage, is_ranked, parts)


def _sorted_out(
    values: Mapping[str, float | Absence | None], definition: Definition
) -> tuple[dict[str, float], dict[str, Absence]]:
    known: dict[str, float] = {}
    absent: dict[str, Absence] = {}
    for part in definition.parts:
        value = values.get(part.code)
        if isinstance(value, Absence):
            absent[part.code] = value
        elif value is None or math.isnan(value):
            absent[part.code] = Absence.NOT_COLLECTED
        elif not -GUARD <= value <= FULL_SCORE + GUARD:
            raise ValueError(f"{part.code}: {value} is not between 0 and 100")
        else:
            known[part.code] = value
    return known, absent


def sensitivity_band(found: StoreScore, peers: Mapping[str, Sequence[float]]) -> Interval | None:
    """The score if each part not collected were like the worst and like the best of the peers (0 and 100 without any).

    peers: scores of the same part in the other stores of the class. With nothing missing both ends are the score. None
    when the store has no scored part at all, for then nothing of the band would be the store's own.
    """
    if found.score is None:
        return None
    total = worst = best = 0.0
    for part in found.parts:
        if part.weight is None or part.absence is Absence.NOT_APPLICABLE:
            continue
        others = peers.get(part.code) or (0.0, FULL_SCORE)
        total += part.weight
        worst += part.weight * (part.score if part.score is not None else min(others))
        best += part.weight * (part.score if part.score is not None else max(others))
    return Interval(worst / total, best / total)


def score_variance(found: StoreScore, variances: Mapping[str, float | None]) -> float | None:
    """Sampling variance of the composite, in points squared: sum of (effective weight / 100)^2 x the part's variance.

    Parts come from other customers and other visits, so their errors are independent. variances: in points squared of
    0-100, of the mean that entered (sd^2 / visits; 100^2 p (1 - p) / n_eff for a share). None when a part that counts
    has none: an unknown error is not an error of 0.
    """
    total = 0.0
    for code, weight in found.effective_weights.items():
        variance = variances.get(code)
        if weight > 0 and variance is None:
            return None
        total += (weight / FULL_SCORE) ** 2 * (variance or 0.0)
    return total if found.score is not None else None


def minutes_score(minutes: float | None, standard: MinutesStandard) -> float | None:
    """0-100, on a straight line between the two limits of the standard; None without minutes."""
    if minutes is None or math.isnan(minutes):
        return None
    if minutes < 0:
        raise ValueError("minutes below 0")
    reached = (standard.zero - minutes) / (standard.zero - standard.full)
    return FULL_SCORE * min(max(reached, 0.0), 1.0)


def satisfaction_score(share: float | None, n: float, shrunken: float | None) -> tuple[float | None, bool]:
    """(0-100, whether the shrunken value stands in). share, shrunken: 0-1; below 30 answers the shrunken one enters the
    composite, so that three happy customers do not make a store the best. The store is told its raw share beside it."""
    if share is None:
        return None, False
    stands_in = n < GREY_BELOW - GUARD and shrunken is not None
    return FULL_SCORE * (shrunken if stands_in and shrunken is not None else share), stands_in


def score_changes(before: StoreScore, after: StoreScore) -> dict[str, float]:
    """Points of the change that each part brought (gained then - gained before); they add up to the whole change."""
    then = {part.code: part.gained for part in before.parts}
    now = {part.code: part.gained for part in after.parts}
    return {code: now.get(code, 0.0) - then.get(code, 0.0) for code in dict.fromkeys([*then, *now])}
