"""Doors to one indicator: its months on one place, all places in one month, its targets, and the rows behind a number.

Kept by their arguments (look-up: a microsecond) and shared by all viewers without a copy: nobody may change them.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.charts.facts import HistoryFacts, history_facts
from sqm.database.indicators import indicators
from sqm.database.indicators.indicators import COMPANY, Place
from sqm.intake.words.vocabulary import INDUSTRY
from sqm.rules.access import Scope
from sqm.rules.matrix import series
from sqm.rules.periods import add_months
from sqm.rules.rivals.lead import best_of
from sqm.rules.targets import JUDGED, Direction, Status
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, all_targets, names, places, records

__all__ = [
    "COMPANY",
    "Place",
    "across",
    "best_rival",
    "definition",
    "history",
    "is_listed",
    "places_of",
    "sources",
    "targets_of",
    "upto",
    "view",
]

SPARK_MONTHS = 13
OWN = "own"  # the operator that runs SQM
LEVELS = ("company", "operator", "district", "store")
_UNKNOWN: Record = {
    "position": 0,
    "process_code": "",
    "dimension_code": "",
    "unit": "",
    "decimals": 2,
    "direction": "higher",
    "kind": "mean",
    "per": 1.0,
    "appraised": False,
    "survey_code": "",
    "item_code": "",
    "valid_from": pd.Timestamp("1900-01-01"),
    "valid_to": pd.NaT,
}
"""What an indicator of an upload that the catalogue does not name is taken for: a mean, judged by nobody."""


@lru_cache(maxsize=KEPT)
def _unlisted(at: Stamp) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(code) for code in indicators.unlisted(database())["indicator_code"]))


def unlisted() -> tuple[str, ...]:
    """Codes of uploaded files that the catalogue does not name."""
    return _unlisted(stamp())


def is_listed(code: str) -> bool:
    return code in names().indicators


def definition(code: str) -> Record | None:
    """The catalogue's record, a plain one for an uploaded code without it, None for a code that nobody knows."""
    listed = names().indicators.get(code)
    if listed is not None:
        return listed
    return {**_UNKNOWN, "indicator_code": code} if code in unlisted() else None


@lru_cache(maxsize=KEPT)
def _history(at: Stamp, scope: Scope, code: str, place: Place) -> pd.DataFrame:
    record = definition(code)
    sums = indicators.history(database(), scope, code, place)
    if record is None or sums.empty:
        return pd.DataFrame()
    months = pd.to_datetime(sums["month"])
    district = places(scope).stores.get(place.code, {}).get("district_code", "") if place.level == "store" else ""
    return series.judge_months(
        _frame(record),
        sums,
        all_targets(),
        months.min().date(),
        months.max().date(),
        scope_level=place.level,
        scope_code=place.code,
        district_code=str(district),
    )


def history(scope: Scope, code: str, place: Place = COMPANY) -> pd.DataFrame:
    """Every month from the first to the last with a value, judged; empty when there is none on this place."""
    return _history(stamp(), scope, code, place)


@dataclass(frozen=True)
class View:
    """One month of one place as plain records. row, previous: None when the place has no value in the month.

    streak: months missed in a row. missed, judged: of the last 13 months. facts: what the whole line says.
    """

    row: Record | None
    previous: Record | None
    streak: int
    missed: int
    judged: int
    facts: HistoryFacts | None


@lru_cache(maxsize=KEPT)
def _view(at: Stamp, scope: Scope, code: str, place: Place, month: date) -> View:
    past = upto(history(scope, code, place), month)
    if past.empty:
        return View(None, None, 0, 0, 0, None)
    rows = {pd.Timestamp(row["month"]).date(): row for row in records(past.tail(SPARK_MONTHS))}
    statuses = [Status(row["status"]) for row in rows.values()]
    return View(
        row=rows.get(month),
        previous=rows.get(add_months(month, -1)),
        streak=int(series.months_in_a_row(past, month).get(code, 0)),
        missed=statuses.count(Status.MISSED),
        judged=sum(statuses.count(status) for status in JUDGED),
        facts=history_facts(past),
    )


def view(scope: Scope, code: str, place: Place, month: date) -> View:
    return _view(stamp(), scope, code, place, month)


def upto(judged: pd.DataFrame, month: date) -> pd.DataFrame:
    """The months of a history up to and including one; an empty history stays empty."""
    return judged[judged["month"] <= pd.Timestamp(month)] if len(judged) else judged


@lru_cache(maxsize=KEPT)
def _across(at: Stamp, scope: Scope, code: str, month: date, level: str) -> tuple[Record, ...]:
    record = definition(code)
    sums = indicators.across(database(), scope, code, month, level)
    if record is None or sums.empty:
        return ()
    return tuple(records(series.judge_places(_frame(record), sums, all_targets())))


def across(scope: Scope, code: str, month: date, level: str) -> tuple[Record, ...]:
    """Every place of a level that the viewer may see, the worst first; empty when none reported."""
    return _across(stamp(), scope, code, month, level)


def best_rival(scope: Scope, code: str, month: date) -> str | None:
    """The operator whose value of the month is best; None where no rival's is known.

    An industry total that a file brought beside the operators is nobody's rival.
    """
    rows = across(scope, code, month, "operator")
    values = {
        str(row["scope_code"]): float(row["value"])
        for row in rows
        if row["scope_code"] != OWN and row["reason"] == "" and str(row["scope_code"]).casefold() not in INDUSTRY
    }
    record = definition(code)
    return None if record is None else best_of(values, Direction(str(record["direction"])))


def places_of(scope: Scope, code: str, month: date) -> dict[str, list[str]]:
    """Which places have a value: codes by level, for the levels that have any."""
    found = {level: across(scope, code, month, level) for level in LEVELS}
    return {level: [str(row["scope_code"]) for row in rows] for level, rows in found.items() if rows}


def targets_of(code: str) -> list[Record]:
    """All target rows of one indicator, the newest first."""
    rows = all_targets()
    mine = rows[rows["indicator_code"] == code].sort_values("valid_from", ascending=False, kind="stable")
    return records(mine)


@lru_cache(maxsize=50)
def _sources(at: Stamp, scope: Scope, code: str, month: date, place: Place) -> list[Record]:
    return records(indicators.sources(database(), scope, code, month, place))


def sources(scope: Scope, code: str, month: date, place: Place) -> list[Record]:
    """The files behind one number. The only door that reads raw rows: called when somebody asks for them."""
    return _sources(stamp(), scope, code, month, place)


def _frame(record: Record) -> pd.DataFrame:
    return pd.DataFrame([{name: record[name] for name in series.DEFINING}])
