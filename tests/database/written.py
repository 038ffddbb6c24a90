"""Store evaluations with comments that a test writes itself."""

import datetime
import io
from dataclasses import replace

import pyarrow as pa

from sqm.database.batches import batches
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from tests.database.conftest import SURVEY_RECIPE, survey_reading

Written = tuple[str, list[int | None], str]
"""Store, the five answers (overall, environment, waiting, staff, handling), comment ('' for none)."""


def commit(db: Database, uploads: Uploads, day: datetime.date, rows: list[Written], name: str = "") -> batches.Batch:
    """One batch; the first row is row 2 of the file."""
    word = name or f"{day:%Y%m%d}"
    reading = survey_reading([(f"{word}-{at}", day, store, scores) for at, (store, scores, _) in enumerate(rows)])
    at = reading.rows.schema.get_field_index("comment")
    texts = pa.array([text or None for _, _, text in rows], pa.string())
    reading = replace(reading, rows=reading.rows.set_column(at, "comment", texts))
    upload = uploads.receive(io.BytesIO(word.encode()), f"{word}.csv", 10_000)
    return batches.commit(db, uploads, upload, SURVEY_RECIPE, reading, "ana")
