"""Whole copies of the database on disk, each a single file with its SHA-256 and the head of its trail beside it.

Taken from file and log of one moment between two transactions, opened on a connection of its own and checkpointed
there: so the live file gets no extra checkpoint (the one moment in which a power cut can ruin it), and a copy that does
not open is never kept.
"""

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqm.database.connection import Database
from sqm.database.disk import make_folder, sync, sync_folder
from sqm.database.hashes import read_all
from sqm.database.queries import query
from sqm.errors import SqmError

_taking = threading.Lock()
DAYS = 7
"""Days of which the last snapshot is kept, besides the newest ones."""


@dataclass(frozen=True)
class Snapshot:
    """sequence, digest: the last entry of its trail (0 and '' without one). taken_at in UTC; size in bytes."""

    file: Path
    taken_at: datetime
    sequence: int
    digest: str
    sha256: str
    size: int


def every(folder: Path) -> tuple[Snapshot, ...]:
    """All that are there, newest first. Whether one is whole is asked with is_whole."""
    found: list[Snapshot] = []
    for about in folder.glob("*.json") if folder.is_dir() else ():
        try:
            facts = json.loads(about.read_text(encoding="utf-8"))
            taken_at = datetime.fromisoformat(facts["taken_at"])
            found.append(Snapshot(**{**facts, "file": about.with_suffix(".duckdb"), "taken_at": taken_at}))
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return tuple(sorted(found, key=lambda each: each.file.name, reverse=True))


def of_file(file: Path) -> Snapshot:
    """What stands beside a snapshot. Raises SqmError("snapshot_unknown")."""
    for each in every(file.parent):
        if each.file.name == file.name:
            return each
    raise SqmError("snapshot_unknown", file=file.name)


def is_whole(snapshot: Snapshot) -> bool:
    """Whether the file is there with the bytes that it had."""
    try:
        return _sha256(snapshot.file) == snapshot.sha256
    except OSError:
        return False


def take(db: Database, folder: Path, kept: int) -> Snapshot:
    """Take one and let old ones go. Raises SqmError: "disk_full", "database_damaged" (the copy is not whole)."""
    with _taking:
        return _take(db, folder, kept)


def renew(db: Database, folder: Path, kept: int) -> Snapshot:
    """Take one and let all others go, those begun included: none shows what was erased before. Raises what take does;
    the others have gone then too."""
    with _taking:
        forget(folder)
        return _take(db, folder, kept)


def _take(db: Database, folder: Path, kept: int) -> Snapshot:
    make_folder(folder)
    for left in folder.glob("*.part*"):  # of one that a power cut ended
        left.unlink(missing_ok=True)
    now = datetime.now(UTC).replace(tzinfo=None)
    work = folder / f"{now:%Y%m%dT%H%M%S%f}.part"
    try:
        db.copy_to(work)
        sequence, digest = _settled(work)
        final = folder / f"{now:%Y%m%dT%H%M%S%f}-{sequence:08d}.duckdb"
        snapshot = Snapshot(final, now, sequence, digest, _sha256(work), work.stat().st_size)
        work.rename(final)
        _describe(snapshot)
        sync_folder(folder)  # before the older ones go
    except OSError as error:
        raise SqmError("disk_full") from error
    finally:
        for left in (work, Path(f"{work}.wal")):
            left.unlink(missing_ok=True)
    for old in superfluous(every(folder), kept):
        old.file.with_suffix(".json").unlink(missing_ok=True)
        old.file.unlink(missing_ok=True)
    return snapshot


def superfluous(found: Iterable[Snapshot], kept: int) -> tuple[Snapshot, ...]:
    """Those that are neither among the newest ones nor the last one of one of the last DAYS days that have any."""
    newest_first = sorted(found, key=lambda each: each.file.name, reverse=True)
    last_of_day = {each.taken_at.date(): each for each in reversed(newest_first)}
    days = {last_of_day[day].file for day in sorted(last_of_day, reverse=True)[:DAYS]}
    return tuple(each for each in newest_first[max(kept, 1) :] if each.file not in days)


def forget(folder: Path) -> None:
    """Remove all of them: after an erasure, or when the demonstration that they show was deleted."""
    for each in every(folder):
        each.file.unlink(missing_ok=True)
        each.file.with_suffix(".json").unlink(missing_ok=True)


def copy(snapshot: Snapshot, file: Path) -> None:
    """A copy for its owner alone."""
    with snapshot.file.open("rb") as source, os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as target:
        target.truncate()
        shutil.copyfileobj(source, target, 1024**2)


def _settled(work: Path) -> tuple[int, str]:
    """Move the log into the copy, read all of it, and return sequence and digest of its trail's head."""
    try:
        held = Database.open(str(work), "512MB", 1)
    except SqmError as error:
        raise SqmError("database_damaged") from error
    try:
        held.checkpoint()
        read_all(held)
        with held.read() as cursor:
            sequence, digest = cursor.execute(query("trail", "last")).fetchone() or (0, "")
        bad, _ = held.damaged_blocks()
    finally:
        held.close()
    if bad or Path(f"{work}.wal").exists():
        raise SqmError("database_damaged")
    sync(work)
    return int(sequence), str(digest)


def _describe(snapshot: Snapshot) -> None:
    facts = {**asdict(replace(snapshot, file=Path())), "taken_at": snapshot.taken_at.isoformat()}
    del facts["file"]
    path = snapshot.file.with_suffix(".json")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_SYNC, 0o600), "w") as about:
        json.dump(facts, about)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
