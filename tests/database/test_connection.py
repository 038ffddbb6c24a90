"""The connection: locked down, one writer, nothing half."""

import threading
import time
from pathlib import Path

import pandas as pd
import pytest

from sqm.database.connection import Database, answers_within
from sqm.errors import SqmError

BLOCKED = [
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from glob('/etc/*')",
    "select * from sniff_csv('/etc/passwd')",
    "copy (select 1) to '/tmp/sqm_leak.csv'",
    "attach '/tmp/sqm_other.duckdb'",
    "export database '/tmp/sqm_export'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "set memory_limit = '1TB'",
    "set python_enable_replacements = true",
    "select * from python_frame",
    "select * from 'data.parquet'",
    "copy processes from '/etc/passwd'",
]


@pytest.mark.parametrize("statement", BLOCKED)
def test_nothing_outside_the_file_can_be_reached(db: Database, statement: str) -> None:
    python_frame = pd.DataFrame({"secret": [1]})
    with pytest.raises(Exception) as refused, db.read() as cursor:
        cursor.execute(statement).fetchall()
    assert type(refused.value).__module__ == "_duckdb"
    assert len(python_frame) == 1
    assert not Path("/tmp/sqm_leak.csv").exists()  # noqa: S108


def test_a_stale_write_ahead_log_is_refused_by_the_storage_version(db: Database) -> None:
    tags = db.frame("select tags from duckdb_databases() where database_name = 'tiny'")["tags"][0]
    assert tags["storage_version"] >= "v1.4.0"


def test_a_failing_block_stores_nothing(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), db.write() as cursor:
        cursor.execute("insert into settings values ('a', 'b')")
        raise ZeroDivisionError
    assert db.frame("select * from settings where setting = 'a'").empty


def test_a_trial_is_always_rolled_back(db: Database) -> None:
    with db.trial() as cursor:
        cursor.execute("insert into settings values ('a', 'b')")
        assert cursor.execute("select count(*) from settings where setting = 'a'").fetchone() == (1,)
    assert db.frame("select * from settings where setting = 'a'").empty


def test_writers_wait_for_each_other_and_readers_do_not_mix_results(db: Database) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(10):
                with db.write() as cursor:
                    cursor.execute("insert into settings values ($name, 'x')", {"name": f"{number}-{turn}"})
                seen = db.frame("select $number::integer as number from range(50)", {"number": number})
                assert set(seen["number"]) == {number}
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert int(db.frame("select count(*) as n from settings where value = 'x'")["n"][0]) == 60


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "broken.duckdb"
    path.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(SqmError) as refused:
        Database.open(str(path))
    assert refused.value.code == "database_unreadable"


ENDLESS = "select count(*) from range(1000000000000) t(n) where n % 7 = 3"


def test_a_reading_that_takes_too_long_is_stopped_and_others_go_on(tmp_path: Path) -> None:
    db = Database.open(str(tmp_path / "slow.duckdb"))
    others: list[int] = []
    stopped = threading.Event()

    def read_on() -> None:
        while not stopped.is_set():
            others.append(int(db.frame("select count(*) as n from range(10000)")["n"][0]))

    beside = threading.Thread(target=read_on)
    beside.start()
    begun = time.monotonic()
    with answers_within(0.5), pytest.raises(SqmError) as refused:
        db.frame(ENDLESS)
    assert time.monotonic() - begun < 5
    stopped.set()
    beside.join()
    assert (refused.value.code, dict(refused.value.values)) == ("query_too_long", {"seconds": "0.5"})
    assert others and set(others) == {10000}
    assert int(db.frame("select count(*) as n from range(7)")["n"][0]) == 7, "the limit ends with the block"
    db.close()


def test_a_change_is_not_stopped_half_way(tmp_path: Path) -> None:
    db = Database.open(str(tmp_path / "slow.duckdb"))
    with answers_within(0.2), db.write() as cursor:
        cursor.execute("create table t as select n from range(10) t(n)")
        time.sleep(0.5)
        cursor.execute("insert into t values (10)")
    assert int(db.frame("select count(*) as n from t")["n"][0]) == 11
    db.close()
