"""Rebuild a database from the raw uploads alone: the journal says what was committed, the raw files say what it was."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqm.database import batches, register
from sqm.database.connection import Database
from sqm.database.uploads import JournalEntry, Uploads
from sqm.errors import SqmError
from sqm.intake.child import read_in_child
from sqm.intake.limits import Limits
from sqm.intake.recipe import Recipe


@dataclass(frozen=True)
class Standing:
    """A commit that no later undo took back."""

    entry: JournalEntry

    @property
    def identity(self) -> batches.Identity:
        happened_at = datetime.fromisoformat(self.entry.happened_at)
        return batches.Identity(self.entry.batch_id, int(self.entry.facts["sequence"]), happened_at)


def standing(uploads: Uploads) -> list[Standing]:
    """Commits of the journal that stand, in the order they were made."""
    kept: dict[str, Standing] = {}
    for entry in uploads.journal():
        if entry.action == "commit":
            kept[entry.batch_id] = Standing(entry)
        else:
            kept.pop(entry.batch_id, None)
    return list(kept.values())


def replay_all(
    db: Database, uploads: Uploads, limits: Limits, progress: Callable[[int, int], None] | None = None
) -> int:
    """Commit every standing upload again into a fresh database that already has its catalogue (or demo).

    Returns the number of batches. Raises SqmError("raw_file_damaged") when a raw file no longer has its SHA-256.
    """
    commits = standing(uploads)
    for done, commit in enumerate(commits):
        if progress:
            progress(done, len(commits))
        _replay(db, uploads, limits, commit)
    return len(commits)


def reconcile(db: Database, uploads: Uploads) -> int:
    """Write what a crash kept from the journal; returns how many entries were missing.

    A commit that the database has and the journal has not happened; one that the journal has and the database has
    not was undone just before the crash (the journal is always written second).
    """
    known = {item.entry.batch_id for item in standing(uploads)}
    stored = batches.stored(db)
    missing = [entry for entry in stored if entry.batch_id not in known]
    gone = known - {entry.batch_id for entry in stored}
    for entry in missing:
        uploads.write(entry)
    for batch_id in sorted(gone):
        uploads.write(JournalEntry("undo", batch_id, datetime.now().isoformat(), "recovery", {}))
    return len(missing) + len(gone)


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
