"""A batch is one uploaded file: rehearsed, committed whole or not at all, and undone exactly.

The order is always database first, journal second: a commit that a crash cut off after the transaction is found by
`reconcile` at the next start, one that was cut off before it never happened.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from sqm.database.batches import staging
from sqm.database.batches.uploads import JournalEntry, Upload, Uploads
from sqm.database.connection import Cursor, Database
from sqm.database.deciding import use_rules
from sqm.database.indicators import targets
from sqm.database.privacy import erasing
from sqm.database.queries import query
from sqm.database.safety import trail
from sqm.errors import SqmError
from sqm.intake.reading import Reading
from sqm.intake.recipe import Recipe, Template
from sqm.intake.words.dates import FIRST_DAY

REHEARSAL = "rehearsal"
"""The id of a batch that is tried out."""


@dataclass(frozen=True)
class Batch:
    """A committed batch. sequence orders batches; a later one may rest on an earlier one. committed_at in UTC."""

    batch_id: str
    sequence: int
    upload_id: str
    file_name: str
    outcome: staging.Outcome
    committed_at: datetime


@dataclass(frozen=True)
class Identity:
    """What a rebuild must give a batch again so that the tables come out the same."""

    batch_id: str
    sequence: int
    committed_at: datetime


def commit(
    db: Database,
    uploads: Uploads,
    upload: Upload,
    recipe: Recipe,
    reading: Reading,
    who: str,
    replace_stored: bool = False,
    rehearsed: staging.Outcome | None = None,
) -> Batch:
    """Store the good rows of a reading in one transaction, with the marts and the trail. rehearsed: what the rehearsal
    told who commits; None: nobody was told anything.

    Raises SqmError: "already_committed" (same bytes, or the same rows in another file), "nothing_to_commit",
    "target_month_closed" (a target would start in a month that is over or published), "use_rule",
    "changed_since_rehearsal" (somebody stored or undid rows that this file meets: by, at).
    """
    with use_rules.noted(db, who), db.write() as cursor:
        use_rules.refuse_file(cursor, recipe, reading)
        recipe = _refuse_closed_months(cursor, recipe, reading)
        now = datetime.now(UTC).replace(tzinfo=None)
        identity = Identity(f"b{now:%Y%m%d%H%M%S}{secrets.token_hex(4)}", _next_sequence(cursor), now)
        batch = _store(cursor, identity, upload, recipe, reading, who, replace_stored)
        if rehearsed is not None and batch.outcome != rehearsed:
            raise _changed(cursor)
        trail.add(cursor, who, "commit", batch.batch_id, {"file": upload.file_name, **asdict(batch.outcome)})
    uploads.write(journal_entry(batch, recipe, who, replace_stored))
    return batch


def replay(
    db: Database, identity: Identity, upload: Upload, recipe: Recipe, reading: Reading, who: str, replace_stored: bool
) -> Batch:
    """Commit again under the former identity, as a rebuild does; nothing is written to the journal or the trail."""
    with db.write() as cursor:
        return _store(cursor, identity, upload, recipe, reading, who, replace_stored)


def apply(
    cursor: Cursor, upload: Upload, recipe: Recipe, reading: Reading, who: str, replace_stored: bool
) -> staging.Outcome:
    """The same change inside a caller's transaction, which a rehearsal rolls back."""
    recipe = _refuse_closed_months(cursor, recipe, reading)
    identity = Identity(REHEARSAL, _next_sequence(cursor), datetime.now(UTC).replace(tzinfo=None))
    return _store(cursor, identity, upload, recipe, reading, who, replace_stored).outcome


def undo(db: Database, uploads: Uploads, batch_id: str, who: str) -> None:
    """Restore the state from before a batch, exactly.

    Raises SqmError("batch_unknown"), when later batches rest on it SqmError("undo_blocked", files=...), and when its
    targets judged a month that is published, SqmError("target_month_published").
    """
    with db.write() as cursor:
        found = cursor.execute(query("batches", "find"), {"batch_id": batch_id}).fetchone()
        if found is None:
            raise SqmError("batch_unknown", batch=batch_id)
        later = cursor.execute(query("batches", "dependents"), {"batch_id": batch_id}).fetchall()
        if later:
            raise SqmError("undo_blocked", file=found[4], files=", ".join(str(row[1]) for row in later))
        targets.refuse_sealed_undo(cursor, batch_id)
        staging.remove(cursor, batch_id)
        trail.add(cursor, who, "undo", batch_id, {"file": found[4]})
    happened_at = datetime.now(UTC).replace(tzinfo=None).isoformat()
    uploads.write(JournalEntry("undo", batch_id, happened_at, who, {}))


