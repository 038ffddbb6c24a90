"""Doors to one indicator: its months on one place, all places in one month, its targets, and the rows behind a number.

Kept as resources: shared by all viewers without a copy, so nobody may change what they return.
"""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from sqm.database import indicators
from sqm.database.indicators import COMPANY, Place
from sqm.rules import series
from sqm.rules.access import Scope
from sqm.rules.periods import add_months
from sqm.ui.data import KEPT, Stamp, database, stamp
from sqm.ui.data_names import Record, all_targets, names, places

__all__ = ["COMPANY", "Place", "across", "definition", "history", "is_listed", "places_of", "sources", "targets_of"]

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


@st.cache_resource(show_spinner=False, max_entries=KEPT)
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


@st.cache_resource(show_spinner=False, max_entries=KEPT)
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


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _across(at: Stamp, scope: Scope, code: str, month: date, level: str) -> pd.DataFrame:
    record = definition(code)
    sums = indicators.across(database(), scope, code, month, level)
    if record is None or sums.empty:
        return pd.DataFrame()
    return series.judge_places(_frame(record), sums, all_targets())


def across(scope: Scope, code: str, month: date, level: str) -> pd.DataFrame:
    """Every place of a level that the viewer may see, the worst first; empty when none reported."""
    return _across(stamp(), scope, code, month, level)


def places_of(scope: Scope, code: str, month: date) -> dict[str, list[str]]:
    """Which places have a value: codes by level, for the levels that have any."""
    found = {level: across(scope, code, month, level) for level in LEVELS}
    return {level: [str(each) for each in rows["scope_code"]] for level, rows in found.items() if len(rows)}


def targets_of(code: str) -> list[Record]:
    """All target rows of one indicator, the newest first."""
    rows = all_targets()
    mine = rows[rows["indicator_code"] == code].sort_values("valid_from", ascending=False, kind="stable")
    return [{str(key): value for key, value in row.items()} for row in mine.to_dict("records")]


@st.cache_resource(show_spinner=False, max_entries=50)
def _sources(at: Stamp, scope: Scope, code: str, month: date, place: Place) -> list[dict[str, Any]]:
    rows = indicators.sources(database(), scope, code, month, place)
    return [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]


def sources(scope: Scope, code: str, month: date, place: Place) -> list[dict[str, Any]]:
    """The files behind one number. The only door that reads raw rows: called when somebody asks for them."""
    return _sources(stamp(), scope, code, month, place)


def month_before(month: date) -> date:
    return add_months(month, -1)


def _frame(record: Record) -> pd.DataFrame:
    return pd.DataFrame([{name: record[name] for name in series.DEFINING}])
