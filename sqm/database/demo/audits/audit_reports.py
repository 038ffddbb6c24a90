"""When districts reported their own audits, and which theme stood where in each month."""

from datetime import date

import numpy as np
import pyarrow as pa

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.audits.audits import THEMES, themes_of
from sqm.database.demo.audits.looks import BATCH
from sqm.database.demo.company import cast
from sqm.database.demo.company.calendar import LAST, MONTHS
from sqm.database.demo.company.world import World
from sqm.database.demo.noise import stream

_LATE_SHARE, _SLIPS = 0.75, 0.02  # of the late district's months; of everybody's


def add_submissions(cursor: Cursor, world: World, today: date) -> None:
    """By the 5th of the month after; one district late in most months, and silent about the last one."""
    random = stream("submissions")
    shape = (MONTHS, len(world.districts))
    after = random.integers(0, 5, shape)
    late = world.district(cast.LATE_DISTRICT)
    after[:, late] = np.where(random.random(MONTHS) < _LATE_SHARE, random.integers(6, 13, MONTHS), 4)
    slips = random.random(shape) < _SLIPS
    after = np.where(slips, random.integers(5, 8, shape), after)
    months, districts = (each.reshape(-1) for each in np.indices(shape))
    days = (world.calendar.starts + world.calendar.lengths)[months] + after[months, districts]
    there = ~((months == LAST) & (districts == late)) & (days <= (today - date(1970, 1, 1)).days)
    columns = {
        "batch_id": tables.coded([BATCH], np.zeros(int(there.sum()), np.int64)),
        "district_code": tables.coded(world.districts, districts[there]),
        "month": tables.months(world.calendar, months[there]),
        "submitted_on": tables.days(days[there]),
    }
    tables.insert(cursor, "submissions", columns)


def add_rotation(cursor: Cursor, world: World) -> None:
    """topic_1 and topic_2 of every month."""
    names = list(THEMES)
    rows = [(month, part, names[theme]) for month in range(MONTHS) for part, theme in enumerate(themes_of(month), 1)]
    columns = {
        "valid_from": tables.months(world.calendar, np.array([month for month, _, _ in rows])),
        "part_code": pa.array([f"topic_{part}" for _, part, _ in rows]),
        "theme": pa.array([theme for _, _, theme in rows]),
        "batch_id": pa.array([BATCH] * len(rows)),
    }
    tables.insert(cursor, "audit_rotation", columns)
