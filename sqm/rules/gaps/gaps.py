"""The gap ledger: five gaps per process and month, side by side. They can not be added, by construction.

Gap 5 is perception minus expectation; gaps 1-4 explain it, but on other scales and asked of other people, so their sum
means nothing (Zeithaml, Berry & Parasuraman 1988, J Marketing 52:35-48; Lee et al. 2016, SpringerPlus). Each way of
measuring a gap is therefore a unit of its own: a Reading has no arithmetic, no order and no float(), it gives its
number only to a caller that names its unit, and two readings can be compared over time only within one unit.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

import numpy as np

from sqm.rules.gaps.gap_units import (
    CommunicationPoints,
    DeliveryPoints,
    KnowledgePoints,
    NeedsUncovered,
    PerceptionPoints,
    PointsLost,
    PromisesBroken,
    RankDistance,
    Shortfall,
    StandardsPoints,
    Unit,
)
from sqm.rules.sampling import GREY_BELOW, HIDDEN_BELOW, Interval, Showing
from sqm.rules.surveys.design_effect import Estimate

_GUARD = 1e-9


U = TypeVar("U", bound=Unit)
A = TypeVar("A", bound=Unit)
B = TypeVar("B", bound=Unit)


@dataclass(frozen=True)
class Amount:
    """What a reading says in its unit. None: nothing to show."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Reading(Generic[U]):
    """One gap of one process, measured one way. n: answers, visits or cases behind it (None: not a sample).

    scale ("1-7", "min") and method ("cati") must agree before two readings are compared. subject: the promise or item
    that it is about ('' for the whole process).
    """

    unit: type[U]
    _amount: Amount
    n: int | None = None
    showing: Showing = Showing.SHOWN
    scale: str = ""
    method: str = ""
    subject: str = ""

    def read(self, unit: type[U]) -> Amount:
        """The number, for a caller that knows what it is a number of."""
        if unit is not self.unit:
            raise TypeError(f"a gap in {self.unit.__name__} is not in {unit.__name__}")
        return self._amount

    def open_by(self) -> "Opening[U] | None":
        """How far open, 0 for closed or exceeded; None without a number. Comparable within its unit only."""
        if self._amount.value is None:
            return None
        value, sign = self._amount.value, self.unit.sign
        return Opening(self.unit, abs(value) if sign == 0 else max(0.0, sign * value))


@dataclass(frozen=True)
class Opening(Generic[U]):
    """Size of a gap without its direction: what can be ranked among processes, in one unit."""

    unit: type[U]
    _size: float

    def read(self, unit: type[U]) -> float:
        if unit is not self.unit:
            raise TypeError(f"an opening in {self.unit.__name__} is not in {unit.__name__}")
        return self._size

    def is_open(self) -> bool:
        return self._size > _GUARD


@dataclass(frozen=True)
class Sides(Generic[A, B]):
    """One gap as people rate it and as the books show it: two figures beside each other, not two terms."""

    asked: Reading[A] | None = None
    observed: Reading[B] | None = None


@dataclass(frozen=True)
class Ledger:
    """All gaps of one process in one month. shortfalls: gap 4 promise by promise, each in its own unit of measure."""

    process: str
    month: date
    perception: Reading[PerceptionPoints] | None = None
    knowledge: Sides[KnowledgePoints, RankDistance] = field(default_factory=Sides)
    standards: Sides[StandardsPoints, NeedsUncovered] = field(default_factory=Sides)
    delivery: Sides[DeliveryPoints, PointsLost] = field(default_factory=Sides)
    communication: Sides[CommunicationPoints, PromisesBroken] = field(default_factory=Sides)
    shortfalls: tuple[Reading[Shortfall], ...] = ()


def reading(
    unit: type[U],
    value: float | None,
    interval: Interval | None = None,
    n: int | None = None,
    n_eff: float | None = None,
    scale: str = "",
    method: str = "",
    subject: str = "",
) -> Reading[U]:
    """A reading with the minimum-n rule applied: below 5 answers nothing is told, below 30 it is grey."""
    showing = Showing.SHOWN
    if n is not None:
        few = min(float(n), float(n) if n_eff is None else n_eff)
        showing = Showing.HIDDEN if n < HIDDEN_BELOW else Showing.GREY if few < GREY_BELOW - _GUARD else Showing.SHOWN
    known = value is not None and np.isfinite(value) and showing is not Showing.HIDDEN
    ends = (interval.low, interval.high) if known and interval is not None else (None, None)
    return Reading(unit, Amount(value if known else None, *ends), n, showing, scale, method, subject)


def reading_of(
    unit: type[U], estimate: Estimate | None, scale: str = "", method: str = "", subject: str = ""
) -> Reading[U]:
    """A reading from an estimated mean; without one, a reading that has nothing to show."""
    if estimate is None:
        return reading(unit, None, n=0, scale=scale, method=method, subject=subject)
    parts = (estimate.mean, estimate.interval, estimate.n, estimate.n_eff)
    return reading(unit, *parts, scale=scale, method=method, subject=subject)
