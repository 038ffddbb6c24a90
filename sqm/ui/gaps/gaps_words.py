"""Gaps, units, sub-systems and works in words. A gap is told in its own unit; two units are never added."""

from collections.abc import Mapping
from typing import Any

from sqm.rules.gaps.expectation import GapMove, Rung
from sqm.rules.gaps.gap_changes import Turn
from sqm.rules.gaps.gap_units import (
    SUBSYSTEM,
    WORKS,
    Gap,
    NeedsUncovered,
    PointsLost,
    PromisesBroken,
    RankDistance,
    Subsystem,
)
from sqm.rules.gaps.gaps import Reading
from sqm.rules.gaps.servqual import Dimension
from sqm.rules.gaps.tolerance import Position
from sqm.rules.sampling import Showing
from sqm.ui import formats
from sqm.ui.doors.data_names import Names
from sqm.ui.words import N_, _, listed

GAPS: Mapping[Gap, str] = {
    Gap.KNOWLEDGE: N_("Knowledge gap"),
    Gap.STANDARDS: N_("Standards gap"),
    Gap.DELIVERY: N_("Delivery gap"),
    Gap.COMMUNICATION: N_("Communication gap"),
    Gap.PERCEPTION: N_("Perception minus expectation"),
}
_SHORT: Mapping[Gap, str] = {
    Gap.KNOWLEDGE: N_("Knowledge"),
    Gap.STANDARDS: N_("Standards"),
    Gap.DELIVERY: N_("Delivery"),
    Gap.COMMUNICATION: N_("Communication"),
    Gap.PERCEPTION: N_("Perception"),
}
BETWEEN: Mapping[Gap, str] = {
    Gap.KNOWLEDGE: N_("between what customers expect and what the company believes they expect"),
    Gap.STANDARDS: N_("between that understanding and the service standards"),
    Gap.DELIVERY: N_("between the standards and what is delivered"),
    Gap.COMMUNICATION: N_("between what is delivered and what was promised"),
}
ASKED: Mapping[Gap, str] = {
    Gap.KNOWLEDGE: N_("managers' estimate minus customers' expectation"),
    Gap.STANDARDS: N_("how firm the standards are, below the top of the scale"),
    Gap.DELIVERY: N_("able to meet the standards, below the top of the scale"),
    Gap.COMMUNICATION: N_("able to keep what is promised, below the top of the scale"),
}
OBSERVED: Mapping[Gap, str] = {
    Gap.KNOWLEDGE: N_("rank distance of declared and derived importance"),
    Gap.STANDARDS: N_("top needs with neither standard nor indicator nor target"),
    Gap.DELIVERY: N_("audited points lost"),
    Gap.COMMUNICATION: N_("promises broken"),
}
_SUBSYSTEMS = {
    Subsystem.NEEDS: N_("Needs discovery"),
    Subsystem.STANDARDS: N_("Service standards"),
    Subsystem.ASSURANCE: N_("Delivery assurance"),
    Subsystem.PROMISES: N_("Promise management"),
}
_WORKS = (
    N_("customer research"),
    N_("rapid complaint response"),
    N_("service blueprints"),
    N_("KPI appraisal"),
    N_("indicator matrix"),
    N_("service meetings"),
    N_("bulletins"),
    N_("cross-department coordination"),
    N_("external communication"),
    N_("internal communication"),
)
_DIMENSIONS = {
    Dimension.TANGIBLES: N_("Tangibles"),
    Dimension.RELIABILITY: N_("Reliability"),
    Dimension.RESPONSIVENESS: N_("Responsiveness"),
    Dimension.ASSURANCE: N_("Assurance"),
    Dimension.EMPATHY: N_("Empathy"),
}
TURNS: Mapping[Turn, str] = {
    Turn.NARROWED: N_("▼ narrower"),
    Turn.WIDENED: N_("▲ wider"),
    Turn.CLOSED: N_("still closed"),
    Turn.NOT_DISTINGUISHABLE: N_("no change beyond chance"),
    Turn.NO_INTERVAL: "",
    Turn.NOT_COMPARABLE: N_("measured otherwise before"),
    Turn.NO_DATA: "",
}
_MOVES = {
    GapMove.EXPECTATION_ROSE: N_("customers expect more than before, with no sure change in what they perceive"),
    GapMove.EXPECTATION_FELL: N_("customers expect less than before, with no sure change in what they perceive"),
    GapMove.PERCEPTION_ROSE: N_("customers perceive better service, with no sure change in what they expect"),
    GapMove.PERCEPTION_FELL: N_("customers perceive worse service, with no sure change in what they expect"),
    GapMove.BOTH_WIDEN: N_("customers expect more and perceive worse service"),
    GapMove.BOTH_NARROW: N_("customers expect less and perceive better service"),
    GapMove.BOTH_ROSE: N_("service became better and expectation rose with it: the ratchet"),
    GapMove.BOTH_FELL: N_("service became worse and expectation fell with it"),
    GapMove.NEITHER: N_("neither expectation nor perception moved by more than chance"),
    GapMove.UNKNOWN: N_("there is no period before to compare with"),
}
_RUNGS = {
    Rung.DISAPPOINTED: (N_("Disappointed"), N_("not satisfied, below expectation")),
    Rung.ORDINARY: (N_("Ordinary"), N_("not satisfied, as expected")),
    Rung.SATISFIED: (N_("Content"), N_("satisfied, at or below expectation")),
    Rung.DELIGHTED: (N_("Delighted"), N_("satisfied, above expectation")),
    Rung.LOYAL: (N_("Loyal"), N_("satisfied and likely to stay")),
    Rung.RECOMMENDS: (N_("Recommends"), N_("satisfied, gives 9 or 10 of 10")),
}
_POSITIONS = {
    Position.BELOW: N_("below what is just acceptable"),
    Position.INSIDE: N_("inside the zone of tolerance"),
    Position.ABOVE: N_("above what is desired"),
}


