"""What a server does for its database besides pages: snapshots, a look at its health every few seconds, /health.

Only a server does, not a page that a test runs: ``serve`` is called when the server starts.
"""

import asyncio
import os
import threading
from datetime import UTC, datetime

from sqm import config
from sqm.database.connection import Database
from sqm.database.safety.health import Watch
from sqm.database.safety.snapshot_keeper import Keeper
from sqm.errors import SqmError
from sqm.ui.doors import database_door

_WAIT = 2.0  # seconds that a question about health waits for a database that is being opened
_watches: dict[int, Watch] = {}  # by id of the database
_lock = threading.Lock()


def serve() -> None:
    """From now on keep every database that is opened, and write files that only this account may read."""
    os.umask(0o077)
    database_door.when_opened(_keep)


def _keep(db: Database) -> None:
    settings = config.load()
    keeper = Keeper(db, settings.snapshots, settings.snapshots_kept) if settings.snapshots_kept else None
    if keeper is not None:
        keeper.start()
    watch = Watch(db, settings, keeper)
    with _lock:
        _watches[id(db)] = watch
    watch.start()


async def health() -> tuple[int, dict[str, object]]:
    """Status and body of the answer to a probe: 200 when nothing is wrong, else 503 and codes. No data, no paths."""
    codes, at = await asyncio.to_thread(_codes)
    status = "red" if codes else "green"
    return (503 if codes else 200), {"status": status, "codes": codes, "looked_at": at.isoformat(timespec="seconds")}


def _codes() -> tuple[list[str], datetime]:
    now = datetime.now(UTC)
    try:
        db = database_door.opened(_WAIT)
    except SqmError as failure:
        return [failure.code], now
    except Exception:  # noqa: BLE001 - a probe gets a code, the next visitor's page logs the failure
        return ["not_opened"], now
    if db is None:
        return ["opening"], now
    with _lock:
        watch = _watches.get(id(db))
    if watch is None:
        return ["not_watched"], now
    last = watch.last()
    return [str(code) for code in dict.fromkeys(last.codes)], last.at
