"""What cannot be decided about store audits: refused before anything is stored, with a code that names why."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqm.database.connection import Cursor
from sqm.database.deciding import use_rules
from sqm.database.queries import query
from sqm.errors import SqmError
from sqm.rules.audits import appeals, audit_standards, supplementary, visit_reports
from sqm.rules.audits.audit_standards import Held
from sqm.rules.decisions import Decision, Kind, month_in, text_in
from sqm.rules.periods import month_of
from sqm.rules.stores import actions

_GUARD = 1e-9
Log = Sequence[Decision]


def refuse_impossible(cursor: Cursor, before: Log, after: Log, today: date) -> None:
    """Raise SqmError if the newest decision of ``after`` cannot be made on the log of ``before``.

    audit_item_unknown, audit_visit_unknown, audit_visit_rejected, audit_place_wrong (the store or district is not the
    one of the visit, or unknown), audit_points_outside, appeal_same_points, appeal_open, own_appeal, decision_unknown,
    decision_closed, action_deadline_over, action_step, means_count, month_over, standard_value, standard_crossed,
    use_rule, month_sealed.
    """
    newest = after[-1]
    use_rules.refuse_decision(cursor, newest)
    if newest.kind is Kind.APPEAL_RAISED:
        _refuse_appeal(cursor, before, newest)
    elif newest.kind is Kind.APPEAL_RULED:
        _refuse_ruling(cursor, before, newest)
    elif newest.kind is Kind.VISIT_REJECTED:
        _refuse_rejection(cursor, before, newest)
    elif newest.kind is Kind.ACTION_OPENED:
        _refuse_action(cursor, newest, today)
    elif newest.kind is Kind.ACTION_MOVED:
        _refuse_step(before, newest)
    elif newest.kind is Kind.STANDARD_SET:
        _refuse_value(newest)
    elif newest.kind is Kind.MEANS_CHOSEN:
        _refuse_means(cursor, newest, today)
    elif newest.kind is Kind.WITHDRAWN:
        _refuse_withdrawal(before, newest)
    _refuse_double(before, after)
    _refuse_moved(cursor, before, after, today)


def _refuse_appeal(cursor: Cursor, before: Log, newest: Decision) -> None:
    store, district, points, most = _mark(cursor, newest.subject, text_in(newest.facts, "item_code"))
    if newest.subject in visit_reports.rejected(before):
        raise SqmError("audit_visit_rejected", visit=newest.subject)
    if (text_in(newest.facts, "store_code"), text_in(newest.facts, "district_code")) != (store, district):
        raise SqmError("audit_place_wrong", place=text_in(newest.facts, "store_code"))
    claimed = appeals.points_in(newest.facts, "claimed")
    _refuse_points(claimed, most)
    if claimed == points or (claimed is not None and points is not None and abs(claimed - points) <= _GUARD):
        raise SqmError("appeal_same_points")


def _refuse_ruling(cursor: Cursor, before: Log, newest: Decision) -> None:
    found = next((each for each in appeals.appeals(before) if each.appeal_id == newest.subject), None)
    if found is None:
        raise SqmError("decision_unknown", decision=newest.subject)
    if not found.is_open:
        raise SqmError("decision_closed", state=found.state.value)
    if found.who == newest.who:
        raise SqmError("own_appeal")
    _, _, _, most = _mark(cursor, found.visit_id, found.item_code)
    if text_in(newest.facts, "verdict") == appeals.Verdict.PARTLY:
        _refuse_points(appeals.points_in(newest.facts, "points"), most)


def _refuse_points(points: float | None, most: float) -> None:
    if points is not None and not 0.0 <= points <= most + _GUARD:
        raise SqmError("audit_points_outside", most=f"{most:g}")


def _refuse_rejection(cursor: Cursor, before: Log, newest: Decision) -> None:
    _store_of(cursor, newest.subject)
    if newest.subject in visit_reports.rejected(before):
        raise SqmError("decision_closed", state="rejected")


def _refuse_action(cursor: Cursor, newest: Decision, today: date) -> None:
    facts = newest.facts
    store, district, visit = (text_in(facts, name) for name in ("store_code", "district_code", "visit_id"))
    if store:
        row = cursor.execute(query("audit_effects", "district_of_store"), {"store_code": store}).fetchone()
        known = row is not None and row[0] == district
    else:
        known = _is_district(cursor, district)
    if not known:
        raise SqmError("audit_place_wrong", place=store or district)
    if visit and _store_of(cursor, visit) != store:
        raise SqmError("audit_place_wrong", place=store)
    if date.fromisoformat(text_in(facts, "deadline")) < today:
        raise SqmError("action_deadline_over")


def _refuse_step(before: Log, newest: Decision) -> None:
    found = next((each for each in actions.actions(before) if each.action_id == newest.subject), None)
    if found is None:
        raise SqmError("decision_unknown", decision=newest.subject)
    if not found.is_open:
        raise SqmError("decision_closed", state=found.state.value)
    if not found.may_move_to(actions.State(text_in(newest.facts, "state"))):
        raise SqmError("action_step")


def _refuse_value(newest: Decision) -> None:
    if not audit_standards.is_possible(newest.subject, float(newest.facts["value"])):
        raise SqmError("standard_value", standard=newest.subject)


def _refuse_means(cursor: Cursor, newest: Decision, today: date) -> None:
    if not supplementary.is_allowed(newest.facts["means"]):
        raise SqmError("means_count")
    if not _is_district(cursor, newest.subject) or text_in(newest.facts, "district_code") != newest.subject:
        raise SqmError("audit_place_wrong", place=newest.subject)
    if month_in(newest.facts) < month_of(today):
        raise SqmError("month_over", month=month_in(newest.facts))


def _refuse_withdrawal(before: Log, newest: Decision) -> None:
    """A ruled appeal stays: else a store could take back what was ruled against it, and what was queried with it."""
    found = next((each for each in appeals.appeals(before) if each.appeal_id == newest.subject), None)
    if found is not None and not found.is_open:
        raise SqmError("decision_closed", state=found.state.value)


def _refuse_double(before: Log, after: Log) -> None:
    """Whatever was decided or taken back: an item of a visit waits for one ruling at a time."""
    old, new = (
        Counter((each.visit_id, each.item_code) for each in appeals.appeals(log) if each.is_open)
        for log in (before, after)
    )
    if any(count > 1 and count > old[place] for place, count in new.items()):
        raise SqmError("appeal_open")


def _refuse_moved(cursor: Cursor, before: Log, after: Log, today: date) -> None:
    """A month that is over keeps its standards, whatever is decided or taken back later."""
    moved = audit_standards.first_moved(before, after)
    if moved is None:
        return
    sealed = cursor.execute(query("decisions", "last_sealed")).fetchone()[0]
    if sealed is not None and moved <= sealed:
        raise SqmError("month_sealed", month=sealed)
    if moved < month_of(today):
        raise SqmError("month_over", month=moved)
    crossed = audit_standards.crossed(audit_standards.standards(_catalogue(cursor), after))
    if crossed is not None:
        raise SqmError("standard_crossed", standard=crossed.standard)


def _catalogue(cursor: Cursor) -> list[Held]:
    rows = cursor.execute(query("audit_effects", "standards")).fetchall()
    return [Held(standard, start, float(value), reason) for standard, start, value, reason in rows]


def _mark(cursor: Cursor, visit_id: str, item_code: str) -> tuple[str, str, float | None, float]:
    """(store, district, points, the most) of an item of a visit."""
    row = cursor.execute(query("audit_effects", "mark"), {"visit_id": visit_id, "item_code": item_code}).fetchone()
    if row is None:
        raise SqmError("audit_item_unknown", visit=visit_id, item=item_code)
    return str(row[0]), str(row[1]), row[2], float(row[3])


def _store_of(cursor: Cursor, visit_id: str) -> str:
    row = cursor.execute(query("audit_effects", "visit"), {"visit_id": visit_id}).fetchone()
    if row is None:
        raise SqmError("audit_visit_unknown", visit=visit_id)
    return str(row[0])


def _is_district(cursor: Cursor, code: str) -> bool:
    return bool(cursor.execute(query("audit_effects", "has_district"), {"district_code": code}).fetchone()[0])
