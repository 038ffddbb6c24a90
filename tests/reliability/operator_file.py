"""A small operator whose every change came through the product: files, an undo, decisions, snapshots in between."""

import datetime
import io
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np

from sqm import config
from sqm.database.batches import batches, register
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.safety import snapshots
from sqm.database.start import open_database
from sqm.intake.child import look_in_child, read_in_child
from sqm.intake.limits import Limits
from sqm.intake.proposals.proposal import propose
from sqm.rules.matrix import events
from tests.database.files import indicator_file, survey_file

LIMITS = Limits()


def settings_of(folder: Path, kept: int = 3) -> config.Settings:
    """Of a database in folder, with uploads and snapshots beside it."""
    return replace(
        config.load(),
        database=str(folder / "own.duckdb"),
        is_demo=False,
        uploads=folder / "own.uploads",
        snapshots=folder / "own.snapshots",
        snapshots_kept=kept,
    )


def build_register(folder: Path) -> config.Settings:
    """Catalogue, districts and stores, and a snapshot of them: only files and decisions are in the journal."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_of(folder)
    db = open_database(settings)
    _stores(db)
    snapshots.take(db, settings.snapshots, settings.snapshots_kept)
    db.close()
    return settings


def build(folder: Path) -> config.Settings:
    """Register, answers and values; a snapshot; then more, whose changes are in the write-ahead log alone."""
    settings = build_register(folder)
    db, uploads, random = open_database(settings), Uploads(settings.uploads), np.random.default_rng(6)
    send(db, uploads, "april.csv", survey_file(random, 400, month=4))
    send(db, uploads, "values 4.csv", indicator_file(random, 18, month=4))
    db.checkpoint()
    snapshots.take(db, settings.snapshots, settings.snapshots_kept)
    gone = send(db, uploads, "may wrong.csv", survey_file(random, 60, month=5))
    batches.undo(db, uploads, gone, "ana")
    send(db, uploads, "may.csv", survey_file(random, 150, month=5))
    for word in ("一", "二", "三"):
        comment = events.comment("HOT-P01", f"客户等待时间变长 {word}")
        decisions.record(db, uploads, comment.kind, "ana", "analyst", comment.subject, comment.facts)
    # a process that ends here leaves its log; closing would move it into the file
    db.copy_to(folder / "left.duckdb")
    db.close()
    for name in ("duckdb", "duckdb.wal"):
        (folder / f"left.{name}").replace(folder / f"own.{name}")
    return settings


def _stores(db: Database) -> None:
    with db.write() as cursor:
        for number in range(1, 6):
            cursor.execute(
                "insert into districts values ($code, $position, $code, $code, null, '')",
                {"code": f"D{number:02d}", "position": number},
            )
        for number in range(1, 21):
            cursor.execute(
                "insert into stores values ($code, $code, $code, $district, 'own', 'large', null, null, '2000-01-01', "
                "null, '')",
                {"code": f"S{number:03d}", "district": f"D{(number - 1) // 4 + 1:02d}"},
            )


def send(db: Database, uploads: Uploads, name: str, content: bytes, replace_stored: bool = False) -> str:
    """The product's own way of a file from bytes to a committed batch."""
    upload = uploads.receive(io.BytesIO(content), name, LIMITS.file_bytes)
    path, known = uploads.path(upload.upload_id), register.read(db, datetime.date.today())
    recipe = propose(look_in_child(path, name, LIMITS), known)
    reading = read_in_child(path, name, recipe, known, LIMITS)
    return batches.commit(db, uploads, upload, recipe, reading, "ana", replace_stored).batch_id


def copied(origin: config.Settings, folder: Path) -> config.Settings:
    """The same operator in another folder, to damage."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(Path(origin.database).parent, folder)
    os.sync()
    return settings_of(folder)
