"""Months and the figures that span several of them: year to date and rolling windows (methods 1.6).

Ratios are pooled (sum of numerators over sum of denominators), never averaged; counts are added; a stock is its last
value. A month without data gives neither value nor target.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqm.rules.targets import Direction, Judgement, Target, is_complete, judge
from sqm.rules.values import Kind, value_of

COVERAGE_TO_COLOUR = 2 / 3
"""A span is coloured only if at least this share of its elapsed months has data."""


@dataclass(frozen=True)
class Period:
    """One month of one indicator: its sums (numerator None: no data) and the bounds in force in it."""

    month: date
    numerator: float | None
    denominator: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Span:
    """A figure over several months. present of expected months had data; is_coloured: enough of them to judge by."""

    value: float | None
    low: float | None
    high: float | None
    judgement: Judgement
    present: int
    expected: int
    is_coloured: bool


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return date(day.year, day.month, 1)


def add_months(month: date, count: int) -> date:
    """The month ``count`` months later (earlier when negative)."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def months_between(first: date, last: date) -> int:
    """How many months last lies after first (same month: 0)."""
    return (last.year - first.year) * 12 + last.month - first.month


def month_range(first: date, last: date) -> tuple[date, ...]:
    """Every month from first to last, both included; empty when last is before first."""
    return tuple(add_months(first, step) for step in range(months_between(first, last) + 1))


def last_full_month(today: date) -> date:
    """The newest month that is over; on the last day of a month that month is not."""
    return add_months(today, -1)


def year_start(month: date) -> date:
    """January of a month's year."""
    return date(month.year, 1, 1)


def year_to_date(
    periods: Sequence[Period], month: date, kind: Kind, direction: Direction, tolerance: float, per: float = 1.0
) -> Span:
    """January to ``month``. Periods outside are ignored; months without a row count as missing."""
    first = year_start(month)
    return span(periods, first, month, kind, direction, tolerance, per)


def rolling(
    periods: Sequence[Period],
    month: date,
    size: int,
    kind: Kind,
    direction: Direction,
    tolerance: float,
    per: float = 1.0,
) -> Span:
    """The ``size`` months that end with ``month``. Never draw a control chart on it: windows overlap."""
    return span(periods, add_months(month, 1 - size), month, kind, direction, tolerance, per)


def span(
    periods: Sequence[Period],
    first: date,
    last: date,
    kind: Kind,
    direction: Direction,
    tolerance: float,
    per: float = 1.0,
) -> Span:
    """Value, target and status over the months first..last."""
    expected = months_between(first, last) + 1
    inside = sorted((each for each in periods if first <= each.month <= last), key=lambda each: each.month)
    present = [each for each in inside if value_of(each.numerator, each.denominator, kind, per) is not None]
    value = _pooled(present, kind, per)
    low = _pooled_bound([each.low for each in present], present, kind)
    high = _pooled_bound([each.high for each in present], present, kind)
    target = Target(low, high, tolerance, direction, first) if is_complete(low, high, direction) else None
    coverage = len(present) / expected if expected > 0 else 0.0
    return Span(
        value=value,
        low=low,
        high=high,
        judgement=judge(value, target),
        present=len(present),
        expected=expected,
        is_coloured=coverage >= COVERAGE_TO_COLOUR - 1e-9,
    )


def _pooled(present: Sequence[Period], kind: Kind, per: float) -> float | None:
    if not present:
        return None
    if kind is Kind.LEVEL:
        return value_of(present[-1].numerator, None, kind)
    numerator = sum(each.numerator or 0.0 for each in present)
    denominator = sum(each.denominator or 0.0 for each in present)
    return value_of(numerator, denominator, kind, per)


def _pooled_bound(bounds: Sequence[float | None], present: Sequence[Period], kind: Kind) -> float | None:
    """Counts: sum; stocks: last; ratios: mean weighted by denominators. A month with data but without target: none."""
    known = [bound for bound in bounds if bound is not None]
    if not known or len(known) < len(bounds):
        return None
    if kind is Kind.COUNT:
        return sum(known)
    if kind is Kind.LEVEL:
        return known[-1]
    weights = [each.denominator or 0.0 for each in present]
    return sum(weight * bound for weight, bound in zip(weights, known, strict=True)) / sum(weights)
