"""The complaint indicators counted from the register, so that both say the same wherever they count the same thing."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from sqm.database.demo.company.calendar import MONTHS, Floats
from sqm.database.demo.company.course import Course
from sqm.database.demo.company.values import Block, everything_reported
from sqm.database.demo.company.world import World
from sqm.database.demo.complaints import causes
from sqm.database.demo.complaints.complaints import Complaints, exposure
from sqm.database.demo.noise import stream


class _Counter:
    """Counts rows of the register by month and district: (MONTHS, districts)."""

    def __init__(self, world: World, drawn: Complaints) -> None:
        self._world = world
        self._cell = drawn.months * len(world.districts) + drawn.districts
        self._process = drawn.processes

    def all(self, chosen: NDArray[np.bool_] | None = None) -> Floats:
        cells = self._cell if chosen is None else self._cell[chosen]
        places = len(self._world.districts)
        return np.bincount(cells, minlength=MONTHS * places).reshape(MONTHS, places).astype(np.float64)

    def of(self, process: str, chosen: NDArray[np.bool_] | None = None) -> Floats:
        about = self._process == self._world.processes.index(process)
        return self.all(about if chosen is None else about & chosen)


def complaint_blocks(world: World, courses: Mapping[str, Course], drawn: Complaints) -> list[Block]:
    """Blocks of every complaint indicator, by district."""
    count = _Counter(world, drawn)
    return [
        *_rates(world, count),
        *_causes(world, courses, count),
        *_escalated(world, count, drawn),
        *_in_time(world, count, drawn),
        *_shares_of_all(world, count, drawn),
        _appeals(world, courses),
    ]


def _block(world: World, code: str, numerators: Floats, denominators: Floats | None) -> Block:
    sizes = np.ones_like(numerators) if denominators is None else denominators
    where, gaps = world.districts, everything_reported(world.districts)
    return Block(code, "district", where, where, numerators, sizes, denominators is not None, gaps)


def _rates(world: World, count: _Counter) -> Iterator[Block]:
    random = stream("billing disputes")
    for process, (code, _) in causes.MAIN.items():
        numerators = count.of(process)
        if process == "business_support":
            numerators = random.binomial(numerators.astype(np.int64), causes.DISPUTED).astype(np.float64)
        yield _block(world, code, numerators, exposure(world, process))


def _causes(world: World, courses: Mapping[str, Course], count: _Counter) -> Iterator[Block]:
    for code, process in causes.CAUSES.items():
        total = count.of(process)
        usual = np.median(total.sum(axis=1))
        share = np.clip(courses[code].values / usual, 0, 1)[:, None]
        named = stream("cause " + code).binomial(total.astype(np.int64), share)
        yield _block(world, code, named.astype(np.float64), None)
    for code, process in causes.CAUSE_SHARES.items():
        total = count.of(process)
        named = stream("cause " + code).binomial(total.astype(np.int64), courses[code].values[:, None])
        yield _block(world, code, named.astype(np.float64), total)


def _escalated(world: World, count: _Counter, drawn: Complaints) -> Iterator[Block]:
    for process, code in causes.ESCALATED.items():
        yield _block(world, code, count.of(process, drawn.escalated), None)


def _in_time(world: World, count: _Counter, drawn: Complaints) -> Iterator[Block]:
    for process, (code, hours) in causes.CLOSED.items():
        yield _block(world, code, count.of(process, drawn.to_close <= hours), count.of(process))
    yield _block(world, causes.ANSWERED, count.all(drawn.to_response <= causes.ANSWER_HOURS), count.all())


def _shares_of_all(world: World, count: _Counter, drawn: Complaints) -> Iterator[Block]:
    code, process = causes.SHARE_OF_ALL
    yield _block(world, code, count.of(process), count.all())
    yield _block(world, causes.BASIC, count.all(drawn.classes == 1), count.all())


def _appeals(world: World, courses: Mapping[str, Course]) -> Block:
    """Appeals come through the regulator, not through the register."""
    size = np.round(causes.EXPOSURE_OF_APPEALS * np.tile(world.district_share, (MONTHS, 1)))
    rate = courses[causes.APPEALS].values[:, None] / 1_000_000
    return _block(world, causes.APPEALS, stream("appeals").poisson(size * rate).astype(np.float64), size)
