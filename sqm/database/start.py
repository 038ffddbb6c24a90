"""Open the database of this installation: build the demo, or bring a file up to date and give it the catalogue."""

from collections.abc import Callable
from pathlib import Path

from sqm import config
from sqm.database import catalogue, demo, migrations, rebuild, trail, use_rules
from sqm.database.connection import Database
from sqm.database.queries import query
from sqm.database.uploads import Uploads


def open_database(settings: config.Settings, advance: Callable[[float], None] = lambda fraction: None) -> Database:
    """The open database. advance hears how far the building of the demo is, 0 to 1.

    Raises SqmError when the file is held by another process, is damaged, or the catalogue files are wrong.
    """
    if settings.is_demo and not Path(settings.database).exists():
        trail.heads_file(settings.database).unlink(missing_ok=True)  # those of a demo that somebody deleted
        demo.build(settings.database, lambda fraction, _step: advance(fraction))
    db = Database.open(settings.database, settings.database_memory, settings.database_threads)
    migrations.migrate(db)
    trail.keep_heads(db)
    if _has_no_catalogue(db):
        with use_rules.noted(db, "catalogue"), db.write() as cursor:
            catalogue.load(cursor, settings.catalogue)
    rebuild.reconcile(db, Uploads(settings.uploads))
    return db


def _has_no_catalogue(db: Database) -> bool:
    with db.read() as cursor:
        return not cursor.execute(query("indicators", "any")).fetchone()[0]
