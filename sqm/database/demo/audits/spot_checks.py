"""Audits outside the stores: test calls to the hotline and visits with account managers, each with its points."""

import numpy as np
import pyarrow as pa

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.company.calendar import LAST
from sqm.database.demo.company.world import World
from sqm.database.demo.noise import stream

BATCH = "demo-spot-checks"
_MONTHS = 12
_A_MONTH = 40
_LOST = 0.36  # the planted gap of delivery: about twice what stores lose
# Source -> topic and the points of its items.
_AUDITS: dict[str, tuple[str, tuple[tuple[str, int], ...]]] = {
    "test_call": (
        "test_call",
        (("greeting", 4), ("need_understood", 6), ("answer_right", 10), ("promise_kept", 10)),
    ),
    "account_visit": (
        "account_visit",
        (("prepared", 6), ("need_recorded", 8), ("answer_on_the_day", 8), ("followed_up", 8)),
    ),
}


def add_spot_checks(cursor: Cursor, world: World) -> int:
    """Visits without a store and their items; returns the items added."""
    random = stream("spot checks")
    visits = [(source, month, number) for source in _AUDITS for month in range(_MONTHS) for number in range(_A_MONTH)]
    places = np.array([LAST - _MONTHS + 1 + month for _, month, _ in visits])
    days = world.calendar.starts[places] + (random.random(len(visits)) * world.calendar.lengths[places]).astype(int)
    ids = [
        f"{source}-{world.calendar.months[at]:%Y%m}-{number + 1}"
        for (source, _, number), at in zip(visits, places, strict=True)
    ]
    sources = [source for source, _, _ in visits]
    tables.insert(
        cursor,
        "visits",
        {
            "batch_id": pa.array([BATCH] * len(visits)),
            "source_row": pa.array(np.arange(1, len(visits) + 1, dtype=np.int32)),
            "visit_id": pa.array(ids),
            "store_code": pa.array([""] * len(visits)),
            "visited_on": tables.days(days),
            "month": tables.months(world.calendar, places),
            "source": pa.array(sources),
            "theme": pa.array([_AUDITS[source][0] for source in sources]),
        },
    )
    items = [
        (visit, f"{topic}.{item}", most)
        for visit, (source, _, _) in zip(ids, visits, strict=True)
        for topic, sheet in (_AUDITS[source],)
        for item, most in sheet
    ]
    most = np.array([points for _, _, points in items], dtype=np.float64)
    quality = np.clip(1.0 - _LOST + 0.2 * random.standard_normal(len(items)), 0.0, 1.0)
    return tables.insert(
        cursor,
        "visit_items",
        {
            "batch_id": pa.array([BATCH] * len(items)),
            "source_row": pa.array(np.arange(1, len(items) + 1, dtype=np.int32)),
            "visit_id": pa.array([visit for visit, _, _ in items]),
            "item_code": pa.array([code for _, code, _ in items]),
            "points": pa.array(np.round(quality * most * 2) / 2),
            "max_points": pa.array(most),
            "critical": pa.array([False] * len(items)),
        },
    )
