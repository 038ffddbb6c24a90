"""How a target comes about: proposed, answered by another proposal, signed by both sides, agreed or refused.

The owner department and the quality department each sign the same proposal; with the second signature it is agreed
and judges every month from its first one on. It may not start in a month that is over, nor in or before a sealed one,
so that a month which has been judged never changes because of a target.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

import pandas as pd

from sqm.rules.decisions import Decision, Draft, Facts, Kind, standing, text_in
from sqm.rules.periods import month_of
from sqm.rules.targets import Direction, Status, is_complete, judge_frame

LOOK_BACK = 24
"""Months of history that a proposal is held against."""


class Side(StrEnum):
    """Who must sign: the department that owns the indicator, and the quality department."""

    OWNER = "owner"
    QUALITY = "quality"


class State(StrEnum):
    """superseded: answered by a counter-proposal, or every step of it replaced by a later agreement."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


class Problem(StrEnum):
    """Why a proposal may not be made or signed."""

    NO_STEPS = "no_steps"
    STEPS_NOT_RISING = "steps_not_rising"
    NOT_A_MONTH = "not_a_month"
    BEFORE_CURRENT_MONTH = "before_current_month"
    MONTH_IS_SEALED = "month_is_sealed"
    BOUND_MISSING = "bound_missing"
    BOUNDS_CROSSED = "bounds_crossed"
    TOLERANCE_NEGATIVE = "tolerance_negative"
    NO_REASON = "no_reason"


@dataclass(frozen=True)
class Step:
    """Bounds in force from a month on, in the indicator's unit (shares 0-1); None where the direction needs none."""

    valid_from: date
    low: float | None
    high: float | None
    tolerance: float


@dataclass(frozen=True)
class Proposal:
    """proposal_id is the id of the decision that made it. answers, answered_by: proposals before and after ('' none).

    signed: sides that have signed. agreed_at (UTC), agreed_by (department or person of the owner's side) and
    agreed_sequence (place in the log) once both have. history: every standing decision about it, the proposal first.
    """

    proposal_id: str
    indicator_code: str
    scope_level: str
    scope_code: str
    steps: tuple[Step, ...]
    reason: str
    who: str
    role: str
    proposed_at: datetime | None
    answers: str = ""
    answered_by: str = ""
    state: State = State.OPEN
    signed: frozenset[Side] = frozenset()
    agreed_at: datetime | None = None
    agreed_by: str = ""
    agreed_sequence: int = 0
    history: tuple[Decision, ...] = field(default=(), hash=False)

    @property
    def first(self) -> date | None:
        """The month from which it judges."""
        return self.steps[0].valid_from if self.steps else None

    @property
    def waits_for(self) -> frozenset[Side]:
        """Sides that have not signed an open proposal."""
        return frozenset(Side) - self.signed if self.state is State.OPEN else frozenset()


@dataclass(frozen=True)
class Capability:
    """What the months behind us say of a proposal. months: of the last 24, those with a value that may be judged.

    met: of them, how many meet the proposed target; met_before: how many met the target of their time; would_be_red:
    how many miss the proposed one by more than its tolerance. natural_low, natural_high: the limits between which the
    process moves by itself, best_rival: None where not known. In the indicator's unit.
    """

    met: int
    months: int
    met_before: int
    would_be_red: int
    natural_low: float | None
    natural_high: float | None
    best_rival: float | None


@dataclass(frozen=True)
class AgreedStep:
    """One row of the targets table."""

    proposal_id: str
    indicator_code: str
    scope_level: str
    scope_code: str
    step: Step
    agreed_by: str
    reason: str


def propose(
    indicator_code: str,
    steps: Sequence[Step],
    reason: str,
    scope_level: str = "company",
    scope_code: str = "",
    answers: str = "",
) -> Draft:
    """A proposal, or with answers (the id of an earlier one) a counter-proposal that takes its place."""
    return Draft(
        Kind.TARGET_PROPOSED,
        indicator_code,
        {
            "scope_level": scope_level,
            "scope_code": scope_code,
            "reason": reason.strip(),
            "answers": answers,
            "steps": [
                {
                    "valid_from": step.valid_from.isoformat(),
                    "low": step.low,
                    "high": step.high,
                    "tolerance": step.tolerance,
                }
                for step in steps
            ],
        },
    )


