"""The trail: who did what and when, append-only. No query updates or deletes it."""

import json
from datetime import UTC, datetime

import pandas as pd

from sqm.database.connection import Cursor, Database
from sqm.database.queries import query


def add(cursor: Cursor, who: str, action: str, subject: str, detail: dict[str, object]) -> None:
    """Append one entry inside the caller's transaction, so that a change and its entry stand or fall together."""
    cursor.execute(
        query("trail", "add"),
        {
            "happened_at": datetime.now(UTC).replace(tzinfo=None),
            "who": who,
            "action": action,
            "object": subject,
            "detail": json.dumps(detail, ensure_ascii=False, default=str),
        },
    )


def last_sequence(db: Database) -> int:
    """A number that grows with every change of the data: part of the key of every cache."""
    return int(db.latest(query("trail", "last_sequence")))


def entries(db: Database, limit: int = 200) -> pd.DataFrame:
    """The latest entries, newest first: sequence, happened_at (UTC), who, action, object, detail (JSON)."""
    return db.frame(query("trail", "entries"), {"limit": limit})
