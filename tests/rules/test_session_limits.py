"""When a session is over by time."""

import pytest

from sqm.rules.session_limits import End, Limits, end_of


@pytest.mark.parametrize(
    ("last", "now", "end"),
    [
        (0, 1799, None),
        (0, 1800, End.IDLE),
        (42_000, 43_199, None),
        (43_199, 43_200, End.TOO_LONG),
        (0, 50_000, End.TOO_LONG),
    ],
)
def test_thirty_minutes_idle_and_twelve_hours(last: float, now: float, end: End | None) -> None:
    assert end_of(0, last, now, Limits()) is end


def test_other_limits() -> None:
    assert end_of(0, 5, 8, Limits(idle=3, longest=100)) is End.IDLE
    assert end_of(0, 5, 7, Limits(idle=3, longest=7)) is End.TOO_LONG
