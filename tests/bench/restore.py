"""How long a large operator takes to come back: python -m tests.bench.restore [--millions 10] [--rows 100000]

Builds a database of so many answers, takes a snapshot, uploads one more file, and then brings the operator back from
the snapshot and the raw file in the three ways there are: ``restore`` into a new file, ``drill``, and a start that
finds the database file gone. Every table must come out equal, and no way may take longer than 15 minutes.
"""

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from sqm import config
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.safety import restoring, snapshots, trail
from sqm.database.safety.recovery import recovered
from sqm.database.start import open_database
from tests.bench import generate, ingest
from tests.reliability.operator_file import send, settings_of

LONGEST = 15 * 60.0
"""Seconds that an operator may be without its numbers (D7)."""
_MILLION = 1_000_000


class Clock:
    """Seconds of each part, printed as they come."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    def told(self, what: str) -> float:
        """Seconds since the last part ended."""
        now = time.perf_counter()
        spent, self._since = now - self._since, now
        print(f"{what}: {spent:.1f} s", flush=True)
        return spent


def _built(folder: Path, millions: float) -> config.Settings:
    """The operator as it stands before anything happens. Its demonstration is the register of stores; that the file is
    a demonstration is not said to the product, which would build it anew instead of restoring it."""
    settings = settings_of(folder)
    count, seconds = generate.build(Path(settings.database), millions)
    db = open_database(settings)
    rows = int(db.frame("select count(*) as n from responses")["n"][0])
    size = Path(settings.database).stat().st_size / _MILLION
    print(f"{count} answers of {rows} respondents, {size:.0f} MB, built in {seconds:.1f} s", flush=True)
    db.close()
    return settings


def _uploaded(settings: config.Settings, rows: int, clock: Clock) -> dict[str, tuple[int, int]]:
    """A snapshot, then one more file; the tables that must come back."""
    db = open_database(settings)
    clock.told("open")
    taken = snapshots.take(db, settings.snapshots, settings.snapshots_kept)
    clock.told(f"snapshot of {taken.size / _MILLION:.0f} MB")
    raw = settings.snapshots.parent / "more.csv"
    ingest.survey(raw, rows)
    clock.told("a file is written")
    send(db, Uploads(settings.uploads), "more.csv", raw.read_bytes())
    clock.told(f"upload of {rows} respondents after the snapshot, {raw.stat().st_size / _MILLION:.1f} MB")
    wanted = table_hashes(db)
    clock.told("hashes of all tables")
    db.close()
    clock.told("close")
    return wanted


def _differences(db: Database, wanted: dict[str, tuple[int, int]]) -> list[str]:
    now = table_hashes(db)
    wrong = [table for table in sorted(wanted.keys() | now.keys()) if wanted.get(table) != now.get(table)]
    return [*wrong, *(["trail"] if trail.check(db)[1] else [])]


def run(folder: Path, millions: float, rows: int) -> tuple[list[str], float]:
    """Tables that did not come back, and the seconds of the slowest way."""
    settings, clock = _built(folder, millions), Clock()
    wanted = _uploaded(settings, rows, clock)
    snapshot = snapshots.every(settings.snapshots)[0]
    new = folder / "new.duckdb"
    brought = restoring.restore(snapshot, new, settings)
    slowest = [clock.told(f"restore, with {len(brought.caught_up.replayed)} upload read again")]
    db = open_database(replace(settings, database=str(new)))
    different = _differences(db, wanted)
    db.close()
    clock.told("hashes of the restored tables")
    different += restoring.drill(settings).different
    slowest.append(clock.told("drill"))
    for name in ("", ".wal"):
        Path(f"{settings.database}{name}").unlink(missing_ok=True)
    db = open_database(settings)
    slowest.append(clock.told("start without a database file"))
    different += _differences(db, wanted)
    print(f"{len(wanted)} tables, said: {[each.snapshot for _, _, each in recovered(db)]}")
    db.close()
    return different, max(slowest)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, default=10)
    parser.add_argument("--rows", type=int, default=100_000, help="respondents of the upload after the snapshot")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sqm-restore-") as folder:
        different, slowest = run(Path(folder), chosen.millions, chosen.rows)
    for table in different:
        print(f"different: {table}")
    print(f"restore: slowest way {slowest:.1f} s (at most {LONGEST:.0f} are wanted), {len(different)} tables differ")
    raise SystemExit(1 if different or slowest > LONGEST else 0)


if __name__ == "__main__":
    main()