def history(db: Database) -> pd.DataFrame:
    """Committed batches, newest first, with may_undo (no later batch rests on it)."""
    return db.frame(query("batches", "history"))


def recipes(db: Database) -> list[tuple[str, Recipe]]:
    """File name and recipe of every committed file of answers or values, the newest first."""
    rows = db.frame(query("batches", "recipes"))
    return [(str(row.file_name), Recipe.from_json(str(row.recipe))) for row in rows.itertuples()]


def stored(db: Database) -> list[JournalEntry]:
    """The journal entries that the batches in the database stand for, in order."""
    rows = db.frame(query("batches", "stored"))
    return [
        JournalEntry(
            "commit",
            str(row.batch_id),
            pd.Timestamp(str(row.committed_at)).to_pydatetime().isoformat(),
            str(row.committed_by),
            {
                "upload_id": row.upload_id,
                "sequence": int(str(row.sequence)),
                "replace_stored": json.loads(str(row.recipe)).get("replace_stored", False),
                "recipe": row.recipe,
            },
        )
        for row in rows.itertuples()
    ]


def journal_entry(batch: Batch, recipe: Recipe, who: str, replace_stored: bool) -> JournalEntry:
    """What the journal keeps of a commit: all that a replay needs besides the raw file."""
    facts: dict[str, Any] = {
        "upload_id": batch.upload_id,
        "sequence": batch.sequence,
        "replace_stored": replace_stored,
        "recipe": recipe.to_json(),
    }
    return JournalEntry("commit", batch.batch_id, batch.committed_at.isoformat(), who, facts)


def _refuse_closed_months(cursor: Cursor, recipe: Recipe, reading: Reading) -> Recipe:
    """The recipe; of targets, with the first open month written down: a rebuild must refuse what was refused."""
    if recipe.template is not Template.TARGETS:
        return recipe
    first = targets.refuse_closed_months(cursor, reading.months, date.today())
    if recipe.constant("targets_from"):
        return recipe
    return recipe.with_constant("targets_from", (first or FIRST_DAY).isoformat())


def _next_sequence(cursor: Cursor) -> int:
    return int(cursor.execute(query("batches", "next_sequence")).fetchone()[0])


def _store(
    cursor: Cursor,
    identity: Identity,
    upload: Upload,
    recipe: Recipe,
    reading: Reading,
    who: str,
    replace_stored: bool,
) -> Batch:
    if not reading.rows.num_rows:
        raise SqmError("nothing_to_commit", file=upload.file_name)
    _refuse_same_file(cursor, upload, recipe, reading)
    committed_on = identity.committed_at.date()
    outcome = staging.store(cursor, identity.batch_id, recipe, reading, replace_stored, committed_on)
    cursor.execute(
        query("batches", "add"),
        {
            "batch_id": identity.batch_id,
            "sequence": identity.sequence,
            "template": recipe.template.value,
            "upload_id": upload.upload_id,
            "sha256": upload.sha256,
            "content_hash": reading.content_hash,
            "file_name": upload.file_name,
            "survey_code": recipe.survey_code,
            "rows_added": outcome.rows_added,
            "rows_same": outcome.rows_same,
            "rows_replaced": outcome.rows_replaced,
            "rows_rejected": outcome.rows_rejected,
            "first_month": outcome.first_month,
            "last_month": outcome.last_month,
            "committed_at": identity.committed_at,
            "committed_by": who,
            "recipe": recipe_text(recipe, replace_stored),
        },
    )
    return Batch(
        identity.batch_id, identity.sequence, upload.upload_id, upload.file_name, outcome, identity.committed_at
    )


def _changed(cursor: Cursor) -> SqmError:
    """Whoever stored or undid last has changed what this file meets."""
    who, at = cursor.execute(query("trail", "last_batch")).fetchone() or ("", None)
    return SqmError("changed_since_rehearsal", by=who, at=at)


def recipe_text(recipe: Recipe, replace_stored: bool) -> str:
    """The recipe as the table of batches keeps it."""
    return recipe.to_json() if not replace_stored else recipe.to_json()[:-1] + ', "replace_stored": true}'


def _refuse_same_file(cursor: Cursor, upload: Upload, recipe: Recipe, reading: Reading) -> None:
    known = cursor.execute(
        query("batches", "same_file"),
        {
            "template": recipe.template.value,
            "survey_code": recipe.survey_code,
            "sha256": upload.sha256,
            "content_hash": reading.content_hash,
        },
    ).fetchone()
    if known is not None:
        raise SqmError("already_committed", file=upload.file_name, earlier=known[1], at=known[2], by=known[3])
    erasing.refuse_erased(cursor, recipe, reading, upload.sha256, upload.file_name)
