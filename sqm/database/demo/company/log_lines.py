"""A line of the demo's log of decisions, before it has its place in the log."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqm.rules.decisions import Draft


@dataclass(frozen=True)
class Line:
    """The last part of its id, when (UTC), by whom, in which role, and what."""

    key: str
    at: datetime
    who: str
    role: str
    draft: Draft


def at(month: date, day: int, hour: int = 2) -> datetime:
    """Ten in the morning in China."""
    return datetime.combine(month.replace(day=day), time(hour))
