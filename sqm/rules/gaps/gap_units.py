"""The five gaps, what closes them, and the units in which each is measured: one unit for each way of measuring.

A unit is a type without instances. It keeps figures of different gaps apart, for the type checker and at run time.
"""

from enum import StrEnum
from typing import ClassVar


class Gap(StrEnum):
    """Gaps 1-4 in order, then gap 5."""

    KNOWLEDGE = "knowledge"
    STANDARDS = "standards"
    DELIVERY = "delivery"
    COMMUNICATION = "communication"
    PERCEPTION = "perception"


class Subsystem(StrEnum):
    """The management sub-system that closes a gap (1 model, 4 sub-systems, 10 works)."""

    NEEDS = "needs"
    STANDARDS = "standards"
    ASSURANCE = "assurance"
    PROMISES = "promises"


SUBSYSTEM: dict[Gap, Subsystem] = dict(zip(Gap, Subsystem, strict=False))
"""Gap 5 has none: it is the outcome."""

WORKS: dict[Gap, tuple[int, ...]] = {
    Gap.KNOWLEDGE: (1, 2),
    Gap.STANDARDS: (3,),
    Gap.DELIVERY: (4, 5, 6, 7, 8),
    Gap.COMMUNICATION: (9, 10),
}
"""Numbers of the ten works that close each gap."""


class Unit:
    """How one gap is measured. Never instantiated. sign: +1 a larger number is more open, -1 a smaller one, 0 either
    way; below (or above) 0 on the good side a gap is closed, not negative."""

    gap: ClassVar[Gap]
    sign: ClassVar[int] = 1


class PerceptionPoints(Unit):
    """Gap 5: perception - expectation, points of the asked scale."""

    gap, sign = Gap.PERCEPTION, -1


class KnowledgePoints(Unit):
    """Gap 1 asked: managers' estimate - customers' expectation. Over-estimating is a gap as well."""

    gap, sign = Gap.KNOWLEDGE, 0


class StandardsPoints(Unit):
    """Gap 2 asked: how formal the standards are - top of the scale (0 closed, negative open)."""

    gap, sign = Gap.STANDARDS, -1


class DeliveryPoints(Unit):
    """Gap 3 asked: able to meet the standards - top of the scale."""

    gap, sign = Gap.DELIVERY, -1


class CommunicationPoints(Unit):
    """Gap 4 asked: able to keep the promises - top of the scale."""

    gap, sign = Gap.COMMUNICATION, -1


class RankDistance(Unit):
    """Gap 1 observed: declared against derived importance, 0 same order .. 1 reversed."""

    gap = Gap.KNOWLEDGE


class NeedsUncovered(Unit):
    """Gap 2 observed: share of the top needs with neither standard nor indicator nor target, 0-1."""

    gap = Gap.STANDARDS


class PointsLost(Unit):
    """Gap 3 observed: share of the audited points that were lost, 0-1."""

    gap = Gap.DELIVERY


class PromisesBroken(Unit):
    """Gap 4 observed: share of promises not kept, 0-1."""

    gap = Gap.COMMUNICATION


class Shortfall(Unit):
    """Gap 4 observed: promised minus delivered, in the unit of the promise (Reading.scale); above 0 is less or later
    than promised."""

    gap = Gap.COMMUNICATION
