"""Visits of the third party put into the small operator's database, as totals or item by item, for tests of pages."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqm.database.connection import Database

Visit = tuple[str, date, float | None, dict[str, tuple[float, float]]]
"""Store, month, total (None: the items say it), and points and most by item."""


def add(path: Path, visits: Sequence[Visit], theme: str = "") -> Path:
    """The first day of the month is the day of the visit."""
    db = Database.open(str(path))
    with db.write() as cursor:
        for number, (store, month, score, items) in enumerate(visits, 1):
            visit = f"V{number}"
            cursor.execute(
                """insert into visits
                (batch_id, source_row, visit_id, store_code, visited_on, month, source, theme, score)
                values ('b-visits', $row, $visit, $store, $month, $month, 'third_party', $theme, $score)""",
                {
                    "row": number,
                    "visit": visit,
                    "store": store,
                    "month": month,
                    "theme": theme,
                    "score": score,
                },
            )
            for item, (points, most) in items.items():
                cursor.execute(
                    """insert into visit_items (batch_id, source_row, visit_id, item_code, points, max_points, critical)
                    values ('b-visits', $row, $visit, $item, $points, $most, $critical)""",
                    {
                        "row": number,
                        "visit": visit,
                        "item": item,
                        "points": points,
                        "most": most,
                        "critical": item.endswith("critical"),
                    },
                )
    db.close()
    return path


def add_stores(path: Path, count: int, district: str, kind: str) -> list[str]:
    """Stores of a class without a size; their codes."""
    codes = [f"B{number:04d}" for number in range(count)]
    db = Database.open(str(path))
    with db.write() as cursor:
        for code in codes:
            cursor.execute(
                """insert into stores (store_code, name_en, name_zh, district_code, class, size, valid_from, batch_id)
                values ($code, $name, $name, $district, $kind, '', date '2020-01-01', 'b-visits')""",
                {"code": code, "name": f"Branch {code}", "district": district, "kind": kind},
            )
    db.close()
    return codes
