"""Every complaint on record, one row each, drawn so that the matrix's complaint indicators can be counted from them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.company import cast
from sqm.database.demo.company.calendar import MONTHS, Floats, Ints
from sqm.database.demo.company.course import Course
from sqm.database.demo.company.world import World
from sqm.database.demo.complaints import causes
from sqm.database.demo.noise import stream

BATCH = "demo-complaints"
CLASSES = ("ordinary", "basic_communication")

_ESCALATED_OF_TARGET = 0.80  # escalated complaints before the fall, against the first target
_PLACE_SPREAD = 0.12
_BASIC_ELSEWHERE = 0.05


@dataclass(frozen=True)
class Complaints:
    """One entry a complaint; stores is -1 unless a store is complained about."""

    months: Ints
    districts: Ints
    processes: Ints
    stores: Ints
    classes: Ints
    escalated: NDArray[np.bool_]
    to_response: Floats
    to_close: Floats


def exposure(world: World, process: str) -> Floats:
    """Monthly denominators of a process's complaint rate by district, (MONTHS, districts)."""
    _, size = causes.MAIN[process]
    moving = world.calendar.volume if process in ("stores", "hotline") else np.ones(MONTHS)
    growth = 1 + 0.03 * (np.arange(MONTHS) - MONTHS + 1) / 12
    return np.round(size * (growth * moving)[:, None] * world.district_share[None, :])


def draw_complaints(world: World, courses: Mapping[str, Course], first_escalated: Mapping[str, float]) -> Complaints:
    """All complaints of the 36 months. first_escalated: process -> the first target of its escalated complaints."""
    random = stream("complaints")
    expected = np.stack([_expected(world, process, courses) for process in world.processes], axis=2)
    place = np.exp(_PLACE_SPREAD * random.standard_normal(expected.shape[1:]))
    place /= np.tensordot(world.district_share, place, axes=1)
    counts = random.poisson(cast.bend_complaints(expected * place, world))
    flat = counts.reshape(-1)
    cell = np.repeat(np.arange(len(flat)), flat)
    months, districts, processes = np.unravel_index(cell, counts.shape)
    rows = len(cell)
    return Complaints(
        months=months,
        districts=districts,
        processes=processes,
        stores=_stores(random, world, districts, processes),
        classes=_classes(random, world, processes),
        escalated=random.random(rows) < _escalated_share(world, expected, first_escalated)[months, processes],
        to_response=_hours(random, courses[causes.ANSWERED].values[months], np.full(rows, causes.ANSWER_HOURS), 6.0),
        to_close=_closing(random, world, courses, months, processes),
    )


def add_complaints(cursor: Cursor, world: World, drawn: Complaints) -> int:
    """The register into the database; returns its rows."""
    random = stream("complaint days")
    rows = len(drawn.months)
    lengths = world.calendar.lengths[drawn.months]
    received = world.calendar.starts[drawn.months] + (random.random(rows) * lengths).astype(np.int64)
    numbers = np.arange(1, rows + 1, dtype=np.int32)
    return tables.insert(
        cursor,
        "complaints",
        {
            "batch_id": tables.coded([BATCH], np.zeros(rows, np.int64)),
            "source_row": pa.array(numbers),
            "complaint_id": pa.array(np.char.add("T", np.char.zfill(numbers.astype("U7"), 7))),
            "received_on": tables.days(received),
            "month": tables.months(world.calendar, drawn.months),
            "process_code": tables.coded(world.processes, drawn.processes),
            "district_code": tables.coded(world.districts, drawn.districts),
            "store_code": tables.coded_or_blank(world.stores, drawn.stores),
            "department_code": tables.coded(world.departments, world.owner[drawn.processes]),
            "complaint_class": tables.coded(CLASSES, drawn.classes),
            "escalated": pa.array(drawn.escalated),
            "hours_to_response": pa.array(np.round(drawn.to_response, 2)),
            "hours_to_close": pa.array(np.round(drawn.to_close, 2)),
        },
    )


def _expected(world: World, process: str, courses: Mapping[str, Course]) -> Floats:
    code, _ = causes.MAIN[process]
    per = next(row.per for row in world.indicators if row.code == code)
    rate = courses[code].values / per / (causes.DISPUTED if process == "business_support" else 1.0)
    return np.asarray(rate[:, None] * exposure(world, process))


def _escalated_share(world: World, expected: Floats, first: Mapping[str, float]) -> Floats:
    """(MONTHS, processes): what makes the escalated counts follow their course."""
    wanted = np.array([first[process] for process in world.processes]) * _ESCALATED_OF_TARGET
    return np.asarray(cast.escalation()[:, None] * wanted[None, :] / expected.sum(axis=1))


def _stores(random: np.random.Generator, world: World, districts: Ints, processes: Ints) -> Ints:
    stores = np.full(len(districts), -1, np.int64)
    about = processes == world.processes.index("stores")
    for place in range(len(world.districts)):
        here = np.flatnonzero(about & (districts == place))
        mine = np.flatnonzero(world.store_district == place)
        weight = world.store_size[mine]
        stores[here] = random.choice(mine, size=len(here), p=weight / weight.sum())
    return stores


def _classes(random: np.random.Generator, world: World, processes: Ints) -> Ints:
    is_network = processes == world.processes.index("network")
    return np.asarray(is_network | (random.random(len(processes)) < _BASIC_ELSEWHERE), dtype=np.int64)


def _closing(
    random: np.random.Generator, world: World, courses: Mapping[str, Course], months: Ints, processes: Ints
) -> Floats:
    share = np.full((MONTHS, len(world.processes)), causes.USUALLY_CLOSED)
    hours = np.full(len(world.processes), causes.USUAL_HOURS)
    for process, (code, limit) in causes.CLOSED.items():
        place = world.processes.index(process)
        share[:, place], hours[place] = courses[code].values, limit
    return _hours(random, share[months, processes], hours[processes], 96.0)


def _hours(random: np.random.Generator, share: Floats, limit: Floats, longest: float) -> Floats:
    """Hours of which the given share lies within the limit; the rest takes up to the longest time more."""
    uniform = random.random(len(share))
    within = uniform / share
    beyond = (uniform - share) / (1 - share)
    late = limit + 0.02 + longest * beyond**2
    return np.asarray(np.where(uniform < share, limit * (0.05 + 0.94 * within), late))
