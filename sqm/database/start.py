"""Open the database of this installation: build the demo, or bring a file up to date and give it the catalogue.

Files that a crash, a power cut or a bad disk damaged are mended first (recovery.py).
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqm import config
from sqm.database import catalogue, demo, migrations
from sqm.database.connection import Database
from sqm.database.deciding import use_rules
from sqm.database.queries import query
from sqm.database.safety import snapshots, trail, trail_copy
from sqm.database.safety.recovery import Recovery
from sqm.database.safety.troubles import Trouble
from sqm.errors import SqmError


def open_database(settings: config.Settings, advance: Callable[[float], None] = lambda fraction: None) -> Database:
    """The open database. advance hears how far the building of the demo is, 0 to 1.

    Raises SqmError when the file is held by another process, is damaged beyond what is kept, or the catalogue files are
    wrong.
    """
    if settings.is_demo and not Path(settings.database).exists():
        _forget_demo(settings)
        demo.build(settings.database, lambda fraction, _step: advance(fraction))
    recovery = Recovery(settings)
    try:
        return _opened(recovery, settings)
    except SqmError as error:
        if error.code != Trouble.DAMAGED.value:
            raise
    recovery.mend(Trouble.DAMAGED)
    return _opened(recovery, settings)


def _opened(recovery: Recovery, settings: config.Settings) -> Database:
    """Damage that shows itself only when something is read is raised, with the files kept aside and closed."""
    db = recovery.open()
    try:
        with suppress(OSError):  # not ours to change
            Path(settings.database).chmod(0o600)
        migrations.migrate(db)
        trail.keep_heads(db)
        if _has_no_catalogue(db):
            with use_rules.noted(db, "catalogue"), db.write() as cursor:
                catalogue.load(cursor, settings.catalogue)
        recovery.settle(db)
        trail_copy.keep(db)
    except SqmError as error:
        if error.code == Trouble.DAMAGED.value:
            recovery.keep_aside(Trouble.DAMAGED)
        db.close()
        raise
    db.recover_with(recovery.keep_aside, recovery.mend, lambda: recovery.settle(db))
    return db


def _forget_demo(settings: config.Settings) -> None:
    """What was kept of a demo that somebody deleted: it says nothing about the one that is built now."""
    trail.heads_file(settings.database).unlink(missing_ok=True)
    trail_copy.file_of(settings.database).unlink(missing_ok=True)
    snapshots.forget(settings.snapshots)


def _has_no_catalogue(db: Database) -> bool:
    with db.read() as cursor:
        return not cursor.execute(query("indicators", "any")).fetchone()[0]
