"""A disk that runs full while an operator works: python -m tests.reliability.disk_full --rounds 20

Each round puts a fresh operator on a small disk (a tmpfs of its own; needs the right to mount), uploads until the disk
refuses, makes room, and counts what was acknowledged and is gone (lost), what is there in part (half), refusals that
are no plain code (raw), and how long it takes until the next upload is stored.
"""

import argparse
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from sqm import config
from sqm.database.batches import batches, rebuild
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.safety import space, trail
from sqm.database.safety.health import Code, Watch
from sqm.database.start import open_database
from sqm.errors import SqmError
from tests.reliability.operator_file import build_register, settings_of
from tests.reliability.working import ROWS, target, upload

SMALL, ROOMY = 32, 96
"""Megabytes before and after somebody made room."""
LEFT = 4 * 1024**2
"""Most bytes that are free when a round begins."""


@dataclass
class Found:
    """met: code of the first refusal -> how often. in_checkpoint: the engine had given the file up."""

    met: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    raw: int = 0
    reads_failed: int = 0
    apart: int = 0
    not_red: int = 0
    not_refused: int = 0
    slowest: float = 0.0


def may_mount() -> bool:
    """Whether this process may mount a tmpfs."""
    with tempfile.TemporaryDirectory() as place:
        if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", place], check=True)
        return True


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}m", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
        place.rmdir()


def run(rounds: int, folder: Path, seed: int = 3) -> Found:
    random, found = np.random.default_rng(seed), Found()
    origin = build_register(folder / "origin")
    for number in range(rounds):
        with small_disk(folder / f"disk{number}") as disk:
            for path in Path(origin.database).parent.glob("own.duckdb*"):
                shutil.copyfile(path, disk / path.name)
            _round(replace(settings_of(disk), free_bytes=0), disk, random, found)
    return found


def _round(settings: config.Settings, disk: Path, random: np.random.Generator, found: Found) -> None:
    db, uploads = open_database(settings), Uploads(settings.uploads)
    watch = Watch(db, settings)
    left = int(random.integers(LEFT // 2, LEFT))
    (disk / "filler").write_bytes(bytes(max(0, shutil.disk_usage(disk).free - left)))
    acknowledged, refused = _until_full(db, uploads, random, found)
    found.met[refused] += 1
    found.acknowledged += len(acknowledged)
    _refuses(settings, uploads, watch, found)
    try:
        db.frame("select count(*) as n from responses")
    except SqmError:
        found.reads_failed += 1
    subprocess.run(["mount", "-o", f"remount,size={ROOMY}m", str(disk)], check=True)
    started = time.perf_counter()
    acknowledged |= set(_again(db, uploads))
    found.slowest = max(found.slowest, time.perf_counter() - started)
    _count(db, uploads, acknowledged, found)
    db.close()
    again = open_database(settings)
    _count(again, uploads, acknowledged, found)
    again.close()


def _until_full(db: Database, uploads: Uploads, random: np.random.Generator, found: Found) -> tuple[set[str], str]:
    acknowledged: set[str] = set()
    checkpoints = int(random.integers(2, 8))
    for turn in range(1000):
        try:
            acknowledged |= set((target if turn % 3 == 2 else upload)(db, uploads, f"W-{turn}-"))
            if turn % checkpoints == 0:
                db.checkpoint()
        except SqmError as error:
            if error.code in ("disk_full", "disk_low"):
                return acknowledged, f"{error.code}{', file given up' if db.trouble else ''}"
            raise
        except OSError as error:
            found.raw += 1
            return acknowledged, f"raw {type(error).__name__}"
    raise AssertionError("the disk did not fill up")


def _refuses(settings: config.Settings, uploads: Uploads, watch: Watch, found: Found) -> None:
    """Before anything is stored, and health says so."""
    before = set(uploads.folder.iterdir())
    try:
        space.require(settings, 1000)
        found.not_refused += 1
    except SqmError as error:
        found.raw += error.code != "disk_low"
    found.not_refused += set(uploads.folder.iterdir()) != before
    found.not_red += Code.DISK_LOW not in watch.look().codes


def _again(db: Database, uploads: Uploads) -> list[str]:
    """As a person does: once more, a moment later, until it works."""
    end = time.monotonic() + 30
    while True:
        try:
            return upload(db, uploads, f"W-after-{time.monotonic_ns()}-")
        except SqmError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def _count(db: Database, uploads: Uploads, acknowledged: set[str], found: Found) -> None:
    known = set(batches.history(db)["batch_id"])
    held = known | {str(each) for each in db.frame("select decision_id from decisions")["decision_id"]}
    found.lost += len(acknowledged - held)
    rows = db.frame("select batch_id, count(*) as n from responses group by batch_id")
    found.half += int((rows["n"] != ROWS).sum()) + len(known ^ set(rows["batch_id"]))
    entries = trail.entries(db, 100_000)
    told = set(entries[entries["object"].str.match(r"[bd]\d{14}")]["object"])
    rebuild.reconcile(db, uploads)
    written = {each.entry.batch_id for each in rebuild.standing(uploads)}
    found.apart += len(told ^ held) + len(written ^ held) + bool(trail.check(db)[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=3)
    chosen = parser.parse_args()
    if not may_mount():
        raise SystemExit("this needs the right to mount a tmpfs: run it as root")
    with tempfile.TemporaryDirectory(prefix="sqm-disk-") as folder:
        found = run(chosen.rounds, Path(folder), chosen.seed)
    print(", ".join(f"{count} {code}" for code, count in found.met.most_common()))
    print(
        f"{chosen.rounds} full disks, {found.acknowledged} acknowledged: lost {found.lost}, half {found.half}, refused "
        f"without a plain code {found.raw}, reads that failed {found.reads_failed}, apart from trail or journal "
        f"{found.apart}, uploads not refused {found.not_refused}, health not red {found.not_red}, works again after at "
        f"most {found.slowest:.1f} s"
    )


if __name__ == "__main__":
    main()
