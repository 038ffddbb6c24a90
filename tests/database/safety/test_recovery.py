"""Damaged files are mended at the start: nothing lost, the damaged bytes kept, and it is said what was done."""

import json
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sqm import config
from sqm.database import hashes
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.safety import restoring, trail
from sqm.database.safety.recovery import NEW, Recovery, Said, recovered
from sqm.database.start import open_database
from sqm.errors import SqmError
from tests.reliability import damage, kills
from tests.reliability.operator_file import build, copied


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> config.Settings:
    """One operator for all damage."""
    return build(tmp_path_factory.mktemp("recovery") / "origin")


def said_after(settings: config.Settings) -> tuple[Said, dict[str, tuple[int, int]]]:
    """Start on it; the only thing that was said, and the tables. A second start says nothing more."""
    db = open_database(settings)
    tables = hashes.table_hashes(db)
    ((_sequence, _at, said),) = recovered(db)
    assert trail.check(db)[1] == ()
    assert trail.entries(db)["who"][0] == "recovery"
    db.close()
    again = open_database(settings)
    assert len(recovered(again)) == 1
    assert hashes.table_hashes(again) == tables
    again.close()
    return said, tables


@pytest.fixture(scope="module")
def truth(origin: config.Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, int]]:
    db = open_database(copied(origin, tmp_path_factory.mktemp("truth") / "own"))
    tables = hashes.table_hashes(db)
    assert not recovered(db)
    db.close()
    return tables


@pytest.mark.parametrize("way", ["log: bit near its end", "log: gone", "file: torn metadata"])
def test_damage_is_mended_and_said(way: str, origin: config.Settings, tmp_path: Path) -> None:
    found = damage.run(1, tmp_path, only=[way], origin=origin)
    assert found.by_way == {way: Counter({"equal, said": 1})}
    assert (found.not_kept, found.broken_trails) == (0, 0)
    assert found.slowest < 60


def test_a_log_that_is_damaged_in_its_last_entry_loses_only_that(
    origin: config.Settings, truth: dict[str, tuple[int, int]], tmp_path: Path
) -> None:
    settings = copied(origin, tmp_path / "own")
    wal = Path(f"{settings.database}.wal")
    raw = wal.read_bytes()
    wal.write_bytes(raw[:-3] + bytes([raw[-3] ^ 1]) + raw[-2:])
    said, tables = said_after(settings)
    assert tables == truth
    assert 0 < said.cut_at < len(raw)
    assert (len(said.replayed), said.undone, said.failed, said.entries, said.entries_lost) == (1, [], {}, 1, 0)
    kept = Path(f"{settings.database}.damaged") / said.kept
    assert (kept / wal.name).read_bytes() != raw and len((kept / wal.name).read_bytes()) == len(raw)
    assert {path.stat().st_mode & 0o777 for path in kept.iterdir()} == {0o600}


def test_without_a_snapshot_it_is_built_from_the_raw_uploads(origin: config.Settings, tmp_path: Path) -> None:
    settings = copied(origin, tmp_path / "own")
    shutil.rmtree(settings.snapshots)
    Path(settings.database).write_bytes(b"")
    db = open_database(settings)
    ((_sequence, _at, said),) = recovered(db)
    assert said.snapshot == NEW
    # this operator's stores never came as a file, so its files of answers cannot be replayed: that is said too
    decided = [entry.batch_id for entry in Uploads(settings.uploads).journal() if entry.action == "decide"]
    assert set(decided) <= set(said.replayed)
    assert len(said.replayed) + len(said.failed) == 6
    db.close()


def test_a_lost_raw_file_is_named_and_asked_for_once(origin: config.Settings, tmp_path: Path) -> None:
    settings = copied(origin, tmp_path / "own")
    Path(f"{settings.database}.wal").unlink()
    lost = [entry for entry in Uploads(settings.uploads).journal() if entry.action == "commit"][-1]
    Uploads(settings.uploads).path(str(lost.facts["upload_id"])).unlink()
    said, _tables = said_after(settings)
    assert said.failed == {lost.batch_id: "FileNotFoundError"}
    assert len(said.replayed) == 3


def test_lost_entries_of_the_trail_are_counted(origin: config.Settings, tmp_path: Path) -> None:
    """Their digests are kept outside; without the copy of the trail nothing can bring them back."""
    settings = copied(origin, tmp_path / "own")
    Path(f"{settings.database}.wal").unlink()
    Path(f"{settings.database}.trail").unlink()
    db = open_database(settings)
    ((_sequence, _at, said),) = recovered(db)
    assert said.entries_lost == 6
    assert trail.check(db)[1] != ()
    db.close()


def test_what_stands_in_the_trail_can_be_read_by_a_later_version(origin: config.Settings, tmp_path: Path) -> None:
    settings = copied(origin, tmp_path / "own")
    Path(f"{settings.database}.wal").unlink()
    db = open_database(settings)
    detail = json.loads(trail.entries(db)["detail"][0])
    assert replace(Said(), **detail) == recovered(db)[0][2]
    db.close()


def test_a_drill_restores_the_snapshot_and_finds_only_what_differs(origin: config.Settings, tmp_path: Path) -> None:
    settings = copied(origin, tmp_path / "own")
    db = Database.open(settings.database)
    with db.write() as cursor:
        cursor.execute("delete from comments where source_row = (select min(source_row) from comments)")
    db.close()
    found = restoring.drill(settings)
    assert (found.against, found.different) == ("database", ("comments",))
    assert found.tables > 40


def test_a_mending_that_was_cut_off_before_it_could_say_so_is_said_by_the_next_start(
    origin: config.Settings, truth: dict[str, tuple[int, int]], tmp_path: Path
) -> None:
    settings = copied(origin, tmp_path / "own")
    damage.flip(Path(f"{settings.database}.wal"), np.random.default_rng(1), 20_000)
    Recovery(settings).open().close()  # cut, opened, and the power goes
    said, tables = said_after(settings)
    assert tables == truth
    assert (Path(f"{settings.database}.damaged") / said.kept / Path(settings.database).name).exists()


def test_nothing_to_build_from_is_an_error_in_words(tmp_path: Path, origin: config.Settings) -> None:
    settings = replace(
        origin, database=str(tmp_path / "junk.duckdb"), uploads=tmp_path / "none", snapshots=tmp_path / "none"
    )
    Path(settings.database).write_bytes(b"no database" * 5000)
    with pytest.raises(SqmError) as refused:
        open_database(settings)
    assert refused.value.code == "database_unreadable"


def test_some_kills_lose_nothing(tmp_path: Path) -> None:
    found = kills.run(3, tmp_path, longest=1.5)
    assert (found.lost, found.half, found.apart, found.journals, found.broken_trails, found.other_marts) == (0,) * 6
    assert found.slowest < 10
