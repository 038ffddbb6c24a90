"""Doors to what the province set for store audits: the composite, the rotation of themes, standards, names of items."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.stores import audits
from sqm.rules.audits import audit_standards, sampling_plan
from sqm.rules.audits.audit_standards import Held, Standard
from sqm.rules.stores.store_evidence import Standards, Turn
from sqm.rules.stores.store_score import Definition, Part
from sqm.ui.decisions import data_decisions
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, records
from sqm.ui.words import name

# As the sources weigh it (domain.md part 5); in force as long as nobody loaded another one.
_DEFAULT = Definition(
    "default",
    date(2000, 1, 1),
    (
        Part("topic_1", 30.0),
        Part("topic_2", 30.0),
        Part("perception", None),
        Part("sms", 20.0),
        Part("queueing", 10.0),
        Part("handling", 10.0),
    ),
)


@lru_cache(maxsize=KEPT)
def _definitions(at: Stamp) -> tuple[Definition, ...]:
    rows = audits.score_parts(database())
    found = []
    for (version, valid_from), parts in rows.groupby(["version", "valid_from"], sort=True):
        weights = [None if pd.isna(weight) else float(weight) for weight in parts["weight"]]
        listed = tuple(Part(str(code), weight) for code, weight in zip(parts["part_code"], weights, strict=True))
        found.append(Definition(str(version), pd.Timestamp(str(valid_from)).date(), listed))
    return tuple(found) or (_DEFAULT,)


def definitions() -> tuple[Definition, ...]:
    """Every version of the composite; the default of the sources when none was loaded."""
    return _definitions(stamp())


@lru_cache(maxsize=KEPT)
def _turns(at: Stamp) -> tuple[Turn, ...]:
    rows = records(audits.rotation(database()))
    return tuple(Turn(row["valid_from"].date(), str(row["part_code"]), str(row["theme"])) for row in rows)


def turns() -> tuple[Turn, ...]:
    """Which theme stands where in the composite, from a month on."""
    return _turns(stamp())


@dataclass(frozen=True)
class AuditNames:
    """Records with name_en and name_zh: items by code, topics (themes too) by code."""

    items: dict[str, Record]
    topics: dict[str, Record]

    def item(self, code: str) -> str:
        """An item's words; the code when nobody named it."""
        return name(self.items.get(code, {})) or code

    def topic(self, code: str) -> str:
        return name(self.topics.get(code, {})) or code


@lru_cache(maxsize=KEPT)
def _names(at: Stamp) -> AuditNames:
    db = database()
    return AuditNames(
        {str(row["item_code"]): row for row in records(audits.items(db))},
        {str(row["topic"]): row for row in records(audits.topics(db))},
    )


def audit_names() -> AuditNames:
    return _names(stamp())


@lru_cache(maxsize=KEPT)
def _held(at: Stamp) -> tuple[Held, ...]:
    catalogue = [
        Held(str(row["standard"]), row["valid_from"].date(), float(row["value"]), str(row["reason"]))
        for row in records(audits.standards(database()))
    ]
    return audit_standards.standards(catalogue, data_decisions.log())


def held() -> tuple[Held, ...]:
    """Every standard with its months: the catalogue's, and what was set on the page."""
    return _held(stamp())


def value(standard: Standard, month: date, default: float | None = None) -> float | None:
    """What the province set that is in force in a month, for every store alike."""
    return audit_standards.standard_in(held(), month, standard, default)


def pass_mark(month: date) -> float | None:
    """Points of 100 from which a visit or a store passes; None where none was set."""
    return value(Standard.PASS_MARK, month)


def appeal_days(month: date) -> float | None:
    """Days until an appeal is to be ruled; None where none were set."""
    return value(Standard.APPEAL_DAYS, month)


def longest_gap(month: date) -> float:
    """Months that a store may wait for its next visit."""
    return value(Standard.LONGEST_GAP_MONTHS, month) or sampling_plan.LONGEST_GAP_MONTHS


@lru_cache(maxsize=KEPT)
def _standards(at: Stamp) -> Standards:
    found = _held(at)
    return Standards(
        lambda month: audit_standards.visit_rules(found, month),
        lambda part, month: audit_standards.minutes_standard(found, part, month),
    )


def standards() -> Standards:
    """Caps of a visit and minutes to points, by month."""
    return _standards(stamp())
