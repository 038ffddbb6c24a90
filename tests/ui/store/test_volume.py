"""What is said of a store's business: whether the counter empties because customers leave or serve themselves."""

from datetime import date

import pytest

from sqm.rules.periods import add_months
from sqm.ui.store.blocks import volume_block
from sqm.ui.store.doors import data_volumes
from sqm.ui.store.doors.data_volumes import VolumeMonth

LAST = date(2026, 10, 1)


def _years(then: tuple[int, int], now: tuple[int, int]) -> tuple[VolumeMonth, ...]:
    """24 months; (counter, self-service) a month in the first and in the second year."""
    months = [add_months(LAST, back) for back in range(-23, 1)]
    return tuple(VolumeMonth(month, *(then if place < 12 else now), 0) for place, month in enumerate(months))


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ((100, 50), (80, 70), "Customers move to self-service: business 0 % in a year, the counter −20 %"),
        ((100, 50), (80, 50), "Business shrinks: −13 % in a year, the counter −20 %"),
        ((100, 50), (100, 65), "The counter is not relieved: business +10 % in a year, the counter 0 %"),
    ],
)
def test_two_years_are_compared(then: tuple[int, int], now: tuple[int, int], said: str) -> None:
    assert volume_block.finding(_years(then, now)).replace("\u00a0", " ") == said


def test_without_two_whole_years_the_last_month_is_told() -> None:
    months = _years((100, 50), (60, 40))[1:]
    told = volume_block.finding(months).replace("\u00a0", " ")
    assert told == "40 % of 100 transactions were made on self-service devices in Oct 2026"


def test_a_year_is_twelve_months_or_none() -> None:
    months = _years((1, 1), (2, 2))
    assert [each.counter for each in data_volumes.in_year(months, LAST)] == [2] * 12
    assert [each.counter for each in data_volumes.in_year(months, LAST, back=1)] == [1] * 12
    assert data_volumes.in_year(months[:-1], LAST) == ()
    assert data_volumes.in_year(months, LAST, back=2) == ()
