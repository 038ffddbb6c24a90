"""The trail: who did what and when, append-only and chained. No query updates or deletes it.

The digest of the last entry of every commit is also appended to a file beside the database (``FILE.heads``): an entry
that is changed, deleted or moved afterwards is found by ``check``, even if the whole chain after it was forged.
"""

import json
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from sqm.database.connection import Cursor, Database
from sqm.database.disk import sync_folder
from sqm.database.queries import query
from sqm.rules import trail_chain
from sqm.rules.trail_chain import Break, Entry

_HEAD = re.compile(r"(\d{1,18}) ([0-9a-f]{64})")


def add(cursor: Cursor, who: str, action: str, subject: str, detail: dict[str, object]) -> None:
    """Append one entry inside the caller's transaction, so that a change and its entry stand or fall together."""
    sequence, before = cursor.execute(query("trail", "last")).fetchone() or (0, "")
    now = datetime.now(UTC).replace(tzinfo=None)
    entry = Entry(sequence + 1, now, who, action, subject, json.dumps(detail, ensure_ascii=False, default=str))
    write(cursor, replace(entry, digest=trail_chain.digest_of(entry, before)))


def write(cursor: Cursor, entry: Entry) -> None:
    """Append an entry that has its digest; nothing is checked."""
    cursor.execute(
        query("trail", "add"),
        {
            "sequence": entry.sequence,
            "happened_at": entry.happened_at,
            "who": entry.who,
            "action": entry.action,
            "object": entry.subject,
            "detail": entry.detail,
            "digest": entry.digest,
        },
    )


def last_sequence(db: Database) -> int:
    """A number that grows with every change of the data: part of the key of every cache."""
    return int(db.latest(query("trail", "last_change")))


def last_score_change(db: Database) -> int:
    """The same of what can move the score of a store: all stores are worked out anew only when it grows."""
    return int(db.latest(query("trail", "last_score_change")))


def entries(db: Database, limit: int = 200) -> pd.DataFrame:
    """The latest entries, newest first: sequence, happened_at (UTC), who, action, object, detail (JSON)."""
    return db.frame(query("trail", "entries"), {"limit": limit})


def heads_file(database: str) -> Path:
    """Where the heads of a database stand."""
    return Path(f"{database}.heads")


def keep_heads(db: Database) -> None:
    """From now on append sequence and digest of the last entry to the file beside the database after each commit."""
    path = heads_file(db.path)
    kept = _heads(path)
    last = [max(kept) if kept else 0]

    def keep(cursor: Cursor) -> None:
        found = cursor.execute(query("trail", "last")).fetchone()
        if found is None or found[0] <= last[0]:
            return
        is_new = not path.exists()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_SYNC, 0o600), "w") as heads:
            heads.write(f"{found[0]} {found[1]}\n")
        if is_new:
            sync_folder(path.parent)
        last[0] = found[0]

    db.after_commit(keep)


def last_head(database: str) -> int:
    """The highest sequence whose digest is kept outside; 0 for none."""
    return max(_heads(heads_file(database)), default=0)


def _heads(path: Path) -> dict[int, str]:
    """Sequence -> digest; a last line cut by a crash is passed over."""
    if not path.exists():
        return {}
    lines = (line.split(" ") for line in path.read_text(encoding="ascii", errors="replace").splitlines())
    return {
        int(parts[0]): parts[1] for parts in lines if len(parts) == 2 and parts[0].isdigit() and len(parts[1]) == 64
    }


def check(db: Database) -> tuple[int, tuple[Break, ...]]:
    """How many entries there are, and where the chain or the kept heads do not hold."""
    with db.read() as cursor:
        found = [Entry(*row) for row in cursor.execute(query("trail", "whole")).fetchall()]
    return len(found), trail_chain.breaks(found, _heads(heads_file(db.path)))
