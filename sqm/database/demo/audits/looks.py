"""Visits beside the third party's that is scored: how they borrow its points, and how they are stored.

Points are borrowed so that both look at the same stores; nothing of the third party's visits moves.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.audits.audit_sheets import HANDLING, QUEUEING, Sheets
from sqm.database.demo.audits.audit_traces import Marks, checklist_codes, minutes
from sqm.database.demo.audits.audits import THEMES, Audited
from sqm.database.demo.company.calendar import Floats, Ints
from sqm.database.demo.company.world import World
from sqm.database.demo.noise import stream

BATCH = "demo-own-audits"
LAYOUT = "layout"
SHEETS = (*THEMES, LAYOUT)
MOOD = 0.5  # as much of a store's mood as the third party sees


@dataclass(frozen=True)
class Looks:
    """Visits of one source. theme: place in SHEETS. visit, item, points, applies: their items, as in Marks."""

    source: str
    ids: list[str]
    stores: Ints
    months: Ints
    themes: Ints
    auditors: list[str | None]
    visit: Ints
    item: Ints
    points: Floats
    applies: NDArray[np.bool_]


def expand(audited: Audited, places: Ints) -> tuple[Ints, Ints]:
    """(row of audited, which of places it belongs to) of every item of these visits."""
    widths = np.bincount(audited.rows.visit, minlength=len(audited.days))
    starts = np.cumsum(widths) - widths
    visit = np.repeat(np.arange(len(places)), widths[places])
    first = np.cumsum(widths[places]) - widths[places]
    return np.repeat(starts[places], widths[places]) + np.arange(len(visit)) - first[visit], visit


def halves(share: Floats, most: Floats) -> Floats:
    """Points in halves, from 0 to the most of the item."""
    return np.asarray(np.round(np.clip(share, 0.0, 1.0) * most * 2) / 2)


def moved_mood(world: World, audited: Audited, stores: Ints, places: Ints) -> Floats:
    """What a borrowed visit misses of the store's own mood: 0 where it is the same store."""
    return MOOD * (world.store_mood[stores] - world.store_mood[audited.visits.stores[places]])


def pairs(stores: Ints, months: Ints) -> list[tuple[int, int]]:
    """(store, month) of each visit."""
    return list(zip(stores.tolist(), months.tolist(), strict=True))


def insert(cursor: Cursor, world: World, sheets: Sheets, codes: list[str], looks: list[Looks]) -> int:
    """All of them as one file; returns the visits."""
    random = stream("own audits written down")
    stores, months, themes, item, points, applies = (
        np.concatenate([getattr(each, name) for each in looks])
        for name in ("stores", "months", "themes", "item", "points", "applies")
    )
    offsets = np.cumsum([0, *(len(each.ids) for each in looks[:-1])])
    visit = np.concatenate([each.visit + offset for each, offset in zip(looks, offsets, strict=True)])
    ids = pa.array([name for each in looks for name in each.ids])
    marks = Marks(codes, visit, item, points, applies)
    checklists = checklist_codes(sheets, SHEETS, themes, months)
    days = world.calendar.starts[months] + (random.random(len(months)) * world.calendar.lengths[months]).astype(
        np.int64
    )
    sources = [each.source for each in looks]
    columns = {
        "batch_id": tables.coded([BATCH], np.zeros(len(ids), np.int64)),
        "source_row": pa.array(np.arange(1, len(ids) + 1, dtype=np.int32)),
        "visit_id": ids,
        "store_code": tables.coded(world.stores, stores),
        "visited_on": tables.days(days),
        "month": tables.months(world.calendar, months),
        "source": tables.coded(sources, np.repeat(np.arange(len(looks)), [len(each.ids) for each in looks])),
        "theme": tables.coded(SHEETS, themes),
        "checklist_code": pa.array(checklists),
        "auditor_code": pa.array([name for each in looks for name in each.auditors], pa.string()),
        "minutes_waited": _or_null(minutes(random, sheets, QUEUEING, marks, months)),
        "minutes_handled": _or_null(minutes(random, sheets, HANDLING, marks, months)),
    }
    tables.insert(cursor, "visits", columns)
    known = {each.code: each for code in checklists for each in sheets.items[code]}
    size = len(visit)
    columns = {
        "batch_id": tables.coded([BATCH], np.zeros(size, np.int64)),
        "source_row": pa.array(np.arange(1, size + 1, dtype=np.int32)),
        "visit_id": ids.take(pa.array(visit)),
        "item_code": tables.coded(codes, item),
        "points": pa.array(points, mask=~applies),
        "max_points": pa.array(np.array([known[code].points for code in codes])[item]),
        "critical": pa.array(np.array([known[code].critical for code in codes])[item]),
    }
    tables.insert(cursor, "visit_items", columns)
    return len(ids)


def _or_null(values: Floats) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))
