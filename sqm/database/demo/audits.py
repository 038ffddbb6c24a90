"""Mystery shopping: a third party visits a part of the stores every month, on two themes that rotate."""

import numpy as np
import pyarrow as pa

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.calendar import MONTHS, Floats, Ints
from sqm.database.demo.noise import stream
from sqm.database.demo.world import World

BATCH = "demo-audits"
SOURCE = "third_party"

# Theme -> its items with the points they can earn (30 a theme) and whether failing one fails the visit.
THEMES: dict[str, tuple[tuple[str, int, bool], ...]] = {
    "on_site_management": (
        ("on_site_management.queue_guide", 8, True),
        ("on_site_management.counters_open", 8, False),
        ("on_site_management.waiting_area", 5, False),
        ("on_site_management.self_service_working", 5, False),
        ("on_site_management.leaflets", 4, False),
    ),
    "transaction_handling": (
        ("transaction_handling.one_visit_done", 8, True),
        ("transaction_handling.charges_explained", 8, False),
        ("transaction_handling.identity_checked", 6, True),
        ("transaction_handling.receipt_given", 4, False),
        ("transaction_handling.closing_words", 4, False),
    ),
    "promotion_execution": (
        ("promotion_execution.rules_on_display", 8, False),
        ("promotion_execution.rules_explained", 10, True),
        ("promotion_execution.gift_in_stock", 6, False),
        ("promotion_execution.no_forced_extras", 6, True),
    ),
    "plan_selling": (
        ("plan_selling.need_asked", 8, False),
        ("plan_selling.plan_fits_need", 10, False),
        ("plan_selling.fees_told", 8, True),
        ("plan_selling.exit_terms_told", 4, False),
    ),
    "e_channel_promotion": (
        ("e_channel_promotion.offered", 10, False),
        ("e_channel_promotion.shown_how", 10, False),
        ("e_channel_promotion.terminal_working", 10, False),
    ),
    "complaint_handling": (
        ("complaint_handling.heard_out", 8, False),
        ("complaint_handling.recorded", 8, True),
        ("complaint_handling.deadline_promised", 8, False),
        ("complaint_handling.manager_came", 6, False),
    ),
}
# Seen on every visit whatever the theme; overall perception is shown but never scored into the store's total.
ALWAYS = (("queueing.minutes", 10, False), ("handling.minutes", 10, False), ("perception.overall", 10, False))

_SAMPLED = 0.42  # share of stores visited in a month
_LEVEL, _YEARLY_GAIN, _STORE_SPREAD, _ITEM_SPREAD = 0.84, 0.02, 0.5, 0.13
_NOT_APPLICABLE = 0.02


def add_audits(cursor: Cursor, world: World) -> int:
    """Visits and their items into the database; returns the items added."""
    random = stream("audits")
    stores, months, themes = _visits(random, world)
    days = world.calendar.starts[months] + (random.random(len(stores)) * world.calendar.lengths[months]).astype(np.int64)
    ids = _ids(world, stores, months, themes)
    rows = len(stores)
    tables.insert(
        cursor,
        "visits",
        {
            "batch_id": tables.coded([BATCH], np.zeros(rows, np.int64)),
            "source_row": pa.array(np.arange(1, rows + 1, dtype=np.int32)),
            "visit_id": ids,
            "store_code": tables.coded(world.stores, stores),
            "visited_on": tables.days(days),
            "month": tables.months(world.calendar, months),
            "source": tables.coded([SOURCE], np.zeros(rows, np.int64)),
            "theme": tables.coded(list(THEMES), themes),
        },
    )
    return _add_items(cursor, random, world, ids, stores, months, themes)


def themes_of(month: int) -> tuple[int, int]:
    """The two themes of a month, as places in THEMES: three months see all six."""
    return (2 * month) % len(THEMES), (2 * month + 1) % len(THEMES)


def _visits(random: np.random.Generator, world: World) -> tuple[Ints, Ints, Ints]:
    """Store, month and theme of every visit: a sampled store is visited once for each of the two themes."""
    size = round(_SAMPLED * len(world.stores))
    sampled = np.argsort(random.random((MONTHS, len(world.stores))), axis=1)[:, :size]
    months = np.repeat(np.arange(MONTHS), size * 2)
    stores = np.repeat(sampled.reshape(-1), 2)
    themes = np.array([themes_of(month) for month in range(MONTHS)])[:, None, :].repeat(size, axis=1).reshape(-1)
    return stores, months, themes


def _ids(world: World, stores: Ints, months: Ints, themes: Ints) -> pa.Array:
    words = [f"{month:%Y%m}" for month in world.calendar.months]
    rows = zip(stores.tolist(), months.tolist(), themes.tolist(), strict=True)
    return pa.array([f"V{words[month]}-{world.stores[store]}-{theme + 1}" for store, month, theme in rows])


def _add_items(
    cursor: Cursor, random: np.random.Generator, world: World, ids: pa.Array, stores: Ints, months: Ints, themes: Ints
) -> int:
    sheets = [(*items, *ALWAYS) for items in THEMES.values()]
    widths = np.array([len(sheet) for sheet in sheets])[themes]
    visit = np.repeat(np.arange(len(stores)), widths)
    place = np.arange(len(visit)) - np.repeat(np.cumsum(widths) - widths, widths)
    first = np.cumsum([0, *(len(sheet) for sheet in sheets[:-1])])
    item = first[themes[visit]] + place
    flat = [row for sheet in sheets for row in sheet]
    codes = list(dict.fromkeys(row[0] for row in flat))
    most = np.array([row[1] for row in flat], float)[item]
    earned = _points(random, world.store_mood[stores[visit]], months[visit], most)
    rows = len(visit)
    return tables.insert(
        cursor,
        "visit_items",
        {
            "batch_id": tables.coded([BATCH], np.zeros(rows, np.int64)),
            "source_row": pa.array(np.arange(1, rows + 1, dtype=np.int32)),
            "visit_id": ids.take(pa.array(visit)),
            "item_code": tables.coded(codes, np.array([codes.index(row[0]) for row in flat])[item]),
            "points": pa.array(earned, mask=random.random(rows) < _NOT_APPLICABLE),
            "max_points": pa.array(most),
            "critical": pa.array(np.array([row[2] for row in flat])[item]),
        },
    )


def _points(random: np.random.Generator, mood: Floats, months: Ints, most: Floats) -> Floats:
    """Points in halves, never below 0 or above the most an item can earn."""
    quality = _LEVEL + _YEARLY_GAIN * (months - MONTHS) / 12 + _STORE_SPREAD * mood
    quality = quality + _ITEM_SPREAD * random.standard_normal(len(most))
    return np.round(np.clip(quality, 0, 1) * most * 2) / 2
