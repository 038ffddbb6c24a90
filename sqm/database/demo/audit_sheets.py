"""The catalogue's checklists and the province's standards, month by month of the demo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np

from sqm.database.connection import Cursor
from sqm.database.demo.calendar import Calendar, Floats
from sqm.database.queries import query

Value = TypeVar("Value")

QUEUEING, HANDLING = "queueing.minutes", "handling.minutes"
_LIMITS = {QUEUEING: ("waiting_full", "waiting_zero"), HANDLING: ("handling_full", "handling_zero")}


@dataclass(frozen=True)
class SheetItem:
    """An item on a version of a checklist; pass_points: from which it is passed."""

    code: str
    points: float
    pass_points: float
    critical: bool
    minor: bool


@dataclass(frozen=True)
class Sheets:
    """versions: theme -> code of its checklist in each month. limits: item of minutes -> (full, zero) in each month."""

    items: Mapping[str, tuple[SheetItem, ...]]
    versions: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, tuple[Floats, Floats]]
    standards: Mapping[str, Floats]


def read_sheets(cursor: Cursor, calendar: Calendar) -> Sheets:
    """From the catalogue tables. KeyError when the catalogue lacks a standard that the demo needs."""
    items: dict[str, tuple[SheetItem, ...]] = {}
    for code, item, points, passes, critical, minor in cursor.execute(query("demo", "checklist_items")).fetchall():
        items[code] = (
            *items.get(code, ()),
            SheetItem(item, points, points if passes is None else passes, critical, minor),
        )
    versions = _by_month(cursor.execute(query("demo", "checklists")).fetchall(), calendar)
    numbers = [
        (number, name, begins) for name, begins, number in cursor.execute(query("demo", "audit_standards")).fetchall()
    ]
    standards = {name: np.array(values, np.float64) for name, values in _by_month(numbers, calendar).items()}
    limits = {item: (standards[full], standards[zero]) for item, (full, zero) in _LIMITS.items()}
    return Sheets(items, versions, limits, standards)


def _by_month(rows: Sequence[tuple[Value, str, date]], calendar: Calendar) -> dict[str, tuple[Value, ...]]:
    """(value, what, valid from), oldest first -> the value in force in each month; what begins later is out."""
    return {
        what: tuple(
            [value for value, name, begins in rows if name == what and begins.replace(day=1) <= month][-1]
            for month in calendar.months
        )
        for what in dict.fromkeys(name for _, name, begins in rows if begins <= calendar.months[0])
    }
