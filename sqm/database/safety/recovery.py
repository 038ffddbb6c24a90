"""Open the database whatever happened to its files, without a person: nothing is deleted, and what was done is said.

A refused write-ahead log is cut where the engine says that it is damaged; that brought back every acknowledged batch in
301 of 301 measured power cuts, where deleting the log lost up to three. A file that does not open, or cannot be read to
its end, is replaced by the newest whole snapshot. What is missing after either comes back from the journal and the raw
uploads. Damaged files are copied to ``FILE.damaged/`` first.
"""

import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sqm import config
from sqm.database import catalogue, demo, hashes, migrations
from sqm.database.batches import rebuild
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.disk import make_folder, sync, sync_folder
from sqm.database.privacy import erasure
from sqm.database.queries import query
from sqm.database.safety import restoring, snapshots, trail
from sqm.database.safety.troubles import Trouble
from sqm.errors import SqmError

_BAD_BYTE = re.compile(r"corrupt wal file: entry at byte position (\d+)", re.IGNORECASE)
_BEFORE = 16
"""The engine reports the byte after the header of an entry (length and checksum); DuckDB 1.5.5."""
_CUTS = 50
NEW = "new"
"""Stands for the snapshot where there was none, and the database was built from nothing."""


@dataclass
class Said:
    """What was done since it was last written down. kept: folder of the damaged files; cut_at: byte of the log;
    log_set_aside: a log that belongs to another state of the file; snapshot: what the file was restored from."""

    kept: str = ""
    cut_at: int = -1
    log_set_aside: bool = False
    snapshot: str = ""
    entries: int = 0
    entries_lost: int = 0
    replayed: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


