"""The indicators of one process in one month, put into groups (dimensions, drivers, departments), the weakest first.

Rows are records of judged indicators (rules/matrix/series.py): at least status, shortfall, position, dimension_code.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqm.rules.targets import JUDGED, SEVERITY, Status

Row = Mapping[str, Any]
R = TypeVar("R", bound=Row)

FROM_CUSTOMERS = frozenset({"perception", "complaints"})
"""Dimensions that customers make: what they say when asked, and what they say unasked."""

_NO_SHORTFALL = -1e9  # behind every real one


@dataclass(frozen=True)
class Group:
    """Indicators that belong together. rows: the weakest first."""

    code: str
    rows: tuple[Row, ...]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def counted(self) -> int:
        """Indicators that were judged: met, near or missed."""
        return sum(_status(row) in JUDGED for row in self.rows)

    def count(self, status: Status) -> int:
        return sum(_status(row) is status for row in self.rows)

    @property
    def missed(self) -> int:
        return self.count(Status.MISSED)

    @property
    def missed_share(self) -> float:
        """Missed of the judged, 0-1; 0 when none was judged."""
        return self.missed / self.counted if self.counted else 0.0

    @property
    def shortfall(self) -> float:
        """Percent of target that missed and near indicators fall short, on average over the judged."""
        short = [_shortfall(row) for row in self.rows if _status(row) in (Status.MISSED, Status.NEAR)]
        return sum(part for part in short if part != _NO_SHORTFALL) / self.counted if self.counted else 0.0

    @property
    def status(self) -> Status:
        """The worst of its indicators; no_data for an empty group."""
        return _status(self.rows[0]) if self.rows else Status.NO_DATA

    @property
    def tally(self) -> dict[str, Any]:
        """As a cell of the matrix counts: status, total and the number in each status."""
        counts = {status.value: self.count(status) for status in Status}
        return {"status": self.status, "total": self.total, "counted": self.counted, **counts}


def weakest_first(rows: Iterable[R]) -> tuple[R, ...]:
    """By status, then by how far they fall short, then in the order of the matrix."""
    return tuple(sorted(rows, key=lambda row: (SEVERITY[_status(row)], -_shortfall(row), row["position"])))


def group(code: str, rows: Iterable[Row]) -> Group:
    return Group(code, weakest_first(rows))


def groups(rows: Iterable[Row], key: Callable[[Row], str]) -> tuple[Group, ...]:
    """The rows by a key, in the order in which the keys first appear."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return tuple(group(code, each) for code, each in found.items())


def ranked(parts: Iterable[Group]) -> tuple[Group, ...]:
    """The weakest group first, as processes are ranked: share missed, shortfall, number near; unjudged ones last."""
    return tuple(
        sorted(
            parts,
            key=lambda each: (each.counted == 0, -each.missed_share, -each.shortfall, -each.count(Status.NEAR)),
        )
    )


def facing(rows: Iterable[Row]) -> tuple[Group, Group]:
    """What customers show (perception, complaints), and what is done inside (operations)."""
    listed = list(rows)
    return (
        group("customers", (row for row in listed if row["dimension_code"] in FROM_CUSTOMERS)),
        group("operations", (row for row in listed if row["dimension_code"] not in FROM_CUSTOMERS)),
    )


def customers_share(customers: Group, operations: Group) -> float:
    """Share of indicators that are customer-facing, 0-1; nan without any indicator."""
    total = customers.total + operations.total
    return customers.total / total if total else math.nan


def _status(row: Row) -> Status:
    return Status(str(row["status"]))


def _shortfall(row: Row) -> float:
    value = float(row["shortfall"])
    return _NO_SHORTFALL if math.isnan(value) else value
