"""Red in two words: what the status of a month is worth, given how the series behaves. One code, one answer for all.

Evidence comes first: no value -> no_data; fewer than 6 points or no limits -> too_early; constant -> no_variation.
Then (a dash: whatever; near counts as missed except that a concern there is only slipping):

    status      variation          assurance      behaviour
    met         concern            -              slipping           still met, but really getting worse
    met         improvement        -              improving          met and really getting better
    met         common             pass           capable            the process meets it month after month
    met         common             hit, fail      luck               met this time; chance decides
    met         common             none           ordinary           no limits to compare the target with
    near        concern            -              slipping           inside the tolerance, really getting worse
    missed      concern            -              falling_for_real   not noise: find the cause
    near, missed  improvement      -              recovering         short, but really getting better
    near, missed  common           fail           cannot_reach       redesign the process, no pep talks
    near, missed  common           hit, pass      by_chance          ordinary variation; chance decides
    near, missed  common           none           ordinary
    no_target   concern            -              falling_for_real
    no_target   improvement        -              improving
    no_target   common             -              ordinary
    any of them  neutral high, low  -             changed            a real change; neither side is better
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sqm.rules.targets import Status
from sqm.rules.watching.limits import Ints, Words
from sqm.rules.watching.signals import Assurance, Variation
from sqm.rules.watching.watch import Watch


class Evidence(StrEnum):
    """May the series speak? Trial limits (6 to 12 points) are enough; the screen says that they are trial."""

    ENOUGH = "enough"
    TOO_FEW = "too_few"
    NO_VARIATION = "no_variation"


class Behaviour(StrEnum):
    """The second half of the sentence after the status."""

    FALLING_FOR_REAL = "falling_for_real"
    CANNOT_REACH = "cannot_reach"
    BY_CHANCE = "by_chance"
    RECOVERING = "recovering"
    SLIPPING = "slipping"
    LUCK = "luck"
    CAPABLE = "capable"
    IMPROVING = "improving"
    ORDINARY = "ordinary"
    CHANGED = "changed"
    TOO_EARLY = "too_early"
    NO_VARIATION = "no_variation"
    NO_DATA = "no_data"


_NEUTRAL = (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW)
_SHORT = (Status.NEAR, Status.MISSED)


def behaviour_of(status: Status, variation: Variation, assurance: Assurance, evidence: Evidence) -> Behaviour:
    """The truth table."""
    if status is Status.NO_DATA:
        return Behaviour.NO_DATA
    if evidence is Evidence.NO_VARIATION:
        return Behaviour.NO_VARIATION
    if evidence is Evidence.TOO_FEW or variation is Variation.NONE:
        return Behaviour.TOO_EARLY
    if variation in _NEUTRAL:
        return Behaviour.CHANGED
    if variation is Variation.CONCERN:
        return Behaviour.SLIPPING if status in (Status.MET, Status.NEAR) else Behaviour.FALLING_FOR_REAL
    if variation is Variation.IMPROVEMENT:
        return Behaviour.RECOVERING if status in _SHORT else Behaviour.IMPROVING
    if status is Status.NO_TARGET or assurance is Assurance.NONE:
        return Behaviour.ORDINARY
    if status in _SHORT:
        return Behaviour.CANNOT_REACH if assurance is Assurance.FAIL else Behaviour.BY_CHANCE
    return Behaviour.CAPABLE if assurance is Assurance.PASS else Behaviour.LUCK


WORSENING = frozenset({Behaviour.FALLING_FOR_REAL, Behaviour.SLIPPING})
"""Really getting worse, whether or not the target is still met."""


def worsening(found: Iterable[Behaviour]) -> int:
    """How many really get worse."""
    return sum(each in WORSENING for each in found)


def priority_of(variation: Variation, assurance: Assurance) -> int:
    """Place on the watch list, 0 first: the NHS matrix of variation and assurance, with the cells that it lacks.

    Worsening and failing; worsening, target in reach of chance; ordinary and failing (needs redesign); worsening
    without target; worsening but passing; improving yet failing; a change of a neutral indicator; the rest.
    """
    return _PRIORITY.index((_column(variation), assurance))


def _column(variation: Variation) -> Variation:
    return Variation.NEUTRAL_HIGH if variation in _NEUTRAL else variation


_PRIORITY: list[tuple[Variation, Assurance]] = [
    (Variation.CONCERN, Assurance.FAIL),
    (Variation.CONCERN, Assurance.HIT_AND_MISS),
    (Variation.COMMON, Assurance.FAIL),
    (Variation.CONCERN, Assurance.NONE),
    (Variation.CONCERN, Assurance.PASS),
    (Variation.IMPROVEMENT, Assurance.FAIL),
    *((Variation.NEUTRAL_HIGH, each) for each in (Assurance.FAIL, Assurance.HIT_AND_MISS, Assurance.NONE)),
    (Variation.NEUTRAL_HIGH, Assurance.PASS),
    (Variation.COMMON, Assurance.HIT_AND_MISS),
    (Variation.IMPROVEMENT, Assurance.HIT_AND_MISS),
    (Variation.COMMON, Assurance.NONE),
    (Variation.IMPROVEMENT, Assurance.NONE),
    (Variation.COMMON, Assurance.PASS),
    (Variation.IMPROVEMENT, Assurance.PASS),
    *((Variation.NONE, each) for each in (Assurance.FAIL, Assurance.HIT_AND_MISS, Assurance.NONE, Assurance.PASS)),
]
_BEHAVIOURS: dict[tuple[str, str, str, str], str] = {
    (status.value, variation.value, assurance.value, evidence.value): behaviour_of(
        status, variation, assurance, evidence
    ).value
    for status, variation, assurance, evidence in product(Status, Variation, Assurance, Evidence)
}
_PRIORITIES: dict[tuple[str, str], int] = {
    (variation.value, assurance.value): priority_of(variation, assurance)
    for variation, assurance in product(Variation, Assurance)
}


def evidence(watched: Watch) -> Words:
    """Evidence of each series."""
    return np.select(
        [watched.too_few, watched.no_variation],
        [Evidence.TOO_FEW.value, Evidence.NO_VARIATION.value],
        default=Evidence.ENOUGH.value,
    )


def behaviours(statuses: Sequence[str] | NDArray[Any], watched: Watch) -> Words:
    """behaviour_of for the k watched series, in their order, as codes."""
    keys = zip(
        map(str, statuses),
        watched.variation.tolist(),
        watched.assurance.tolist(),
        evidence(watched).tolist(),
        strict=True,
    )
    return np.array([_BEHAVIOURS[key] for key in keys])


def priorities(watched: Watch) -> Ints:
    """priority_of for the k watched series."""
    pairs = zip(watched.variation.tolist(), watched.assurance.tolist(), strict=True)
    return np.array([_PRIORITIES[pair] for pair in pairs], dtype=np.int64)
