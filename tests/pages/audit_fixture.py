"""The small operator with a few audits of known scores (items of plan selling: 8, 10, 8 critical and 4 points, 30 in
all; no checklist, so an item passes with all its points), in the last month unless told otherwise.

    S1 by A1: 28 of 30            93.3      again by A2: 30 of 30     own audit: 30 of 30
    S2 by A1: 25 of 30            83.3
    S3 by A2: 22 of 30, critical  60.0                                own audit: 30 of 30
    S4 in April: 30 of 30, S5 in March: 30 of 30, S6 never
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from sqm.database import marts
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Cursor, Database
from sqm.database.deciding import decisions
from sqm.rules.decisions import Draft
from tests.pages.operator import LAST

THEME = "plan_selling"
ITEMS = (
    ("need_asked", 8.0, False),
    ("plan_fits_need", 10.0, False),
    ("fees_told", 8.0, True),
    ("exit_terms_told", 4.0, False),
)
FULL = (8.0, 10.0, 8.0, 4.0)
_CATALOGUE = ("checklists", "checklist_items", "audit_items", "audit_standards", "score_parts", "audit_rotation")
_TODAY = date(2026, 11, 2)


@dataclass(frozen=True)
class Visit:
    """points: of ITEMS, None: does not apply."""

    visit_id: str
    store: str
    points: tuple[float | None, ...]
    auditor: str = "A1"
    month: date = LAST
    source: str = "third_party"


VISITS = (
    Visit("V1", "S1", (8.0, 10.0, 8.0, 2.0)),
    Visit("V1-again", "S1", FULL, "A2", source="double_check"),
    Visit("V1-own", "S1", FULL, "", source="self_audit"),
    Visit("V2", "S2", (8.0, 5.0, 8.0, 4.0)),
    Visit("V3", "S3", (8.0, 10.0, 0.0, 4.0), "A2"),
    Visit("V3-own", "S3", FULL, "", source="self_audit"),
    Visit("V4", "S4", FULL, "A2", date(2026, 4, 1)),
    Visit("V5", "S5", FULL, "A2", date(2026, 3, 1)),
)


def add(path: Path, visits: tuple[Visit, ...] = VISITS, with_catalogue: bool = True) -> Path:
    """Visits into a file; without the catalogue of audits as an operator has it who only uploaded visits."""
    db = Database.open(str(path))
    with db.write() as cursor:
        _insert(cursor, visits)
        for table in () if with_catalogue else _CATALOGUE:
            cursor.execute(f"delete from {table}")  # noqa: S608
        marts.rebuild(cursor)
    db.close()
    return path


def submitted(path: Path, rows: list[tuple[str, date, date]]) -> None:
    """Reports of districts: district, month, day."""
    db = Database.open(str(path))
    with db.write() as cursor:
        for district, month, day in rows:
            cursor.execute("insert into submissions values ('b', $d, $m, $o)", {"d": district, "m": month, "o": day})
    db.close()


def decide(path: Path, draft: Draft, who: str, role: str) -> str:
    """Into the log, as a page records it; the id."""
    db = Database.open(str(path))
    uploads = Uploads(path.parent / "uploads")
    made = decisions.record(db, uploads, draft.kind, who, role, draft.subject, draft.facts, _TODAY)
    db.close()
    return made.decision_id


def _insert(cursor: Cursor, visits: tuple[Visit, ...]) -> None:
    numbered = list(enumerate(visits, 2))
    rows = [
        {
            "batch_id": "b",
            "source_row": place,
            "visit_id": each.visit_id,
            "store_code": each.store,
            "visited_on": each.month.replace(day=12),
            "month": each.month,
            "source": each.source,
            "theme": THEME,
            "auditor_code": each.auditor,
        }
        for place, each in numbered
    ]
    items = [
        {
            "batch_id": "b",
            "source_row": place,
            "visit_id": each.visit_id,
            "item_code": f"{THEME}.{code}",
            "points": points,
            "max_points": most,
            "critical": is_critical,
        }
        for place, each in numbered
        for (code, most, is_critical), points in zip(ITEMS, each.points, strict=True)
    ]
    for table, frame in (("visits", pd.DataFrame(rows)), ("visit_items", pd.DataFrame(items))):
        cursor.register("fresh", frame)
        names = ", ".join(frame.columns)
        cursor.execute(f"insert into {table} ({names}) select {names} from fresh")  # noqa: S608
        cursor.unregister("fresh")
