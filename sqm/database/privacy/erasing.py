"""Take an erased person out of the tables: the same for the erasure itself, for one that a crash cut off, and for an
older state of the database that comes back from a copy.

The journal is written before: an entry with the action erase says which rows of which batches go, never who it was.
"""

from datetime import datetime
from typing import Any

from sqm.database import marts
from sqm.database.batches import staging
from sqm.database.batches.uploads import JournalEntry, Uploads
from sqm.database.connection import Cursor, Database
from sqm.database.queries import query, statements
from sqm.database.safety import trail
from sqm.errors import SqmError
from sqm.intake.reading import Reading
from sqm.intake.recipe import Recipe


def catch_up(db: Database, uploads: Uploads) -> list[str]:
    """Take out whom the journal says was erased and the database still has; returns the ids of these erasures."""
    return [entry.batch_id for entry in uploads.journal() if entry.action == "erase" and apply(db, entry)]


def apply(db: Database, entry: JournalEntry, with_trail: bool = True) -> bool:
    """One erasure, in one transaction with its entry in the trail. False when it was done before."""
    with db.read() as cursor:
        if cursor.execute(query("erasures", "known"), {"erasure_id": entry.batch_id}).fetchone()[0]:
            return False
    with db.write() as cursor:
        _take_out(cursor, entry)
        is_told = cursor.execute(query("erasures", "in_trail"), {"erasure_id": entry.batch_id}).fetchone()[0]
        if with_trail and not is_told:
            trail.add(cursor, entry.who, "erase", entry.batch_id, _told(entry.facts))
    return True


def refuse_erased(cursor: Cursor, recipe: Recipe, reading: Reading, sha256: str, file_name: str) -> None:
    """Raise SqmError("file_before_erasure") for a file that would bring an erased person back."""
    found = cursor.execute(
        query("erasures", "erased_file"),
        {
            "template": recipe.template.value,
            "survey_code": recipe.survey_code,
            "sha256": sha256,
            "content_hash": reading.content_hash,
        },
    ).fetchone()
    if found is not None:
        raise SqmError("file_before_erasure", file=file_name)


def _told(facts: dict[str, Any]) -> dict[str, object]:
    """What the trail says: how much and why, and which files are others now."""
    return {
        "key": facts["key"],
        "survey": facts["survey"],
        "role": facts["role"],
        "reason": facts["reason"],
        "rows": len(facts["rows"]),
        "files": facts["uploads"],
    }


def _take_out(cursor: Cursor, entry: JournalEntry) -> None:
    facts = entry.facts
    cursor.execute(query("erasures", "create_now"))
    for batch_id, source_row in facts["rows"]:
        cursor.execute(query("erasures", "add_now"), {"batch_id": batch_id, "source_row": source_row})
    marts.take_rows(cursor, entry.batch_id)
    for statement in statements("erasures", "delete_rows"):
        cursor.execute(statement)
    for batch_id, change in facts["batches"].items():
        _change_batch(cursor, entry.batch_id, batch_id, change)
    cursor.execute(
        query("erasures", "add"),
        {
            "erasure_id": entry.batch_id,
            "erased_at": datetime.fromisoformat(entry.happened_at),
            "erased_by": entry.who,
            "survey_code": facts["survey"],
            "subject_key": facts["key"],
            "reason": facts["reason"],
        },
    )
    cursor.execute(query("erasures", "add_rows"), {"erasure_id": entry.batch_id})


def _change_batch(cursor: Cursor, erasure_id: str, batch_id: str, change: dict[str, Any]) -> None:
    """Only a batch that came from the file as it was: one that was replayed from the redacted copy is right."""
    before, after = change["sha256"]
    cursor.execute(
        query("erasures", "add_file"),
        {
            "erasure_id": erasure_id,
            "batch_id": batch_id,
            "template": change["template"],
            "survey_code": change["survey_code"],
            "sha256": before,
            "content_hash": change["content_before"],
        },
    )
    found = cursor.execute(query("erasures", "batch_hashes"), {"batch_id": batch_id}).fetchone()
    if found is None or found[0] != before:
        return
    if change["is_empty"]:
        staging.remove(cursor, batch_id)
        return
    given = {name: change[name] for name in ("content_hash", "added", "same", "replaced", "rejected", "recipe")}
    cursor.execute(query("erasures", "change_batch"), {"batch_id": batch_id, "sha256": after, **given})
    for on_batch_id, (same, replaced) in change["rests_on"].items():
        rests = {"batch_id": batch_id, "on_batch_id": on_batch_id}
        cursor.execute(query("erasures", "rests_less"), {**rests, "same": same, "replaced": replaced})
        cursor.execute(query("erasures", "rests_no_more"), rests)
    if change["rests_on"]:
        cursor.execute(query("register", "note_codes"), {"batch_id": batch_id, **change["codes"]})