class Recovery:
    """Of one database of this installation."""

    def __init__(self, settings: config.Settings) -> None:
        self._settings = settings
        self._path = Path(settings.database)
        self._wal = Path(f"{settings.database}.wal")
        self._aside = Path(f"{settings.database}.damaged")
        self._said = Said()

    def open(self) -> Database:
        """The open database, mended first if need be. Raises SqmError("database_in_use"), and "database_unreadable"
        when there is neither a whole snapshot nor a journal to build it from."""
        if not self._path.exists() and trail.heads_file(str(self._path)).exists():
            self._keep_aside()  # the log of a file that is gone
            self._restore()
        try:
            return self._open()
        except SqmError as error:
            if error.code != "database_unreadable":
                raise
        self.mend(Trouble.DAMAGED)
        return self._open()

    def keep_aside(self, trouble: Trouble) -> None:
        """Copy file and log away as they are, before anything closes or changes them."""
        if trouble is Trouble.DAMAGED:
            self._keep_aside()

    def mend(self, trouble: Trouble) -> None:
        """Make of a closed file one that opens and can be read. A full disk only needs the opening."""
        for _ in range(_CUTS if self._path.exists() else 0):
            try:
                db = self._open()
            except SqmError as error:
                if error.code != "database_unreadable":
                    raise
                if self._cut(str(error.__cause__)):
                    continue
                break
            try:
                if trouble is Trouble.DAMAGED:
                    hashes.read_all(db)
                return
            except SqmError:
                break
            finally:
                db.close()
        self._keep_aside()
        self._restore()

    def settle(self, db: Database) -> None:
        """Bring the open database up to the journal and the journal up to the database, and say what was done."""
        known = _given_up(db)
        brought = restoring.bring_up(db, self._settings, known)
        rebuild.reconcile(db, Uploads(self._settings.uploads))
        with suppress(SqmError, OSError):  # a full disk: the tables are without the person, the next start tries again
            erasure.finish(db, self._settings, came_back=bool(brought.caught_up.erased))
        self._said.entries += brought.entries
        self._said.replayed += brought.caught_up.replayed
        self._said.undone += brought.caught_up.undone
        self._said.failed.update(brought.caught_up.failed)
        said, self._said = self._said, Said()
        said.kept = said.kept or self._unsaid(db)
        if said == Said():
            return
        said.entries_lost = _entries_lost(db)
        with db.write() as cursor:
            trail.add(cursor, rebuild.RECOVERY, "recovered", said.snapshot or said.kept, dict(said.__dict__))

    def _unsaid(self, db: Database) -> str:
        """What a start kept aside last that ended before it could say so: what it mended looks whole to this one."""
        last = max((path.name for path in self._aside.glob("*")), default="")
        return last if last > max((each.kept for _, _, each in recovered(db)), default="") else ""

    def _open(self) -> Database:
        return Database.open(
            self._settings.database, self._settings.database_memory, self._settings.database_threads
        )  # fmt: skip

    def _keep_aside(self) -> None:
        if self._said.kept:
            return
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        folder = self._aside / name
        make_folder(self._aside)
        folder.mkdir(mode=0o700)  # also where nothing is left to copy: it shows the next start that this one mended
        for file in (self._path, self._wal):
            if file.exists():
                shutil.copyfile(file, folder / file.name)
                (folder / file.name).chmod(0o600)
                sync(folder / file.name)
        sync_folder(folder)
        sync_folder(self._aside)
        self._said.kept = name

    def _cut(self, refusal: str) -> bool:
        """Whether the log was what the engine refused, and is another now."""
        if not self._wal.exists() or "wal" not in refusal.lower():
            return False
        self._keep_aside()
        found = _BAD_BYTE.search(refusal)
        place = max(0, int(found[1]) - _BEFORE) if found else 0
        if found and place < self._wal.stat().st_size:
            with self._wal.open("r+b") as log:
                log.truncate(place)
                os.fsync(log.fileno())
            self._said.cut_at = place
        else:
            self._wal.unlink()  # its copy stays aside
            self._said.log_set_aside = True
        return True

    def _restore(self) -> None:
        """Put the newest snapshot that can be restored in the place of the file; without any, build it from nothing."""
        fresh = Path(f"{self._path}.restored")
        for snapshot in snapshots.every(self._settings.snapshots):
            _remove(fresh)
            try:
                brought = restoring.restore(snapshot, fresh, self._settings)
            except SqmError:
                continue
            self._take_over(fresh, snapshot.file.name, brought)
            return
        if not self._settings.is_demo and not any(True for _ in Uploads(self._settings.uploads).journal()):
            raise SqmError("database_unreadable")
        _remove(fresh)
        self._build(fresh)
        self._take_over(fresh, NEW, None)

    def _build(self, fresh: Path) -> None:
        if self._settings.is_demo:
            demo.build(str(fresh), lambda _fraction, _step: None)
        db = Database.open(str(fresh), self._settings.database_memory, self._settings.database_threads)
        try:
            migrations.migrate(db)
            if not self._settings.is_demo:
                with db.write() as cursor:
                    catalogue.load(cursor, self._settings.catalogue)
            db.checkpoint()
        finally:
            db.close()

    def _take_over(self, fresh: Path, name: str, brought: restoring.Brought | None) -> None:
        self._wal.unlink(missing_ok=True)  # its copy stays aside; beside another file it would be a stale one
        sync_folder(self._path.parent)  # and stay gone, whatever happens to the next name
        sync(fresh)
        fresh.replace(self._path)
        sync_folder(self._path.parent)
        _remove(fresh)
        self._said.snapshot = name
        if brought is not None:
            self._said.entries += brought.entries
            self._said.replayed += brought.caught_up.replayed
            self._said.undone += brought.caught_up.undone
            self._said.failed.update(brought.caught_up.failed)


def recovered(db: Database) -> tuple[tuple[int, datetime, Said], ...]:
    """What was recovered so far: sequence and time (UTC) of the entry, and what it says; the newest first."""
    with db.read() as cursor:
        rows = cursor.execute(query("snapshots", "recovered")).fetchall()
    return tuple((int(sequence), at, replace(Said(), **json.loads(detail))) for sequence, at, detail in rows)


def _given_up(db: Database) -> set[str]:
    return {batch_id for _, _, said in recovered(db) for batch_id in said.failed}


def _entries_lost(db: Database) -> int:
    """Entries whose digest is kept outside and that neither the database nor the copy of its trail has."""
    with db.read() as cursor:
        last = int((cursor.execute(query("trail", "last")).fetchone() or (0, ""))[0])
    return max(0, trail.last_head(db.path) - last)


def _remove(fresh: Path) -> None:
    """What an earlier attempt, or a restore, left beside the file."""
    for name in (fresh, Path(f"{fresh}.wal"), trail.heads_file(str(fresh)), Path(f"{fresh}.trail")):
        name.unlink(missing_ok=True)
