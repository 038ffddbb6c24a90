"""kill -9 in the middle of a commit: the batch is there whole or not at all, and the file opens at once.

A few kills on every run of the tests; ``python -m tests.reliability.kills`` kills as often as you like.
"""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from sqm.database import marts
from sqm.database.batches import batches, rebuild
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.safety import trail
from tests.database.conftest import open_tiny

KILLS, ROWS = 8, 4000


def test_a_commit_killed_again_and_again_is_never_half(tmp_path: Path) -> None:
    path, folder = tmp_path / "killed.duckdb", tmp_path / "uploads"
    open_tiny(path).close()
    whole = _seconds_of_a_commit(tmp_path)
    fates: list[bool] = []
    for number, share in enumerate(np.linspace(0.0, 1.6, KILLS)):
        acknowledged = _commit_and_kill(path, folder, number, float(share) * whole)
        started = time.perf_counter()
        db = Database.open(str(path))
        rebuild.reconcile(db, Uploads(folder))
        assert time.perf_counter() - started < 10
        fates.append(_check(db, Uploads(folder), number, acknowledged))
        db.close()
    assert True in fates, "no kill came after a commit: the test proves nothing"
    assert False in fates, "no kill came before a commit: the test proves nothing"


def _commit_and_kill(path: Path, folder: Path, number: int, after: float) -> str:
    """Start a commit, kill it some seconds later, and return the batch it acknowledged ('' for none)."""
    process = _start(path, folder, number)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    process.kill()
    said = process.stdout.read().split()
    process.wait()
    process.stdout.close()
    return said[1] if said[:1] == ["acknowledged"] else ""


def _check(db: Database, uploads: Uploads, number: int, acknowledged: str) -> bool:
    """Whether the batch is stored; fails when it is half stored, lost, or apart from its trail, marts or journal."""
    stored = db.frame("select batch_id, rows_added from batches where file_name = $name", {"name": f"{number}.csv"})
    rows = db.frame("select count(*) as n from responses where respondent_id like $start", {"start": f"K{number}-%"})[
        "n"
    ][0]
    assert rows == (ROWS if len(stored) else 0)
    if acknowledged:
        assert list(stored["batch_id"]) == [acknowledged]
    entries = trail.entries(db)
    assert set(stored["batch_id"]) <= set(entries[entries["action"] == "commit"]["object"])
    assert len(entries) == len(batches.history(db))
    assert {item.entry.batch_id for item in rebuild.standing(uploads)} == set(batches.history(db)["batch_id"])
    before = table_hashes(db)
    with db.write() as cursor:
        marts.rebuild(cursor)
    assert table_hashes(db) == before
    return len(stored) == 1


def _seconds_of_a_commit(tmp_path: Path) -> float:
    path, folder = tmp_path / "timed.duckdb", tmp_path / "timed"
    open_tiny(path).close()
    process = _start(path, folder, 99)
    assert process.stdout is not None
    process.stdout.readline()
    started = time.perf_counter()
    assert process.stdout.readline().startswith("acknowledged")
    process.wait()
    process.stdout.close()
    return time.perf_counter() - started


def _start(path: Path, folder: Path, number: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.database.committing", str(path), str(folder), str(ROWS), str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
