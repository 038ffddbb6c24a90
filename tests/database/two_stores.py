"""A small operator, and its twin without what a viewer may not see: whatever a query tells a viewer must be the same.

S001 and S002 in district D01, S005 in D02: answers and comments, values, visits, transactions, a published month, all
with numbers of their own. Own rows stand first in every file, so that the twin's have the same places.
"""

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqm.database.batches import batches
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.indicators import sealed
from sqm.rules.access import Scope
from tests.database import written
from tests.database.batches.test_visit_batches import DESKS, GUIDE, HEAD
from tests.database.batches.test_visit_batches import commit as commit_visits
from tests.database.conftest import INDICATOR_RECIPE, indicator_reading, open_tiny

OWN, NEAR, FAR = "S001", "S002", "S005"
STORES = {OWN: "D01", NEAR: "D01", FAR: "D02"}
JUNE, JULY = datetime.date(2026, 6, 1), datetime.date(2026, 7, 1)
VALUE = "HOT-O01"
"""An indicator of uploaded values."""
BRANCH, MANAGER = Scope(frozenset({"D01"}), None), Scope(frozenset({"D01"}), frozenset({OWN}))
SEES = {BRANCH: (OWN, NEAR), MANAGER: (OWN,)}
_SCORES = {OWN: (9, 8, 7, 8, 10), NEAR: (3, 4, 2, 5, 1), FAR: (6, 1, 6, 2, 7)}


@dataclass(frozen=True)
class Twins:
    """whole: the operator; alone: by scope, the operator without what that scope may not see. expected: what was read
    there before, by scope and query."""

    whole: Database
    alone: dict[Scope, Database]
    expected: dict[tuple[Scope, str], list[str]] = field(default_factory=dict)


def build(folder: Path) -> Twins:
    made = {
        stores: operator(folder / f"{len(stores)}", stores)
        for stores in ((OWN, NEAR, FAR), *dict.fromkeys(SEES.values()))
    }
    return Twins(made[OWN, NEAR, FAR], {scope: made[stores] for scope, stores in SEES.items()})


def close(twins: Twins) -> None:
    for database in (twins.whole, *twins.alone.values()):
        database.close()


def operator(folder: Path, stores: Sequence[str]) -> Database:
    """All that these stores have, and nothing of the others, not even their names."""
    folder.mkdir()
    db, uploads = open_tiny(folder / "own.duckdb"), Uploads(folder / "own.uploads")
    with db.write() as cursor:
        cursor.execute("delete from stores where store_code not in (select unnest($stores))", {"stores": list(stores)})
        cursor.execute("delete from districts where district_code not in (select district_code from stores)")
        for store in stores:
            count = 10 * int(store[1:])
            cursor.execute(
                "insert into store_volumes values ('v', $store, $month, 'payment', 'counter', $count)",
                {"store": store, "month": JUNE, "count": count},
            )
    for month in (JUNE, JULY):
        answers = [(store, list(_SCORES[store]), f"said in {store}") for store in stores for _ in range(6)]
        written.commit(db, uploads, month.replace(day=5), answers)  # type: ignore[arg-type]
    values = [(VALUE, JUNE, store, float(10 + int(store[1:])), 40.0) for store in stores]
    raw = uploads.receive(io.BytesIO(b"values"), "values.csv", 100)
    batches.commit(db, uploads, raw, INDICATOR_RECIPE, indicator_reading(values), "ana")
    for source in ("third party", "self audit"):
        commit_visits(db, uploads, HEAD + "".join(_visit(store, source) for store in stores), f"{source}.csv")
    sealed.seal(db, uploads, JUNE, "quality", today=datetime.date(2026, 8, 1))
    return db


def _visit(store: str, source: str) -> str:
    start = f"{source[0]}-{store},{store},2026-06-03,{source},on_site_management,A1"
    return f"{start},{GUIDE},{int(store[1:]) % 8},8\n{start},{DESKS},4,8\n"
