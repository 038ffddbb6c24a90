"""The catalogue's checklists and the province's standards, month by month of the demo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sqm.database.connection import Cursor
from sqm.database.demo.company.calendar import Calendar, Floats
from sqm.database.queries import query
from sqm.rules.audits.audit_standards import Held, minutes_standard, visit_rules
from sqm.rules.audits.audit_visits import VisitRules

QUEUEING, HANDLING = "queueing.minutes", "handling.minutes"


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
    """versions: theme -> code of its checklist in each month. limits: item of minutes -> (full, zero) in each month.
    rules: of the last month."""

    items: Mapping[str, tuple[SheetItem, ...]]
    versions: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, tuple[Floats, Floats]]
    rules: VisitRules


def read_sheets(cursor: Cursor, calendar: Calendar) -> Sheets:
    """From the catalogue tables. ValueError when the catalogue lacks a standard that the demo needs."""
    items: dict[str, tuple[SheetItem, ...]] = {}
    for code, item, points, passes, critical, minor in cursor.execute(query("demo", "checklist_items")).fetchall():
        listed = SheetItem(item, points, points if passes is None else passes, critical, minor)
        items[code] = (*items.get(code, ()), listed)
    held = [Held(*row) for row in cursor.execute(query("demo", "audit_standards")).fetchall()]
    return Sheets(
        items,
        _versions(cursor.execute(query("demo", "checklists")).fetchall(), calendar),
        {item: _limits(held, item.partition(".")[0], calendar) for item in (QUEUEING, HANDLING)},
        visit_rules(held, calendar.last),
    )


def _limits(held: Sequence[Held], part: str, calendar: Calendar) -> tuple[Floats, Floats]:
    found = [minutes_standard(held, part, month) for month in calendar.months]
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        raise ValueError(f"no standard for {part}")
    return np.array([each.full for each in known]), np.array([each.zero for each in known])


def _versions(rows: Sequence[tuple[str, str, date]], calendar: Calendar) -> dict[str, tuple[str, ...]]:
    """(checklist, theme, valid from), oldest first -> theme: the one in force in each month."""
    return {
        theme: tuple(
            [code for code, name, begins in rows if name == theme and begins.replace(day=1) <= month][-1]
            for month in calendar.months
        )
        for theme in dict.fromkeys(name for _, name, begins in rows if begins <= calendar.months[0])
    }
