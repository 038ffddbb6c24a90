"""Where a process is known to have changed, and which points say nothing about it: marks of the watch charts.

Both carry a reason, because both change what counts as a signal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqm.rules.decisions import Decision, Draft, Kind, month_in, standing, text_in

COMPANY = ("company", "")


@dataclass(frozen=True)
class Marks:
    """Month -> reason. rebase: first months of a new baseline. excluded: points that make no limits.

    ids: the decision behind each (kind of mark, month), for who wants to take it back.
    """

    rebase: dict[date, str]
    excluded: dict[date, str]
    ids: dict[tuple[Kind, date], str]


def rebase(indicator_code: str, month: date, reason: str, scope: tuple[str, str] = COMPANY) -> Draft:
    """The process is another one from this month on."""
    return _draft(Kind.REBASED, indicator_code, month, reason, scope)


def exclude(indicator_code: str, month: date, reason: str, scope: tuple[str, str] = COMPANY) -> Draft:
    """This month has a cause of its own and is no measure of the process."""
    return _draft(Kind.POINT_EXCLUDED, indicator_code, month, reason, scope)


def marks(decisions: Iterable[Decision], indicator_code: str, scope: tuple[str, str] = COMPANY) -> Marks:
    """The standing marks of one indicator on one scope (level, code); of two on a month the later reason holds."""
    return all_marks(decisions).get((indicator_code, *scope), Marks({}, {}, {}))


def all_marks(decisions: Iterable[Decision]) -> dict[tuple[str, str, str], Marks]:
    """Marks of every indicator and scope that has some: (indicator code, level, scope code) -> Marks."""
    found: dict[tuple[str, str, str], Marks] = {}
    for decision in standing(decisions):
        if decision.kind not in (Kind.REBASED, Kind.POINT_EXCLUDED):
            continue
        facts = decision.facts
        key = (decision.subject, text_in(facts, "scope_level"), text_in(facts, "scope_code"))
        mine = found.setdefault(key, Marks({}, {}, {}))
        month = month_in(facts)
        of_kind = mine.rebase if decision.kind is Kind.REBASED else mine.excluded
        of_kind[month] = text_in(facts, "reason")
        mine.ids[decision.kind, month] = decision.decision_id
    return found


def _draft(kind: Kind, indicator_code: str, month: date, reason: str, scope: tuple[str, str]) -> Draft:
    if not reason.strip():
        raise ValueError("a mark on a chart has a reason")
    facts = {
        "month": month.replace(day=1).isoformat(),
        "reason": reason.strip(),
        "scope_level": scope[0],
        "scope_code": scope[1],
    }
    return Draft(kind, indicator_code, facts)
