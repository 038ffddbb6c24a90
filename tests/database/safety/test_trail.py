"""The trail of a real file: chained in the transaction, its heads kept outside, tampering found."""

import random
from pathlib import Path

import pytest

from sqm.database import migrations
from sqm.database.connection import Database
from sqm.database.safety import trail
from sqm.rules.trail_chain import Fault

_WAYS = (
    "update trail set who = 'nobody' where sequence = $at",
    "delete from trail where sequence = $at",
    "update trail set sequence = case sequence when $at then $other else $at end where sequence in ($at, $other)",
)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    opened = Database.open(str(tmp_path / "trail.duckdb"))
    migrations.migrate(opened)
    trail.keep_heads(opened)
    return opened


def note(db: Database, *subjects: str, action: str = "commit") -> None:
    with db.write() as cursor:
        for subject in subjects:
            trail.add(cursor, "quality", action, subject, {"file": "a.csv", "rows": 3})


def test_entries_are_chained_and_the_heads_kept_after_each_commit(db: Database) -> None:
    note(db, "b1")
    note(db, "b2", "b3")
    assert trail.check(db) == (3, ())
    kept = trail.heads_file(db.path).read_text().splitlines()
    assert [line.split(" ")[0] for line in kept] == ["1", "3"]
    assert trail.heads_file(db.path).stat().st_mode & 0o777 == 0o600


def test_what_is_rolled_back_leaves_nothing(db: Database) -> None:
    note(db, "b1")
    with pytest.raises(RuntimeError), db.write() as cursor:
        trail.add(cursor, "quality", "commit", "b2", {})
        raise RuntimeError
    note(db, "b3")
    assert trail.check(db) == (2, ())


def test_entries_from_before_the_chain_stand(db: Database) -> None:
    with db.write() as cursor:
        cursor.execute("insert into trail values (1, now()::timestamp, 'demo', 'commit', 'b0', '{}', null)")
    note(db, "b1")
    assert trail.check(db) == (2, ())


def test_the_chain_goes_on_after_a_restart(db: Database) -> None:
    note(db, "b1")
    path = db.path
    db.close()
    again = Database.open(path)
    trail.keep_heads(again)
    note(again, "b2")
    assert trail.check(again) == (2, ())
    assert len(trail.heads_file(path).read_text().splitlines()) == 2


def test_a_hundred_tamperings_of_a_file_are_found(db: Database) -> None:
    """Reliability L2, with SQL, as somebody with the file would do it."""
    note(db, *(f"b{number}" for number in range(40)))
    chance = random.Random(20111)
    for number in range(100):
        at = chance.randrange(1, 41)
        other = at % 40 + 1
        way = _WAYS[number % 3]
        with db.trial() as cursor:
            cursor.execute(way, {name: each for name, each in (("at", at), ("other", other)) if f"${name}" in way})
            cursor.execute("create or replace temp table whole as select * from trail")
            rows = cursor.execute("select * exclude (digest), coalesce(digest, '') from whole order by sequence")
            tampered = [trail.Entry(*row) for row in rows.fetchall()]
            assert trail.trail_chain.breaks(tampered, trail._heads(trail.heads_file(db.path))), way
    assert trail.check(db) == (40, ())


def test_the_whole_trail_wiped_is_found(db: Database) -> None:
    note(db, "b1", "b2")
    with db.write() as cursor:
        cursor.execute("delete from trail")
    count, broken = trail.check(db)
    assert count == 0
    assert [each.fault for each in broken] == [Fault.HEAD]


def test_who_only_looked_changes_no_data(db: Database) -> None:
    note(db, "b1")
    before = trail.last_sequence(db)
    note(db, "matrix", action="export")
    assert trail.last_sequence(db) == before
    note(db, "b2")
    assert trail.last_sequence(db) > before
