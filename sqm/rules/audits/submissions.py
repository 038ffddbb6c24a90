"""Who reported last month's own audits in time: by the 5th of the month after, who is late is visible (D26)."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqm.rules.periods import add_months, month_of

REPORT_DAY = 5


class State(StrEnum):
    """missing: the day is over and nothing came. not_due: it is not over yet."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not_due"


@dataclass(frozen=True)
class Report:
    """A district's report of one month. days_late: after due_on when it came, or until today while it is missing."""

    district_code: str
    month: date
    state: State
    due_on: date
    submitted_on: date | None
    days_late: int


def due_on(month: date, report_day: float = REPORT_DAY) -> date:
    """The report day of the month after; the last day of a month that is shorter."""
    after = add_months(month_of(month), 1)
    last = calendar.monthrange(after.year, after.month)[1]
    return after.replace(day=min(max(int(report_day), 1), last))


def report(
    district_code: str, month: date, submitted_on: date | None, today: date, report_day: float = REPORT_DAY
) -> Report:
    """A report on the day itself is on time."""
    due = due_on(month, report_day)
    if submitted_on is not None:
        state = State.LATE if submitted_on > due else State.ON_TIME
    else:
        state = State.MISSING if today > due else State.NOT_DUE
    behind = (submitted_on or today) - due
    return Report(district_code, month_of(month), state, due, submitted_on, max(behind.days, 0))


def tracker(
    districts: Iterable[str],
    months: Iterable[date],
    submitted: Iterable[tuple[str, date, date]],
    today: date,
    report_days: Mapping[date, float] | None = None,
) -> tuple[Report, ...]:
    """submitted: district, month, day; of several reports of a month the first counts, for a correction that comes
    later makes nobody late. report_days: by month, the 5th where it says nothing. District by district."""
    first: dict[tuple[str, date], date] = {}
    for district, month, day in submitted:
        place = (district, month_of(month))
        first[place] = min(day, first.get(place, day))
    days, asked = report_days or {}, [month_of(month) for month in months]
    return tuple(
        report(district, month, first.get((district, month)), today, days.get(month, REPORT_DAY))
        for district in districts
        for month in asked
    )
