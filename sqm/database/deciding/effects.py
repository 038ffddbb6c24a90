"""What decisions do to the tables that queries read: agreed targets and accepted indicators. And what is refused.

The tables hold exactly what the log says: with each decision, what no longer stands goes and what is new comes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqm.database import marts
from sqm.database.connection import Cursor
from sqm.database.deciding import audit_effects, people, study_effects
from sqm.database.queries import query
from sqm.errors import SqmError
from sqm.rules.decisions import Decision, Kind, standing, text_in
from sqm.rules.matrix import agreements, editions
from sqm.rules.matrix.agreements import AgreedStep, Proposal
from sqm.rules.matrix.editions import NewIndicator
from sqm.rules.periods import month_of
from sqm.rules.rivals import index_weights

_AFTER_CATALOGUE = 10_000


@dataclass(frozen=True)
class Folded:
    """A log and what the rules make of it."""

    log: tuple[Decision, ...]
    proposals: tuple[Proposal, ...]
    agreed: tuple[AgreedStep, ...]
    new_indicators: tuple[NewIndicator, ...]


def fold(log: Sequence[Decision]) -> Folded:
    """What stands after these decisions."""
    proposed = agreements.proposals(log)
    return Folded(tuple(log), proposed, agreements.in_force(proposed), editions.new_indicators(log))


def settle(cursor: Cursor, before: Folded, after: Folded) -> None:
    """Let what was decided between the two take effect on targets and indicators."""
    _settle_targets(cursor, before.agreed, after.agreed)
    if before.new_indicators != after.new_indicators:
        settle_indicators(cursor, after)
    study_effects.settle(cursor, before.log, after.log)
    people.settle(cursor, before.log, after.log)


def settle_indicators(cursor: Cursor, now: Folded) -> None:
    """All accepted indicators as the log says, also after a new catalogue. Those of a survey item get their values."""
    before = set(cursor.execute(query("decisions", "accepted_items")).fetchall())
    cursor.execute(query("decisions", "take_indicators"))
    for place, each in enumerate(_accepted(now), start=1):
        cursor.execute(
            query("decisions", "add_indicator"),
            {
                **each.definition,
                "indicator_code": each.indicator_code,
                "valid_from": each.valid_from,
                "position": _AFTER_CATALOGUE + place,
                "batch_id": each.decision_id,
            },
        )
    changed = before ^ set(cursor.execute(query("decisions", "accepted_items")).fetchall())
    if changed:
        cursor.execute(query("marts", "create_touched"))
        for code, survey, item in sorted(changed):
            values = {"indicator_code": code, "survey_code": survey, "item_code": item}
            cursor.execute(query("decisions", "touch_item"), values)
        marts.refresh_touched(cursor)


def refuse_impossible(cursor: Cursor, before: Folded, after: Folded, today: date) -> None:
    """Raise SqmError if the newest decision of ``after`` cannot be made on the log of ``before``.

    decision_unknown (what it answers or withdraws does not stand), decision_closed (answered before), seal_stands,
    indicator_not_listed, target_problem (problems: codes of agreements.Problem), indicator_code_taken,
    indicator_place_unknown, month_sealed (month: it would change a sealed month), index_month_over (month: it would
    change the weights of a month that is over). Of studies, store audits and people: see study_effects, audit_effects
    and people.
    """
    decision = after.log[-1]
    if decision.kind is Kind.WITHDRAWN:
        _refuse_withdrawal(before, decision)
    elif decision.kind is Kind.TARGET_PROPOSED:
        _refuse_proposal(cursor, before, after, decision, today)
    elif decision.kind in (Kind.TARGET_SIGNED, Kind.TARGET_REFUSED):
        _refuse_answer(cursor, before, decision, today)
    elif decision.kind in (Kind.INDICATOR_ACCEPTED, Kind.INDICATOR_REFUSED):
        _refuse_verdict(cursor, before, decision)
    study_effects.refuse_impossible(cursor, before.log, after.log)
    audit_effects.refuse_impossible(cursor, before.log, after.log, today)
    people.refuse_impossible(before.log, after.log)
    _refuse_past(cursor, before, after, today)
    _refuse_other_weights(before, after, today)


def _settle_targets(cursor: Cursor, before: Sequence[AgreedStep], after: Sequence[AgreedStep]) -> None:
    old, new = set(before), set(after)
    for row in before:
        if row not in new:
            key = {"batch_id": row.proposal_id, "valid_from": row.step.valid_from}
            cursor.execute(query("decisions", "take_target"), key)
    for row in after:
        if row in old:
            continue
        cursor.execute(
            query("decisions", "add_target"),
            {
                "indicator_code": row.indicator_code,
                "scope_level": row.scope_level,
                "scope_code": row.scope_code,
                "valid_from": row.step.valid_from,
                "low": row.step.low,
                "high": row.step.high,
                "tolerance": row.step.tolerance,
                "agreed_by": row.agreed_by,
                "reason": row.reason,
                "batch_id": row.proposal_id,
            },
        )


def _refuse_withdrawal(before: Folded, decision: Decision) -> None:
    """A standing decision, or a withdrawal that still holds, may be withdrawn; a seal never."""
    log = before.log
    withdrawn = {each.decision_id for each in log} - {each.decision_id for each in standing(log)}
    named = next((each for each in log if each.decision_id == decision.subject), None)
    if named is None or (named.kind is not Kind.WITHDRAWN and named.decision_id in withdrawn):
        raise SqmError("decision_unknown", decision=decision.subject)
    if named.kind is Kind.MONTH_SEALED:
        raise SqmError("seal_stands", month=named.subject)


def _refuse_proposal(cursor: Cursor, before: Folded, after: Folded, decision: Decision, today: date) -> None:
    answers = text_in(decision.facts, "answers")
    if answers and answers not in {each.proposal_id for each in before.proposals}:
        raise SqmError("decision_unknown", decision=answers)
    _refuse_target(cursor, after.proposals[-1], today)


def _refuse_answer(cursor: Cursor, before: Folded, decision: Decision, today: date) -> None:
    proposal = next((each for each in before.proposals if each.proposal_id == decision.subject), None)
    if proposal is None:
        raise SqmError("decision_unknown", decision=decision.subject)
    if proposal.state is not agreements.State.OPEN:
        raise SqmError("decision_closed", state=proposal.state.value)
    if decision.kind is Kind.TARGET_SIGNED:
        _refuse_target(cursor, proposal, today)


def _refuse_target(cursor: Cursor, proposal: Proposal, today: date) -> None:
    known = {code: direction for code, direction, _ in cursor.execute(query("decisions", "directions")).fetchall()}
    if proposal.indicator_code not in known:
        raise SqmError("indicator_not_listed", indicator=proposal.indicator_code)
    sealed = _last_sealed(cursor)
    problems = agreements.check(proposal, known[proposal.indicator_code], today, [sealed] if sealed else [])
    if problems:
        raise SqmError("target_problem", problems=", ".join(problems))


def _refuse_verdict(cursor: Cursor, before: Folded, decision: Decision) -> None:
    proposed = next((each for each in before.new_indicators if each.proposal_id == decision.subject), None)
    if proposed is None:
        raise SqmError("decision_unknown", decision=decision.subject)
    if proposed.state is not editions.State.PROPOSED:
        raise SqmError("decision_closed", state=proposed.state.value)
    if decision.kind is Kind.INDICATOR_REFUSED:
        return
    code = text_in(decision.facts, "indicator_code")
    taken = {row[0] for row in cursor.execute(query("decisions", "directions")).fetchall()}
    if not code or code in taken:
        raise SqmError("indicator_code_taken", indicator=code)
    places = {row[0] for row in cursor.execute(query("decisions", "known_codes")).fetchall()}
    for name in ("process_code", "dimension_code"):
        if proposed.definition[name] not in places:
            raise SqmError("indicator_place_unknown", place=proposed.definition[name])


def _refuse_past(cursor: Cursor, before: Folded, after: Folded, today: date) -> None:
    """Whatever was decided: no target or indicator may come or go that reaches a sealed month, and no target may come
    that starts in a month that is over. So a judged month never changes because somebody decided something."""
    old, new = set(before.agreed), set(after.agreed)
    starts = [row.step.valid_from for row in old ^ new]
    listed, lists = ({(each.indicator_code, each.valid_from) for each in _accepted(log)} for log in (before, after))
    starts += [start for _, start in listed ^ lists if start is not None]
    sealed = _last_sealed(cursor) if starts else None
    if sealed is not None and min(starts) <= sealed:
        raise SqmError("month_sealed", month=sealed)
    if any(row.step.valid_from < month_of(today) for row in new - old):
        raise SqmError("target_problem", problems=agreements.Problem.BEFORE_CURRENT_MONTH.value)


def _refuse_other_weights(before: Folded, after: Folded, today: date) -> None:
    """The index of a month that is over keeps its weights, whatever is decided or taken back later."""
    moved = index_weights.first_moved(before.log, after.log)
    if moved is not None and moved < month_of(today):
        raise SqmError("index_month_over", month=moved)


def _accepted(log: Folded) -> list[NewIndicator]:
    return [each for each in log.new_indicators if each.state is editions.State.ACCEPTED]


def _last_sealed(cursor: Cursor) -> date | None:
    found: date | None = cursor.execute(query("decisions", "last_sealed")).fetchone()[0]
    return found
