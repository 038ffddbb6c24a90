"""Indicator values by month and place: what departments' systems, the complaint register and the auditors report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.company import cast
from sqm.database.demo.company.calendar import LAST, MONTHS, Floats
from sqm.database.demo.company.course import Course, Level
from sqm.database.demo.company.world import Indicator, World
from sqm.database.demo.noise import drift, stream

BATCH = "demo-values"
_COMPANY_SHARE = np.ones(1)
_PLACE_SPREAD = {"store": 0.9, "district": 0.7, "company": 0.0}  # tolerances by which places differ
_MONTH_SPREAD = {"store": 0.5, "district": 0.25, "company": 0.0}


@dataclass(frozen=True)
class Block:
    """One indicator on one level: (MONTHS, places) of numerators and denominators; n where cases are counted."""

    code: str
    level: str
    places: tuple[str, ...]
    districts: tuple[str, ...]
    numerators: Floats
    denominators: Floats
    counted: bool
    reported: NDArray[np.bool_]


def operations(world: World, levels: Mapping[str, Level], courses: Mapping[str, Course]) -> list[Block]:
    """Blocks of every indicator that a department's own system reports."""
    rows = [row for row in world.indicators if levels[row.code].level in ("store", "district", "company")]
    return [_block(world, row, levels[row.code], courses[row.code]) for row in rows]


def add_values(cursor: Cursor, world: World, blocks: Iterable[Block]) -> int:
    """All blocks into the database as one numbered file; returns its rows."""
    parts = [_columns(world, block) for block in blocks]
    columns = {name: pa.concat_arrays([part[name] for part in parts]) for name in parts[0]}
    rows = len(columns["month"])
    numbered = {
        "batch_id": tables.coded([BATCH], np.zeros(rows, np.int64)),
        "source_row": pa.array(np.arange(1, rows + 1, dtype=np.int32)),
        "note": tables.coded([""], np.zeros(rows, np.int64)),
    }
    return tables.insert(cursor, "indicator_values", {**columns, **numbered})


def everything_reported(places: Sequence[str]) -> NDArray[np.bool_]:
    """No gaps: (MONTHS, places)."""
    return np.ones((MONTHS, len(places)), bool)


def _where(world: World, level: str) -> tuple[tuple[str, ...], tuple[str, ...], Floats]:
    """Places of a level, their districts, and their part of the company's volume."""
    if level == "store":
        districts = tuple(world.districts[place] for place in world.store_district)
        return world.stores, districts, world.store_size / world.store_size.sum()
    if level == "district":
        return world.districts, world.districts, world.district_share
    return ("",), ("",), _COMPANY_SHARE


def _block(world: World, indicator: Indicator, level: Level, course: Course) -> Block:
    random = stream("values " + indicator.code)
    places, districts, share = _where(world, level.level)
    habit = random.standard_normal(len(places)) * _PLACE_SPREAD[level.level]
    habit -= (habit * share).sum()
    moving = drift(random, len(places), _MONTH_SPREAD[level.level])
    moving -= (moving @ share)[:, None]
    value = course.values[:, None] + course.step * (habit[None, :] + moving)
    value = np.maximum(cast.bend_places(indicator.code, value, places), 0.0)
    volume = level.exposure * (world.calendar.volume[:, None] if level.counted else 1.0) * share[None, :]
    size = np.maximum(np.round(volume * np.exp(0.03 * random.standard_normal(value.shape))), 1.0)
    if indicator.kind == "level":
        numerators, size = np.round(value), np.ones_like(value)
    elif indicator.kind == "share":
        numerators = _cases(random, np.minimum(value, 1.0), size)
    else:
        numerators = np.round(value * size, 2)
    reported = _reported(indicator, level.level, places, districts)
    return Block(indicator.code, level.level, places, districts, numerators, size, level.counted, reported)


def _cases(random: np.random.Generator, share: Floats, size: Floats) -> Floats:
    """Binomial counts by their normal approximation: the sizes run into millions."""
    spread = np.sqrt(size * share * (1 - share))
    return np.clip(np.round(size * share + spread * random.standard_normal(share.shape)), 0, size)


def _reported(indicator: Indicator, level: str, places: Sequence[str], districts: Sequence[str]) -> NDArray[np.bool_]:
    """One district is late with its last month, and one system delivered nothing."""
    reported = everything_reported(places)
    if level != "company":
        reported[LAST, [district == cast.LATE_DISTRICT for district in districts]] = False
    if indicator.code == cast.UNREPORTED:
        reported[LAST] = False
    return reported


def _columns(world: World, block: Block) -> dict[str, pa.Array]:
    months, places = np.nonzero(block.reported & (block.denominators > 0))
    sizes = block.denominators[months, places]
    no_n = np.full(len(months), not block.counted)
    return {
        "indicator_code": pa.array([block.code] * len(months)),
        "month": tables.months(world.calendar, months),
        "level": pa.array([block.level] * len(months)),
        "scope_code": pa.array(block.places).take(pa.array(places)),
        "district_code": pa.array(block.districts).take(pa.array(places)),
        "numerator": pa.array(block.numerators[months, places]),
        "denominator": pa.array(sizes),
        "n": pa.array(sizes.clip(max=2**31 - 1).astype(np.int32), mask=no_n),
    }
