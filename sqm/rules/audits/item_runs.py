"""Since when a store fails an item: the unbroken run of equal results that its latest visit belongs to.

An item is looked at only in visits on its theme, so results of an item are compared with the earlier ones of the same
item, however many visits on other themes lie between.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class Run:
    """since, last: days of the first and the last visit of the run; visits: in the run; known: of all visits in which
    the item applied. last_visit: the id of the latest one."""

    item: str
    is_failing: bool
    since: date
    last: date
    last_visit: str
    visits: int
    known: int

    @property
    def is_new(self) -> bool:
        """The latest visit changed the result; a first visit changes nothing."""
        return self.visits == 1 and self.known > 1

    @property
    def is_open_ended(self) -> bool:
        """It has never been otherwise: the run may have begun before the first visit that is known."""
        return self.visits == self.known


def runs(losses: pd.DataFrame, days: Mapping[str, date]) -> dict[str, Run]:
    """losses: visit, item, points (NaN: did not apply, and then the visit says nothing), is_failed, of one store.
    days: of the visits; others are left out. Out: per item."""
    found: dict[str, list[tuple[date, str, bool]]] = {}
    rows = losses[losses["points"].notna()]
    for visit, item, failed in zip(rows["visit"], rows["item"], rows["is_failed"], strict=True):
        if str(visit) in days:
            found.setdefault(str(item), []).append((days[str(visit)], str(visit), bool(failed)))
    return {item: _run(item, sorted(results)) for item, results in found.items()}


def _run(item: str, results: list[tuple[date, str, bool]]) -> Run:
    last, visit, failing = results[-1]
    length = next(
        (count for count, (_, _, failed) in enumerate(reversed(results)) if failed is not failing), len(results)
    )
    return Run(item, failing, results[-length][0], last, visit, length, len(results))


def changed(found: Iterable[Run], first: date) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """(newly failed, newly passed) in visits from a day on."""
    new = [each for each in found if each.is_new and each.last >= first]
    return tuple(each for each in new if each.is_failing), tuple(each for each in new if not each.is_failing)
