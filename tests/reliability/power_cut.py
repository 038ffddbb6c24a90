"""The power goes while an operator works, or while the start mends its files: python -m tests.reliability.power_cut

The writes of a process that does one upload, one target edit and one checkpoint are recorded (needs strace), and the
disk is put together again as a power cut at any of them may leave it: what was synced is kept, the rest is kept, lost
or torn (lost_writes.py). Every state is then opened as the server does. Counted: as it was, the ways in which it was
mended, and what must never be: refused, lost, wrong, mended but unsaid, apart from the trail or the journal, raw files
that are not whole.
"""

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sqm import config
from sqm.database.batches import batches, rebuild
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.hashes import read_all, table_hashes
from sqm.database.safety import snapshots, trail
from sqm.database.safety.own_files import BLOCK, HEADER
from sqm.database.safety.recovery import Said, recovered
from sqm.database.start import open_database
from sqm.errors import SqmError
from sqm.rules.matrix import events
from tests.database.files import survey_file
from tests.reliability import damage
from tests.reliability.lost_writes import WORLDS, Data, Disk, Names, written
from tests.reliability.operator_file import build, build_register, copied, send, settings_of
from tests.reliability.recorded import STRACE, Act, Step, record
from tests.reliability.working import target

Tables = dict[str, tuple[int, int]]
SLOWEST = 60.0
"""Seconds within which every state must serve."""

OFTEN = 8


@dataclass(frozen=True)
class Recording:
    """base: the files at the beginning. stored: the tables after each commit; what was stored before the first step
    comes first. may_be: of each step, how many commits had been acknowledged, and how many may be there."""

    name: str
    base: dict[str, bytes]
    steps: list[Step]
    stored: list[Tables]
    may_be: list[tuple[int, int]]
    is_mending: bool = False


@dataclass(frozen=True)
class State:
    """What one power cut left."""

    recording: Recording
    at: int
    names: Names
    data: Data
    files: Mapping[str, bytes | None]

    def __str__(self) -> str:
        step = self.recording.steps[self.at]
        return f"{self.recording.name}, after step {self.at} ({step.act} {step.name}), {self.names}, {self.data}"


@dataclass
class Found:
    """outcomes: of all states. faults: what must never be, with the state that it came from."""

    outcomes: Counter[str] = field(default_factory=Counter)
    by_world: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    refused_before: int = 0


def day(folder: Path) -> None:
    """In the recorded process: a day of the operator of folder."""
    shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]  # a copy inside the kernel shows no bytes
    settings = settings_of(folder)
    db, uploads, random = open_database(settings), Uploads(settings.uploads), np.random.default_rng(7)

    def tell(_cursor: object = None) -> None:
        print("stored", json.dumps(table_hashes(db)), flush=True)

    tell()
    db.after_commit(tell)
    send(db, uploads, "june.csv", survey_file(random, 120, month=6))
    print("done", flush=True)
    snapshots.take(db, settings.snapshots, settings.snapshots_kept)
    target(db, uploads, "W-power")
    print("done", flush=True)
    db.checkpoint()
    _comment(db, uploads, "after the checkpoint")
    print("done", flush=True)
    db.close()


def mending(folder: Path) -> None:
    """In the recorded process: a start on damaged files."""
    shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]
    open_database(settings_of(folder)).close()


def _comment(db: Database, uploads: Uploads, text: str) -> None:
    draft = events.comment("HOT-P01", text)
    decisions.record(db, uploads, draft.kind, "ana", "analyst", draft.subject, draft.facts)


FIRST_DAY, DAY = "the first day", "a day"
DAMAGED = ("log: bit near its end", "file: torn metadata")


def recordings(folder: Path, only: str = "") -> Iterator[Recording]:
    """A first day of an operator, a later day of another, and two starts on damaged files: those that are named so."""
    if only in FIRST_DAY:
        yield _day(FIRST_DAY, build_register(folder / "first"))
    if only == FIRST_DAY:
        return
    origin = build(folder / "origin")
    if only in DAY:
        yield _day(DAY, copied(origin, folder / "day"))
    for way in DAMAGED:
        if only in (name := f"mending ({way})"):
            yield _mending(name, way, origin, folder)


def _mending(name: str, way: str, origin: config.Settings, folder: Path) -> Recording:
    whole = open_database(copied(origin, folder / "whole"))
    tables = table_hashes(whole)
    whole.close()
    settings = copied(origin, folder / "damaged")
    damage.ways(settings, np.random.default_rng(8), folder / "none")[way]()
    base, steps = _recorded("mending", settings)
    return Recording(name, base, steps, [tables], [(0, 0)] * len(steps), is_mending=True)


def _recorded(what: str, settings: config.Settings) -> tuple[dict[str, bytes], list[Step]]:
    folder = Path(settings.database).parent
    base = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return base, record([sys.executable, "-m", "tests.reliability.power_cut", "--work", what, str(folder)], folder)


