"""Doors that all views of the audits page share: visits of every source, the standards in force, who may see what.

Counts of a whole district or of the company are totals, which everybody inside may see; what is said of one store goes
through the viewer's scope (``sees``).
"""

from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.stores import audits
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.audits import appeals as appeal_rules
from sqm.rules.audits import visit_reports
from sqm.rules.audits.appeals import Appeal
from sqm.rules.audits.visit_reports import Rejection
from sqm.rules.stores.store_evidence import Scored, scored
from sqm.ui.decisions import data_decisions
from sqm.ui.doors import data_names
from sqm.ui.doors.data import Stamp, database, stamp
from sqm.ui.doors.data_names import Record, records
from sqm.ui.stores.doors import data_scores, data_standards

_FEW = 8  # windows of all stores that are kept
EVERY_SOURCE = ""


@lru_cache(maxsize=4)
def _visits(at: Stamp) -> pd.DataFrame:
    rows = audits.visits(database(), EVERYTHING, date.min, date.max, EVERY_SOURCE)
    rows["month"] = pd.to_datetime(rows["month"])
    return rows.assign(is_rejected=rows["visit_id"].isin(visit_reports.rejected(data_decisions.log())))


def visits() -> pd.DataFrame:
    """Every visit to every store, by every source (database/stores/audits.py), with is_rejected. Do not change it."""
    return _visits(data_scores.score_stamp())


def counted(source: str = audits.THIRD_PARTY) -> pd.DataFrame:
    """The visits of a source that count: none that was rejected."""
    rows = visits()
    return rows[(rows["source"] == source) & ~rows["is_rejected"]]


@lru_cache(maxsize=4)
def _districts(at: Stamp) -> tuple[Record, ...]:
    return tuple(records(audits.districts(database())))


def districts(scope: Scope, chosen: str = "") -> dict[str, Record]:
    """Districts that the viewer sees, in their order; only the chosen one where there is one."""
    rows = {str(row["district_code"]): row for row in _districts(stamp())}
    return {code: row for code, row in rows.items() if scope.sees_district(code) and chosen in ("", code)}


def stores(scope: Scope, chosen: str = "") -> dict[str, Record]:
    """Stores that the viewer sees; only those of the chosen district where there is one."""
    found = data_scores.stores(scope)
    return {code: row for code, row in found.items() if chosen in ("", str(row["district_code"]))}


def store_name(code: str, scope: Scope) -> str:
    """The code itself for a store that the register does not name."""
    return data_names.places(scope).place("store", code)


@lru_cache(maxsize=4)
def _appeals(at: Stamp) -> tuple[Appeal, ...]:
    return appeal_rules.appeals(data_decisions.log())


def appeals() -> tuple[Appeal, ...]:
    """Every appeal that stands, oldest first, of all stores: filter by ``sees`` before one is shown."""
    return _appeals(stamp())


def rejections() -> tuple[Rejection, ...]:
    """Every report that was rejected, oldest first, of all stores."""
    return visit_reports.rejections(data_decisions.log())


@lru_cache(maxsize=_FEW)
def _marks(at: Stamp, first: date, last: date) -> pd.DataFrame:
    return audits.marks(database(), EVERYTHING, first, last, EVERY_SOURCE)


def marks(first: date, last: date) -> pd.DataFrame:
    """What every item earned as the auditor marked it, of every source. Do not change it."""
    return _marks(data_scores.score_stamp(), first, last)


@lru_cache(maxsize=_FEW)
def _scored(at: Stamp, first: date, last: date, is_corrected: bool) -> Scored:
    rows = _visits(at)
    inside = rows[(rows["month"] >= pd.Timestamp(first)) & (rows["month"] <= pd.Timestamp(last))]
    found = _marks(at, first, last)
    if is_corrected:
        found = appeal_rules.corrected(found, _appeals(at))
    return scored(inside, found, data_standards.standards(), data_standards.turns())


def scores(first: date, last: date, is_corrected: bool = True) -> Scored:
    """Every visit of every source with its score, rejected ones among them. is_corrected: with the rulings of appeals
    in the place of the marks."""
    return _scored(data_scores.score_stamp(), first, last, is_corrected)
