"""Business of a store by month: added up by where it was done, for those alone who may see the store."""

from datetime import date

import pytest

from sqm.database.connection import Database
from sqm.database.stores import volumes
from sqm.rules.access import EVERYTHING, Scope

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture
def done(db: Database) -> Database:
    with db.write() as cursor:
        for store, month, kind, served, count in (
            ("S001", OCTOBER, "payment", "counter", 60),
            ("S001", OCTOBER, "handset", "counter", 5),
            ("S001", OCTOBER, "payment", "self_service", 90),
            ("S001", SEPTEMBER, "handset", "counter", 7),
            ("S002", OCTOBER, "payment", "counter", 1000),
        ):
            cursor.execute(
                "insert into store_volumes values ('v', $store, $month, $kind, $served, $count)",
                {"store": store, "month": month, "kind": kind, "served": served, "count": count},
            )
    return db


def _rows(db: Database, scope: Scope, first: date = SEPTEMBER) -> list[tuple[object, ...]]:
    found = volumes.by_month(db, scope, "S001", first, OCTOBER)
    return [(row.month.date(), row.served_at, row.transactions, row.of_kind) for row in found.itertuples()]


def test_by_month_and_place(done: Database) -> None:
    assert _rows(done, EVERYTHING) == [
        (SEPTEMBER, "counter", 7, 0),
        (OCTOBER, "counter", 65, 60),
        (OCTOBER, "self_service", 90, 90),
    ]
    assert len(_rows(done, EVERYTHING, OCTOBER)) == 2


@pytest.mark.parametrize(
    ("scope", "sees"),
    [
        (Scope(frozenset({"D01"}), None), True),
        (Scope(frozenset({"D01"}), frozenset({"S001"})), True),
        (Scope(frozenset({"D02"}), None), False),
        (Scope(frozenset({"D01"}), frozenset({"S002"})), False),
        (Scope(frozenset(), frozenset()), False),
    ],
)
def test_only_for_those_who_may_see_the_store(done: Database, scope: Scope, sees: bool) -> None:
    assert bool(_rows(done, scope)) is sees
