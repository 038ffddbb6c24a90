"""How fast a survey file becomes part of the numbers, against DuckDB's bare read_csv of the same file in the same run.

python -m tests.bench.ingest [--rows 1000000] [--rounds 3]

Ours: the product's own path: look, propose, read with every check in the child process, commit in one transaction with
the marts and the trail. Bare: ``create table as select * from read_csv(...)`` into a fresh file, nothing checked.
"""

import argparse
import datetime
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv

from sqm import config
from sqm.database import catalogue, migrations
from sqm.database.batches import batches, register
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.intake import child
from sqm.intake.limits import Limits
from sqm.intake.proposals.proposal import propose

LEAST = 0.25
COMMENTS = ("没有座位", "环境干净", "排队太久了,希望多开窗口", "资费解释不清楚", "", "", "", "")


def survey(path: Path, rows: int) -> None:
    """A clean file of the survey template: 130 stores, three years of days, a comment in every second row."""
    random = np.random.default_rng(1)

    def pick(words: tuple[str, ...]) -> pa.Array:
        return pa.array(words).take(pa.array(random.integers(0, len(words), rows)))

    first = np.datetime64(datetime.date.today()) - 1100
    columns = {
        "受访者编号": pa.array([f"R{number:08d}" for number in range(rows)]),
        "营业厅编码": pick(tuple(f"S{number:03d}" for number in range(1, 131))),
        "调查日期": pa.array(first + random.integers(0, 1095, rows)),
        "渠道": pick(("前台", "外呼", "短信")),
        **{name: random.integers(1, 11, rows) for name in ("整体满意度", "环境", "等候时间", "营业员", "办理速度")},
        "手机号": pa.array([f"138{number:08d}" for number in random.integers(0, 10**8, rows)]),
        "意见": pick(COMMENTS),
    }
    pyarrow.csv.write_csv(pa.table(columns), path)


def bare(path: Path, folder: Path) -> float:
    """Seconds of a bare read_csv into a fresh DuckDB file."""
    file = folder / "bare.duckdb"
    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as connection:
        started = time.perf_counter()
        connection.execute("create table answers as select * from read_csv($path)", {"path": str(path)})
        return time.perf_counter() - started


def ours(path: Path, folder: Path) -> tuple[float, int]:
    """Seconds from the raw file to the committed batch, and the rows it added."""
    for leftover in ("ours.duckdb", "ours.duckdb.wal"):
        (folder / leftover).unlink(missing_ok=True)
    db = Database.open(str(folder / "ours.duckdb"))
    migrations.migrate(db)
    with db.write() as cursor:
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
        for table in ("districts", "stores"):
            catalogue.load_table(cursor, config.ROOT / "data" / "demo" / f"{table}.csv", table)
    uploads, limits = Uploads(folder / "uploads"), Limits()
    with path.open("rb") as stream:
        upload = uploads.receive(stream, path.name, limits.file_bytes)
    raw, known = uploads.path(upload.upload_id), register.read(db, datetime.date.today())
    child.warm_up()
    time.sleep(2)  # a server that has been up for two seconds has its spare child ready
    started = time.perf_counter()
    recipe = propose(child.look_in_child(raw, upload.file_name, limits), known)
    looked = time.perf_counter()
    reading = child.read_in_child(raw, upload.file_name, recipe, known, limits)
    read = time.perf_counter()
    batch = batches.commit(db, uploads, upload, recipe, reading, "bench")
    ended = time.perf_counter()
    print(f"  look {looked - started:.2f} s, read and check {read - looked:.2f} s, commit {ended - read:.2f} s")
    db.close()
    shutil.rmtree(uploads.folder)
    return ended - started, batch.outcome.rows_added


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "survey.csv"
        survey(path, chosen.rows)
        ratios = []
        for _ in range(chosen.rounds):
            plain = bare(path, folder)
            seconds, added = ours(path, folder)
            if added != chosen.rows:
                raise SystemExit(f"{added} of {chosen.rows} rows were stored")
            ratios.append(plain / seconds)
            print(
                f"bare {chosen.rows / plain:,.0f} rows/s, ours {chosen.rows / seconds:,.0f} rows/s: {ratios[-1]:.2f} x"
            )
    ratio = statistics.median(ratios)
    print(f"ingest: {ratio:.2f} x bare read_csv (median of {chosen.rounds}; at least {LEAST} is wanted)")
    raise SystemExit(0 if ratio >= LEAST else 1)


if __name__ == "__main__":
    main()
