"""Three stores of one class, audited by hand: every figure of the store page can be worked out on paper.

A1: the item ``counters_open`` (8 of 30 points) passed in May and got 2 of 8 in August and October, so both visits to
the first topic score 80; the second topic was seen once and got all points. Queue 14, 4 and 9 minutes -> 50, 100, 75
points (full up to 4, none from 24); handled in 8 minutes -> 100. 30 of 40 customers satisfied by text message. The
composite of three months: 0.3 x 80 + 0.3 x 100 + 0.2 x 75 + 0.1 x 75 + 0.1 x 100 = 86.5.
A2: all points but 32 of 40 satisfied -> 96. A3: in another district, no minutes, no second topic: half was collected.
"""

from datetime import date
from pathlib import Path

from sqm import config
from sqm.database import catalogue, marts, migrations
from sqm.database.connection import Cursor, Database

LAST = date(2026, 10, 1)
STORES = {"A1": "D1", "A2": "D1", "A3": "D2"}
NAMES = {"A1": ("First Street", "一号街厅"), "A2": ("Second Street", "二号街厅"), "A3": ("Third Street", "三号街厅")}
ITEM = "on_site_management.counters_open"
ON_SITE = {"queue_guide": 8, "counters_open": 8, "waiting_area": 5, "self_service_working": 5, "leaflets": 4}
BUSINESS = {
    "one_visit_done": 8,
    "charges_explained": 8,
    "identity_checked": 6,
    "receipt_given": 4,
    "closing_words": 4,
}
CRITICAL = {"queue_guide", "one_visit_done", "identity_checked"}
_SHEETS = {"on_site_management": ON_SITE, "transaction_handling": BUSINESS}
# visit, store, day, theme, minutes waited and handled, points other than all
VISITS: tuple[tuple[str, str, date, str, float | None, float | None, dict[str, int]], ...] = (
    ("v0", "A1", date(2026, 5, 10), "on_site_management", 6.0, 8.0, {}),
    ("v1", "A1", date(2026, 8, 10), "on_site_management", 14.0, 8.0, {"counters_open": 2}),
    ("v2", "A1", date(2026, 10, 12), "on_site_management", 4.0, 8.0, {"counters_open": 2}),
    ("v3", "A1", date(2026, 10, 12), "transaction_handling", 9.0, 8.0, {}),
    ("w1", "A2", date(2026, 9, 5), "on_site_management", 4.0, 8.0, {}),
    ("w2", "A2", date(2026, 10, 6), "on_site_management", 4.0, 8.0, {}),
    ("w3", "A2", date(2026, 10, 6), "transaction_handling", 4.0, 8.0, {}),
    ("x1", "A3", date(2026, 10, 20), "on_site_management", None, None, {"queue_guide": 0}),
)
SATISFIED = {"A1": 30, "A2": 32, "A3": 20}
ASKED = 40
COMMENTS = {"A1": 6, "A2": 5, "A3": 2}
_BUSINESS_DONE = (("payment", "counter", 60), ("service_request", "counter", 40), ("payment", "self_service", 100))
_STORE_ITEMS = ("stores.overall", "stores.environment", "stores.waiting", "stores.staff", "stores.handling")


def build(path: Path) -> Path:
    db = Database.open(str(path))
    migrations.migrate(db)
    with db.write() as cursor:
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
        _places(cursor)
        for row, visit in enumerate(VISITS, 2):
            _visit(cursor, row, *visit)
        _answers(cursor)
        for kind, served, count in _BUSINESS_DONE:
            cursor.execute(
                "insert into store_volumes values ('v', 'A1', $month, $kind, $served, $count)",
                {"month": LAST, "kind": kind, "served": served, "count": count},
            )
        marts.rebuild(cursor)
    db.close()
    return path


def _places(cursor: Cursor) -> None:
    for position, (code, en, zh) in enumerate((("D1", "East", "东区"), ("D2", "West", "西区")), 1):
        cursor.execute(
            "insert into districts values ($code, $position, $en, $zh, null, '')",
            {"code": code, "position": position, "en": en, "zh": zh},
        )
    for code, district in STORES.items():
        cursor.execute(
            "insert into stores values ($code, $en, $zh, $district, 'own', 'large', null, null, '2006-01-01', null, "
            "'')",
            {"code": code, "en": NAMES[code][0], "zh": NAMES[code][1], "district": district},
        )


def _visit(
    cursor: Cursor,
    row: int,
    visit: str,
    store: str,
    day: date,
    theme: str,
    waited: float | None,
    handled: float | None,
    points: dict[str, int],
) -> None:
    cursor.execute(
        "insert into visits (batch_id, source_row, visit_id, store_code, visited_on, month, source, theme, "
        "checklist_code, minutes_waited, minutes_handled, comment) "
        "values ('v', $row, $visit, $store, $day, $month, 'third_party', $theme, $sheet, $waited, $handled, $comment)",
        {
            "row": row,
            "visit": visit,
            "store": store,
            "day": day,
            "month": day.replace(day=1),
            "theme": theme,
            "sheet": f"{theme}-1",
            "waited": waited,
            "handled": handled,
            "comment": f"seen at {store}",
        },
    )
    marks = {f"{theme}.{item}": (points.get(item, most), most) for item, most in _SHEETS[theme].items()}
    for item, (earned, most) in {**marks, "perception.overall": (8, 10)}.items():
        cursor.execute(
            "insert into visit_items (batch_id, source_row, visit_id, item_code, points, max_points, critical) "
            "values ('v', $row, $visit, $item, $points, $most, $critical)",
            {
                "row": row,
                "visit": visit,
                "item": item,
                "points": earned,
                "most": most,
                "critical": item.split(".")[1] in CRITICAL,
            },
        )


def _answers(cursor: Cursor) -> None:
    """Every item like the whole; front desk of A1 besides: 10 customers, all satisfied."""
    row = 1
    for store, satisfied in SATISFIED.items():
        asked = [("sms", score) for score in [9] * satisfied + [5] * (ASKED - satisfied)]
        asked += [("front_desk", 10)] * (10 if store == "A1" else 0)
        for place, (channel, score) in enumerate(asked):
            row += 1
            cursor.execute(
                "insert into responses values ('s', $row, 'store_evaluation', 'store_evaluation-1', $who, $month, "
                "$month, $store, $district, 'own', $channel, '', 1, $scores)",
                {
                    "row": row,
                    "who": f"{store}-{place}",
                    "month": LAST,
                    "store": store,
                    "district": STORES[store],
                    "channel": channel,
                    "scores": [float(score)] * len(_STORE_ITEMS),
                },
            )
            if place < COMMENTS.get(store, 0):
                cursor.execute(
                    "insert into comments values ('s', $row, 'store_evaluation', $month, $store, $text)",
                    {"row": row, "month": LAST, "store": store, "text": f"queue too long, said at {store}"},
                )
    for position, item in enumerate(_STORE_ITEMS, 1):
        cursor.execute(
            "insert into questions values ('s', $position, $item, $item, 1, 10)", {"position": position, "item": item}
        )
