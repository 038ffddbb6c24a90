"""Takes snapshots while the server runs: soon after every upload and undo, and within the hour after anything else.

In a thread of its own, so that nobody's answer waits for it.
"""

import threading
import time
from pathlib import Path

from sqm.database.connection import Cursor, Database
from sqm.database.queries import query
from sqm.database.safety import snapshots
from sqm.errors import SqmError

AT_ONCE = frozenset({"commit", "undo", "month_sealed"})
"""Actions of the trail that are followed by a snapshot at once."""
LATEST = 3600.0
"""Seconds after which any other change is in a snapshot."""
_PAUSE = 2.0  # seconds, in which the page that follows an upload is drawn, and further uploads come
_FIRST = 5  # pauses before the snapshot that may follow a start


class Keeper:
    """One a database and process."""

    def __init__(self, db: Database, folder: Path, kept: int, pause: float = _PAUSE) -> None:
        self._db, self._folder, self._kept, self._pause = db, folder, kept, pause
        self._due = threading.Event()
        self._ended = False
        self._seen = 0  # the last entry of the trail that was looked at
        self.begun = time.monotonic()
        self.failure = ""
        """Code of why the last attempt failed; '' after one that did not."""

    def start(self) -> None:
        """Begin; once the first pages are drawn, with a snapshot if the newest one shows another state."""
        found = snapshots.every(self._folder)
        with self._db.read() as cursor:
            self._seen = self._last(cursor)
        if not found or found[0].sequence != self._seen:
            first = threading.Timer(_FIRST * self._pause, self._due.set)
            first.daemon = True
            first.start()
        self._db.after_commit(self._heard)
        threading.Thread(target=self._run, name="snapshots", daemon=True).start()

    def end(self) -> None:
        """Take no further one."""
        self._ended = True
        self._due.set()

    def _last(self, cursor: Cursor) -> int:
        row = cursor.execute(query("trail", "last")).fetchone()
        return int(row[0]) if row else 0

    def _heard(self, cursor: Cursor) -> None:
        rows = cursor.execute(query("snapshots", "actions"), {"sequence": self._seen}).fetchall()
        self._seen = self._last(cursor)
        if any(row[0] in AT_ONCE for row in rows):
            self._due.set()

    def _run(self) -> None:
        taken = 0
        while True:
            was_due = self._due.wait(LATEST)
            if self._ended:
                return
            if not was_due and taken == self._seen:
                continue
            time.sleep(self._pause)
            self._due.clear()
            try:
                taken = snapshots.take(self._db, self._folder, self._kept).sequence
                self.failure = ""
            except Exception as error:  # noqa: BLE001 - the thread goes on; health says that it failed
                self.failure = error.code if isinstance(error, SqmError) else "snapshot_failed"
                time.sleep(10 * self._pause)
                self._due.set()
