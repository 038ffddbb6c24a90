"""What the province sets for all store audits, from a month on: pass mark, caps, sampling, days, minutes (D11).

One standard for everybody: no district or store may have its own, neither harder nor easier (rules/use_rules.py). A
month keeps the value that was in force in it, so a new standard never moves a score that was given before it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqm.rules.audits.audit_visits import CRITICAL_CAP, VisitRules
from sqm.rules.decisions import Decision, Draft, Kind, month_in, standing, text_in
from sqm.rules.stores.store_score import MinutesStandard

COMPANY = "company"


class Standard(StrEnum):
    """pass_mark, critical_cap, minor_cap: points of 100. sampled_share: 0-1 of the stores, a month.
    longest_gap_months: a store may wait for its next audit. report_day: of the month after. appeal_days: until an
    appeal is ruled. *_full, *_zero: minutes up to which a store has all points, and from which it has none."""

    PASS_MARK = "pass_mark"  # noqa: S105  a mark to pass, no password  # nosec B105
    CRITICAL_CAP = "critical_cap"
    MINOR_CAP = "minor_cap"
    SAMPLED_SHARE = "sampled_share"
    LONGEST_GAP_MONTHS = "longest_gap_months"
    REPORT_DAY = "report_day"
    APPEAL_DAYS = "appeal_days"
    WAITING_FULL = "waiting_full"
    WAITING_ZERO = "waiting_zero"
    HANDLING_FULL = "handling_full"
    HANDLING_ZERO = "handling_zero"


_BOUNDS = {
    Standard.PASS_MARK: (0.0, 100.0),
    Standard.CRITICAL_CAP: (0.0, 100.0),
    Standard.MINOR_CAP: (0.0, 100.0),
    Standard.SAMPLED_SHARE: (0.01, 1.0),
    Standard.LONGEST_GAP_MONTHS: (1.0, 60.0),
    Standard.REPORT_DAY: (1.0, 31.0),
    Standard.APPEAL_DAYS: (1.0, 365.0),
}
_MOST_MINUTES = 24.0 * 60.0
_WHOLE = frozenset({Standard.LONGEST_GAP_MONTHS, Standard.REPORT_DAY, Standard.APPEAL_DAYS})
_PAIRS = {
    "queueing": (Standard.WAITING_FULL, Standard.WAITING_ZERO),
    "handling": (Standard.HANDLING_FULL, Standard.HANDLING_ZERO),
}
"""Part of the composite -> the two ends of its minutes."""


@dataclass(frozen=True)
class Held:
    """A value from a month on. decision_id is '' for the catalogue's, which nobody takes back on a page."""

    standard: str
    valid_from: date
    value: float
    reason: str = ""
    decision_id: str = ""
    who: str = ""
    decided_at: datetime | None = None


def set_standard(
    name: Standard, value: float, valid_from: date, reason: str, level: str = COMPANY, scope_code: str = ""
) -> Draft:
    """ValueError without a reason. Whether it may be set at this level, in this month and to this value is checked, and
    an attempt to set it for a district or store written down, when it is recorded."""
    if not reason.strip():
        raise ValueError("a standard is set for a reason")
    facts = {
        "value": float(value),
        "month": valid_from.replace(day=1).isoformat(),
        "reason": reason.strip(),
        "scope_level": level,
        "scope_code": scope_code,
    }
    return Draft(Kind.STANDARD_SET, Standard(name).value, facts)


def set_on_page(decisions: Iterable[Decision]) -> tuple[Held, ...]:
    """What stands in the log, in its order."""
    return tuple(
        Held(
            each.subject,
            month_in(each.facts),
            float(each.facts["value"]),
            text_in(each.facts, "reason"),
            each.decision_id,
            each.who,
            each.happened_at,
        )
        for each in standing(decisions)
        if each.kind is Kind.STANDARD_SET
    )


def standards(catalogue: Iterable[Held], decisions: Iterable[Decision]) -> tuple[Held, ...]:
    """By month; of one month the page comes after the catalogue, and the last decision is the last."""
    return tuple(sorted((*catalogue, *set_on_page(decisions)), key=lambda each: each.valid_from))


def held_in(found: Sequence[Held], name: str, month: date) -> Held | None:
    """What is in force in a month; None before the first."""
    first = month.replace(day=1)
    began = [each for each in found if each.standard == name and each.valid_from <= first]
    return began[-1] if began else None


def standard_in(found: Sequence[Held], month: date, name: str, default: float | None = None) -> float | None:
    """The value in force in a month, or the default where the province set none."""
    held = held_in(found, name, month)
    return default if held is None else held.value


def visit_rules(found: Sequence[Held], month: date) -> VisitRules:
    """Caps of a visit in a month."""
    cap = standard_in(found, month, Standard.CRITICAL_CAP)
    return VisitRules(CRITICAL_CAP if cap is None else cap, standard_in(found, month, Standard.MINOR_CAP))


def minutes_standard(found: Sequence[Held], part: str, month: date) -> MinutesStandard | None:
    """part: queueing or handling. version, valid_from: of the later of its two ends; None unless both are set."""
    full, zero = (held_in(found, name, month) for name in _PAIRS[part])
    if full is None or zero is None:
        return None
    start = max(full.valid_from, zero.valid_from)
    return MinutesStandard(f"{part}-{start:%Y-%m}", start, full.value, zero.value)


def is_possible(name: str, value: float) -> bool:
    """Inside the bounds of the standard; days and months are whole."""
    if name not in set(Standard):
        return False
    low, high = _BOUNDS.get(Standard(name), (0.0, _MOST_MINUTES))
    return low <= value <= high and (name not in _WHOLE or value == int(value))


def crossed(found: Sequence[Held]) -> Held | None:
    """The first one that puts the end of full marks at or after the beginning of none; None when all is well."""
    for each in found:
        for full_name, zero_name in _PAIRS.values():
            if each.standard in (full_name, zero_name):
                full, zero = (held_in(found, name, each.valid_from) for name in (full_name, zero_name))
                if full is not None and zero is not None and not full.value < zero.value:
                    return each
    return None


def first_moved(before: Iterable[Decision], after: Iterable[Decision]) -> date | None:
    """The first month that a decision, or a withdrawal, sets otherwise; None when none does."""
    return min((each.valid_from for each in set(set_on_page(before)) ^ set(set_on_page(after))), default=None)
