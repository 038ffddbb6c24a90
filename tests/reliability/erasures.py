"""kill -9 while a respondent is erased: python -m tests.reliability.erasures --rounds 20

After each kill the operator is opened as the server does. Either the journal had not said it yet, and everything is as
before; or no byte of the person is left, and everybody else is as before.
"""

import argparse
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.privacy import erasure
from sqm.database.safety import snapshots, trail, trail_copy
from sqm.database.safety.recovery import Recovery
from tests.database.conftest import open_tiny
from tests.database.privacy.test_erasure import (
    LIMITS,
    WHO,
    WORDS,
    holding,
    others,
    planted,
    send,
    settings_of,
    workbook,
)

Hashes = dict[str, tuple[int, int]]


@dataclass
class Found:
    """ended: how the rounds were found at the next start. wrong: what should not be."""

    ended: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0


def build(folder: Path) -> None:
    folder.mkdir()
    settings = settings_of(folder)
    db, uploads = open_tiny(folder / "sqm.duckdb"), Uploads(settings.uploads)
    trail.keep_heads(db)
    trail_copy.keep(db)
    random = np.random.default_rng(7)
    send(db, uploads, "june.csv", planted(random, 120, 3))
    send(db, uploads, "june.xlsx", workbook(planted(random, 150, 4)), replace_stored=True)
    uploads.receive(io.BytesIO(planted(random, 5, 9)), "never committed.csv", LIMITS.file_bytes)
    snapshots.take(db, settings.snapshots, 5)
    db.close()


def work(folder: Path) -> None:
    """The process that is killed: says when it begins and when the journal has it."""
    settings = settings_of(folder)
    db = Database.open(settings.database)
    trail.keep_heads(db)
    trail_copy.keep(db)
    print("begun", flush=True)
    erasure.erase(db, settings, WHO, "qin", "quality", "asked in writing")
    print("done", flush=True)
    db.close()


def run(rounds: int, folder: Path, seed: int = 3) -> Found:
    found, random = Found(), np.random.default_rng(seed)
    build(folder / "base")
    db = Database.open(str(folder / "base" / "sqm.duckdb"))
    kept, before = others(db), table_hashes(db)
    db.close()
    longest = _spent(folder, folder / "whole")
    for number in range(rounds):
        here = folder / f"round {number}"
        shutil.copytree(folder / "base", here)
        # most of the kills in the last part, where rows go and files change places
        if number % 4:
            _kill(here, float(random.uniform(0.0, max(0.5, 0.15 * longest))), after_journal=True)
        else:
            _kill(here, float(random.uniform(0.0, longest)))
        _look(here, kept, before, found)
        shutil.rmtree(here)
        print(f"{number + 1}: {dict(found.ended)}, {len(found.wrong)} wrong", flush=True)
    return found


def _spent(folder: Path, here: Path) -> float:
    """Seconds that an erasure takes on this machine now."""
    shutil.copytree(folder / "base", here)
    process = _start(here)
    assert process.stdout is not None
    process.stdout.readline()
    begun = time.perf_counter()
    assert process.stdout.readline() == "done\n"
    return time.perf_counter() - begun


def _start(here: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.reliability.erasures", "--work", str(here)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _kill(here: Path, seconds: float, after_journal: bool = False) -> None:
    process = _start(here)
    assert process.stdout is not None
    process.stdout.readline()
    journal = here / "uploads" / "journal.jsonl"
    while after_journal and process.poll() is None and b'"action": "erase"' not in journal.read_bytes():
        time.sleep(0.005)
    time.sleep(seconds)
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()


def _look(here: Path, kept: list[tuple[object, ...]], before: Hashes, found: Found) -> None:
    settings = settings_of(here)
    actions = [entry.action for entry in Uploads(settings.uploads).journal()]
    state = "done" if "erase_done" in actions else "begun" if "erase" in actions else "not begun"
    found.ended[state] += 1
    begun = time.perf_counter()
    recovery = Recovery(settings)
    db = recovery.open()
    trail.keep_heads(db)
    recovery.settle(db)
    found.slowest = max(found.slowest, time.perf_counter() - begun)
    if others(db) != kept:
        found.wrong.append(f"{state}: somebody else changed")
    if trail.check(db)[1]:
        found.wrong.append(f"{state}: the trail is broken")
    if state == "not begun":
        hashes = table_hashes(db)
        if {table: hashes[table] for table in before} != before:
            found.wrong.append("not begun, and yet something is other than before")
    else:
        found.wrong += [f"{state}: {word} in {holding(here, word)}" for word in WORDS if holding(here, word)]
    db.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--work", type=Path, help="used by the script itself")
    chosen = parser.parse_args()
    if chosen.work:
        work(chosen.work)
        return 0
    with tempfile.TemporaryDirectory(prefix="sqm-erasures-") as name:
        found = run(chosen.rounds, Path(name))
    for line in found.wrong:
        print(line)
    print(f"{dict(found.ended)}, {len(found.wrong)} wrong, the slowest start {found.slowest:.1f} s")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
