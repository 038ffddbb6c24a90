"""Health asks the database itself: each thing that can be wrong turns it red, and what can be mended is mended."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sqm import config
from sqm.database import hashes
from sqm.database.batches.uploads import JournalEntry, Uploads
from sqm.database.connection import Database
from sqm.database.safety import snapshots, space
from sqm.database.safety.health import Code, Watch
from sqm.database.safety.own_files import BLOCK, HEADER
from sqm.database.safety.recovery import recovered
from sqm.database.safety.snapshot_keeper import Keeper
from sqm.database.start import open_database
from sqm.errors import SqmError
from tests.database.files import indicator_file
from tests.reliability.operator_file import build_register, send, settings_of


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("health") / "own"
    settings = build_register(folder)
    db = open_database(settings)
    send(db, Uploads(settings.uploads), "values.csv", indicator_file(np.random.default_rng(1), 9))
    db.checkpoint()
    snapshots.take(db, settings.snapshots, 3)
    db.close()
    return folder


@pytest.fixture
def settings(origin: Path, tmp_path: Path) -> config.Settings:
    shutil.copytree(origin, tmp_path / "own")
    return settings_of(tmp_path / "own")


@pytest.fixture
def live(settings: config.Settings) -> Iterator[Database]:
    db = open_database(settings)
    yield db
    db.close()


def test_nothing_is_wrong_at_first_and_after_a_commit(live: Database, settings: config.Settings) -> None:
    watch = Watch(live, settings)
    assert watch.look().codes == ()
    send(live, Uploads(settings.uploads), "values 2.csv", indicator_file(np.random.default_rng(2), 9, month=5))
    assert watch.look().codes == ()
    assert watch.last().codes == ()


def test_a_damaged_block_is_red_and_the_file_comes_back_whole(live: Database, settings: config.Settings) -> None:
    before, watch = hashes.table_hashes(live), Watch(live, settings)
    assert watch.look().codes == ()
    path = Path(settings.database)
    raw = bytearray(path.read_bytes())
    for block in range(3, (len(raw) - HEADER) // BLOCK):
        raw[HEADER + block * BLOCK + 999] ^= 8
    path.write_bytes(raw)
    assert Code.CHANGED_OUTSIDE in watch.look().codes
    assert Code.CHANGED_OUTSIDE in watch.look().codes, "a probe every ten seconds must hear of it"
    assert hashes.table_hashes(live) == before
    assert recovered(live)[0][2].snapshot
    assert (Path(f"{path}.damaged") / recovered(live)[0][2].kept / path.name).read_bytes() == raw


def test_a_log_that_goes_away_is_red_and_nothing_is_lost(live: Database, settings: config.Settings) -> None:
    send(live, Uploads(settings.uploads), "values 2.csv", indicator_file(np.random.default_rng(2), 9, month=5))
    before, watch = hashes.table_hashes(live), Watch(live, settings)
    Path(f"{settings.database}.wal").unlink()
    assert Code.CHANGED_OUTSIDE in watch.look().codes
    assert hashes.table_hashes(live) == before
    live.close()
    again = open_database(settings)
    assert hashes.table_hashes(again) == before


def test_a_journal_that_says_more_is_red_until_both_say_the_same(live: Database, settings: config.Settings) -> None:
    watch, uploads = Watch(live, settings), Uploads(settings.uploads)
    first = next(uploads.journal())
    uploads.write(JournalEntry("commit", "b20260101000000ffffffff", first.happened_at, "ana", first.facts))
    looks = [watch.look().codes for _ in range(4)]
    assert (Code.JOURNAL_DIFFERS,) in looks
    assert looks[-1] == (), "it was tried, could not be replayed, and that is written down"
    assert recovered(live)[0][2].failed == {"b20260101000000ffffffff": "already_committed"}


def test_too_little_room_is_red_and_refuses_an_upload(live: Database, settings: config.Settings) -> None:
    tight = replace(settings, free_bytes=shutil.disk_usage(settings.uploads).free)
    assert Watch(live, tight).look().codes == (Code.DISK_LOW,)
    with pytest.raises(SqmError) as refused:
        space.require(tight, 10)
    assert refused.value.code == "disk_low"
    assert space.needed(settings, 0) == 2 * Path(settings.database).stat().st_size + settings.free_bytes
    assert space.needed(settings, 10**12) == 2 * 10**12 + settings.free_bytes


def test_failing_queries_are_never_green(live: Database, settings: config.Settings) -> None:
    watch = Watch(live, settings)
    with live.write() as cursor:
        cursor.execute("alter table indicators rename to elsewhere")
    assert Code.QUERY_FAILED in watch.look().codes


def test_snapshots_that_fail_are_red(live: Database, settings: config.Settings) -> None:
    keeper = Keeper(live, settings.snapshots, 3)
    watch = Watch(live, settings, keeper)
    assert watch.look().codes == ()
    keeper.failure = "disk_full"
    assert watch.look().codes == (Code.SNAPSHOT_FAILED,)
