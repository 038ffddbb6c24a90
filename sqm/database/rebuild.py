"""Rebuild a database from the raw uploads alone.

The journal says what was committed and what was decided, in order; the raw files say what was in an upload, and what
the figures of a sealed month were.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqm.database import batches, decisions, register, sealed
from sqm.database.connection import Database
from sqm.database.uploads import JournalEntry, Uploads
from sqm.errors import SqmError
from sqm.intake.child import read_in_child
from sqm.intake.limits import Limits
from sqm.intake.recipe import Recipe
from sqm.rules.decisions import Kind


@dataclass(frozen=True)
class Standing:
    """A commit that no later undo took back, or a decision."""

    entry: JournalEntry

    @property
    def identity(self) -> batches.Identity:
        happened_at = datetime.fromisoformat(self.entry.happened_at)
        return batches.Identity(self.entry.batch_id, int(self.entry.facts["sequence"]), happened_at)


def standing(uploads: Uploads) -> list[Standing]:
    """Commits of the journal that stand, and all its decisions, in the order they were made."""
    kept: dict[str, Standing] = {}
    for entry in uploads.journal():
        if entry.action in ("commit", "decide"):
            kept[entry.batch_id] = Standing(entry)
        else:
            kept.pop(entry.batch_id, None)
    return list(kept.values())


def replay_all(
    db: Database, uploads: Uploads, limits: Limits, progress: Callable[[int, int], None] | None = None
) -> int:
    """Commit every standing upload and take every decision again, in a fresh database that has its catalogue (or demo).

    Returns how many. Raises SqmError("raw_file_damaged") when a raw file no longer has its SHA-256.
    """
    entries = standing(uploads)
    for done, each in enumerate(entries):
        if progress:
            progress(done, len(entries))
        if each.entry.action == "decide":
            _decide(db, uploads, each.entry)
        else:
            _replay(db, uploads, limits, each)
    return len(entries)


def reconcile(db: Database, uploads: Uploads) -> int:
    """Write what a crash kept from the journal; returns how many entries were missing.

    What the database has and the journal has not happened; a commit that the journal has and the database has not was
    undone just before the crash (the journal is always written second). A decision is never undone.
    """
    known = standing(uploads)
    stored = sorted([*batches.stored(db), *decisions.stored(db)], key=lambda entry: entry.happened_at)
    missing = _without(stored, [each.entry for each in known])
    gone = {entry.batch_id for entry in _without([each.entry for each in known], stored) if entry.action == "commit"}
    for entry in missing:
        uploads.write(entry)
    for batch_id in sorted(gone):
        uploads.write(JournalEntry("undo", batch_id, datetime.now().isoformat(), "recovery", {}))
    return len(missing) + len(gone)


def _without(entries: list[JournalEntry], others: list[JournalEntry]) -> list[JournalEntry]:
    there = {entry.batch_id for entry in others}
    return [entry for entry in entries if entry.batch_id not in there]


def _decide(db: Database, uploads: Uploads, entry: JournalEntry) -> None:
    decision = decisions.from_journal(entry)
    with db.write() as cursor:
        if decision.kind is Kind.MONTH_SEALED:
            sealed.replay(cursor, uploads, decision)
        else:
            decisions.replay(cursor, decision)


def _replay(db: Database, uploads: Uploads, limits: Limits, commit: Standing) -> None:
    facts = commit.entry.facts
    upload = uploads.find(str(facts["upload_id"]))
    if uploads.digest(upload.upload_id) != upload.sha256:
        raise SqmError("raw_file_damaged", file=upload.file_name)
    recipe = Recipe.from_json(str(facts["recipe"]))
    known = register.read(db, commit.identity.committed_at.date())
    reading = read_in_child(uploads.path(upload.upload_id), upload.file_name, recipe, known, limits)
    batches.replay(
        db, commit.identity, upload, recipe, reading, commit.entry.who, bool(facts.get("replace_stored", False))
    )
