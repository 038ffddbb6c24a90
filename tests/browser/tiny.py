"""A database that opens in no time: the shipped catalogue, 20 stores, a few months of answers and values."""

import datetime
from pathlib import Path

import numpy as np

from sqm.database.batches import batches
from sqm.database.batches.uploads import Uploads
from tests.database.conftest import INDICATOR_RECIPE, SURVEY_RECIPE, indicator_reading, open_tiny, survey_reading

MONTHS = tuple(datetime.date(2026, month, 1) for month in range(4, 10))


def build(folder: Path) -> Path:
    """The path of a new database in folder, with its uploads beside it."""
    path = folder / "tiny.duckdb"
    uploads = Uploads(folder / "tiny.uploads")
    random = np.random.default_rng(20261121)
    db = open_tiny(path)
    answers = [
        (f"R{month.month}-{store}-{each}", month.replace(day=1 + each), f"S{store:03d}", _scores(random))
        for month in MONTHS
        for store in range(1, 21)
        for each in range(4)
    ]
    codes = [row[0] for row in _share_indicators(db)]
    values = [
        (code, month, f"S{store:03d}", float(random.integers(60, 100)), 100.0)
        for code in codes
        for month in MONTHS
        for store in range(1, 21)
    ]
    for name, recipe, reading in (
        ("2026-3季度", SURVEY_RECIPE, survey_reading(answers)),
        ("2026-3季度KQI", INDICATOR_RECIPE, indicator_reading(values)),
    ):
        raw = folder / f"{name}.csv"
        raw.write_text(name, encoding="utf-8")
        with raw.open("rb") as stream:
            upload = uploads.receive(stream, raw.name, 10_000)
        batches.commit(db, uploads, upload, recipe, reading, "analyst")
    db.close()
    return path


def _share_indicators(db) -> list[tuple[str]]:  # type: ignore[no-untyped-def]
    with db.read() as cursor:
        found: list[tuple[str]] = cursor.execute(
            "select indicator_code from indicators where survey_code = '' and kind = 'share' order by position limit 12"
        ).fetchall()
    return found


def _scores(random: np.random.Generator) -> list[int | None]:
    return [int(score) for score in random.integers(5, 11, 5)]
