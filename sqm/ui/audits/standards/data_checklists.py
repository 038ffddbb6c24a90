"""Doors of the standards view: checklists in versions with their items, and how often a rule of use was broken."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import pandas as pd

from sqm.database.deciding import use_rules
from sqm.database.safety import trail
from sqm.database.stores import audits
from sqm.rules.periods import add_months, month_of
from sqm.rules.stores.store_evidence import BESIDE
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, records

_READ = 20_000  # entries of the trail that are looked at
LATELY = 365  # days


@dataclass(frozen=True)
class Sheet:
    """One version of a checklist. until: the last month before the next version of the theme, None for the newest.

    record: theme, kind, names. items: in their order, of checklist_items.
    """

    code: str
    valid_from: date
    until: date | None
    record: Record
    items: tuple[Record, ...]

    @property
    def points(self) -> float:
        """The most that its theme can earn; what every visit measures beside the theme is a part of its own."""
        return float(sum(float(item["points"]) for item in self.items if not _is_beside(item)))

    @property
    def has_beside(self) -> bool:
        """Whether its visits measure more than the theme."""
        return any(_is_beside(item) for item in self.items)

    def holds_in(self, month: date) -> bool:
        return self.valid_from <= month and (self.until is None or month <= self.until)


def _is_beside(item: Record) -> bool:
    return str(item["item_code"]).partition(".")[0] in BESIDE


@lru_cache(maxsize=KEPT)
def _sheets(at: Stamp) -> dict[str, Sheet]:
    db = database()
    rows, items = records(audits.checklists(db)), records(audits.checklist_items(db))
    starts = {str(row["checklist_code"]): month_of(pd.Timestamp(row["valid_from"]).date()) for row in rows}
    found = {}
    for row in rows:
        code = str(row["checklist_code"])
        later = [
            starts[str(other["checklist_code"])]
            for other in rows
            if other["theme"] == row["theme"] and starts[str(other["checklist_code"])] > starts[code]
        ]
        mine = tuple(item for item in items if item["checklist_code"] == code)
        found[code] = Sheet(code, starts[code], add_months(min(later), -1) if later else None, row, mine)
    return found


def sheets() -> dict[str, Sheet]:
    """Every version by code, in the catalogue's order."""
    return _sheets(stamp())


@lru_cache(maxsize=4)
def _part_sources(at: Stamp) -> dict[str, str]:
    return {str(row["part_code"]): str(row["source"]) for row in records(audits.score_parts(database()))}


def part_sources() -> dict[str, str]:
    """Part of the composite -> where its numbers come from, as the newest version says it."""
    return _part_sources(stamp())


@dataclass(frozen=True)
class Refused:
    """How often a rule was broken in the last year. last_at in UTC, None without any."""

    times: int
    last_at: datetime | None


@lru_cache(maxsize=4)
def _refused(at: Stamp, today: date) -> dict[str, Refused]:
    rows = trail.entries(database(), _READ)
    rows = rows[
        (rows["action"] == use_rules.REFUSED) & (rows["happened_at"] >= pd.Timestamp(today - timedelta(LATELY)))
    ]
    found: dict[str, Refused] = {}
    for when, detail in zip(rows["happened_at"], rows["detail"], strict=True):
        rule = str(json.loads(detail).get("rule", ""))
        before = found.get(rule, Refused(0, None))
        found[rule] = Refused(before.times + 1, before.last_at or pd.Timestamp(when).to_pydatetime())
    return found


def refused(today: date) -> Mapping[str, Refused]:
    """By rule, from the trail: attempts of everybody, whoever they were."""
    return _refused(stamp(), today)
