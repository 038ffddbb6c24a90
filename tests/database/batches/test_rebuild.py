"""The database can be rebuilt from the raw uploads alone, and comes out the same."""

import datetime
import io
from pathlib import Path

import numpy as np
import pytest

from sqm.database.batches import batches, rebuild, register
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.hashes import table_hashes
from sqm.database.indicators import sealed
from sqm.errors import SqmError
from sqm.intake.child import look_in_child, read_in_child
from sqm.intake.limits import Limits
from sqm.intake.proposals.proposal import propose
from sqm.rules.decisions import withdraw
from sqm.rules.matrix import editions, events
from tests.database.conftest import open_tiny
from tests.database.deciding.test_decisions import DECEMBER, JUNE, NEW, agree, decide
from tests.database.files import indicator_file, survey_file

LIMITS = Limits()


def send(db: Database, uploads: Uploads, name: str, content: bytes, replace_stored: bool = False) -> str:
    """The product's own way of a file from bytes to a committed batch."""
    upload = uploads.receive(io.BytesIO(content), name, LIMITS.file_bytes)
    path, known = uploads.path(upload.upload_id), register.read(db, datetime.date.today())
    recipe = propose(look_in_child(path, name, LIMITS), known)
    reading = read_in_child(path, name, recipe, known, LIMITS)
    return batches.commit(db, uploads, upload, recipe, reading, "ana", replace_stored).batch_id


