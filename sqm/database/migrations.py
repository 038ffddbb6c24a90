"""Numbered migrations: sql/schema/NNN_*.sql, each run once and in order, each in its own transaction."""

from pathlib import Path

from sqm.database import marts
from sqm.database.connection import Database

FOLDER = Path(__file__).parent / "sql" / "schema"


def applied(db: Database) -> list[str]:
    """Names of the migrations that this file already has."""
    with db.read() as cursor:
        cursor.execute("create table if not exists migrations (migration varchar not null)")
        return [row[0] for row in cursor.execute("select migration from migrations order by migration").fetchall()]


def migrate(db: Database) -> list[str]:
    """Bring the file up to date and return the names of the migrations that ran now.

    A file that held something before gets its indicators worked out again: a migration may have given them a new
    column. A checkpoint follows, so that no DDL waits in the write-ahead log.
    """
    done = set(applied(db))
    waiting = [path for path in sorted(FOLDER.glob("*.sql")) if path.stem not in done]
    for path in waiting:
        with db.write() as cursor:
            cursor.execute(path.read_text(encoding="utf-8"))
            cursor.execute("insert into migrations values ($name)", {"name": path.stem})
    if waiting and done:
        with db.write() as cursor:
            marts.refresh_all(cursor)
    if waiting:
        db.checkpoint()
    return [path.stem for path in waiting]
