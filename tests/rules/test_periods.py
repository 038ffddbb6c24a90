"""Month arithmetic and methods 1.6."""

from datetime import date, timedelta

import pytest

from sqm.rules.periods import (
    Period,
    add_months,
    last_full_month,
    month_of,
    month_range,
    months_between,
    rolling,
    year_to_date,
)
from sqm.rules.targets import Direction, Status
from sqm.rules.values import Kind

HIGHER = Direction.HIGHER


def test_month_arithmetic_is_its_own_inverse() -> None:
    start = date(1999, 11, 1)
    for step in range(-50, 700):
        month = add_months(start, step)
        assert month.day == 1 and months_between(start, month) == step and add_months(month, -step) == start


def test_last_full_month_over_four_years() -> None:
    day = date(2024, 1, 1)
    while day < date(2028, 1, 1):
        month = last_full_month(day)
        assert add_months(month, 1) == month_of(day)
        day += timedelta(days=1)


def test_month_range() -> None:
    assert month_range(date(2025, 12, 1), date(2026, 2, 1)) == (date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1))
    assert month_range(date(2026, 2, 1), date(2026, 1, 1)) == ()


def _year(values: list[tuple[float | None, float | None]], bound: float | None) -> list[Period]:
    return [Period(date(2026, place + 1, 1), *pair, bound) for place, pair in enumerate(values)]


def test_ratio_of_sums_not_mean_of_ratios() -> None:
    periods = _year([(90, 100), (100, 1000)], 0.5)
    got = year_to_date(periods, date(2026, 2, 1), Kind.SHARE, HIGHER, 0.0)
    assert got.value == pytest.approx(190 / 1100)
    assert got.judgement.status is Status.MISSED


def test_a_new_year_begins_anew_and_rolling_does_not() -> None:
    periods = [Period(date(2025, 12, 1), 5, None, 1), Period(date(2026, 1, 1), 7, None, 1)]
    assert year_to_date(periods, date(2026, 1, 1), Kind.COUNT, HIGHER, 0.0).value == 7
    assert rolling(periods, date(2026, 1, 1), 3, Kind.COUNT, HIGHER, 0.0).value == 12
    assert rolling(periods, date(2026, 1, 1), 3, Kind.COUNT, HIGHER, 0.0).expected == 3


def test_a_stock_is_its_last_value() -> None:
    got = year_to_date(_year([(5, None), (9, None), (None, None)], 8), date(2026, 3, 1), Kind.LEVEL, HIGHER, 0.0)
    assert (got.value, got.judgement.status, got.present, got.expected) == (9, Status.MET, 2, 3)


def test_coverage_decides_about_colour() -> None:
    two_of_three = _year([(1, 2), (1, 2), (None, None)], 0.4)
    assert year_to_date(two_of_three, date(2026, 3, 1), Kind.SHARE, HIGHER, 0.0).is_coloured
    assert not year_to_date(two_of_three, date(2026, 4, 1), Kind.SHARE, HIGHER, 0.0).is_coloured


def test_rate_is_scaled_once() -> None:
    got = year_to_date(_year([(3, 10000), (5, 10000)], 5), date(2026, 2, 1), Kind.RATE, HIGHER, 0.0, per=10000)
    assert got.value == pytest.approx(4.0)


def test_nothing_and_no_target() -> None:
    empty = year_to_date([], date(2026, 3, 1), Kind.SHARE, HIGHER, 0.0)
    assert (empty.value, empty.judgement.status, empty.is_coloured) == (None, Status.NO_DATA, False)
    half = [Period(date(2026, 1, 1), 1, 2, 0.5), Period(date(2026, 2, 1), 1, 2, None)]
    assert year_to_date(half, date(2026, 2, 1), Kind.SHARE, HIGHER, 0.0).judgement.status is Status.NO_TARGET