def gap(which: Gap) -> str:
    return _(GAPS[which])


def short(which: Gap) -> str:
    """The gap's name in a list of several."""
    return _(_SHORT[which])


def numbered(which: Gap) -> str:
    """Gap 4 · Communication gap"""
    number = _("Gap {n}", n=list(Gap).index(which) + 1)
    return f"{number} · {gap(which)}"


def subsystem(which: Gap) -> str:
    return _(_SUBSYSTEMS[SUBSYSTEM[which]])


def works(which: Gap) -> str:
    """4 KPI appraisal, 5 indicator matrix ..."""
    return listed([f"{number} {_(_WORKS[number - 1])}" for number in WORKS[which]], most=len(_WORKS))


def dimension(code: str, names: Names) -> str:
    """One of the five by its word; another topic by the question that asks how it is perceived."""
    if code in set(Dimension):
        return _(_DIMENSIONS[Dimension(code)])
    return topic(code, names)


def topic(stem: str, names: Names) -> str:
    """What the pair is about: the name of its perception, without the word that says what is asked of it."""
    item = f"{stem}.perception"
    if item not in names.items:
        return stem
    text = names.item(item)
    for mark in (": ", "："):
        text = text.rpartition(mark)[0] or text
    return text


def why(move: GapMove) -> str:
    return _(_MOVES[move])


def rung(which: Rung) -> tuple[str, str]:
    title, meaning = _RUNGS[which]
    return _(title), _(meaning)


def position(where: Position) -> str:
    return _(_POSITIONS[where])


def points(value: float | None, low: float | None = None, high: float | None = None, signed: bool = True) -> str:
    """−1.24 ± 0.20, in points of the asked scale."""
    shown = formats.number(value, 2, signed=signed)
    if value is None or low is None or high is None:
        return shown
    return f"{shown}\u00a0±\u00a0{formats.number((high - low) / 2, 2)}"


def told(found: Reading[Any] | None) -> str:
    """A reading in its own unit; one that may not be told says why."""
    if found is None:
        return formats.MISSING
    if found.showing is Showing.HIDDEN:
        return _("too few answers")
    amount = found.read(found.unit)
    if found.unit is RankDistance:
        return distance(amount.value, amount.low, amount.high)
    if found.unit in _SHARES:
        return formats.share_interval(amount.value, amount.low, amount.high)
    return points(amount.value, amount.low, amount.high)


_SHARES = (NeedsUncovered, PointsLost, PromisesBroken)


def distance(value: float | None, low: float | None, high: float | None) -> str:
    """0.17 (0.00–0.33): its limits are not symmetric."""
    shown = formats.number(value, 2)
    return (
        shown
        if low is None or high is None or low == high
        else f"{shown} ({formats.number(low, 2)}–{formats.number(high, 2)})"
    )
