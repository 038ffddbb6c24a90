"""Doors to what the province holds in force for the parts of the score: minutes to points, and sources."""

from datetime import date
from functools import lru_cache

from sqm.database.stores import audits
from sqm.rules.stores.store_score import MinutesStandard
from sqm.ui.doors.data import Stamp, database, stamp
from sqm.ui.doors.data_names import records
from sqm.ui.stores.doors import data_standards


def minutes(part: str, month: date) -> MinutesStandard | None:
    """The standard for minutes of a part (queueing, handling); valid_from says since when it is this one."""
    return data_standards.standards().minutes(part, month)


@lru_cache(maxsize=4)
def _sources(at: Stamp) -> dict[tuple[str, str], str]:
    rows = records(audits.score_parts(database()))
    return {(str(row["version"]), str(row["part_code"])): str(row["source"]) for row in rows}


def source(version: str, part: str) -> str:
    """Where a part of the composite comes from: third_party, two_way_evaluation; '' if the province did not say."""
    return _sources(stamp()).get((version, part), "")
