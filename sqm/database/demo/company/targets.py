"""Targets agreed anew in Januaries: some tightened, one loosened, one raised out of reach, a few of single districts.

The catalogue's own targets are the first ones (from 2006 on); these rows follow them.
"""

import zlib
from dataclasses import dataclass
from datetime import date

import numpy as np

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.company.calendar import MONTHS, Calendar, Floats
from sqm.database.demo.company.cast import LOOSENED_TARGET, RAISED_TARGET
from sqm.database.demo.complaints.causes import ESCALATED
from sqm.database.queries import query

BATCH = "demo-targets"
IN_LOG = (RAISED_TARGET, LOOSENED_TARGET)
_SHARE_CHANGED = 3  # one indicator in three gets a new target in some January
_NEVER = frozenset({"ECH-O01", "HOT-P01", "HOT-O02", "STO-P01", "STO-P03"})  # stories that need a steady target
_RAISE_STEPS, _LOOSEN_STEPS = 2.5, 2.5
_DISTRICTS = (  # indicator, district, steps (positive is stricter), reason
    ("NET-C01", "D13", -2.0, "rural cells"),
    ("NET-O01", "D13", -2.0, "rural cells"),
    ("STO-O01", "D01", -1.0, "busiest stores of the city"),
    ("STO-O01", "D06", 1.0, "island stores are quiet"),
    ("GRP-O01", "D01", 1.0, "fibre in every office building"),
)


@dataclass(frozen=True)
class Agreed:
    """The company's target of one indicator, month by month (shape MONTHS; NaN where a bound does not apply)."""

    low: Floats
    high: Floats
    tolerance: float

    def steady(self) -> "Agreed":
        """The same with the first month's target throughout."""
        return Agreed(np.full(MONTHS, self.low[0]), np.full(MONTHS, self.high[0]), self.tolerance)


@dataclass(frozen=True)
class Row:
    """One row of the targets table."""

    indicator_code: str
    scope_level: str
    scope_code: str
    valid_from: date
    low: float | None
    high: float | None
    tolerance: float
    agreed_by: str
    reason: str


def agree(cursor: Cursor, calendar: Calendar) -> tuple[dict[str, Agreed], dict[str, Row]]:
    """Store the new targets and return what each indicator is held to through the demo's months.

    The targets of two stories are not stored but returned, by indicator: the log of decisions brings them, with the
    proposals and signatures that led to them (demo/decisions.py).
    """
    rows: list[Row] = []
    agreed: dict[str, Agreed] = {}
    for code, direction, low, high, tolerance, owner in cursor.execute(query("demo", "targets")).fetchall():
        path = Agreed(_constant(low), _constant(high), tolerance)
        if direction != "range" and code not in _NEVER:
            for place, steps, reason in _plan(code, calendar, path, direction):
                _move(path, place, steps * tolerance, direction)
                rows.append(_row(code, calendar, place, path, owner, reason))
        agreed[code] = path
        rows += _of_districts(code, calendar, path, direction, owner)
    _store(cursor, [row for row in rows if row.indicator_code not in IN_LOG])
    return agreed, {row.indicator_code: row for row in rows if row.indicator_code in IN_LOG}


def _constant(bound: float | None) -> Floats:
    return np.full(MONTHS, np.nan if bound is None else bound)


def _plan(code: str, calendar: Calendar, path: Agreed, direction: str) -> list[tuple[int, float, str]]:
    """Place in the calendar, steps of tolerance towards stricter, and reason of each change."""
    januaries = calendar.januaries()
    if code == RAISED_TARGET:
        return [(januaries[-1], _RAISE_STEPS, "raised above what the channel has reached 高于现有水平")]
    if code == LOOSENED_TARGET:
        return [(januaries[-1], -_LOOSEN_STEPS, "loosened: the price reform was postponed 放宽：资费改革延后")]
    if code in ESCALATED.values():
        return [(januaries[-1], _escalated_steps(path), "tightened after a year of fewer escalations")]
    mark = zlib.crc32(code.encode())
    if mark % _SHARE_CHANGED:
        return []
    step = 0.5 if direction == "higher" and path.low[0] + path.tolerance > 0.985 else 1.0
    return [(januaries[mark // _SHARE_CHANGED % len(januaries)], step, "tightened after a good year")]


def _escalated_steps(path: Agreed) -> float:
    return float(max(1.0, round(0.2 * path.high[0] / path.tolerance)))


def _move(path: Agreed, place: int, change: float, direction: str) -> None:
    if direction == "higher":
        path.low[place:] = np.round(path.low[place] + change, 6)
    else:
        path.high[place:] = np.round(path.high[place] - change, 6)


def _bound(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _row(code: str, calendar: Calendar, place: int, path: Agreed, owner: str, reason: str) -> Row:
    low, high = _bound(path.low[place]), _bound(path.high[place])
    return Row(code, "company", "", calendar.months[place], low, high, path.tolerance, owner, reason)


def _of_districts(code: str, calendar: Calendar, path: Agreed, direction: str, owner: str) -> list[Row]:
    rows = []
    for indicator, district, steps, reason in _DISTRICTS:
        if indicator == code:
            place = calendar.januaries()[0]
            change = steps * path.tolerance * (1 if direction == "higher" else -1)
            low, high = (_bound(round(bound[place] + change, 6)) for bound in (path.low, path.high))
            rows.append(
                Row(code, "district", district, calendar.months[place], low, high, path.tolerance, owner, reason)
            )
    return rows


def _store(cursor: Cursor, rows: list[Row]) -> None:
    columns = {name: [getattr(row, name) for row in rows] for name in Row.__dataclass_fields__}
    tables.insert(cursor, "targets", tables.plain({**columns, "batch_id": [BATCH] * len(rows)}))
