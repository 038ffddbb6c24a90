"""Mystery shopping: a third party visits a part of the stores every month, on two themes that rotate."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.audits.audit_sheets import Sheets
from sqm.database.demo.audits.audit_traces import AUDITORS, Marks, Traces, traced
from sqm.database.demo.company.calendar import MONTHS, Floats, Ints
from sqm.database.demo.company.course import Course
from sqm.database.demo.company.values import Block
from sqm.database.demo.company.world import World
from sqm.database.demo.noise import stream

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
# Seen on every visit whatever the theme; only queueing and handling are scored into the store's total.
ALWAYS = (
    ("queueing.minutes", 10, False),
    ("handling.minutes", 10, False),
    ("perception.overall", 10, False),
    ("proactive.service", 10, False),
    ("promotion.carried_out", 10, False),
)
# Items that a matrix indicator counts: a visit passes from these points on; the perception is averaged.
_PASSES = {"proactive.service": "STO-O07", "promotion.carried_out": "PRO-O06"}
_PASS_POINTS = 8.0
_PERCEPTION = ("perception.overall", "STO-P08")

_SAMPLED = 0.42  # share of stores visited in a month
_LEVEL, _YEARLY_GAIN, _STORE_SPREAD, _ITEM_SPREAD = 0.84, 0.02, 0.5, 0.13
_NOT_APPLICABLE = 0.02
_PASS_SPREAD = 1.0  # how much of a store's mood shows in passing or failing


@dataclass(frozen=True)
class Visits:
    """One entry a visit: a sampled store is visited once for each of the month's two themes."""

    ids: pa.Array
    stores: Ints
    months: Ints
    themes: Ints


@dataclass(frozen=True)
class Rows:
    """The items of all visits, one entry each. visit and item are places; spare marks items that may not apply.

    The items of a visit stand together, in the order of their sheet, and visits in their own order.
    """

    codes: list[str]
    visit: Ints
    item: Ints
    most: Floats
    critical: NDArray[np.bool_]
    spare: NDArray[np.bool_]


@dataclass(frozen=True)
class Audited:
    """What the third party saw: days since 1970 and auditor (place in AUDITORS) of each visit, points of each row and
    whether it applied."""

    visits: Visits
    days: Ints
    auditors: Ints
    rows: Rows
    earned: Floats
    applies: NDArray[np.bool_]


def add_audits(
    cursor: Cursor, world: World, courses: Mapping[str, Course], sheets: Sheets
) -> tuple[Audited, list[Block]]:
    """Visits and their items into the database; returns them and the indicators that count visits."""
    random = stream("audits")
    visits = _visits(random, world)
    after = (random.random(len(visits.stores)) * world.calendar.lengths[visits.months]).astype(np.int64)
    rows = _rows(visits)
    earned, blocks = _earned(random, world, courses, visits, rows)
    applies = ~(rows.spare & (random.random(len(rows.visit)) < _NOT_APPLICABLE))
    marks = Marks(rows.codes, rows.visit, rows.item, earned, applies)
    traces = traced(sheets, list(THEMES), visits.themes, visits.months, marks)
    days = world.calendar.starts[visits.months] + after
    audited = Audited(visits, days, traces.auditors, rows, earned, applies)
    _insert(cursor, world, audited, traces)
    return audited, blocks


def _insert(cursor: Cursor, world: World, audited: Audited, traces: Traces) -> None:
    visits, rows = audited.visits, audited.rows
    count, size = len(visits.stores), len(rows.visit)
    visit_columns = {
        "batch_id": tables.coded([BATCH], np.zeros(count, np.int64)),
        "source_row": pa.array(np.arange(1, count + 1, dtype=np.int32)),
        "visit_id": visits.ids,
        "store_code": tables.coded(world.stores, visits.stores),
        "visited_on": tables.days(audited.days),
        "month": tables.months(world.calendar, visits.months),
        "source": tables.coded([SOURCE], np.zeros(count, np.int64)),
        "theme": tables.coded(list(THEMES), visits.themes),
        "checklist_code": traces.checklists,
        "auditor_code": tables.coded(AUDITORS, traces.auditors),
        "minutes_waited": pa.array(traces.waited),
        "minutes_handled": pa.array(traces.handled),
        "comment": traces.comments,
    }
    tables.insert(cursor, "visits", visit_columns)
    item_columns = {
        "batch_id": tables.coded([BATCH], np.zeros(size, np.int64)),
        "source_row": pa.array(np.arange(1, size + 1, dtype=np.int32)),
        "visit_id": visits.ids.take(pa.array(rows.visit)),
        "item_code": tables.coded(rows.codes, rows.item),
        "points": pa.array(audited.earned, mask=~audited.applies),
        "max_points": pa.array(rows.most),
        "critical": pa.array(rows.critical),
        "evidence": traces.evidence,
    }
    tables.insert(cursor, "visit_items", item_columns)


