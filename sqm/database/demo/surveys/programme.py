"""What the demo's survey programme agreed on: how many to ask where, and the log of its focus groups."""

import csv
from pathlib import Path

import numpy as np

from sqm.database.connection import Cursor
from sqm.database.demo.company.world import BRANDS, OWN, RIVALS, SUBSCRIBERS, World
from sqm.database.demo.surveys.cati import RIVAL_SAMPLE, SURVEY, strata
from sqm.database.demo.surveys.reputation import SURVEY as REPUTATION
from sqm.database.queries import query

_LEAST = 200  # answers that every district is to have, however small it is: two of them stay short of it


def add_programme(cursor: Cursor, world: World, sessions: Path) -> None:
    """Quotas of the telephone survey by district, brand and operator, its population, and the focus groups.

    sessions: a CSV file; its months are counted back from the last one.
    """
    district, brand, _weights = strata(world)
    parts = [
        *(
            ("district", code, max(_tens(n), _LEAST))
            for code, n in zip(world.districts, np.bincount(district), strict=True)
        ),
        *(("brand", code, _tens(n)) for code, n in zip(BRANDS, np.bincount(brand), strict=True)),
        ("operator", OWN, len(district)),
        *(("operator", rival, RIVAL_SAMPLE) for rival in RIVALS),
    ]
    for kind, code, quota in parts:
        cursor.execute(query("demo", "add_quota"), {"survey_code": SURVEY, "kind": kind, "code": code, "quota": quota})
    cursor.execute(query("demo", "add_population"), {"survey_code": SURVEY, "population": SUBSCRIBERS})
    cursor.execute(query("demo", "add_reputation_study"), {"survey_code": REPUTATION})
    with sessions.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            held = world.calendar.months[-1 - int(row["months_back"])].replace(day=int(row["day"]))
            texts = {name: row[name] for name in ("process_code", "topic_en", "topic_zh", "findings_en", "findings_zh")}
            cursor.execute(
                query("demo", "add_session"),
                {
                    **texts,
                    "session_code": f"FG-{held:%Y%m}",
                    "held_on": held,
                    "participants": int(row["participants"]),
                },
            )


def _tens(n: int) -> int:
    return int(n) // 10 * 10
