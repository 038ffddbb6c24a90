"""All files of a folder, one result each."""

import csv
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from tests.badfiles import stored
from tests.badfiles.upload import prepare, take

SEQUENCE = "reupload_"


def results(folder: Path) -> Iterator[dict[str, object]]:
    """The results in the order of expectations.csv."""
    with (folder / "expectations.csv").open(encoding="utf-8-sig", newline="") as stream:
        expected = list(csv.DictReader(stream))
    with tempfile.TemporaryDirectory(prefix="sqm-badfiles-") as scratch:
        base = Path(scratch) / "base.duckdb"
        db = Database.open(str(base))
        prepare(db, Uploads(Path(scratch) / "base"), folder / "stores.csv")
        db.close()
        for number, row in enumerate(expected):
            place = "sequence" if row["file"].startswith(SEQUENCE) else f"file{number}"
            yield _result(folder, row, Path(scratch), place, base)


def _result(folder: Path, row: dict[str, str], scratch: Path, place: str, base: Path) -> dict[str, object]:
    path = scratch / f"{place}.duckdb"
    if not path.exists():
        shutil.copyfile(base, path)
    found: dict[str, object] = {"file": row["file"], "crashed": False, "trace_shown": False}
    try:
        db = Database.open(str(path))
        try:
            taken = take(db, Uploads(scratch / place), folder / row["file"], json.loads(row["upload_as"]))
            found |= {
                "outcome": taken.outcome.value,
                "rows": taken.rows,
                "messages": taken.messages,
                "seconds": taken.seconds,
                "rss_mb": taken.peak_memory_mb,
                "stats": stored.stats(db, taken.batch_id, taken.template) if taken.batch_id else {},
                "cells": stored.cells(db, taken.batch_id, taken.template) if taken.batch_id else {},
            }
        finally:
            db.close()
    except Exception as error:  # noqa: BLE001  (a crash is a result here)
        found |= {
            "outcome": "reject",
            "rows": 0,
            "crashed": True,
            "messages": [{"row": None, "column": "", "text": f"{type(error).__name__}: {error}"}],
        }
    messages = json.dumps(found.get("messages", []), ensure_ascii=False)
    found["trace_shown"] = "Traceback (most recent call last)" in messages
    if not row["file"].startswith(SEQUENCE):
        path.unlink(missing_ok=True)
        shutil.rmtree(scratch / place, ignore_errors=True)
    return found