def themes_of(month: int) -> tuple[int, int]:
    """The two themes of a month, as places in THEMES: three months see all six."""
    return (2 * month) % len(THEMES), (2 * month + 1) % len(THEMES)


def _visits(random: np.random.Generator, world: World) -> Visits:
    size = round(_SAMPLED * len(world.stores))
    sampled = np.argsort(random.random((MONTHS, len(world.stores))), axis=1)[:, :size]
    months = np.repeat(np.arange(MONTHS), size * 2)
    stores = np.repeat(sampled.reshape(-1), 2)
    themes = np.tile(np.array([themes_of(month) for month in range(MONTHS)])[:, None, :], (1, size, 1)).reshape(-1)
    words = [f"{month:%Y%m}" for month in world.calendar.months]
    rows = zip(stores.tolist(), months.tolist(), themes.tolist(), strict=True)
    ids = pa.array([f"V{words[month]}-{world.stores[store]}-{theme + 1}" for store, month, theme in rows])
    return Visits(ids, stores, months, themes)


def _rows(visits: Visits) -> Rows:
    sheets = [(*items, *ALWAYS) for items in THEMES.values()]
    flat = [row for sheet in sheets for row in sheet]
    codes = list(dict.fromkeys(row[0] for row in flat))
    widths = np.array([len(sheet) for sheet in sheets])[visits.themes]
    first = np.cumsum([0, *(len(sheet) for sheet in sheets[:-1])])[visits.themes]
    visit = np.repeat(np.arange(len(widths)), widths)
    place = np.arange(len(visit)) - np.repeat(np.cumsum(widths) - widths, widths)
    row = np.repeat(first, widths) + place
    return Rows(
        codes=codes,
        visit=visit,
        item=np.array([codes.index(entry[0]) for entry in flat])[row],
        most=np.array([entry[1] for entry in flat], float)[row],
        critical=np.array([entry[2] for entry in flat])[row],
        spare=place < widths[visit] - len(ALWAYS),
    )


def _earned(
    random: np.random.Generator, world: World, courses: Mapping[str, Course], visits: Visits, rows: Rows
) -> tuple[Floats, list[Block]]:
    stores, months = visits.stores[rows.visit], visits.months[rows.visit]
    mood = world.store_mood[stores]
    earned = _points(random, mood, months, rows.most)
    blocks = []
    for code, indicator in _PASSES.items():
        at = np.flatnonzero(rows.item == rows.codes.index(code))
        earned[at] = _passes(random, courses[indicator].values[months[at]] + _PASS_SPREAD * mood[at])
        blocks.append(_block(world, indicator, stores[at], months[at], (earned[at] >= _PASS_POINTS).astype(float)))
    at = np.flatnonzero(rows.item == rows.codes.index(_PERCEPTION[0]))
    blocks.append(_block(world, _PERCEPTION[1], stores[at], months[at], earned[at]))
    return earned, blocks


def _points(random: np.random.Generator, mood: Floats, months: Ints, most: Floats) -> Floats:
    """Points in halves, never below 0 or above the most an item can earn."""
    quality = _LEVEL + _YEARLY_GAIN * (months - MONTHS) / 12 + _STORE_SPREAD * mood
    quality = quality + _ITEM_SPREAD * random.standard_normal(len(most))
    return np.asarray(np.round(np.clip(quality, 0, 1) * most * 2) / 2)


def _passes(random: np.random.Generator, share: Floats) -> Floats:
    """Points of 10 of which the given share is enough to pass."""
    passed = random.random(len(share)) < share
    return np.asarray(np.where(passed, random.integers(16, 21, len(share)) / 2, random.integers(4, 15, len(share)) / 2))


def _block(world: World, code: str, stores: Ints, months: Ints, points: Floats) -> Block:
    """Sums over visits by month and store; a store without a visit reports nothing."""
    shape = (MONTHS, len(world.stores))
    cell = months * shape[1] + stores
    sums = np.bincount(cell, points, minlength=shape[0] * shape[1]).reshape(shape)
    visits = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    districts = tuple(world.districts[place] for place in world.store_district)
    return Block(code, "store", world.stores, districts, sums.astype(np.float64), visits, True, visits > 0)
