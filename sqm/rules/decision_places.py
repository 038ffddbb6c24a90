"""Whose store or district a decision is about: nobody decides on a place outside their own scope."""

from collections.abc import Iterable

from sqm.errors import SqmError
from sqm.rules.access import Scope
from sqm.rules.decisions import Decision, Draft, Kind, text_in

_NAMED = frozenset({Kind.APPEAL_RAISED, Kind.ACTION_OPENED, Kind.MEANS_CHOSEN})
_ANSWERS = frozenset({Kind.APPEAL_RULED, Kind.ACTION_MOVED, Kind.WITHDRAWN})


def place_of(decision: Draft | Decision, log: Iterable[Decision]) -> tuple[str, str] | None:
    """(district, store), store '' for a whole district; None where a decision is about no place. An answer, a step or a
    withdrawal is about the place of what it names."""
    lines = {each.decision_id: each for each in log}
    named: Draft | Decision | None = decision
    seen = 0
    while named is not None and named.kind in _ANSWERS and seen <= len(lines):
        named, seen = lines.get(named.subject), seen + 1
    if named is None or named.kind not in _NAMED:
        return None
    return text_in(named.facts, "district_code"), text_in(named.facts, "store_code")


def require_place(scope: Scope, decision: Draft | Decision, log: Iterable[Decision]) -> None:
    """Raise not_allowed for a place that the scope does not hold. A viewer of single stores sees the total of their
    district to compare, and decides nothing for it."""
    place = place_of(decision, log)
    if place is None:
        return
    district, store = place
    holds = scope.sees_store(store, district) if store else scope.sees_district(district) and scope.stores is None
    if not holds:
        raise SqmError("not_allowed", action=decision.kind.value, place=store or district)
