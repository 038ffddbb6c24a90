"""Every entry of the trail once more in a file beside the database (``FILE.trail``), written after each commit.

A damaged or half-restored database gets back from it what its own trail lost, with the same digests, so that the chain
and the kept heads hold again. Nothing is added that the chain does not confirm.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqm.database.connection import Cursor, Database
from sqm.database.disk import sync_folder
from sqm.database.queries import query
from sqm.database.safety import trail
from sqm.rules.trail_chain import Entry, digest_of


def file_of(database: str) -> Path:
    """Where the copy of a database's trail stands."""
    return Path(f"{database}.trail")


def keep(db: Database) -> None:
    """From now on append what each commit adds to the trail; what an earlier crash kept out is added at once."""
    path = file_of(db.path)
    last = [max((entry.sequence for entry in kept(db.path)), default=0)]

    def append(cursor: Cursor) -> None:
        rows = cursor.execute(query("trail_copy", "since"), {"sequence": last[0]}).fetchall()
        if not rows:
            return
        text, is_new = "".join(_line(Entry(*row)) for row in rows), not path.exists()
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_SYNC, 0o600), "r+b") as copy:
            end = copy.seek(0, os.SEEK_END)
            is_cut = end > 0 and os.pread(copy.fileno(), 1, end - 1) != b"\n"
            copy.write(("\n" * is_cut + text).encode())
        if is_new:
            sync_folder(path.parent)
        last[0] = int(rows[-1][0])

    with db.read() as cursor:
        append(cursor)
    db.after_commit(append)


def kept(database: str) -> Iterator[Entry]:
    """The entries of the copy, in the order written. A line that was cut or damaged is passed over."""
    path = file_of(database)
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            found = json.loads(line)
            yield Entry(**{**found, "happened_at": datetime.fromisoformat(found["happened_at"])})
        except (ValueError, TypeError, KeyError):
            continue


def give_back(db: Database) -> int:
    """Append the entries that follow on the database's last one and that the database has lost; returns how many."""
    with db.read() as cursor:
        place, before = cursor.execute(query("trail", "last")).fetchone() or (0, "")
    lost: list[Entry] = []
    for entry in kept(db.path):
        if entry.sequence == place + 1 and entry.digest == digest_of(entry, before):
            lost.append(entry)
            place, before = entry.sequence, entry.digest
    if lost:
        with db.write() as cursor:
            for entry in lost:
                trail.write(cursor, entry)
    return len(lost)


def _line(entry: Entry) -> str:
    return json.dumps({**entry.__dict__, "happened_at": entry.happened_at.isoformat()}, ensure_ascii=False) + "\n"
