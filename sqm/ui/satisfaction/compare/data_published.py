"""Doors to figures that were uploaded rather than surveyed: ours beside the province's or a rival's, wave by wave."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.indicators import indicators
from sqm.rules.rivals import lead as leads
from sqm.rules.rivals.lead import Lead, Share
from sqm.rules.sampling import GREY_BELOW, HIDDEN_BELOW
from sqm.rules.targets import Direction
from sqm.rules.values import Kind, value_of
from sqm.ui.doors.data import Stamp, database, stamp
from sqm.ui.doors.data_names import Names, Record, names, records

PERCEPTION = "perception"
MOST_LINES, MOST_WAVES = 40, 4
_KEPT = 60


@dataclass(frozen=True)
class Figure:
    """A published number. n: people behind it, None where the file does not say. is_grey: below 30."""

    value: float
    n: float | None

    @property
    def is_grey(self) -> bool:
        return self.n is not None and self.n < GREY_BELOW


@dataclass(frozen=True)
class PublishedLine:
    """One indicator. waves: other, ours and the lead in each wave of the table, None where there is no number."""

    code: str
    other_code: str
    waves: tuple[tuple[Figure | None, Figure | None, Lead], ...]


@dataclass(frozen=True)
class Published:
    waves: tuple[date, ...]
    lines: tuple[PublishedLine, ...]


@lru_cache(maxsize=_KEPT)
def _published(at: Stamp, last: date) -> Published:
    rows, known = records(indicators.beside(database(), last)), names()
    held: dict[str, dict[date, dict[str, Record]]] = {}
    for row in rows:
        if known.indicators.get(str(row["indicator_code"]), {}).get("dimension_code", PERCEPTION) == PERCEPTION:
            of_month = held.setdefault(str(row["indicator_code"]), {}).setdefault(pd.Timestamp(row["month"]).date(), {})
            of_month[str(row["scope_code"])] = row
    waves = tuple(sorted({month for months in held.values() for month in months}))[-MOST_WAVES:]
    lines = [
        PublishedLine(code, other, tuple(_wave(months.get(wave, {}), other, code, known) for wave in waves))
        for code, months in held.items()
        for other in dict.fromkeys(scope for month in months.values() for scope in month if scope)
    ]
    return Published(waves, tuple(lines[:MOST_LINES]))


def published(last: date) -> Published:
    """Perception indicators (and those that the catalogue does not know), each against every other operator."""
    return _published(stamp(), last)


def _wave(month: dict[str, Record], other: str, code: str, known: Names) -> tuple[Figure | None, Figure | None, Lead]:
    record = known.indicators.get(code, {})
    kind, per = Kind(record.get("kind") or Kind.MEAN), float(record.get("per") or 1.0)
    theirs, ours = _figure(month.get(other), kind, per), _figure(month.get(""), kind, per)
    if ours is None or theirs is None:
        return theirs, ours, leads.NOTHING
    direction = Direction(record.get("direction") or Direction.HIGHER)
    if kind is Kind.SHARE and ours.n and theirs.n:
        return theirs, ours, leads.lead_of_shares(Share(ours.value, ours.n), Share(theirs.value, theirs.n), direction)
    return theirs, ours, leads.lead_of_values(ours.value, theirs.value, direction)


def _figure(row: Record | None, kind: Kind, per: float) -> Figure | None:
    """None without a value, and where fewer than 5 people stand behind it."""
    if row is None:
        return None
    value = value_of(float(row["numerator"]), float(row["denominator"]), kind, per)
    n: float | None = None if pd.isna(row["n"]) else float(row["n"])
    is_hidden = n is not None and n < HIDDEN_BELOW
    return None if value is None or is_hidden else Figure(value, n)
