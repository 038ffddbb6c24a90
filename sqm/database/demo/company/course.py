"""Where the company stands on every indicator in every month, before chance and places: a path beside its target.

data/demo/levels.csv says for each indicator how many tolerances it keeps from its target (margin; negative misses it),
how restless it is (noise, in tolerances) and how it moves in a year (yearly, in tolerances, positive is better).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sqm.database.demo.company import cast
from sqm.database.demo.company.calendar import LAST, MONTHS, Floats
from sqm.database.demo.company.targets import Agreed
from sqm.database.demo.company.world import Indicator, World
from sqm.database.demo.noise import drift, stream

_FOLLOW = 3  # months by which a department works towards a new target before and after it counts
_KEEP = 0.3  # a share never comes nearer to 0 or 100 % than this part of its target's own distance
_STEADY = frozenset({cast.RAISED_TARGET, cast.LOOSENED_TARGET})
_RESTLESS = frozenset({cast.HIT_AND_MISS})


@dataclass(frozen=True)
class Level:
    """One row of levels.csv. level: survey, complaints, audits, store, district or company; exposure: the company's
    monthly denominator; counted: the denominator counts cases, so it is the n of a share."""

    level: str
    exposure: float
    counted: bool
    base: float | None
    spread: float | None
    margin: float
    noise: float
    yearly: float


@dataclass(frozen=True)
class Course:
    """values: the indicator's value by month, in its own unit (shares 0-1, rates per base). step: its tolerance."""

    values: Floats
    step: float


def read_levels(path: Path) -> dict[str, Level]:
    """The rows of levels.csv by indicator code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["indicator_code"]: _level(row) for row in csv.DictReader(file)}


def courses(world: World, levels: Mapping[str, Level], agreed: Mapping[str, Agreed]) -> dict[str, Course]:
    """The company's path of every indicator of the catalogue."""
    return {row.code: _course(row, levels[row.code], agreed.get(row.code)) for row in world.indicators}


def _level(row: Mapping[str, str]) -> Level:
    def number(name: str) -> float | None:
        return float(row[name]) if row[name] else None

    return Level(
        level=row["level"],
        exposure=number("exposure") or 0.0,
        counted=row["counted"] == "true",
        base=number("base"),
        spread=number("spread"),
        margin=float(row["margin"]),
        noise=float(row["noise"]),
        yearly=float(row["yearly"]),
    )


def _course(indicator: Indicator, level: Level, agreed: Agreed | None) -> Course:
    better = 1.0 if indicator.direction == "higher" else -1.0
    if agreed is None:
        aim, step = np.full(MONTHS, level.base or 0.0), level.spread or 0.0
    else:
        held = agreed.steady() if indicator.code in _STEADY else agreed
        aim, step = _followed(held.low if indicator.direction == "higher" else held.high), agreed.tolerance
    memory = 0.0 if indicator.code in _RESTLESS else 0.5
    wander = drift(stream("course " + indicator.code), 1, level.noise, memory)[:, 0]
    years = (np.arange(MONTHS) - LAST) / 12
    values = aim + better * step * (level.margin + level.yearly * years + wander)
    if indicator.kind == "share" and agreed is not None and indicator.direction != "range":
        values = _inside(values, aim, indicator.direction)
    return Course(cast.bend_course(indicator.code, np.maximum(values, 0.0)), step)


def _followed(target: Floats) -> Floats:
    padded = np.pad(target, _FOLLOW, mode="edge")
    window = 2 * _FOLLOW + 1
    return np.convolve(padded, np.full(window, 1 / window), mode="valid")


def _inside(values: Floats, aim: Floats, direction: str) -> Floats:
    """Shares that beat their target are squeezed before 0 or 100 %: they come near, and never arrive."""
    better = values - aim if direction == "higher" else aim - values
    room = (1 - aim if direction == "higher" else aim) * (1 - _KEEP)
    squeezed = np.where(better > 0, room * -np.expm1(-np.maximum(better, 0) / room), better)
    return np.asarray(aim + squeezed if direction == "higher" else aim - squeezed)