def _day(name: str, settings: config.Settings) -> Recording:
    base, steps = _recorded("day", settings)
    stored: list[Tables] = []
    may_be: list[tuple[int, int]] = []
    acknowledged = 0
    for step in steps:
        for line in step.data.decode().splitlines() if step.act is Act.SAID else ():
            if line.startswith("stored "):
                read = json.loads(line.removeprefix("stored "))
                stored.append({table: (int(rows), int(total)) for table, (rows, total) in read.items()})
            elif line == "done":
                acknowledged = len(stored) - 1
        may_be.append((acknowledged, len(stored)))  # the next commit may be there before anybody hears of it
    return Recording(name, base, steps, stored, may_be)


def states(recording: Recording, wanted: int, seed: int) -> Iterator[State]:
    """Power cuts of a recording, by chance from every step and world (0: all); each different state once."""
    cuts = [(at, number, turn) for at, turn in _moments(recording) for number in range(len(WORLDS))]
    if wanted:
        drawn = np.random.default_rng(seed).permutation(len(cuts))[:wanted]
        cuts = [cuts[place] for place in sorted(drawn)]
    disk, seen, taken = Disk(recording.base), set(), 0
    for at, number, turn in cuts:
        for step in recording.steps[taken : at + 1]:
            disk.take(step)
        taken = at + 1
        names, data = WORLDS[number]
        files = disk.after_cut(names, data, np.random.default_rng([seed, at, number, turn]))
        digest = hashlib.sha256(str(recording.may_be[at]).encode())
        for name, content in sorted(files.items()):
            digest.update(f"{name}\0{content is None}".encode() + hashlib.sha256(content or b"").digest())
        if digest.digest() not in seen:
            seen.add(digest.digest())
            yield State(recording, at, names, data, files)


def _moments(recording: Recording) -> Iterator[tuple[int, int]]:
    """Every step; often those after which the log, or what the database writes over in place, is not synced."""
    often = {"": 1}
    for at, step in enumerate(recording.steps):
        if step.act is Act.WRITE and step.name == "own.duckdb.wal":
            often[step.name] = OFTEN
        elif step.act is Act.WRITE and step.name == "own.duckdb" and step.place < HEADER + BLOCK:
            often[step.name] = 4 * OFTEN
        elif step.act is Act.SYNC:
            often.pop(step.name, None)
        for turn in range(0 if step.act is Act.SAID else max(often.values())):
            yield at, turn


def look(state: State, folder: Path, found: Found) -> None:
    """Open one state as the server does, and look for what must not be."""
    shutil.rmtree(folder, ignore_errors=True)
    written(folder, state.files)
    settings = settings_of(folder)
    as_found = _bare(folder)
    found.refused_before += as_found is None
    faults: list[str] = []
    outcome = _start(state, settings, as_found, faults, found)
    found.outcomes[outcome] += 1
    found.by_world.setdefault(f"{state.names}, {state.data}", Counter())[outcome] += 1
    found.faults += [f"{each}: {state}" for each in faults]
    for each in faults:
        print(f"{each}: {state}", file=sys.stderr, flush=True)


def _start(state: State, settings: config.Settings, as_found: Tables | None, faults: list[str], found: Found) -> str:
    started = time.perf_counter()
    try:
        db = open_database(settings)
        read_all(db)
        now = table_hashes(db)
    except SqmError as error:
        faults.append(f"REFUSED {error.code}")
        return "refused"
    spent = time.perf_counter() - started
    found.slowest = max(found.slowest, spent)
    if spent > SLOWEST:
        faults.append(f"SLOW {spent:.0f} s")
    said = recovered(db)
    _judge(state, now, faults)
    faults += _apart(db, settings)
    if (as_found != now or state.recording.is_mending) and not said:
        faults.append("UNSAID")
    if any(each.failed or each.entries_lost for _, _, each in said):
        faults.append(f"MISSING {[(each.failed, each.entries_lost) for _, _, each in said]}")
    if as_found is None and not _kept(state, settings):
        faults.append("DAMAGED BYTES NOT KEPT")
    faults += _goes_on(db, settings, len(said))
    return _way([each for _, _, each in said])


def _way(said: list[Said]) -> str:
    """How a state was mended."""
    if not said:
        return "as it was"
    if any(each.snapshot for each in said):
        return "snapshot and journal"
    if any(each.cut_at >= 0 or each.log_set_aside for each in said):
        return "log cut"
    return "journal alone" if any(each.replayed or each.entries for each in said) else "mended by an earlier start"


def _bare(folder: Path) -> Tables | None:
    """The tables as the engine alone finds them; None when it refuses."""
    place = folder.parent / "bare"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for path in folder.glob("own.duckdb*"):
        if path.is_file() and path.suffix in (".duckdb", ".wal"):
            shutil.copyfile(path, place / path.name)
    if not (place / "own.duckdb").exists():
        return None
    try:
        db = Database.open(str(place / "own.duckdb"))
    except SqmError:
        return None
    try:
        read_all(db)
        return table_hashes(db)
    except SqmError:
        return None
    finally:
        db.close()


