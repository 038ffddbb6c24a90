"""Files of earlier releases, opened by this one: python -m tests.reliability.upgrades --rounds 20

Of every earlier schema a file is made with what an operator had stored by then, and opened as the server does: it must
hold the same rows, and the same monthly numbers. Each round then kills (kill -9) an opening in the middle of its
migrations, or after the last one and before the checkpoint, and opens the file again: the same rows once more.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sqm import config
from sqm.database import migrations
from sqm.database.connection import Database
from sqm.database.safety import trail
from sqm.database.start import open_database
from tests.database.two_stores import JUNE, STORES, operator
from tests.reliability.operator_file import settings_of

FIRST = 5
"""The schema of the first release that people could look at: facts, batches, marts."""
NUMBERS = "select indicator_code, month, level, scope_code, numerator, denominator, n from mart_indicator_month"
_SEALED = 7
"""From this schema on months are published with revisions."""
_AT_CHECKPOINT = "--at-checkpoint"


def versions() -> list[int]:
    """Numbers of the schemas before this one."""
    return list(range(FIRST, len(list(migrations.FOLDER.glob("*.sql")))))


def whole(folder: Path) -> Database:
    """What the operator has, in this release."""
    return operator(folder, tuple(STORES))


@contextmanager
def schema(version: int, folder: Path) -> Iterator[None]:
    """The migrations of an earlier release, as long as the context lasts."""
    held, migrations.FOLDER = migrations.FOLDER, folder
    folder.mkdir()
    for path in sorted(held.glob("*.sql"))[:version]:
        shutil.copyfile(path, folder / path.name)
    try:
        yield
    finally:
        migrations.FOLDER = held


@dataclass(frozen=True)
class Old:
    """A file of an earlier release. columns: those of each table that are not worked out from others."""

    version: int
    settings: config.Settings
    columns: Mapping[str, str]


def old_file(now: Database, version: int, folder: Path) -> Old:
    """A file as the release with this schema left it: of each table the columns that it had then."""
    folder.mkdir(parents=True)
    settings = settings_of(folder)
    db = Database.open(settings.database)
    with schema(version, folder / "schema"):
        migrations.migrate(db)
    columns = "select table_name, column_name from duckdb_columns() where not internal"
    shared = db.frame(columns).merge(now.frame(columns))
    held = {
        str(table): ", ".join(names)
        for table, names in shared.groupby("table_name")["column_name"]
        if table != "migrations"
    }
    for table, names in held.items():
        _copy(now, db, table, names)
    if version < _SEALED:
        with db.write() as cursor:
            cursor.execute("insert into published_months values ($month, now()::timestamp, 'ana')", {"month": JUNE})
    db.checkpoint()
    db.close()
    return Old(version, settings, {table: names for table, names in held.items() if not table.startswith("mart_")})


def _copy(source: Database, target: Database, table: str, columns: str) -> None:
    with source.read() as cursor:
        rows = cursor.execute(f"select {columns} from {table}").to_arrow_table()  # noqa: S608  (names of tables)
    with target.write() as cursor:
        cursor.register("copied", rows)
        cursor.execute(f"insert into {table} ({columns}) select {columns} from copied")  # noqa: S608
        cursor.unregister("copied")


def differences(now: Database, old: Old, db: Database) -> list[str]:
    """What an upgraded file does not say as this release would. now: the operator of whom it knows a part."""
    wrong = []
    if migrations.applied(db) != [path.stem for path in sorted(migrations.FOLDER.glob("*.sql"))]:
        wrong.append("not all migrations ran")
    for table, names in old.columns.items():
        sql = f"select {names} from {table}"  # noqa: S608  (names of columns)
        if _rows(db, sql) != _rows(now, sql):
            wrong.append(f"other rows in {table}")
    if _rows(db, NUMBERS) != _rows(now, NUMBERS):
        wrong.append("other numbers")
    if old.version < _SEALED and _rows(db, "select month, revision from sealed_months") != [(JUNE, 0)]:
        wrong.append("the published month is lost")
    if trail.check(db)[1]:
        wrong.append("the trail is not whole")
    return [f"schema {old.version}: {each}" for each in wrong]


def _rows(db: Database, sql: str) -> list[tuple[object, ...]]:
    with db.read() as cursor:
        return sorted(cursor.execute(sql).fetchall(), key=str)


def killed(settings: config.Settings, seconds: float | None) -> None:
    """An opening by this release that is killed: after some seconds, or None: after the last migration, before the
    checkpoint."""
    mark = [_AT_CHECKPOINT] if seconds is None else []
    command = [sys.executable, "-m", __spec__.name, "--open", settings.database, *mark]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        if seconds is not None:
            time.sleep(seconds)
            process.kill()


def _open(database: Path, at_checkpoint: bool) -> None:
    """In the process that is killed."""
    print("begin", flush=True)
    if at_checkpoint:
        db = Database.open(str(database))
        db.checkpoint = lambda: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
        migrations.migrate(db)
    open_database(settings_of(database.parent)).close()


def run(rounds: int, folder: Path, chosen: Sequence[int] | None = None) -> Counter[str]:
    """Each version once undisturbed, then the rounds with kills, over the versions in turn."""
    seen: Counter[str] = Counter()
    now, draw = whole(folder / "now"), np.random.default_rng(11)
    tried = list(chosen or versions())
    for version in tried:
        _look(seen, now, old_file(now, version, folder / f"plain {version}"), "opened")
    for number in range(rounds):
        old = old_file(now, tried[number % len(tried)], folder / f"killed {number}")
        killed(old.settings, None if number % 2 == 0 else float(draw.uniform(0, 0.4)))
        _look(seen, now, old, "opened after a kill")
    now.close()
    return seen


def _look(seen: Counter[str], now: Database, old: Old, what: str) -> None:
    db = open_database(old.settings)
    wrong = differences(now, old, db)
    db.close()
    seen[what] += 1
    for each in wrong:
        print(each, file=sys.stderr)
    seen[f"{what}, wrong"] += bool(wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--open", type=Path)
    parser.add_argument(_AT_CHECKPOINT, action="store_true")
    chosen = parser.parse_args()
    if chosen.open is not None:
        _open(chosen.open, chosen.at_checkpoint)
        return
    with tempfile.TemporaryDirectory(prefix="sqm-upgrades-") as folder:
        seen = run(chosen.rounds, Path(folder))
    for what, count in sorted(seen.items()):
        print(count, what)
    raise SystemExit(1 if any(count for what, count in seen.items() if what.endswith("wrong")) else 0)


if __name__ == "__main__":
    main()
