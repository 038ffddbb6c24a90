"""Doors to judged indicators: every month of a place is judged once and kept, so that a filter costs a look-up.

Kept by their arguments (look-up: a microsecond) and shared by all viewers without a copy: nobody may change them.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.indicators import indicators
from sqm.database.indicators.indicators import COMPANY, Place
from sqm.rules.access import Scope
from sqm.rules.drivers import watermelon
from sqm.rules.matrix import matrix, series
from sqm.rules.periods import add_months
from sqm.rules.targets import Status
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, all_months, all_targets, records

__all__ = ["COMPANY", "MonthView", "Place", "judged_months", "month_view", "reporting"]

SPARK_MONTHS = 13
REPORTING_MONTHS = 3


@dataclass(frozen=True)
class MonthView:
    """One month of one place, judged, as plain records (a look-up in a frame costs a thousand times more).

    rows: by indicator code, in matrix order. cells: by cell code (promotions.perception). before: the month that
    ``changes`` compares with (published, else the one before). streaks: months in a row that an indicator has missed.
    lines: its last 13 values, oldest first (NaN: none). hidden: processes that are green outside and red inside.
    """

    month: date
    rows: dict[str, Record]
    cells: dict[str, Record]
    weakest: tuple[Record, ...]
    tally: dict[Status, int]
    tally_before: dict[Status, int]
    before: date
    changes: matrix.Changes
    streaks: dict[str, int]
    lines: dict[str, tuple[float, ...]]
    hidden: tuple[str, ...]

    @property
    def statuses(self) -> dict[str, str]:
        """indicator -> status."""
        return {code: str(row["status"]) for code, row in self.rows.items()}


def cell_code(process: str, dimension: str) -> str:
    """As it stands in the address: promotions.perception."""
    return f"{process}.{dimension}"


@lru_cache(maxsize=60)
def _judged_months(at: Stamp, scope: Scope, place: Place) -> pd.DataFrame:
    db = database()
    months = all_months().all
    if not months:
        return pd.DataFrame()
    return series.judge_months(
        indicators.catalogue(db),
        indicators.sums(db, scope, place, months[0], months[-1]),
        all_targets(),
        months[0],
        months[-1],
        scope_level=place.level,
        scope_code=place.code,
    )


def judged_months(scope: Scope, place: Place = COMPANY) -> pd.DataFrame:
    """All months of a place: see series.judge_months."""
    return _judged_months(stamp(), scope, place)


@lru_cache(maxsize=KEPT)
def _month_view(at: Stamp, scope: Scope, month: date, place: Place) -> MonthView:
    judged = _judged_months(at, scope, place)
    by_month = {pd.Timestamp(str(each)).date(): rows for each, rows in judged.groupby("month", sort=True)}
    rows = by_month[month].reset_index(drop=True)
    before = all_months().published_before(month) or add_months(month, -1)
    former = by_month.get(before, judged.iloc[:0])
    return MonthView(
        month=month,
        rows={str(row["indicator_code"]): row for row in records(rows)},
        cells={cell_code(row["process_code"], row["dimension_code"]): row for row in records(matrix.cells(rows))},
        weakest=tuple(records(matrix.weakest(rows))),
        tally=matrix.tally(rows),
        tally_before=matrix.tally(by_month.get(add_months(month, -1), judged.iloc[:0])),
        before=before,
        changes=matrix.changes(rows, former) if len(former) else matrix.Changes((), (), ()),
        streaks={str(code): int(count) for code, count in series.months_in_a_row(judged, month).items()},
        lines=_lines(judged, month),
        hidden=watermelon.hidden(rows, month),
    )


def month_view(scope: Scope, month: date, place: Place = COMPANY) -> MonthView:
    """A month that all_months() names."""
    return _month_view(stamp(), scope, month, place)


def _lines(judged: pd.DataFrame, month: date) -> dict[str, tuple[float, ...]]:
    wanted = [pd.Timestamp(add_months(month, step)) for step in range(1 - SPARK_MONTHS, 1)]
    grid = judged.pivot(index="month", columns="indicator_code", values="value").reindex(wanted)
    return {str(code): tuple(float(value) for value in grid[code]) for code in grid.columns}


@dataclass(frozen=True)
class Reporting:
    """What a district sent in a month: indicators present, of those it sent in any of the three months before."""

    district_code: str
    present: int
    expected: int


@lru_cache(maxsize=KEPT)
def _reporting(at: Stamp, scope: Scope, month: date) -> tuple[Reporting, ...]:
    rows = indicators.reported(database(), scope, month, add_months(month, -REPORTING_MONTHS))
    return tuple(
        Reporting(str(code), int(present), int(expected))
        for code, present, expected in zip(rows["district_code"], rows["present"], rows["expected"], strict=True)
    )


def reporting(scope: Scope, month: date) -> tuple[Reporting, ...]:
    """Districts that owe values of a month, the one that owes most first; a district that sent all is left out."""
    return _reporting(stamp(), scope, month)
