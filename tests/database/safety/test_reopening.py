"""A file that the engine has given up, or that was damaged while open, is opened again; nobody sees a wrong number."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sqm.database.connection import Database
from sqm.database.safety.own_files import BLOCK, HEADER
from sqm.database.safety.troubles import Trouble
from sqm.errors import SqmError

OTHER = """
import sys, duckdb
try:
    duckdb.connect(sys.argv[1])
    print("opened")
except duckdb.IOException:
    print("no")
"""


def test_the_lock_on_the_file_outlives_a_copy_and_a_look_at_its_blocks(db: Database, tmp_path: Path) -> None:
    """Closing any descriptor of a file drops the process's lock on it: then two servers would write one file."""
    db.copy_to(tmp_path / "copy.duckdb")
    assert db.damaged_blocks() == ([], 0)
    said = subprocess.run([sys.executable, "-c", OTHER, db.path], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "no"


def test_a_read_after_a_given_up_file_opens_it_again(db: Database) -> None:
    mended: list[Trouble] = []
    settled: list[int] = []

    def settle() -> None:
        with db.write() as cursor:
            cursor.execute("insert into settings values ('settled', 'x')")
        settled.append(1)

    db.recover_with(lambda _trouble: None, mended.append, settle)
    with db.write() as cursor:
        cursor.execute("insert into settings values ('kept', 'x')")
    db.give_up(Trouble.DISK_FULL)
    assert db.trouble is Trouble.DISK_FULL
    assert len(db.frame("select * from settings where setting in ('kept', 'settled')")) == 2
    assert (db.trouble, mended, settled) == (None, [Trouble.DISK_FULL], [1])
    db.give_up(Trouble.REOPENED)
    with db.write() as cursor:
        cursor.execute("insert into settings values ('later', 'x')")
    assert settled == [1, 1]
    assert len(db.frame("select * from settings where setting = 'later'")) == 1


def test_readers_meanwhile_get_the_right_answer(db: Database) -> None:
    with db.write() as cursor:
        cursor.execute("create table numbers as select range as n from range(300000)")
    total = 300000 * 299999 // 2
    wrong: list[object] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            try:
                found = int(db.frame("select sum(n) as s from numbers")["s"][0])
                if found != total:
                    wrong.append(found)
            except Exception as error:  # noqa: BLE001
                wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(15):
        time.sleep(0.1)
        db.give_up(Trouble.REOPENED)
        with db.write() as cursor:
            cursor.execute("insert into settings values ('again', 'x')")
    ended.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(db.frame("select * from settings where setting = 'again'")) == 15


def test_a_damaged_block_is_found_by_its_checksum_and_refused_by_a_query(db: Database) -> None:
    with db.write() as cursor:
        cursor.execute("create table numbers as select hash(range) as n from range(200000)")
    db.checkpoint()
    path = Path(db.path)
    blocks = (path.stat().st_size - HEADER) // BLOCK
    assert db.damaged_blocks() == ([], 0)
    assert not db.changed_outside()
    raw = bytearray(path.read_bytes())
    place = HEADER + (blocks - 2) * BLOCK + 77
    raw[place] ^= 4
    path.write_bytes(raw)
    assert db.changed_outside()
    assert db.damaged_blocks() == ([blocks - 2], 0)
    assert db.damaged_blocks(0, 2) == ([], 2)


def test_a_cursor_that_is_held_sees_the_trouble_and_not_a_reopening_under_it(db: Database) -> None:
    with pytest.raises(SqmError) as refused, db.read():
        db.give_up(Trouble.REOPENED)
        db.frame("select 1")
    assert refused.value.code == "database_reopened"
    assert int(db.frame("select 1 as one")["one"][0]) == 1
