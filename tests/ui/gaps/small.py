"""One process with numbers that can be worked out by hand: customers, managers, contact staff, audits and promises.

October 2026: six customers expect 6 everywhere and perceive 4 or 5. May and June: 128 customers, every combination of 3
and 5 in five dimensions once or more, whose overall score hangs on the dimensions by 0.1, 0.2, 0.3, 0.4 and 0.5.
"""

from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path

import pandas as pd

from sqm import config
from sqm.database import catalogue, marts, migrations
from sqm.database.connection import Cursor, Database
from sqm.rules.gaps.servqual import Dimension

LAST, BEFORE, LONG_AGO = date(2026, 10, 1), date(2026, 9, 1), date(2026, 6, 1)
PROCESS = "stores"
WEIGHTS = (0.1, 0.2, 0.3, 0.4, 0.5)
EXPECTED, ESTIMATED = 6.0, 5.0
PERCEIVED = (4.0, 5.0, 4.0, 5.0, 4.0, 5.0)
QUEUE_MINUTES = (5.0, 6.0, 7.0, 8.0)
QUEUE_POINTS = (10.0, 10.0, 10.0, 5.0, 5.0)

Row = tuple[date, Sequence[float | None]]


def items(*facets: str) -> list[str]:
    return [f"{PROCESS}.{dimension}.{facet}" for facet in facets for dimension in Dimension]


def build(path: Path) -> Path:
    db = Database.open(str(path))
    migrations.migrate(db)
    with db.write() as cursor:
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
        customers(cursor)
        inside(cursor)
        books(cursor)
        marts.rebuild(cursor)
    db.close()
    return path


def customers(cursor: Cursor) -> None:
    zone = [f"{PROCESS}.responsiveness.adequate", f"{PROCESS}.responsiveness.desired"]
    asked = [*items("expectation", "perception"), f"{PROCESS}.overall", *zone]
    rows: list[Row] = [
        (month, [EXPECTED] * 5 + [score] * 5 + [score] + [4.5, 6.0]) for month in (LAST, BEFORE) for score in PERCEIVED
    ]
    for scores in list(product((3.0, 5.0), repeat=5)) * 4:
        overall = 4.0 + sum(weight * (score - 4.0) for weight, score in zip(WEIGHTS, scores, strict=True))
        rows.append((LONG_AGO, [EXPECTED] * 5 + list(scores) + [overall, None, None]))
    respondents(cursor, "service_quality", asked, rows)


def inside(cursor: Cursor) -> None:
    """One of five managers says that there is no standard for reliability; importance falls along the dimensions."""
    important = [5.0, 4.0, 3.0, 2.0, 1.0]
    managers: list[Row] = []
    for number in range(5):
        firm: list[float | None] = [4.0] * 5
        firm[list(Dimension).index(Dimension.RELIABILITY)] = None if number == 0 else 4.0
        managers.append((LAST, [*[ESTIMATED] * 5, *firm, *important]))
    respondents(cursor, "managers", items("estimate", "standard", "importance"), managers)
    staff: list[Row] = [(LAST, [5.0] * 5 + [3.0] * 5) for _ in range(5)]
    respondents(cursor, "contact_staff", items("delivery", "promise"), staff)


def respondents(
    cursor: Cursor, survey: str, asked: Sequence[str], rows: Sequence[Row], scale: tuple[int, int] = (1, 7)
) -> None:
    batch = f"b-{survey}"
    people = pd.DataFrame(
        {
            "batch_id": batch,
            "source_row": range(2, len(rows) + 2),
            "survey_code": survey,
            "method_code": f"{survey}-1",
            "respondent_id": [f"{survey}{number}" for number in range(len(rows))],
            "answered_on": [month for month, _ in rows],
            "month": [month for month, _ in rows],
            "store_code": "",
            "district_code": "",
            "operator_code": "own",
            "channel_code": "",
            "brand_code": "",
            "weight": 1.0,
            "scores": [list(scores) for _, scores in rows],
        }
    )
    insert(cursor, "responses", people)
    questions = {
        "batch_id": batch,
        "position": range(1, len(asked) + 1),
        "item_code": asked,
        "column_name": asked,
        "scale_min": scale[0],
        "scale_max": scale[1],
    }
    insert(cursor, "questions", pd.DataFrame(questions))


def books(cursor: Cursor) -> None:
    """Five visits that lose 10 of 50 points (an item that did not apply takes no part); four stores' queues."""
    visits = {
        "batch_id": "b-audit",
        "source_row": range(1, 6),
        "visit_id": [f"V{number}" for number in range(5)],
        "store_code": [f"S{number}" for number in range(5)],
        "visited_on": LAST,
        "month": LAST,
        "source": "third_party",
        "theme": "on_site_management",
    }
    insert(cursor, "visits", pd.DataFrame(visits))
    points: list[tuple[str, str, float | None]] = [
        (f"V{number}", "queueing.minutes", score) for number, score in enumerate(QUEUE_POINTS)
    ]
    points += [("V0", "handling.minutes", None), ("V1", "perception.overall", 0.0)]  # the last belongs to no standard
    scored = {
        "batch_id": "b-audit",
        "source_row": range(1, len(points) + 1),
        "visit_id": [visit for visit, _, _ in points],
        "item_code": [item for _, item, _ in points],
        "points": [score for _, _, score in points],
        "max_points": 10.0,
        "critical": False,
    }
    insert(cursor, "visit_items", pd.DataFrame(scored))
    values = {
        "batch_id": "b-values",
        "source_row": range(1, 5),
        "indicator_code": "STO-O01",
        "month": LAST,
        "level": "store",
        "scope_code": [f"S{number}" for number in range(4)],
        "district_code": "D1",
        "numerator": [minutes * 100 for minutes in QUEUE_MINUTES],
        "denominator": 100.0,
        "n": 100,
        "note": "",
    }
    insert(cursor, "indicator_values", pd.DataFrame(values))


def insert(cursor: Cursor, table: str, rows: pd.DataFrame) -> None:
    cursor.register("fresh", rows)
    names = ", ".join(rows.columns)
    cursor.execute(f"insert into {table} ({names}) select {names} from fresh")  # noqa: S608  our own names
    cursor.unregister("fresh")
