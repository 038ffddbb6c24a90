"""People in the database: written by decisions, taken back, refused, kept by a rebuild, and in the trail."""

import json
from datetime import date
from pathlib import Path

import pytest

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions, people
from sqm.database.safety import trail
from sqm.errors import SqmError
from sqm.rules import people as rules
from sqm.rules.access import Role
from sqm.rules.decisions import Draft, withdraw
from sqm.rules.people import Person
from tests.database.conftest import open_tiny

WANG = Person("p1", "Wang Fang", "wang@op.example", "", True, Role.QUALITY)
LI = Person("p2", "Li Hua", "li@op.example", "7", True, Role.STORE_MANAGER, (), ("S001", "S002"))


@pytest.fixture
def place(tmp_path: Path) -> tuple[Database, Uploads]:
    return open_tiny(tmp_path / "tiny.duckdb"), Uploads(tmp_path / "uploads")


def record(place: tuple[Database, Uploads], draft: Draft) -> str:
    db, uploads = place
    return decisions.record(db, uploads, draft.kind, "wang", "quality", draft.subject, draft.facts).decision_id


def test_added_changed_taken_back_and_written_down(place: tuple[Database, Uploads]) -> None:
    db, _uploads = place
    record(place, rules.setting(None, WANG, "begins", ""))
    record(place, rules.setting(None, LI, "opens the store", ""))
    assert people.every(db) == (LI, WANG)
    moved = Person("p2", "Li Hua", "li@op.example", "7", True, Role.DISTRICT, ("D1",))
    change = record(place, rules.setting(LI, moved, "promoted", ""))
    assert people.every(db) == (moved, WANG)
    last = trail.entries(db, 1).iloc[0]
    detail = json.loads(last["detail"])
    assert last["action"] == "person_set" and detail["reason"] == "promoted"
    assert detail["before"]["role"] == "store_manager" and detail["after"]["districts"] == ["D1"]
    record(place, withdraw(change))
    assert people.every(db) == (LI, WANG)
    assert trail.check(db)[1] == ()


def test_two_who_change_the_same_person_and_the_last_administrator(place: tuple[Database, Uploads]) -> None:
    db, _uploads = place
    first = record(place, rules.setting(None, WANG, "begins", ""))
    record(place, rules.setting(None, LI, "opens the store", ""))
    closed = Person("p2", "Li Hua", "li@op.example", "7", False, Role.STORE_MANAGER, (), ("S001", "S002"))
    record(place, rules.setting(LI, closed, "leaves", ""))
    for draft, code in (
        (rules.setting(LI, closed, "leaves again", ""), "person_changed"),
        (rules.setting(WANG, Person("p1", "Wang Fang", "wang@op.example", "", True, Role.HR), "moves", ""), "last_adm"),
        (withdraw(first), "last_adm"),
    ):
        with pytest.raises(SqmError, match=code):
            record(place, draft)
    assert people.every(db) == (closed, WANG)


def test_looking_changes_no_data_and_is_written_down(place: tuple[Database, Uploads]) -> None:
    db, _uploads = place
    before = trail.last_sequence(db)
    for action in (people.LOGIN, people.LOGOUT, people.DENIED):
        people.note(db, "li@op.example", action, {"why": "test"})
    assert trail.last_sequence(db) == before
    assert list(trail.entries(db, 3)["action"]) == ["denied", "logout", "login"]
    with pytest.raises(ValueError, match="undo"):
        people.note(db, "li@op.example", "undo", {})


def test_open_stores_are_those_of_today(place: tuple[Database, Uploads]) -> None:
    db, _uploads = place
    with db.write() as cursor:
        cursor.execute("update stores set valid_to = date '2026-01-31' where store_code = 'S002'")
    assert "S002" in people.open_stores(db, date(2026, 1, 31))
    now = people.open_stores(db, date(2026, 2, 1))
    assert "S002" not in now and now["S001"]
