"""kill -9 of a working process at random moments: python -m tests.reliability.kills --rounds 200

After each kill the operator is opened as the server does, and counted: what was acknowledged and is not there (lost),
what is there in part (half), changes without their entry in the trail or the other way round (apart), journals that do
not say what the database holds, and the slowest opening.
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
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sqm import config
from sqm.database import marts, migrations
from sqm.database.batches import batches, rebuild
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.hashes import table_hashes
from sqm.database.safety import trail
from sqm.database.start import open_database
from tests.reliability.operator_file import build_register, settings_of
from tests.reliability.working import ROWS


@dataclass
class Found:
    """killed_in: what the process was at. acknowledged: changes that it had said were done."""

    killed_in: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    apart: int = 0
    journals: int = 0
    broken_trails: int = 0
    other_marts: int = 0
    slowest: float = 0.0


@dataclass
class Known:
    """Batches and decisions that were made, and batches that were undone, by what was acknowledged or seen since."""

    made: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)


def run(
    rounds: int,
    folder: Path,
    seed: int = 9,
    longest: float = 2.5,
    heard: Callable[[int, Found], None] = lambda number, found: None,
) -> Found:
    """longest: seconds after its first act within which a process is killed; heard: told after each round."""
    random, found = np.random.default_rng(seed), Found()
    settings = build_register(folder)
    known = Known()
    for number in range(rounds):
        _work_and_kill(folder, number, float(random.uniform(0.0, longest)), known, found)
        _look(settings, known, found, with_marts=number % 10 == 9 or number == rounds - 1)
        _look_at_migrated(folder, found)
        heard(number + 1, found)
    return found


def _work_and_kill(folder: Path, number: int, seconds: float, known: Known, found: Found) -> None:
    """Let it work, kill it, and note what it had acknowledged."""
    command = [sys.executable, "-m", "tests.reliability.working", str(folder), str(number)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first.startswith("begin"), f"the process did not begin: {first}"
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    lines = [first, *process.stdout.read().splitlines()]
    process.wait()
    process.stdout.close()
    at = "between"
    for line in lines:
        words = line.split()
        if words[:1] == ["begin"]:
            at = words[1]
            continue
        at = "between"
        if words[:1] == ["done"]:
            found.acknowledged += len(words) - 2
            (known.undone if words[1] == "undo" else known.made).update(words[2:])
    found.killed_in[at] += 1


def _look(settings: config.Settings, known: Known, found: Found, with_marts: bool) -> None:
    started = time.perf_counter()
    db = open_database(settings)
    found.slowest = max(found.slowest, time.perf_counter() - started)
    uploads = Uploads(settings.uploads)
    held = set(batches.history(db)["batch_id"]) | {each.decision_id for each in decisions.every(db)}
    found.half += _halves(db)
    entries = trail.entries(db, 100_000)
    undone = set(entries[entries["action"] == "undo"]["object"])
    known.undone |= undone  # what was stored, although nobody heard of it, must stay so too
    found.lost += len(known.made - known.undone - held) + len(known.undone & held) + len(known.undone - undone)
    known.made |= held
    told = set(entries[entries["object"].str.match(r"[bd]\d{14}")]["object"]) - undone
    found.apart += len(held ^ told)
    found.broken_trails += bool(trail.check(db)[1])
    found.journals += {each.entry.batch_id for each in rebuild.standing(uploads)} != held
    if with_marts:
        before = table_hashes(db)
        with db.write() as cursor:
            marts.rebuild(cursor)
        found.other_marts += table_hashes(db) != before
    db.close()


def _halves(db: Database) -> int:
    """Files with other rows than their batch says, and proposals of a target without the comment of the same moment."""
    rows = db.frame(
        "select b.batch_id, count(r.respondent_id) as stored from batches as b left join responses as r "
        "on r.batch_id = b.batch_id where b.file_name like 'W%' group by b.batch_id"
    )
    texts = Counter(str(each.facts.get("reason") or each.facts.get("text")) for each in decisions.every(db))
    named = [text for text in texts if text.startswith("W")]
    return int((rows["stored"] != ROWS).sum()) + sum(texts[text] != 2 for text in named)


def _look_at_migrated(folder: Path, found: Found) -> None:
    """New databases that a kill may have met in the middle of their migrations: all of them, and a catalogue."""
    for place in (folder / "migrated").glob("*"):
        started = time.perf_counter()
        db = open_database(settings_of(place))
        found.slowest = max(found.slowest, time.perf_counter() - started)
        wanted = [path.stem for path in sorted(migrations.FOLDER.glob("*.sql"))]
        count = int(db.frame("select count(*) as n from indicators")["n"][0])
        found.half += migrations.applied(db) != wanted or count < 100
        db.close()
        shutil.rmtree(place)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=9)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sqm-kills-") as folder:
        run(chosen.rounds, Path(folder), chosen.seed, heard=_report if chosen.rounds <= 20 else _report_some)


def _report_some(number: int, found: Found) -> None:
    if number % 20 == 0:
        _report(number, found)


def _report(number: int, found: Found) -> None:
    print(", ".join(f"{count} in {what}" for what, count in found.killed_in.most_common()))
    print(
        f"{number} kills, {found.acknowledged} acknowledged changes: lost {found.lost}, half {found.half}, "
        f"apart from the trail {found.apart}, journals that differ {found.journals}, trails not whole "
        f"{found.broken_trails}, other marts {found.other_marts}, slowest opening {found.slowest:.1f} s",
        flush=True,
    )


if __name__ == "__main__":
    main()
