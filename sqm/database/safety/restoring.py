"""From a snapshot to the present: its file, the entries of the trail that it lacks, and what the journal has since."""

import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqm import config
from sqm.database import migrations
from sqm.database.batches import rebuild
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database, rewrite_file
from sqm.database.hashes import read_all, table_hashes
from sqm.database.safety import snapshots, trail, trail_copy
from sqm.database.safety.snapshots import Snapshot
from sqm.errors import SqmError
from sqm.intake import limits


@dataclass(frozen=True)
class Brought:
    """What an older state got back: entries of the trail, and batches and decisions (see rebuild.CaughtUp)."""

    entries: int
    caught_up: rebuild.CaughtUp


@dataclass(frozen=True)
class Drill:
    """A restore that was tried. against: "database", or "snapshot_before" when the database is in use; different:
    tables whose rows are not the same; seconds: what the restore took is left to the caller to measure."""

    snapshot: str
    against: str
    tables: int
    different: tuple[str, ...]


def bring_up(db: Database, settings: config.Settings, known: Collection[str] = ()) -> Brought:
    """Give an older state of the database what it lacks. Nothing of it is written to the trail here."""
    entries = trail_copy.give_back(db)
    return Brought(entries, rebuild.catch_up(db, Uploads(settings.uploads), limits.of(settings), known))


def restore(snapshot: Snapshot, file: Path, settings: config.Settings) -> Brought:
    """Build a new file from a snapshot and the journal; the trail's copy and heads of this installation come with it.

    Raises SqmError: "file_exists", "snapshot_damaged" (its bytes are not those that were written), "database_damaged"
    (they were damaged when it was taken).
    """
    if file.exists():
        raise SqmError("file_exists", file=file.name)
    if not snapshots.is_whole(snapshot):
        raise SqmError("snapshot_damaged", file=snapshot.file.name)
    snapshots.copy(snapshot, file)
    for of in (trail.heads_file, trail_copy.file_of):
        if of(settings.database).exists() and of(settings.database) != of(str(file)):
            shutil.copyfile(of(settings.database), of(str(file)))
            of(str(file)).chmod(0o600)
    db = Database.open(str(file), settings.database_memory, settings.database_threads)
    try:
        read_all(db)
        migrations.migrate(db)
        brought = bring_up(db, settings)
        db.checkpoint()
    finally:
        db.close()
    if brought.caught_up.erased:
        rewrite_file(str(file))  # persons were taken out of its tables, not yet out of its bytes
    return brought


def drill(settings: config.Settings) -> Drill:
    """Restore the newest snapshot into a temporary folder and compare every table with the database.

    While the server has the database, the snapshot before is restored too, and the two are compared: they come from
    different moments, so equal tables mean that snapshot and journal together give the same present.
    Raises SqmError: "snapshot_missing", and what restore raises.
    """
    found = snapshots.every(settings.snapshots)
    if not found:
        raise SqmError("snapshot_missing")
    with tempfile.TemporaryDirectory(prefix="sqm-drill-") as name:
        mine = _hashes_after(found[0], Path(name) / "newest.duckdb", settings)
        try:
            db = Database.open(settings.database, settings.database_memory, settings.database_threads)
        except SqmError as error:
            if error.code != "database_in_use" or len(found) < 2:
                raise
            theirs, against = _hashes_after(found[1], Path(name) / "before.duckdb", settings), "snapshot_before"
        else:
            theirs, against = table_hashes(db), "database"
            db.close()
    tables = sorted(mine.keys() | theirs.keys())
    different = tuple(table for table in tables if mine.get(table) != theirs.get(table))
    return Drill(found[0].file.name, against, len(tables), different)


def _hashes_after(snapshot: Snapshot, file: Path, settings: config.Settings) -> dict[str, tuple[int, int]]:
    restore(snapshot, file, settings)
    db = Database.open(str(file), settings.database_memory, settings.database_threads)
    try:
        return table_hashes(db)
    finally:
        db.close()
