"""Expectation control: did the gap move because customers expect more, or because they get less? And on which rung of
the ladder does each customer stand (expectation -> met or exceeded -> satisfied -> loyal -> recommends)?

Expectation and perception are always shown apart: one may want to lower the first or raise the second. The rungs' exact
borders are our own; the sources only name them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from sqm.rules.rivals.lead import lead_of_means
from sqm.rules.sampling import SATISFIED_FROM, Interval, Showing, showing_of
from sqm.rules.surveys.answers import as_mean, given, mean_answer, share_interval
from sqm.rules.surveys.design_effect import Estimate
from sqm.rules.surveys.trends import Movement, Word

_GUARD = 1e-9
RECOMMENDS_FROM = 0.9
"""Share of the scale of likelihood to recommend: 9 of 0-10."""


class GapMove(StrEnum):
    """Why expectation and perception came closer or drew apart, in what can be told from chance."""

    EXPECTATION_ROSE = "expectation_rose"
    EXPECTATION_FELL = "expectation_fell"
    PERCEPTION_ROSE = "perception_rose"
    PERCEPTION_FELL = "perception_fell"
    BOTH_WIDEN = "both_widen"
    BOTH_NARROW = "both_narrow"
    BOTH_ROSE = "both_rose"
    BOTH_FELL = "both_fell"
    NEITHER = "neither"
    UNKNOWN = "unknown"


_MOVES: Mapping[tuple[Word, Word], GapMove] = {
    (Word.UP, Word.NOT_DISTINGUISHABLE): GapMove.EXPECTATION_ROSE,
    (Word.DOWN, Word.NOT_DISTINGUISHABLE): GapMove.EXPECTATION_FELL,
    (Word.NOT_DISTINGUISHABLE, Word.UP): GapMove.PERCEPTION_ROSE,
    (Word.NOT_DISTINGUISHABLE, Word.DOWN): GapMove.PERCEPTION_FELL,
    (Word.UP, Word.DOWN): GapMove.BOTH_WIDEN,
    (Word.DOWN, Word.UP): GapMove.BOTH_NARROW,
    (Word.UP, Word.UP): GapMove.BOTH_ROSE,
    (Word.DOWN, Word.DOWN): GapMove.BOTH_FELL,
    (Word.NOT_DISTINGUISHABLE, Word.NOT_DISTINGUISHABLE): GapMove.NEITHER,
}


def why_moved(expectation: Movement, perception: Movement) -> GapMove:
    """From the movements of both means between the same two months. Both up is the ratchet: a better service that buys
    no smaller gap. Missing or not comparable on either side: unknown."""
    return _MOVES.get((expectation.word, perception.word), GapMove.UNKNOWN)


def moved(earlier: Estimate | None, later: Estimate | None) -> Movement:
    """How a mean moved between two independent groups of people (Welch), in points of its scale."""
    if earlier is None or later is None:
        return Movement(None, None, None, Word.NO_DATA)
    found = lead_of_means(as_mean(later), as_mean(earlier))
    if found.low is None or found.high is None:
        return Movement(found.difference, None, None, Word.NO_DATA)
    word = Word.UP if found.low > 0 else Word.DOWN if found.high < 0 else Word.NOT_DISTINGUISHABLE
    return Movement(found.difference, found.low, found.high, word)


class Rung(StrEnum):
    """From the lowest; each customer stands on the highest rung reached."""

    DISAPPOINTED = "disappointed"
    ORDINARY = "ordinary"
    SATISFIED = "satisfied"
    DELIGHTED = "delighted"
    LOYAL = "loyal"
    RECOMMENDS = "recommends"


@dataclass(frozen=True)
class Scored:
    """Answers of people to one question, None for no answer, on its scale."""

    answers: ArrayLike
    scale_min: float
    scale_max: float

    def reaches(self, share: float) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
        """Who answered at or above a share of the scale; no answer does not reach it."""
        width = self.scale_max - self.scale_min
        return np.asarray((given(self.answers) - self.scale_min) / width >= share - _GUARD)


@dataclass(frozen=True)
class RungShare:
    """share 0-1 of the people with a rung; interval: Wilson on the effective n. None when too few answered."""

    rung: Rung
    share: float | None
    interval: Interval | None


@dataclass(frozen=True)
class Ladder:
    rungs: tuple[RungShare, ...]
    n: int
    showing: Showing


def ladder(
    gap: ArrayLike,
    satisfaction: Scored,
    staying: Scored | None = None,
    recommending: Scored | None = None,
    weights: ArrayLike | None = None,
    clusters: Sequence[object] | None = None,
) -> Ladder:
    """Share of customers on each rung. gap: perception - expectation of each person (None: no rung).

    Satisfied is 0.75 of the scale as everywhere. Not satisfied: disappointed below expectation, else ordinary.
    Satisfied: delighted above expectation; loyal when also likely to stay (0.75 of its scale); recommends when also
    9 or 10 of 0-10. A question that was not asked leaves its rung empty.
    """
    gaps, score = given(gap), given(satisfaction.answers)
    known = np.isfinite(gaps) & np.isfinite(score)
    satisfied = satisfaction.reaches(SATISFIED_FROM)
    place = np.where(gaps < -_GUARD, 0, 1)
    place = np.where(satisfied, np.where(gaps > _GUARD, 3, 2), place)
    for at, question, share in ((4, staying, SATISFIED_FROM), (5, recommending, RECOMMENDS_FROM)):
        if question is not None:
            place = np.where(satisfied & question.reaches(share), at, place)
    found = [
        mean_answer(np.where(known, place == at, np.nan).astype(float), weights, clusters) for at in range(len(Rung))
    ]
    n = int(known.sum())
    size = min((each.n_eff for each in found if each is not None), default=0.0)
    showing = Showing(str(showing_of(n, size)))
    rungs = []
    for rung, each in zip(Rung, found, strict=True):
        if each is None or showing is Showing.HIDDEN:
            rungs.append(RungShare(rung, None, None))
        else:
            rungs.append(RungShare(rung, each.mean, share_interval(each)))
    return Ladder(tuple(rungs), n, showing)
