"""Snapshots: whole, private, few; a restore brings back all that came since."""

import io
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from sqm.database.batches import batches
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.safety import restoring, snapshots, trail, trail_copy
from sqm.database.safety.snapshot_keeper import Keeper
from sqm.database.safety.snapshots import Snapshot, superfluous
from sqm.errors import SqmError
from tests.database.conftest import SURVEY_RECIPE, survey_reading
from tests.database.files import indicator_file
from tests.reliability.operator_file import send, settings_of

DAY = datetime(2026, 9, 14).date()


def commit(db: Database, uploads: Uploads, number: int) -> str:
    raw = uploads.receive(io.BytesIO(str(number).encode()), f"{number}.csv", 1000)
    reading = survey_reading([(f"K{number}-{each}", DAY, "S001", [9, 8, 7, 6, 5]) for each in range(50)])
    return batches.commit(db, uploads, raw, SURVEY_RECIPE, reading, "ana").batch_id


def test_a_snapshot_is_one_private_file_with_its_hash_and_the_head_of_its_trail(
    db: Database, uploads: Uploads, tmp_path: Path
) -> None:
    commit(db, uploads, 1)
    wal = Path(f"{db.path}.wal")
    size = wal.stat().st_size
    taken = snapshots.take(db, tmp_path / "kept", 3)
    assert wal.stat().st_size == size > 0, "the live file got a checkpoint"
    assert snapshots.every(tmp_path / "kept") == (taken,)
    assert snapshots.is_whole(taken)
    assert {path.suffix for path in (tmp_path / "kept").iterdir()} == {".duckdb", ".json"}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "kept").iterdir()} == {0o600}
    assert (taken.sequence, taken.digest) == (trail.entries(db)["sequence"][0], _last_digest(db))
    copy = Database.open(str(taken.file))
    assert table_hashes(copy) == table_hashes(db)
    copy.close()


def _last_digest(db: Database) -> str:
    return str(db.frame("select digest from trail order by sequence desc limit 1")["digest"][0])


def test_the_newest_ones_and_the_last_of_each_day_are_kept(tmp_path: Path) -> None:
    moments = [datetime(2026, 9, 1) + timedelta(hours=5 * place) for place in range(60)]  # 12.5 days
    found = [Snapshot(tmp_path / f"{at:%Y%m%dT%H}.duckdb", at, 0, "", "", 0) for at in moments]
    gone = {each.taken_at for each in superfluous(found, 4)}
    kept = [at for at in moments if at not in gone]
    assert kept[-4:] == moments[-4:]
    last_of_day = {at.date(): at for at in moments}
    assert set(kept) == {*moments[-4:], *sorted(last_of_day.values())[-snapshots.DAYS :]}


def test_a_changed_snapshot_is_seen_and_not_restored(db: Database, uploads: Uploads, tmp_path: Path) -> None:
    commit(db, uploads, 1)
    taken = snapshots.take(db, tmp_path / "kept", 3)
    raw = bytearray(taken.file.read_bytes())
    raw[len(raw) // 2] ^= 1
    taken.file.write_bytes(raw)
    assert not snapshots.is_whole(taken)
    with pytest.raises(SqmError) as refused:
        restoring.restore(taken, tmp_path / "new.duckdb", settings_of(tmp_path))
    assert refused.value.code == "snapshot_damaged"
    assert not (tmp_path / "new.duckdb").exists()


def test_a_damaged_database_gives_no_snapshot(db: Database, uploads: Uploads, tmp_path: Path) -> None:
    commit(db, uploads, 1)
    db.checkpoint()
    with Path(db.path).open("r+b") as file:
        file.seek(12288 + 256 * 1024 * 3 + 500)
        file.write(b"wrong")
    with pytest.raises(SqmError) as refused:
        snapshots.take(db, tmp_path / "kept", 3)
    assert refused.value.code == "database_damaged"
    assert not list((tmp_path / "kept").iterdir())


def test_a_restore_has_what_came_since_and_the_same_trail(db: Database, uploads: Uploads, tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    random, own = np.random.default_rng(4), Uploads(settings.uploads)
    trail.keep_heads(db)
    trail_copy.keep(db)
    gone = send(db, own, "first.csv", indicator_file(random, 6, month=4))
    taken = snapshots.take(db, settings.snapshots, 3)
    batches.undo(db, own, gone, "ana")
    send(db, own, "second.csv", indicator_file(random, 6, month=5))
    for of in (trail.heads_file, trail_copy.file_of):
        of(db.path).rename(of(settings.database))
    brought = restoring.restore(taken, tmp_path / "new.duckdb", settings)
    assert (brought.entries, len(brought.caught_up.replayed), brought.caught_up.undone) == (2, 1, (gone,))
    new = Database.open(str(tmp_path / "new.duckdb"))
    assert table_hashes(new) == table_hashes(db)
    assert trail.check(new) == (3, ())
    assert trail.entries(new).equals(trail.entries(db))
    new.close()


def test_the_keeper_follows_an_upload_and_not_a_look(db: Database, uploads: Uploads, tmp_path: Path) -> None:
    keeper = Keeper(db, tmp_path / "kept", 3, pause=0.05)
    keeper.start()
    _until(lambda: len(snapshots.every(tmp_path / "kept")) == 1)  # the state at the start
    with db.write() as cursor:
        trail.add(cursor, "ana", "login", "", {})
    time.sleep(0.3)
    assert len(snapshots.every(tmp_path / "kept")) == 1
    commit(db, uploads, 1)
    _until(lambda: len(snapshots.every(tmp_path / "kept")) == 2)
    assert snapshots.every(tmp_path / "kept")[0].sequence == trail.last_sequence(db)
    assert keeper.failure == ""
    keeper.end()


def _until(done) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + 10
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)