def test_a_rebuild_from_the_raw_files_gives_the_same_hashes(db: Database, uploads: Uploads, tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    sent = [
        send(db, uploads, "june.csv", survey_file(random, 120)),
        send(db, uploads, "june again.csv", survey_file(random, 150), replace_stored=True),
        send(db, uploads, "values.csv", indicator_file(random, 12)),
        send(db, uploads, "may.csv", survey_file(random, 90, month=5)),
        send(db, uploads, "values 2.csv", indicator_file(random, 15), replace_stored=True),
    ]
    batches.undo(db, uploads, sent[3], "ana")
    sent.append(send(db, uploads, "april.csv", survey_file(random, 60, month=4)))
    rebuilt = open_tiny(tmp_path / "rebuilt.duckdb")
    assert rebuild.replay_all(rebuilt, uploads, LIMITS) == 5
    assert table_hashes(rebuilt) == table_hashes(db)
    rebuilt.close()


def test_decisions_targets_and_sealed_figures_come_back_as_they_were(
    db: Database, uploads: Uploads, tmp_path: Path
) -> None:
    """Published in between: before a late file, after it, and with a file that was undone since."""
    random = np.random.default_rng(8)
    send(db, uploads, "june.csv", survey_file(random, 200))
    agree(db, uploads)
    proposed = decide(db, uploads, editions.propose(NEW))
    decide(db, uploads, editions.accept(proposed.decision_id, "HOT-O20", DECEMBER))
    sealed.seal(db, uploads, JUNE, "quality", "first")
    gone = send(db, uploads, "late and wrong.csv", survey_file(random, 80), replace_stored=True)
    sealed.seal(db, uploads, JUNE, "quality", "second")
    batches.undo(db, uploads, gone, "ana")
    sealed.seal(db, uploads, JUNE, "quality", "third: the file was wrong")
    comment = decide(db, uploads, events.comment("HOT-P01", "客户等待时间变长"))
    decide(db, uploads, withdraw(comment.decision_id))
    rebuilt = open_tiny(tmp_path / "rebuilt.duckdb")
    assert rebuild.replay_all(rebuilt, uploads, LIMITS) == 1 + 3 + 2 + 3 + 2
    hashes = table_hashes(db)
    assert table_hashes(rebuilt) == hashes
    assert hashes["sealed_months"][0] == 3 and hashes["sealed_figures"][0] == 3 * 6 * 151
    assert hashes["decisions"][0] == len(decisions.every(rebuilt)) == 10
    assert decisions.every(rebuilt) == decisions.every(db)
    assert rebuild.reconcile(rebuilt, uploads) == 0
    rebuilt.close()


def test_a_snapshot_that_changed_is_not_taken(db: Database, uploads: Uploads, tmp_path: Path) -> None:
    send(db, uploads, "june.csv", survey_file(np.random.default_rng(8), 200))
    seal = sealed.seal(db, uploads, JUNE, "quality")
    kept = uploads.path(str(seal.facts["upload_id"]))
    kept.write_bytes(kept.read_bytes().replace(b"missed", b"met", 1))
    rebuilt = open_tiny(tmp_path / "rebuilt.duckdb")
    with pytest.raises(SqmError) as refused:
        rebuild.replay_all(rebuilt, uploads, LIMITS)
    assert refused.value.code == "raw_file_damaged"
    with pytest.raises(SqmError) as record:
        uploads.discard(str(seal.facts["upload_id"]))
    assert record.value.code == "upload_is_record"
    rebuilt.close()


def test_a_raw_file_that_changed_is_not_taken(db: Database, uploads: Uploads, tmp_path: Path) -> None:
    send(db, uploads, "values.csv", indicator_file(np.random.default_rng(1), 5))
    raw = next(uploads.folder.glob("*/raw"))
    raw.write_bytes(raw.read_bytes().replace(b"2026", b"2025"))
    rebuilt = open_tiny(tmp_path / "rebuilt.duckdb")
    with pytest.raises(SqmError) as refused:
        rebuild.replay_all(rebuilt, uploads, LIMITS)
    assert refused.value.code == "raw_file_damaged"
    rebuilt.close()


def test_what_a_crash_kept_from_the_journal_is_added(db: Database, uploads: Uploads) -> None:
    random = np.random.default_rng(2)
    first, second, third = (send(db, uploads, f"{n}.csv", indicator_file(random, 5, month=n)) for n in (1, 2, 3))
    batches.undo(db, uploads, third, "ana")
    journal = uploads.folder / "journal.jsonl"
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text(lines[0] + lines[2], encoding="utf-8")  # neither the second commit nor the undo of the third
    assert rebuild.catch_up(db, uploads, LIMITS) == rebuild.CaughtUp()
    assert rebuild.reconcile(db, uploads) == 2
    assert [item.entry.batch_id for item in rebuild.standing(uploads)] == [first, second]
    assert [item.entry for item in rebuild.standing(uploads)] == batches.stored(db)
    assert rebuild.reconcile(db, uploads) == 0


def test_what_the_database_lost_is_done_again_from_the_journal(db: Database, uploads: Uploads, tmp_path: Path) -> None:
    """An older copy comes back: two files and a decision are missing, and one undo."""
    random = np.random.default_rng(3)
    first, second = (send(db, uploads, f"{n}.csv", indicator_file(random, 9, month=n)) for n in (1, 2))
    db.copy_to(tmp_path / "older.duckdb")
    third = send(db, uploads, "june.csv", survey_file(random, 60))
    batches.undo(db, uploads, first, "ana")
    comment = decide(db, uploads, events.comment("HOT-P01", "客户等待时间变长"))
    fourth = send(db, uploads, "1 again.csv", indicator_file(random, 9, month=1))
    older = Database.open(str(tmp_path / "older.duckdb"))
    done = rebuild.catch_up(older, uploads, LIMITS)
    assert done == rebuild.CaughtUp((third, comment.decision_id, fourth), (first,))
    assert table_hashes(older) == table_hashes(db)
    assert rebuild.reconcile(older, uploads) == 0
    assert rebuild.catch_up(older, uploads, LIMITS) == rebuild.CaughtUp()
    assert {item.entry.batch_id for item in rebuild.standing(uploads)} == {
        second, third, fourth, comment.decision_id
    }  # fmt: skip
    older.close()


def test_a_lost_commit_without_its_raw_file_is_named_and_never_called_undone(
    db: Database, uploads: Uploads, tmp_path: Path
) -> None:
    db.copy_to(tmp_path / "older.duckdb")
    lost = send(db, uploads, "june.csv", survey_file(np.random.default_rng(3), 60))
    raw = next(uploads.folder.glob("*/raw"))
    raw.write_bytes(raw.read_bytes()[:-20])
    older = Database.open(str(tmp_path / "older.duckdb"))
    assert rebuild.catch_up(older, uploads, LIMITS).failed == ((lost, "raw_file_damaged"),)
    assert rebuild.reconcile(older, uploads) == 0
    assert [item.entry.batch_id for item in rebuild.standing(uploads)] == [lost]
    assert rebuild.catch_up(older, uploads, LIMITS, known=[lost]) == rebuild.CaughtUp()
    older.close()
