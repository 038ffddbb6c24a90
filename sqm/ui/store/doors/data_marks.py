"""The door to the marks of a store: what one item earned in a visit, for the form of an appeal."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.rules.access import Scope
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import records
from sqm.ui.stores.doors import data_scores


@dataclass(frozen=True)
class Mark:
    """points: None where the item did not apply. most: what it can earn."""

    visit_id: str
    on: date
    theme: str
    item: str
    points: float | None
    most: float
    is_failed: bool
    is_critical: bool
    evidence: str


@lru_cache(maxsize=KEPT)
def _marks(at: Stamp, scope: Scope, store: str, month: date) -> tuple[Mark, ...]:
    found = data_scores.store_visits(scope, store, month)
    if found is None:
        return ()
    days = dict(zip(found.visits["visit_id"], found.visits["visited_on"], strict=True))
    listed = [
        Mark(
            visit_id=str(row["visit"]),
            on=pd.Timestamp(days[row["visit"]]).date(),
            theme=str(row["theme"]),
            item=str(row["item"]),
            points=None if row["points"] != row["points"] else float(row["points"]),
            most=float(row["most"]),
            is_failed=bool(row["is_failed"]),
            is_critical=bool(row["is_critical"]),
            evidence=str(row["evidence"]),
        )
        for row in records(found.losses)
        if row["visit"] in days
    ]
    return tuple(sorted(listed, key=lambda each: (each.on, each.visit_id, each.item), reverse=True))


def marks(scope: Scope, store: str, month: date) -> tuple[Mark, ...]:
    """Items of the themes, the latest visit first; () for a store that the viewer does not see."""
    return _marks(stamp(), scope, store, month)
