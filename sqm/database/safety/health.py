"""Whether the database can be trusted now: asked every few seconds, and what can be mended is given to the recovery.

A look runs a query, compares the files with how this process left them, computes block checksums in turn, compares the
register of batches with the journal, and looks at free disk and snapshots. It says codes only, never data.
"""

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import duckdb

from sqm import config
from sqm.database.batches import batches, rebuild
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.queries import query
from sqm.database.safety import recovery, snapshots, space
from sqm.database.safety.snapshot_keeper import LATEST, Keeper
from sqm.database.safety.troubles import Trouble
from sqm.errors import SqmError

EVERY = 3.0
"""Seconds between two looks."""
_LINGER = 15.0  # seconds that damage stays red after it was mended, so that a probe every ten seconds hears of it
_STUCK = 9.0  # seconds after which a look that does not end counts as a failed one
_BLOCKS = 256  # of 256 KiB, looked at in turn: 64 MiB a look
_GRACE = timedelta(minutes=15)  # on top of the hour that a snapshot may wait


class Code(StrEnum):
    """What is wrong. query_failed: the file cannot be read. damaged: blocks or files are not as they were written.
    journal_differs: batches or decisions are in only one of register and journal. stuck: no look has ended lately."""

    QUERY_FAILED = "query_failed"
    DAMAGED = "database_damaged"
    CHANGED_OUTSIDE = "files_changed_outside"
    JOURNAL_DIFFERS = "journal_differs"
    DISK_LOW = "disk_low"
    SNAPSHOT_FAILED = "snapshot_failed"
    SNAPSHOT_OLD = "snapshot_old"
    STUCK = "stuck"


@dataclass(frozen=True)
class Look:
    """codes: nothing is wrong when there are none. ended: monotonic seconds; at: UTC."""

    codes: tuple[Code, ...]
    ended: float
    at: datetime


class Watch:
    """Of one open database; keeper: who takes its snapshots, if anybody does."""

    def __init__(self, db: Database, settings: config.Settings, keeper: Keeper | None = None) -> None:
        self._db, self._settings, self._keeper = db, settings, keeper
        self._block = 0
        self._tried: frozenset[str] = frozenset()
        self._compared: tuple[object, ...] = ()
        self._differs: frozenset[str] = frozenset()
        self._looking = threading.Lock()
        self._last: Look | None = None
        self._damage: tuple[float, tuple[Code, ...]] = (0.0, ())  # until when, and what
        self._ended = threading.Event()

    def start(self) -> None:
        """Look every few seconds until the end."""
        threading.Thread(target=self._run, name="health", daemon=True).start()

    def end(self) -> None:
        self._ended.set()

    def last(self) -> Look:
        """The latest look; a new one when there is none yet."""
        last = self._last or self.look()
        if time.monotonic() - last.ended > _STUCK:
            return Look((Code.STUCK,), last.ended, last.at)
        return last

    def look(self) -> Look:
        """Look now."""
        with self._looking:
            damage = self._files()
            if damage:
                self._damage = time.monotonic() + _LINGER, damage
            elif time.monotonic() < self._damage[0]:
                damage = self._damage[1]
            codes = (*damage, *self._query(), *self._journal(), *self._room(), *self._snapshots())
            self._last = Look(codes, time.monotonic(), datetime.now(UTC))
            return self._last

    def _run(self) -> None:
        while not self._ended.wait(EVERY):
            try:
                self.look()
            except Exception:  # noqa: BLE001 - whatever a look meets, nobody may be told that all is well
                self._last = Look((Code.QUERY_FAILED,), time.monotonic(), datetime.now(UTC))

    def _files(self) -> tuple[Code, ...]:
        """Before the query: once something is found here, the query mends it first."""
        found: list[Code] = []
        if self._db.trouble is not None:
            found.append(Code.QUERY_FAILED)
        elif self._db.changed_outside():
            found.append(Code.CHANGED_OUTSIDE)
        else:
            bad, self._block = self._db.damaged_blocks(self._block, _BLOCKS)
            if bad:
                found.append(Code.DAMAGED)
        if found and self._db.trouble is None:
            self._db.give_up(Trouble.DAMAGED)
        return tuple(found)

    def _query(self) -> tuple[Code, ...]:
        try:
            self._db.frame(query("health", "probe"))
        except (SqmError, duckdb.Error):
            return (Code.QUERY_FAILED,)
        return ()

    def _journal(self) -> tuple[Code, ...]:
        """Compared when either has changed. A change may be between the two: wrong is what stays so for two looks."""
        uploads = Uploads(self._settings.uploads)
        try:
            stat = (uploads.folder / "journal.jsonl").stat()
            size = (stat.st_size, stat.st_mtime_ns)
        except OSError:
            size = (0, 0)
        try:
            now = (size, self._db.latest(query("trail", "last_change")))
            if now != self._compared or self._differs:
                before, self._differs = self._differs, self._difference(uploads)
                self._compared = now
                lasting = self._differs & before
                if lasting and lasting != self._tried:
                    self._tried = lasting
                    self._db.give_up(Trouble.REOPENED)  # to bring one up to the other
                    self._db.frame(query("health", "probe"))
                return (Code.JOURNAL_DIFFERS,) if lasting else ()
        except (SqmError, duckdb.Error, OSError):
            return (Code.JOURNAL_DIFFERS,)
        return ()

    def _difference(self, uploads: Uploads) -> frozenset[str]:
        stored = {entry.batch_id for entry in (*batches.stored(self._db), *decisions.stored(self._db))}
        known = {each.entry.batch_id for each in rebuild.standing(uploads)}
        lost = {batch_id for _, _, said in recovery.recovered(self._db) for batch_id in said.failed}
        return frozenset((stored ^ known) - lost)

    def _room(self) -> tuple[Code, ...]:
        return (Code.DISK_LOW,) if space.free(self._settings) < space.needed(self._settings) else ()

    def _snapshots(self) -> tuple[Code, ...]:
        if self._keeper is None:
            return ()
        if self._keeper.failure:
            return (Code.SNAPSHOT_FAILED,)
        found = snapshots.every(self._settings.snapshots)
        try:
            with self._db.read() as cursor:
                newest = cursor.execute(
                    query("snapshots", "first_since"), {"sequence": found[0].sequence if found else 0}
                ).fetchone()[0]
        except (SqmError, duckdb.Error):
            return (Code.SNAPSHOT_OLD,)
        oldest = datetime.now(UTC).replace(tzinfo=None) - timedelta(seconds=LATEST) - _GRACE
        is_new = self._keeper.begun + _GRACE.total_seconds() > time.monotonic()
        return (Code.SNAPSHOT_OLD,) if newest is not None and newest < oldest and not is_new else ()
