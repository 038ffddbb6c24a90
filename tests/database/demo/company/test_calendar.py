"""Months of the demo: 36 full ones before today."""

import itertools
from datetime import date

import pytest

from sqm.database.demo.company.calendar import MONTHS, Calendar


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 11, 21), date(2026, 10, 1)),
        (date(2026, 11, 30), date(2026, 10, 1)),
        (date(2026, 12, 1), date(2026, 11, 1)),
        (date(2027, 1, 1), date(2026, 12, 1)),
        (date(2028, 2, 29), date(2028, 1, 1)),
    ],
)
def test_it_ends_with_the_last_full_month(today: date, last: date) -> None:
    calendar = Calendar.until(today)
    assert calendar.last == last
    assert len(calendar.months) == MONTHS
    assert all((b.year * 12 + b.month) - (a.year * 12 + a.month) == 1 for a, b in itertools.pairwise(calendar.months))
    assert calendar.back(12) == last.replace(year=last.year - 1)


def test_months_have_their_days() -> None:
    calendar = Calendar.until(date(2028, 3, 5))
    assert list(calendar.lengths[-3:]) == [31, 31, 29]
    assert (calendar.starts[1:] == calendar.starts[:-1] + calendar.lengths[:-1]).all()


def test_three_januaries() -> None:
    calendar = Calendar.until(date(2026, 11, 21))
    assert [calendar.months[place].isoformat() for place in calendar.januaries()] == [
        "2024-01-01",
        "2025-01-01",
        "2026-01-01",
    ]
