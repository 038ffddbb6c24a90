"""The door to which months of a place are counted together, so that no two choices of the page differ by a few people.

Two viewers' rules. Who sees one store reads its texts block by block. Who sees several stores could find a text of a
store's block again in a single month of the district, and so learn whose month it is: for them a text stands with its
store only where that month of the store is a block by itself, else with its district, else with none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from sqm.database.surveys import comments
from sqm.rules.access import Scope
from sqm.rules.surveys import small_periods
from sqm.rules.surveys.small_periods import Block, Blocks
from sqm.ui.doors.data import Stamp, database, stamp

STORE, DISTRICT, COMPANY = "store", "district", ""
_SURVEYS = 8


class Home(NamedTuple):
    """What may be said of where and when a comment was written: kind and code of the place, and months."""

    kind: str
    code: str
    first: date
    last: date


@dataclass(frozen=True)
class Months:
    """Blocks of the company, of each district and of each store by district and store."""

    company: Blocks
    districts: Mapping[str, Blocks]
    stores: Mapping[tuple[str, str], Blocks]

    def block(self, level: str, district: str, store: str, month: date) -> Block | None:
        """The block that counts a month of a place of a level; None where it may not be shown."""
        found = self._any(level, district, store, month)
        return found if found is not None and found.is_shown else None

    def home(self, scope: Scope, district: str, store: str, month: date) -> Home | None:
        """None where a text may not be listed."""
        of_store, of_district = (self.block(level, district, store, month) for level in (STORE, DISTRICT))
        top = top_of(scope)
        if top == STORE:
            return _home(STORE, store, of_store)
        if top == DISTRICT:
            alone = of_store is not None and of_store.is_single
            return _home(STORE, store, of_store) if alone else _home(DISTRICT, district, of_district)
        around = self._any(DISTRICT, district, store, month)
        if around is None or not around.is_single:
            return _home(COMPANY, "", self.block(COMPANY, district, store, month))
        if of_store is not None and of_store.is_single:
            return _home(STORE, store, of_store)
        if of_district is not None:
            return _home(DISTRICT, district, of_district)
        return _home(COMPANY, "", self.block(COMPANY, district, store, month))

    def _any(self, level: str, district: str, store: str, month: date) -> Block | None:
        found: Blocks = self.company
        if level == STORE:
            found = self.stores.get((district, store), ()) if store else ()
        elif level == DISTRICT:
            found = self.districts.get(district, ()) if district else ()
        return small_periods.block_of(found, month)


def _home(kind: str, code: str, block: Block | None) -> Home | None:
    return None if block is None else Home(kind, code, block.first, block.last)


def top_of(scope: Scope) -> str:
    """The largest place that a viewer sees."""
    if scope.stores is not None:
        return STORE
    return DISTRICT if scope.districts is not None else COMPANY


def level_of(scope: Scope, district: str, store: str) -> str:
    """What a choice of places is counted by: a viewer of two districts sees the blocks of each."""
    if store or scope.stores is not None:
        return STORE
    return DISTRICT if district or scope.districts is not None else COMPANY


@lru_cache(maxsize=_SURVEYS)
def _months(at: Stamp, survey: str) -> Months:
    rows = comments.counted(database(), survey)
    rows["month"] = [pd.Timestamp(month).date() for month in rows["month"]]
    company = small_periods.blocks(small_periods.by_month(rows["month"], rows["n"].tolist()))
    with_district = rows[rows["district_code"] != ""]
    districts = small_periods.settled(company, _parts(with_district, "district_code"))
    stores: dict[tuple[str, str], Blocks] = {}
    for district, those in with_district[with_district["store_code"] != ""].groupby("district_code", sort=True):
        found = small_periods.settled(districts[str(district)], _parts(those, "store_code"))
        stores |= {(str(district), store): each for store, each in found.items()}
    return Months(company, districts, stores)


def months(survey: str) -> Months:
    """Of everybody who wrote, whoever looks."""
    return _months(stamp(), survey)


def _parts(rows: pd.DataFrame, column: str) -> dict[str, dict[date, int]]:
    return {
        str(code): small_periods.by_month(mine["month"], mine["n"].tolist())
        for code, mine in rows.groupby(column, sort=False)
    }