def sign(proposal_id: str, side: Side, department: str = "") -> Draft:
    """One side's signature. department: the code of the department that signs for the owner's side."""
    return Draft(Kind.TARGET_SIGNED, proposal_id, {"side": side.value, "department": department})


def refuse(proposal_id: str, side: Side, reason: str) -> Draft:
    """One side says no; a counter-proposal may still answer it."""
    return Draft(Kind.TARGET_REFUSED, proposal_id, {"side": side.value, "reason": reason.strip()})


def draft_of(draft: Draft) -> Proposal:
    """The proposal that a draft would make, to check it before it is recorded."""
    return _proposal("", draft.subject, draft.facts, "", "", None)


def proposals(decisions: Iterable[Decision]) -> tuple[Proposal, ...]:
    """Every proposal that was not withdrawn, oldest first, with its state."""
    found: dict[str, Proposal] = {}
    for decision in standing(decisions):
        if decision.kind is Kind.TARGET_PROPOSED:
            _open(found, decision)
        elif decision.kind in (Kind.TARGET_SIGNED, Kind.TARGET_REFUSED) and decision.subject in found:
            found[decision.subject] = _answered(found[decision.subject], decision)
    judging = {row.proposal_id for row in in_force(found.values())}
    return tuple(
        replace(each, state=State.SUPERSEDED)
        if each.state is State.AGREED and each.proposal_id not in judging
        else each
        for each in found.values()
    )


def agreed_steps(decisions: Iterable[Decision]) -> tuple[AgreedStep, ...]:
    """What the targets table holds of the log."""
    return in_force(proposals(decisions))


def in_force(found: Iterable[Proposal]) -> tuple[AgreedStep, ...]:
    """Steps of the agreed ones. An agreement replaces, from its first month on, what was agreed before it for the same
    indicator and scope; never the rows of the catalogue: a later month of theirs still comes into force."""
    agreed = [each for each in found if each.state is State.AGREED and each.steps]
    rows: dict[tuple[str, str, str], list[AgreedStep]] = {}
    for each in sorted(agreed, key=lambda proposal: proposal.agreed_sequence):
        place = (each.indicator_code, each.scope_level, each.scope_code)
        earlier = [row for row in rows.get(place, []) if row.step.valid_from < each.steps[0].valid_from]
        rows[place] = earlier + [
            AgreedStep(each.proposal_id, *place, step, each.agreed_by, each.reason) for step in each.steps
        ]
    return tuple(row for place in rows.values() for row in place)


def check(proposal: Proposal, direction: str, today: date, sealed_months: Collection[date] = ()) -> tuple[Problem, ...]:
    """What stands against making or signing it; empty when nothing does. today decides which month is the current one.

    A step may not start in a month that is sealed, nor before one: the sealed month would be judged by it.
    """
    found: list[Problem] = []
    firsts = [step.valid_from for step in proposal.steps]
    latest_sealed = max(sealed_months, default=None)
    if not firsts:
        found.append(Problem.NO_STEPS)
    if any(later <= earlier for earlier, later in pairwise(firsts)):
        found.append(Problem.STEPS_NOT_RISING)
    if any(first.day != 1 for first in firsts):
        found.append(Problem.NOT_A_MONTH)
    if any(first < month_of(today) for first in firsts):
        found.append(Problem.BEFORE_CURRENT_MONTH)
    if latest_sealed is not None and any(first <= latest_sealed for first in firsts):
        found.append(Problem.MONTH_IS_SEALED)
    if any(not is_complete(step.low, step.high, Direction(direction)) for step in proposal.steps):
        found.append(Problem.BOUND_MISSING)
    if any(step.low is not None and step.high is not None and step.low > step.high for step in proposal.steps):
        found.append(Problem.BOUNDS_CROSSED)
    if any(not step.tolerance >= 0 for step in proposal.steps):
        found.append(Problem.TOLERANCE_NEGATIVE)
    if not proposal.reason:
        found.append(Problem.NO_REASON)
    return tuple(found)


