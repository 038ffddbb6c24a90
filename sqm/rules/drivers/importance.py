"""Importance-performance map: where to put the effort. Martilla & James 1977, J Marketing 41(1):77-79.

Four quadrants around two cross-hairs. Importance and performance each on their own scale; only their place beside
their cross-hair counts. Ties go to the high side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqm.rules.sampling import Interval

_GUARD = 1e-9


class Quadrant(StrEnum):
    CONCENTRATE = "concentrate_here"
    KEEP_UP = "keep_up"
    LOW_PRIORITY = "low_priority"
    OVERKILL = "possible_overkill"


class CrossFrom(StrEnum):
    """How the cross-hairs were chosen: once per study, not per picture."""

    DATA_MEANS = "data_means"
    SCALE_MIDPOINT = "scale_midpoint"
    TARGET = "target"


@dataclass(frozen=True)
class Cross:
    importance: float
    performance: float
    chosen: CrossFrom


@dataclass(frozen=True)
class Attribute:
    """importance: stated by customers or derived from drivers. Intervals where they are known."""

    code: str
    importance: float | None
    performance: float | None
    importance_interval: Interval | None = None
    performance_interval: Interval | None = None


@dataclass(frozen=True)
class Placed:
    """quadrant None: a figure is missing. on_importance, on_performance: the interval holds the cross-hair, so the
    quadrant is not certain on that side (False also when there is no interval)."""

    attribute: Attribute
    quadrant: Quadrant | None
    on_importance: bool
    on_performance: bool


@dataclass(frozen=True)
class ImportanceMap:
    """is_flat: every importance is within chance of the cross-hair, so importance says nothing: prefer derived to
    stated importance. None when an interval of importance is missing."""

    cross: Cross | None
    placed: tuple[Placed, ...]
    is_flat: bool | None


def midpoint(scale_min: float, scale_max: float) -> Cross:
    """Cross-hairs at the middle of a scale that importance and performance share."""
    middle = (scale_min + scale_max) / 2.0
    return Cross(middle, middle, CrossFrom.SCALE_MIDPOINT)


def importance_map(attributes: Iterable[Attribute], cross: Cross | None = None) -> ImportanceMap:
    """Places each attribute, in the given order. cross: the means of the attributes with both figures, if not given.

    i >= I, p < P concentrate here; i >= I, p >= P keep up; i < I, p < P low priority; i < I, p >= P possible overkill.
    """
    each = list(attributes)
    centre = cross if cross is not None else _data_means(each)
    if centre is None:
        return ImportanceMap(None, tuple(Placed(one, None, False, False) for one in each), None)
    return ImportanceMap(centre, tuple(_placed(one, centre) for one in each), _is_flat(each, centre))


def _data_means(attributes: Sequence[Attribute]) -> Cross | None:
    known = [
        (a.importance, a.performance) for a in attributes if a.importance is not None and a.performance is not None
    ]
    if not known:
        return None
    first, second = zip(*known, strict=True)
    return Cross(sum(first) / len(known), sum(second) / len(known), CrossFrom.DATA_MEANS)


def _placed(attribute: Attribute, cross: Cross) -> Placed:
    on_importance = _holds(attribute.importance_interval, cross.importance)
    on_performance = _holds(attribute.performance_interval, cross.performance)
    if attribute.importance is None or attribute.performance is None:
        return Placed(attribute, None, on_importance, on_performance)
    matters = attribute.importance >= cross.importance - _GUARD
    performs = attribute.performance >= cross.performance - _GUARD
    quadrants = {
        (True, False): Quadrant.CONCENTRATE,
        (True, True): Quadrant.KEEP_UP,
        (False, False): Quadrant.LOW_PRIORITY,
        (False, True): Quadrant.OVERKILL,
    }
    return Placed(attribute, quadrants[matters, performs], on_importance, on_performance)


def _holds(interval: Interval | None, value: float) -> bool:
    return interval is not None and interval.low - _GUARD <= value <= interval.high + _GUARD


def _is_flat(attributes: Sequence[Attribute], cross: Cross) -> bool | None:
    known = [one for one in attributes if one.importance is not None]
    if not known or any(one.importance_interval is None for one in known):
        return None
    return all(_holds(one.importance_interval, cross.importance) for one in known)
