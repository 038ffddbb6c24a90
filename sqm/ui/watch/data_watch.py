"""Doors to the watch rules: every indicator of a place in a month, and the limits of one indicator.

Kept by their arguments and shared by all viewers without a copy: nobody may change them.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.indicators.indicators import COMPANY, Place
from sqm.rules.access import Scope
from sqm.rules.periods import add_months
from sqm.rules.watching.behaviour import Behaviour
from sqm.rules.watching.reviews import Flag, Review, reviews
from sqm.rules.watching.watch_frame import Grids, Said, Watched, grids, watched, watched_in
from sqm.rules.watching.watch_list import Entry, flags_of, watch_list
from sqm.rules.watching.watch_marks import all_marks
from sqm.ui.decisions import data_decisions
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Record, names, records
from sqm.ui.indicator import data_indicator
from sqm.ui.matrix.data_matrix import judged_months, month_view


@dataclass(frozen=True)
class WatchView:
    """rows: by indicator code, in matrix order, columns of watch_frame.COLUMNS; frame: the same."""

    rows: dict[str, Record]
    frame: pd.DataFrame = field(hash=False, compare=False, default_factory=pd.DataFrame)

    def behaviour(self, code: str) -> Behaviour:
        """no_data for an indicator that is not watched."""
        row = self.rows.get(code)
        return Behaviour.NO_DATA if row is None else Behaviour(str(row["behaviour"]))


@lru_cache(maxsize=KEPT)
def _said(at: Stamp) -> Said:
    """A new method of a survey begins new limits for all indicators that it measures; people said the rest."""
    rebased: dict[str, set[date]] = {}
    excluded: dict[str, set[date]] = {}
    for (code, level, _place), marks in all_marks(data_decisions.log()).items():
        if level == COMPANY.level:
            rebased.setdefault(code, set()).update(marks.rebase)
            excluded.setdefault(code, set()).update(marks.excluded)
    begun: dict[str, list[date]] = {}
    for method in names().methods.values():
        begun.setdefault(str(method["survey_code"]), []).append(
            pd.Timestamp(method["valid_from"]).date().replace(day=1)
        )
    for code, record in names().indicators.items():
        starts = sorted(begun.get(str(record["survey_code"]), []))[1:]
        if starts:
            rebased.setdefault(code, set()).update(starts)
    return Said(*({code: frozenset(months) for code, months in part.items()} for part in (rebased, excluded)))


def said() -> Said:
    """From which months on limits begin anew, and which months make none."""
    return _said(stamp())


@lru_cache(maxsize=60)
def _grids(at: Stamp, scope: Scope, place: Place) -> Grids:
    return grids(judged_months(scope, place))


@lru_cache(maxsize=KEPT)
def _view(at: Stamp, scope: Scope, month: date, place: Place) -> WatchView:
    found = watched_in(_grids(at, scope, place), month, said())
    return WatchView({str(row["indicator_code"]): row for row in records(found.frame)}, found.frame)


def view(scope: Scope, month: date, place: Place = COMPANY) -> WatchView:
    """The indicators of a place, watched as of a month."""
    return _view(stamp(), scope, month, place)


@lru_cache(maxsize=KEPT)
def _one(at: Stamp, scope: Scope, code: str, place: Place, month: date) -> Watched:
    return watched(data_indicator.history(scope, code, place), month, said())


def behaviour_of(scope: Scope, code: str, place: Place, month: date) -> WatchView:
    """The same for one indicator on any place; empty when it has no value in the month."""
    found = one(scope, code, place, month)
    return WatchView({} if found is None else {code: records(found.frame)[0]})


def one(scope: Scope, code: str, place: Place, month: date) -> Watched | None:
    """One indicator on one place as of a month; None when it has no value in the month."""
    if data_indicator.history(scope, code, place).empty:
        return None
    found = _one(stamp(), scope, code, place, month)
    return found if len(found.frame) else None


REPORT_MONTHS = 12


@lru_cache(maxsize=KEPT)
def _reviews(at: Stamp) -> dict[Flag, Review]:
    return reviews(data_decisions.log())


def reviewed() -> dict[Flag, Review]:
    """What people made of signals."""
    return _reviews(stamp())


@lru_cache(maxsize=KEPT)
def _entries(at: Stamp, scope: Scope, month: date, place: Place) -> tuple[Entry, ...]:
    streaks = month_view(scope, month, place).streaks
    return watch_list(_view(at, scope, month, place).frame, month, streaks, _reviews(at), (place.level, place.code))


def entries(scope: Scope, month: date, place: Place = COMPANY) -> tuple[Entry, ...]:
    """The watch list of a month."""
    return _entries(stamp(), scope, month, place)


@lru_cache(maxsize=60)
def _raised(at: Stamp, scope: Scope, month: date, place: Place) -> frozenset[Flag]:
    months = [each for each in data_names.all_months().all if add_months(month, -REPORT_MONTHS) < each <= month]
    lists = [_entries(at, scope, each, place) for each in months]
    return frozenset(flag for found in lists for flag in flags_of(found, (place.level, place.code)))


def raised(scope: Scope, month: date, place: Place = COMPANY) -> frozenset[Flag]:
    """Every flag of the last REPORT_MONTHS months, each as it could be seen in its month."""
    return _raised(stamp(), scope, month, place)
