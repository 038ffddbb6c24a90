"""Reports by the 5th of the month after: on time, late, missing, not due yet."""

from datetime import date

import pytest

from sqm.rules.audits.submissions import Report, State, due_on, report, tracker

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        (OCTOBER, 5, date(2026, 11, 5)),
        (date(2026, 12, 1), 5, date(2027, 1, 5)),
        (date(2027, 1, 31), 31, date(2027, 2, 28)),
        (date(2028, 1, 1), 31, date(2028, 2, 29)),
    ],
)
def test_the_day(month: date, day: int, expected: date) -> None:
    assert due_on(month, day) == expected


@pytest.mark.parametrize(
    ("submitted", "today", "state", "late"),
    [
        (date(2026, 11, 5), date(2026, 11, 22), State.ON_TIME, 0),
        (date(2026, 10, 28), date(2026, 11, 22), State.ON_TIME, 0),
        (date(2026, 11, 6), date(2026, 11, 22), State.LATE, 1),
        (None, date(2026, 11, 5), State.NOT_DUE, 0),
        (None, date(2026, 11, 6), State.MISSING, 1),
        (None, date(2026, 11, 22), State.MISSING, 17),
    ],
)
def test_states_by_hand(submitted: date | None, today: date, state: State, late: int) -> None:
    assert report("D1", OCTOBER, submitted, today) == Report("D1", OCTOBER, state, date(2026, 11, 5), submitted, late)


def test_the_first_report_of_a_month_counts_and_each_month_has_its_standard() -> None:
    sent = [("D1", OCTOBER, date(2026, 11, 9)), ("D1", OCTOBER, date(2026, 11, 4)), ("D2", OCTOBER, date(2026, 11, 9))]
    found = tracker(["D1", "D2"], [OCTOBER, NOVEMBER], sent, date(2026, 11, 22))
    assert [(each.district_code, each.state, each.days_late) for each in found] == [
        ("D1", State.ON_TIME, 0),
        ("D1", State.NOT_DUE, 0),
        ("D2", State.LATE, 4),
        ("D2", State.NOT_DUE, 0),
    ]
    eased = tracker(["D2"], [OCTOBER], sent, date(2026, 11, 22), {OCTOBER: 10.0})
    assert eased[0].state is State.ON_TIME and eased[0].due_on == date(2026, 11, 10)
