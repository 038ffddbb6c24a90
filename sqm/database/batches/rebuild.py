"""Rebuild a database from the raw uploads alone.

The journal says what was committed and what was decided, in order; the raw files say what was in an upload, and what
the figures of a sealed month were.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqm.database.batches import batches, register, staging
from sqm.database.batches.uploads import JournalEntry, Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.indicators import sealed
from sqm.database.privacy import erased_files, erasing
from sqm.database.queries import query
from sqm.errors import SqmError
from sqm.intake.child import read_in_child
from sqm.intake.limits import Limits
from sqm.intake.recipe import Recipe
from sqm.rules.decisions import Kind

RECOVERY = "recovery"
"""Who did what nobody did."""


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
        elif entry.action == "erase":
            _without_person(kept, entry)
        elif entry.action == "undo":
            kept.pop(entry.batch_id, None)
    return list(kept.values())


def _without_person(kept: dict[str, Standing], entry: JournalEntry) -> None:
    """A file that held nobody else is no batch any more; one whose scales hung on the person has them written down."""
    for batch_id, change in entry.facts["batches"].items():
        if change["is_empty"]:
            kept.pop(batch_id, None)
        elif change["recipe"] and batch_id in kept:
            commit = kept[batch_id].entry
            kept[batch_id] = Standing(replace(commit, facts={**commit.facts, "recipe": change["recipe"]}))


def replay_all(
    db: Database, uploads: Uploads, limits: Limits, progress: Callable[[int, int], None] | None = None
) -> int:
    """Commit every standing upload and take every decision again, in a fresh database that has its catalogue (or demo).

    Returns how many. Raises SqmError("raw_file_damaged") when a raw file no longer has its SHA-256.
    """
    erased_files.finish(uploads)
    entries = standing(uploads)
    for done, each in enumerate(entries):
        if progress:
            progress(done, len(entries))
        _again(db, uploads, limits, each.entry)
    for entry in uploads.journal():
        if entry.action == "erase":
            erasing.apply(db, entry, with_trail=False)
    return len(entries)


def reconcile(db: Database, uploads: Uploads) -> int:
    """Write what a crash kept from the journal; returns how many entries were missing.

    What the database has and the journal has not happened; a commit that the journal has, and of which the trail says
    that it was undone, was undone just before the crash (the journal is always written second). A decision is never
    undone. Comes after catch_up: a commit that is in neither is lost, and no reason to call it undone.
    """
    known = standing(uploads)
    stored = sorted([*batches.stored(db), *decisions.stored(db)], key=lambda entry: entry.happened_at)
    missing = _without(stored, [each.entry for each in known])
    undone = _undone(db)
    gone = {entry.batch_id for entry in _without([each.entry for each in known], stored)} & undone
    for entry in missing:
        uploads.write(entry)
    for batch_id in sorted(gone):
        uploads.write(JournalEntry("undo", batch_id, datetime.now(UTC).replace(tzinfo=None).isoformat(), RECOVERY, {}))
    return len(missing) + len(gone)


@dataclass(frozen=True)
class CaughtUp:
    """Ids of what the database had lost: replayed, undone again, and what could not be replayed (why it could not);
    erased: erasures that it had not seen, whose persons were in it again."""

    replayed: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    erased: tuple[str, ...] = ()


def catch_up(db: Database, uploads: Uploads, limits: Limits, known: Collection[str] = ()) -> CaughtUp:
    """Do again what the journal has and the database has lost (a log that was cut or removed, an older snapshot).

    The journal is written once the database has said yes, so what stands in it was acknowledged. known: ids that were
    found to be lost before, and are not tried again. Nothing is raised for a raw file that is damaged: the rest comes.
    """
    erased_files.finish(uploads)
    stored = {entry.batch_id for entry in (*batches.stored(db), *decisions.stored(db))}
    wanted = {each.entry.batch_id: each.entry for each in standing(uploads) if each.entry.batch_id not in known}
    undone_since = _undone(db) | {entry.batch_id for entry in uploads.journal() if entry.action == "undo"}
    replayed: list[str] = []
    undone: list[str] = []
    failed: list[tuple[str, str]] = []
    for entry in _in_order(uploads, undone_since & stored):
        if entry.action == "undo":
            if entry.batch_id in stored - set(undone):
                with db.write() as cursor:
                    staging.remove(cursor, entry.batch_id)
                undone.append(entry.batch_id)
        elif entry.batch_id in wanted.keys() - stored - undone_since:
            try:
                _again(db, uploads, limits, wanted[entry.batch_id])
                replayed.append(entry.batch_id)
            except (SqmError, OSError) as error:
                failed.append((entry.batch_id, error.code if isinstance(error, SqmError) else type(error).__name__))
    return CaughtUp(tuple(replayed), tuple(undone), tuple(failed), tuple(erasing.catch_up(db, uploads)))


def _in_order(uploads: Uploads, undone: set[str]) -> list[JournalEntry]:
    """The journal, and at its end the undos that only the trail knows."""
    journal = list(uploads.journal())
    written = {entry.batch_id for entry in journal if entry.action == "undo"}
    return [*journal, *(JournalEntry("undo", batch_id, "", RECOVERY, {}) for batch_id in sorted(undone - written))]


def _undone(db: Database) -> set[str]:
    with db.read() as cursor:
        return {str(row[0]) for row in cursor.execute(query("trail_copy", "undone")).fetchall()}


def _again(db: Database, uploads: Uploads, limits: Limits, entry: JournalEntry) -> None:
    if entry.action == "decide":
        _decide(db, uploads, entry)
    else:
        _replay(db, uploads, limits, Standing(entry))


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