def _judge(state: State, now: Tables, faults: list[str]) -> None:
    stored = state.recording.stored
    acknowledged, most = state.recording.may_be[state.at]
    if now in stored[acknowledged : most + 1]:
        return
    if now in stored:
        faults.append(f"LOST or early: state {stored.index(now)} instead of {acknowledged} to {most}")
        return
    nearest = stored[acknowledged]
    faults.append(f"WRONG {sorted(t for t in now.keys() | nearest.keys() if now.get(t) != nearest.get(t))}")


def _apart(db: Database, settings: config.Settings) -> list[str]:
    """Trail, journal and raw files must say what the tables say."""
    uploads, wrong = Uploads(settings.uploads), []
    if trail.check(db)[1]:
        wrong.append(f"TRAIL NOT WHOLE {trail.check(db)[1]}")
    held = set(batches.history(db)["batch_id"]) | {each.decision_id for each in decisions.every(db)}
    entries = trail.entries(db, 100_000)
    undone = set(entries[entries["action"] == "undo"]["object"])
    told = set(entries[entries["object"].str.match(r"[bd]\d{14}")]["object"]) - undone
    if held != told:
        wrong.append(f"APART FROM THE TRAIL {sorted(held ^ told)}")
    standing = rebuild.standing(uploads)
    if {each.entry.batch_id for each in standing} != held:
        wrong.append("APART FROM THE JOURNAL")
    for each in standing:
        if each.entry.action == "commit" and not _is_whole(uploads, str(each.entry.facts["upload_id"])):
            wrong.append("RAW FILE NOT WHOLE")
    return wrong


def _is_whole(uploads: Uploads, upload_id: str) -> bool:
    try:
        return uploads.digest(upload_id) == uploads.find(upload_id).sha256
    except (SqmError, OSError, ValueError):
        return False


def _kept(state: State, settings: config.Settings) -> bool:
    before = {state.files.get(name) for name in ("own.duckdb", "own.duckdb.wal")} - {None}
    kept = {path.read_bytes() for path in Path(f"{settings.database}.damaged").rglob("*") if path.is_file()}
    return not before or bool(kept & before)


def _goes_on(db: Database, settings: config.Settings, said: int) -> list[str]:
    """The next change is stored, and the next start has nothing to mend."""
    wrong = []
    try:
        _comment(db, Uploads(settings.uploads), "the power is back")
        now = table_hashes(db)
        db.close()
        again = open_database(settings)
    except SqmError as error:
        return [f"DOES NOT GO ON {error.code}"]
    if table_hashes(again) != now or len(recovered(again)) != said or trail.check(again)[1]:
        wrong.append("ANOTHER STATE AT THE NEXT START")
    again.close()
    return wrong


def run(wanted: int, folder: Path, seed: int = 12, only: str = "") -> Found:
    """So many power cuts of every recording, by chance (0: all)."""
    found = Found()
    for recording in recordings(folder, only):
        before = sum(found.outcomes.values())
        for state in states(recording, wanted, seed):
            look(state, folder / "state", found)
        acts = Counter(step.act for step in recording.steps)
        print(
            f"{recording.name}: {len(recording.steps)} steps ({acts[Act.WRITE]} writes, {acts[Act.SYNC]} syncs), "
            f"{len(recording.stored)} states stored, {sum(found.outcomes.values()) - before} different power cuts, "
            f"faults so far {len(found.faults)}",
            flush=True,
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--states", type=int, default=100, help="of each recording; 0: all")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--only", default="", help="part of the name of a recording")
    parser.add_argument("--work", nargs=2, metavar=("WHAT", "FOLDER"), help="the process that is recorded")
    chosen = parser.parse_args()
    if chosen.work:
        {"day": day, "mending": mending}[chosen.work[0]](Path(chosen.work[1]))
        return
    if STRACE is None:
        raise SystemExit("strace is not here: nothing was recorded, and nothing proven")
    with tempfile.TemporaryDirectory(prefix="sqm-power-") as folder:
        found = run(chosen.states, Path(folder).resolve(), chosen.seed, chosen.only)
    for world, outcomes in sorted(found.by_world.items()):
        print(f"{world:44} {', '.join(f'{count} {outcome}' for outcome, count in sorted(outcomes.items()))}")
    total = sum(found.outcomes.values())
    print(
        f"{total} states, {dict(found.outcomes)}, refused by the engine alone {found.refused_before}, faults "
        f"{len(found.faults)}, slowest start {found.slowest:.1f} s"
    )
    raise SystemExit(1 if found.faults else 0)


if __name__ == "__main__":
    main()