def capability(
    history: pd.DataFrame,
    proposal: Proposal,
    direction: str,
    limits: tuple[float, float] | None = None,
    best_rival: float | None = None,
    months: int = LOOK_BACK,
) -> Capability:
    """Could the process, as it runs, meet the proposal? Judged by its last step: that is where it is meant to end.

    history: rows of series.judge_months of the indicator on the proposal's scope (month, value, status, reason);
    months count back from the newest of them. A value that rests on too few answers does not count.
    limits: natural lower and upper process limit (rules/watching/watch.py), worked out by the caller.
    """
    newest = pd.to_datetime(history["month"]).max()
    recent = history[pd.to_datetime(history["month"]) > newest - pd.DateOffset(months=months)]
    counted = recent[(recent["reason"] == "") & recent["value"].notna()]
    step = proposal.steps[-1]
    proposed = judge_frame(
        pd.DataFrame(
            {
                "value": counted["value"].astype(float),
                "direction": direction,
                "target_low": math.nan if step.low is None else step.low,
                "target_high": math.nan if step.high is None else step.high,
                "tolerance": step.tolerance,
            }
        )
    )["status"]
    return Capability(
        met=int((proposed == Status.MET).sum()),
        months=len(counted),
        met_before=int((counted["status"] == Status.MET).sum()),
        would_be_red=int((proposed == Status.MISSED).sum()),
        natural_low=None if limits is None or not math.isfinite(limits[0]) else float(limits[0]),
        natural_high=None if limits is None or not math.isfinite(limits[1]) else float(limits[1]),
        best_rival=best_rival,
    )


def _proposal(
    proposal_id: str, indicator_code: str, facts: Facts, who: str, role: str, at: datetime | None
) -> Proposal:
    steps = tuple(
        Step(
            date.fromisoformat(step["valid_from"]), _bound(step["low"]), _bound(step["high"]), float(step["tolerance"])
        )
        for step in facts["steps"]
    )
    return Proposal(
        proposal_id,
        indicator_code,
        text_in(facts, "scope_level"),
        text_in(facts, "scope_code"),
        steps,
        text_in(facts, "reason"),
        who,
        role,
        at,
        text_in(facts, "answers"),
    )


def _bound(value: float | None) -> float | None:
    return None if value is None else float(value)


def _open(found: dict[str, Proposal], made: Decision) -> None:
    fresh = _proposal(made.decision_id, made.subject, made.facts, made.who, made.role, made.happened_at)
    found[made.decision_id] = replace(fresh, history=(made,))
    before = found.get(fresh.answers)
    if before is not None:
        state = State.SUPERSEDED if before.state is State.OPEN else before.state
        found[fresh.answers] = replace(before, answered_by=fresh.proposal_id, state=state)


def _answered(proposal: Proposal, answer: Decision) -> Proposal:
    """A proposal that is no longer open hears no more answers, but keeps them in its history."""
    proposal = replace(proposal, history=(*proposal.history, answer))
    if proposal.state is not State.OPEN:
        return proposal
    if answer.kind is Kind.TARGET_REFUSED:
        return replace(proposal, state=State.REFUSED)
    side = Side(text_in(answer.facts, "side"))
    signed = proposal.signed | {side}
    agreed_by = text_in(answer.facts, "department") or answer.who if side is Side.OWNER else proposal.agreed_by
    if signed < frozenset(Side):
        return replace(proposal, signed=signed, agreed_by=agreed_by)
    return replace(
        proposal,
        signed=signed,
        agreed_by=agreed_by,
        state=State.AGREED,
        agreed_at=answer.happened_at,
        agreed_sequence=answer.sequence,
    )
