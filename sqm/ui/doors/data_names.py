"""Doors to what things are called and which months there are. Rows are records with name_en and name_zh.

Kept by their arguments (look-up: a microsecond) and shared by all viewers without a copy: nobody may change them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import pandas as pd

from sqm.database.indicators import indicators, months, targets
from sqm.database.surveys import surveys
from sqm.rules.access import Scope
from sqm.rules.periods import month_range
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.words import name

Record = dict[str, Any]


@dataclass(frozen=True)
class Names:
    """Every code of the catalogue with its record, in the catalogue's order."""

    processes: dict[str, Record]
    dimensions: dict[str, Record]
    indicators: dict[str, Record]
    owners: dict[str, tuple[Record, ...]]
    labels: dict[tuple[str, str], Record]
    surveys: dict[str, Record]
    methods: dict[str, Record]
    items: dict[str, Record]
    departments: dict[str, Record]

    def label(self, kind: str, code: str) -> str:
        """An operator, brand, channel or source system in the viewer's language; the code when it has no name."""
        return name(self.labels.get((kind, code), {})) or code

    def indicator(self, code: str) -> str:
        """An indicator's name; an indicator of an upload that the catalogue does not know is named by its code."""
        return name(self.indicators.get(code, {})) or code

    def department(self, code: str) -> str:
        """A department's name; the name as written when it is none of the catalogue's codes."""
        return name(self.departments.get(code, {})) or code

    def item(self, code: str) -> str:
        return name(self.items.get(code, {})) or code


@dataclass(frozen=True)
class Places:
    """Districts and stores that a viewer may see, by code."""

    districts: dict[str, Record]
    stores: dict[str, Record]

    def place(self, level: str, code: str) -> str:
        """The name of a district or store; the code when the register does not name it."""
        known = self.stores if level == "store" else self.districts
        return name(known.get(code, {})) or code


@dataclass(frozen=True)
class Months:
    """All months from the first to the last with data; published: month -> when (UTC)."""

    all: tuple[date, ...]
    published: dict[date, datetime]

    @property
    def last(self) -> date:
        return self.all[-1]

    def published_before(self, month: date) -> date | None:
        """The latest published month before this one."""
        return max((each for each in self.published if each < month), default=None)


@lru_cache(maxsize=KEPT)
def _names(at: Stamp) -> Names:
    db = database()
    owners = records(months.owners(db))
    return Names(
        processes=_keyed(months.processes(db), "process_code"),
        dimensions=_keyed(months.dimensions(db), "dimension_code"),
        indicators=_keyed(indicators.catalogue(db), "indicator_code"),
        owners={
            code: tuple(row for row in owners if row["process_code"] == code)
            for code in dict.fromkeys(str(row["process_code"]) for row in owners)
        },
        labels={(str(row["kind"]), str(row["code"])): row for row in records(surveys.labels(db))},
        surveys=_keyed(surveys.surveys(db), "survey_code"),
        methods=_keyed(surveys.methods(db), "method_code"),
        items=_keyed(surveys.items(db), "item_code"),
        departments=_departments(owners, records(indicators.catalogue(db))),
    )


def names() -> Names:
    return _names(stamp())


@lru_cache(maxsize=KEPT)
def _places(at: Stamp, scope: Scope) -> Places:
    db = database()
    return Places(_keyed(months.districts(db, scope), "district_code"), _keyed(months.stores(db, scope), "store_code"))


def places(scope: Scope) -> Places:
    return _places(stamp(), scope)


@lru_cache(maxsize=KEPT)
def _months(at: Stamp) -> Months:
    db = database()
    span = months.span(db)
    published = months.published(db)
    return Months(
        all=month_range(*span) if span else (),
        published={
            month.date(): at.to_pydatetime()
            for month, at in zip(
                pd.to_datetime(published["month"]), pd.to_datetime(published["published_at"]), strict=True
            )
        },
    )


def all_months() -> Months:
    """Months with any indicator value; a database that holds only surveys without indicators has none."""
    return _months(stamp())


@lru_cache(maxsize=KEPT)
def _targets(at: Stamp) -> pd.DataFrame:
    return targets.every(database())


def all_targets() -> pd.DataFrame:
    """Every target row (see database/indicators/targets.py). Do not change it."""
    return _targets(stamp())


def _departments(owners: list[Record], listed: list[Record]) -> dict[str, Record]:
    """Every department that owns a process or an indicator."""
    found = {str(row["department_code"]): row for row in owners}
    named = {"department_en": "name_en", "department_zh": "name_zh"}
    for row in listed:
        found.setdefault(str(row["department_code"]), {to: row[source] for source, to in named.items()})
    return found


def records(rows: pd.DataFrame) -> list[Record]:
    """The rows of a frame as plain records."""
    return [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]


def _keyed(rows: pd.DataFrame, code: str) -> dict[str, Record]:
    return {str(row[code]): row for row in records(rows)}
