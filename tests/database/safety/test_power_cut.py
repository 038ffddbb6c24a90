"""A power cut keeps what was synced and any part of the rest: nothing acknowledged is lost, nothing is mended in
silence.

A few cuts on every run of the tests; ``python -m tests.reliability.power_cut`` makes as many as you like. Recording the
writes needs strace: without it only the model of the disk and the syncs are tested here.
"""

import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sqm.database.batches.uploads import JournalEntry, Uploads
from sqm.database.connection import Database
from sqm.database.safety import snapshots, trail, trail_copy
from tests.reliability import power_cut
from tests.reliability.lost_writes import Data, Disk, Names
from tests.reliability.recorded import STRACE, Act, Step

Synced = Callable[[], set[Path]]
OLD = b"o" * 12288


def after(names: Names, data: Data, *steps: Step, seed: int = 1) -> dict[str, bytes | None]:
    disk = Disk({"file": OLD})
    for step in steps:
        disk.take(step)
    return disk.after_cut(names, data, np.random.default_rng(seed))


def test_what_was_synced_is_kept_and_the_rest_in_pages_or_torn() -> None:
    steps = [Step(Act.WRITE, "file", 0, b"s" * 4096), Step(Act.SYNC, "file"), Step(Act.WRITE, "file", 0, b"n" * 12288)]
    assert after(Names.JOURNAL, Data.NONE, *steps) == {"file": b"s" * 4096 + OLD[4096:]}
    assert after(Names.JOURNAL, Data.ALL, *steps) == {"file": b"n" * 12288}
    seen = {bytes(after(Names.JOURNAL, Data.PAGES, *steps, seed=seed)["file"] or b"") for seed in range(60)}
    before = b"s" * 4096 + OLD[4096:]
    assert len(seen) == 8  # each of three pages
    for place in range(0, 12288, 4096):
        assert {found[place : place + 4096] for found in seen} == {b"n" * 4096, before[place : place + 4096]}
    torn = {bytes(after(Names.JOURNAL, Data.ORDERED, *steps, seed=seed)["file"] or b"") for seed in range(60)}
    lengths = {len(found) - len(found.lstrip(b"n")) for found in torn}
    assert all(length % 512 == 0 for length in lengths) and any(length % 4096 for length in lengths)


def test_a_name_is_kept_with_its_folder_or_with_the_next_sync_of_anything() -> None:
    steps = [Step(Act.FOLDER, "new"), Step(Act.CREATE, "new/raw"), Step(Act.WRITE, "new/raw", 0, b"x")]
    synced = [*steps, Step(Act.SYNC, "new/raw")]
    assert after(Names.JOURNAL, Data.NONE, *steps) == {"file": OLD}
    assert after(Names.JOURNAL, Data.NONE, *synced) == {"file": OLD, "new": None, "new/raw": b"x"}
    assert after(Names.LOOSE, Data.NONE, *synced) == {"file": OLD}
    half = [*synced, Step(Act.SYNC_NAMES, "new")]
    assert after(Names.LOOSE, Data.NONE, *half) == {"file": OLD}  # in a folder that has no name
    whole = [*half, Step(Act.SYNC_NAMES, ".")]
    assert after(Names.LOOSE, Data.NONE, *whole) == {"file": OLD, "new": None, "new/raw": b"x"}
    moved = [*whole, Step(Act.RENAME, "file", data=b"kept"), Step(Act.REMOVE, "new/raw")]
    assert after(Names.LOOSE, Data.NONE, *moved) == {"file": OLD, "new": None, "new/raw": b"x"}
    assert after(Names.JOURNAL, Data.ALL, *moved) == {"kept": OLD, "new": None}


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> Synced:
    """Asks which files and folders were synced since the last time."""
    found: set[Path] = set()
    fsync = os.fsync

    def heard(descriptor: int) -> None:
        found.add(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", heard)

    def since() -> set[Path]:
        told = set(found)
        found.clear()
        return told

    return since


def test_names_of_new_files_are_synced_before_anything_is_acknowledged(
    db: Database, tmp_path: Path, synced: Synced
) -> None:
    uploads = Uploads(tmp_path / "sent" / "uploads")
    upload = uploads.receive(io.BytesIO(b"raw"), "raw.csv", 10)
    place = uploads.path(upload.upload_id).parent
    assert {place, place.parent, place.parent.parent} <= synced()
    entry = JournalEntry("undo", "b1", "2026-09-14T10:00:00", "ana", {})
    uploads.write(entry)
    assert synced() == {uploads.folder}
    uploads.write(entry)
    assert synced() == set()  # its name is there, and its bytes are written through
    trail.keep_heads(db)
    trail_copy.keep(db)
    _enter(db)
    assert synced() == {Path(db.path).parent}
    snapshots.take(db, tmp_path / "kept", 3)
    assert tmp_path / "kept" in synced()


def test_a_new_log_is_synced_by_name_after_its_first_commit(db: Database, synced: Synced) -> None:
    _enter(db)
    synced()
    _enter(db)
    assert synced() == set()
    db.checkpoint()  # the engine removes the log
    _enter(db)
    assert synced() == {Path(db.path).parent}


def _enter(db: Database) -> None:
    with db.write() as cursor:
        trail.add(cursor, "ana", "login", "", {})


def test_what_a_power_cut_left_of_a_snapshot_is_removed(db: Database, tmp_path: Path) -> None:
    left = tmp_path / "kept" / "20260914T101010000000.part"
    left.parent.mkdir()
    left.write_bytes(b"half")
    snapshots.take(db, left.parent, 3)
    assert {path.suffix for path in left.parent.iterdir()} == {".duckdb", ".json"}


@pytest.mark.skipif(STRACE is None, reason="recording the writes of a process needs strace")
def test_some_power_cuts_lose_nothing(tmp_path: Path) -> None:
    found = power_cut.run(2, tmp_path, only=power_cut.FIRST_DAY)
    assert found.faults == []
    assert sum(found.outcomes.values()) == 2
    assert found.slowest < power_cut.SLOWEST
