"""Has a gap narrowed? Two readings of one gap in one unit, and which gap of a process stands out.

Difference of two independent readings with its limits recovered from theirs (MOVER: Zou & Donner 2008, Stat Med
27:1693-1702; for two Wilson intervals this is Newcombe's method 10, for two t intervals close to Welch).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic

import numpy as np

from sqm.rules.gaps.gap_units import Gap
from sqm.rules.gaps.gaps import Ledger, Reading, U
from sqm.rules.surveys.trends import Movement, Word

_GUARD = 1e-9
FEWEST_PROCESSES = 3
_OF_MAD = 1.4826
_OF_MEAN_DEVIATION = 1.253314


class Turn(StrEnum):
    """closed: it was closed and still is. no_interval: two bare numbers differ, which proves nothing."""

    NARROWED = "narrowed"
    WIDENED = "widened"
    CLOSED = "closed"
    NOT_DISTINGUISHABLE = "not_distinguishable"
    NO_INTERVAL = "no_interval"
    NOT_COMPARABLE = "not_comparable"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Change(Generic[U]):
    """turn may be shown of any gap; the movement (later - earlier) only by who knows the unit."""

    unit: type[U]
    turn: Turn
    _movement: Movement

    def read(self, unit: type[U]) -> Movement:
        if unit is not self.unit:
            raise TypeError(f"a change in {self.unit.__name__} is not in {unit.__name__}")
        return self._movement


def change(earlier: Reading[U], later: Reading[U]) -> Change[U]:
    """What happened to one gap between two months. Other scale, method or subject: not comparable.

    The turn follows the movement towards 0 (gap 1 asked can be open on both sides; the others have a good side).
    """
    if (earlier.scale, earlier.method, earlier.subject) != (later.scale, later.method, later.subject):
        return Change(later.unit, Turn.NOT_COMPARABLE, Movement(None, None, None, Word.NOT_COMPARABLE))
    first, last = earlier.read(later.unit), later.read(earlier.unit)
    before, after = earlier.open_by(), later.open_by()
    if first.value is None or last.value is None or before is None or after is None:
        return Change(later.unit, Turn.NO_DATA, Movement(None, None, None, Word.NO_DATA))
    limits = recovered(last.value, (last.low, last.high), first.value, (first.low, first.high))
    found = _movement(last.value - first.value, limits)
    opened = after.read(later.unit) - before.read(later.unit)
    if not before.is_open() and not after.is_open():
        turn = Turn.CLOSED
    elif limits is None:
        turn = Turn.NO_INTERVAL
    elif found.word is Word.NOT_DISTINGUISHABLE or abs(opened) <= _GUARD:
        turn = Turn.NOT_DISTINGUISHABLE
    else:
        turn = Turn.WIDENED if opened > 0 else Turn.NARROWED
    return Change(later.unit, turn, found)


def recovered(
    value: float,
    limits: tuple[float | None, float | None],
    other: float,
    other_limits: tuple[float | None, float | None],
) -> tuple[float, float] | None:
    """Limits of value - other from the limits of each; None when a limit is missing."""
    (low, high), (other_low, other_high) = limits, other_limits
    if low is None or high is None or other_low is None or other_high is None:
        return None
    difference = value - other
    return (
        difference - math.hypot(value - low, other_high - other),
        difference + math.hypot(high - value, other - other_low),
    )


def _movement(difference: float, limits: tuple[float, float] | None) -> Movement:
    if limits is None:
        return Movement(difference, None, None, Word.NOT_DISTINGUISHABLE)
    word = Word.UP if limits[0] > 0 else Word.DOWN if limits[1] < 0 else Word.NOT_DISTINGUISHABLE
    return Movement(difference, *limits, word)


_ASKED: Mapping[Gap, Callable[[Ledger], Reading[Any] | None]] = {
    Gap.KNOWLEDGE: lambda ledger: ledger.knowledge.asked,
    Gap.STANDARDS: lambda ledger: ledger.standards.asked,
    Gap.DELIVERY: lambda ledger: ledger.delivery.asked,
    Gap.COMMUNICATION: lambda ledger: ledger.communication.asked,
}
_OBSERVED: Mapping[Gap, Callable[[Ledger], Reading[Any] | None]] = {
    Gap.KNOWLEDGE: lambda ledger: ledger.knowledge.observed,
    Gap.STANDARDS: lambda ledger: ledger.standards.observed,
    Gap.DELIVERY: lambda ledger: ledger.delivery.observed,
    Gap.COMMUNICATION: lambda ledger: ledger.communication.observed,
}


def largest_observed(ledgers: Sequence[Ledger]) -> dict[str, Gap | None]:
    """Process -> the one of gaps 1-4 that stands out most among the processes of one month, by what the books show."""
    return _largest(ledgers, _OBSERVED)


def largest_asked(ledgers: Sequence[Ledger]) -> dict[str, Gap | None]:
    """The same by what managers and contact staff say."""
    return _largest(ledgers, _ASKED)


def _largest(
    ledgers: Sequence[Ledger], figures: Mapping[Gap, Callable[[Ledger], Reading[Any] | None]]
) -> dict[str, Gap | None]:
    """[own] A rank distance of 0.2 and 0.2 of the points lost are not the same size, so no gap is compared with
    another one directly: each is compared with the same gap of the other processes (how many usual deviations above
    the median; Iglewicz & Hoaglin 1993), and only the order of that is told. Only an open gap can be the largest.
    A gap known for fewer than three processes takes no part; None when no gap does. Of equals the lower number.
    """
    if len({ledger.process for ledger in ledgers}) != len(ledgers):
        raise ValueError("one ledger for each process")
    best: dict[str, tuple[float, Gap] | None] = {ledger.process: None for ledger in ledgers}
    for gap, figure in figures.items():
        openings = {ledger.process: _opening(figure(ledger)) for ledger in ledgers}
        known = {process: size for process, size in openings.items() if size is not None}
        if len(known) < FEWEST_PROCESSES:
            continue
        sizes = np.array(list(known.values()))
        for process, height in zip(known, _heights(sizes), strict=True):
            current = best[process]
            if known[process] > _GUARD and (current is None or height > current[0] + _GUARD):
                best[process] = (float(height), gap)
    return {process: None if found is None else found[1] for process, found in best.items()}


def _opening(figure: Reading[Any] | None) -> float | None:
    found = None if figure is None else figure.open_by()
    return None if found is None or figure is None else found.read(figure.unit)


def _heights(sizes: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Modified z-scores; by the mean deviation where more than half of the processes agree; all 0 where all agree."""
    off = sizes - np.median(sizes)
    spread = _OF_MAD * float(np.median(np.abs(off))) or _OF_MEAN_DEVIATION * float(np.mean(np.abs(off)))
    return off / spread if spread > _GUARD else np.zeros_like(off)
