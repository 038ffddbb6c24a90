"""Doors to what the process pages show besides the matrix: drivers, contacts, and the indicator that sums a process up.

Kept by their arguments and shared by all viewers without a copy: nobody may change them.
"""

from dataclasses import dataclass
from functools import lru_cache

from sqm.database.indicators import months
from sqm.rules.matrix.process import Group, group
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Names, Record, records
from sqm.ui.matrix.data_matrix import MonthView

FIRST_PART = 1  # position of the department that leads a process, and of the contact to call first
OVERALL_ROLE = "process"  # of a question about a whole process


@dataclass(frozen=True)
class Driver:
    """Something that moves the satisfaction of a process. record: driver_en, driver_zh. codes: who watches it."""

    record: Record
    codes: tuple[str, ...]


@lru_cache(maxsize=KEPT)
def _drivers(at: Stamp) -> dict[str, tuple[Driver, ...]]:
    found: dict[tuple[str, str, str], list[Record]] = {}
    for row in records(months.drivers(database())):
        found.setdefault((str(row["process_code"]), str(row["driver_en"]), str(row["driver_zh"])), []).append(row)
    by_process: dict[str, list[Driver]] = {}
    for (process, _en, _zh), rows in found.items():
        codes = tuple(str(row["indicator_code"]) for row in rows)
        by_process.setdefault(process, []).append(Driver(rows[0], codes))
    return {process: tuple(drivers) for process, drivers in by_process.items()}


def drivers(process: str) -> tuple[Driver, ...]:
    """In the catalogue's order; empty when it names none."""
    return _drivers(stamp()).get(process, ())


@lru_cache(maxsize=KEPT)
def _contacts(at: Stamp) -> dict[str, tuple[Record, ...]]:
    found: dict[str, list[Record]] = {}
    for row in records(months.contacts(database())):
        found.setdefault(str(row["department_code"]), []).append(row)
    return {code: tuple(rows) for code, rows in found.items()}


def contacts(department: str) -> tuple[Record, ...]:
    """The first to call first; empty when the catalogue names nobody."""
    return _contacts(stamp()).get(department, ())


def rows_of(view: MonthView, process: str) -> list[Record]:
    """The judged indicators of a process, in matrix order."""
    return [row for row in view.rows.values() if row["process_code"] == process]


def owner_of(row: Record, names: Names) -> str:
    """The department that owns an indicator."""
    return str(names.indicators[str(row["indicator_code"])]["department_code"])


def leads(names: Names, process: str, department: str) -> bool:
    """Whether a department is the first to answer for a process; the others support it."""
    return any(
        owner["department_code"] == department and owner["position"] == FIRST_PART
        for owner in names.owners.get(process, ())
    )


def departments_of(view: MonthView, names: Names, process: str) -> tuple[Group, ...]:
    """Owners of the process in their order, then whoever else owns one of its indicators; with their indicators."""
    rows = rows_of(view, process)
    owners = [str(owner["department_code"]) for owner in names.owners.get(process, ())]
    others = [owner_of(row, names) for row in rows]
    return tuple(
        group(code, (row for row in rows if owner_of(row, names) == code)) for code in dict.fromkeys(owners + others)
    )


def overall(names: Names, process: str) -> Record | None:
    """The indicator that asks customers about the whole process; None when the catalogue has none."""
    return next(
        (
            record
            for record in names.indicators.values()
            if record["process_code"] == process
            and names.items.get(str(record["item_code"]), {}).get("role") == OVERALL_ROLE
        ),
        None,
    )
