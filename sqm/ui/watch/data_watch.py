"""Doors to the watch rules: every indicator of a place in a month, and the limits of one indicator.

Kept by their arguments and shared by all viewers without a copy: nobody may change them.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.indicators import COMPANY, Place
from sqm.rules.access import Scope
from sqm.rules.behaviour import Behaviour
from sqm.rules.watch_frame import Said, Watched, watched
from sqm.ui.data import KEPT, Stamp, stamp
from sqm.ui.data_names import Record, names, records
from sqm.ui.indicator import data_indicator
from sqm.ui.matrix.data_matrix import judged_months


@dataclass(frozen=True)
class WatchView:
    """rows: by indicator code, in matrix order, columns of watch_frame.COLUMNS."""

    rows: dict[str, Record]

    def behaviour(self, code: str) -> Behaviour:
        """no_data for an indicator that is not watched."""
        row = self.rows.get(code)
        return Behaviour.NO_DATA if row is None else Behaviour(str(row["behaviour"]))


@lru_cache(maxsize=KEPT)
def _said(at: Stamp) -> Said:
    """A new method of a survey begins new limits for all indicators that it measures."""
    rebased: dict[str, set[date]] = {}
    begun: dict[str, list[date]] = {}
    for method in names().methods.values():
        begun.setdefault(str(method["survey_code"]), []).append(
            pd.Timestamp(method["valid_from"]).date().replace(day=1)
        )
    for code, record in names().indicators.items():
        starts = sorted(begun.get(str(record["survey_code"]), []))[1:]
        if starts:
            rebased.setdefault(code, set()).update(starts)
    return Said({code: frozenset(months) for code, months in rebased.items()})


def said() -> Said:
    """From which months on limits begin anew, and which months make none."""
    return _said(stamp())


@lru_cache(maxsize=KEPT)
def _view(at: Stamp, scope: Scope, month: date, place: Place) -> WatchView:
    found = watched(judged_months(scope, place), month, said())
    return WatchView({str(row["indicator_code"]): row for row in records(found.frame)})


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
