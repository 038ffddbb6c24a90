"""The door to a store's business: transactions by month, at the counter and on self-service devices."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqm.database.stores import volumes
from sqm.rules.access import Scope
from sqm.rules.periods import add_months
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import records
from sqm.ui.store.store_choice import Choice

COUNTER, SELF_SERVICE = "counter", "self_service"
YEAR = 12


@dataclass(frozen=True)
class VolumeMonth:
    """Transactions; payments: those at the counter that only pay a bill."""

    month: date
    counter: int
    self_service: int
    payments: int

    @property
    def total(self) -> int:
        return self.counter + self.self_service

    @property
    def diverted(self) -> float | None:
        """Share on self-service devices, 0-1."""
        return self.self_service / self.total if self.total else None


@lru_cache(maxsize=KEPT)
def _months(at: Stamp, scope: Scope, choice: Choice) -> tuple[VolumeMonth, ...]:
    first = add_months(choice.month, -35)
    held: dict[date, dict[str, tuple[int, int]]] = {}
    for row in records(volumes.by_month(database(), scope, choice.store, first, choice.month)):
        served = held.setdefault(row["month"].date(), {})
        served[str(row["served_at"])] = (int(row["transactions"]), int(row["of_kind"]))
    return tuple(_volume(month, served) for month, served in sorted(held.items()))


def _volume(month: date, served: dict[str, tuple[int, int]]) -> VolumeMonth:
    (counter, payments), (devices, _paid) = (served.get(place, (0, 0)) for place in (COUNTER, SELF_SERVICE))
    return VolumeMonth(month, counter, devices, payments)


def months(scope: Scope, choice: Choice) -> tuple[VolumeMonth, ...]:
    """Up to three years, oldest first; () where nothing was reported."""
    return _months(stamp(), scope, choice)


def in_year(found: tuple[VolumeMonth, ...], last: date, back: int = 0) -> tuple[VolumeMonth, ...]:
    """The twelve months that end with one, or as many ``back`` years before; () unless all twelve are there."""
    end = add_months(last, -YEAR * back)
    inside = tuple(each for each in found if add_months(end, 1 - YEAR) <= each.month <= end)
    return inside if len(inside) == YEAR else ()
