"""Erase one respondent, down to the bytes: tables, raw files, snapshots, damaged copies, and the blocks of the file.

In this order, so that a crash at any point is finished by the next start (``finish``): the redacted copies of the raw
files are written and proven beside them; the journal says what goes (from here on it will be done); the tables and the
trail; the copies take their places; the database file is written anew; a fresh snapshot replaces all others; damaged
copies go; the journal says that it is done. Who it was stands nowhere, only a keyed hash.

Copies that somebody carried to another machine are out of reach: what comes back from one is erased again on the way
(erasing.catch_up), but the operator must let the old copies go.
"""

import hashlib
import hmac
import os
import secrets
import shutil
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqm import config
from sqm.database.batches.uploads import JournalEntry, Uploads
from sqm.database.connection import Database
from sqm.database.privacy import erased_files, erasing
from sqm.database.privacy.erased_files import InFile, Wanted
from sqm.database.queries import query
from sqm.database.safety import snapshots, trail
from sqm.errors import SqmError
from sqm.intake import limits
from sqm.intake.words import masking

_TRIES = 3
_one_at_a_time = threading.Lock()  # the copies that stand ready have one place beside each file


@dataclass(frozen=True)
class Plan:
    """What an erasure would take. files: where the person stands; loose: (batch, row) of answers that came with no
    file, as the demonstration's do; drafts: uploads that nobody committed and that go as a whole."""

    files: tuple[InFile, ...]
    loose: tuple[tuple[str, int], ...]
    drafts: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(len(one.rows) for one in self.files) + len(self.loose)

    @property
    def months(self) -> tuple[date, ...]:
        return tuple(sorted({answer["month"] for one in self.files for answer in one.answers()}))

    @property
    def is_empty(self) -> bool:
        return not self.rows and not self.drafts


def plan(db: Database, settings: config.Settings, wanted: Wanted) -> Plan:
    """Where the person stands. Raises SqmError: "nobody_named", "source_unreadable", "raw_file_damaged"."""
    if not wanted.respondent_id.strip() and not wanted.phone.strip():
        raise SqmError("nobody_named")
    uploads, cost = Uploads(settings.uploads), limits.of(settings)
    files = erased_files.find(db, uploads, cost, wanted)
    held = {(one.sent.batch_id, row) for one in files for row in one.rows}
    loose = _loose(db, wanted, files) - held
    drafts = erased_files.uncommitted(uploads, cost, wanted.respondent_id, wanted.phone)
    return Plan(tuple(files), tuple(sorted(loose)), tuple(drafts))


def _loose(db: Database, wanted: Wanted, files: list[InFile]) -> set[tuple[str, int]]:
    """Stored answers of the person, by the id that was named and by the ids and months that the files showed."""
    asked = {(wanted.respondent_id, wanted.month)}
    asked |= {(str(each["respondent_id"]), each["month"]) for one in files for each in one.answers()}
    found: set[tuple[str, int]] = set()
    with db.read() as cursor:
        for respondent_id, month in asked:
            named = {"survey_code": wanted.survey_code, "respondent_id": respondent_id}
            parameters = {**named, "all_months": month is None, "month": month}
            rows = cursor.execute(query("erasures", "rows_of"), parameters).fetchall()
            found |= {(str(batch_id), int(row)) for batch_id, row in rows}
    return found


def erase(db: Database, settings: config.Settings, wanted: Wanted, who: str, role: str, reason: str) -> Plan:
    """Do it; returns what went. Raises what plan raises, "reason_missing", "nobody_found", "redaction_differs" (a file
    that could not be rewritten without changing others), "changed_meanwhile": nothing has happened then.
    """
    if not reason.strip():
        raise SqmError("reason_missing")
    with _one_at_a_time:
        return _erase(db, settings, wanted, who, role, reason)


def _erase(db: Database, settings: config.Settings, wanted: Wanted, who: str, role: str, reason: str) -> Plan:
    uploads = Uploads(settings.uploads)
    for _ in range(_TRIES):
        before = trail.last_sequence(db)
        found = plan(db, settings, wanted)
        if found.is_empty:
            raise SqmError("nobody_found")
        facts = erased_files.prepare(db, uploads, limits.of(settings), list(found.files))
        if trail.last_sequence(db) == before:
            break
    else:
        raise SqmError("changed_meanwhile")
    uploads.write(intention(settings, wanted, found, facts, who, role, reason))
    finish(db, settings)
    return found


def intention(
    settings: config.Settings, wanted: Wanted, found: Plan, facts: dict[str, Any], who: str, role: str, reason: str
) -> JournalEntry:
    """What the journal says of an erasure whose copies stand ready (facts: of erased_files.prepare)."""
    now = datetime.now(UTC).replace(tzinfo=None)
    said = {
        **facts,
        "survey": wanted.survey_code,
        "key": _key(settings, wanted),
        "role": role,
        "reason": _unnamed(reason, wanted),
        "rows": [[one.sent.batch_id, row] for one in found.files for row in one.rows]
        + [list(each) for each in found.loose],
        "drafts": list(found.drafts),
    }
    return JournalEntry("erase", f"e{now:%Y%m%d%H%M%S}{secrets.token_hex(4)}", now.isoformat(), who, said)


def _unnamed(reason: str, wanted: Wanted) -> str:
    """The reason without the person, whom somebody may have named in it."""
    for word in (wanted.respondent_id.strip(), wanted.phone.strip()):
        reason = reason.replace(word, masking.MASK) if word else reason
    return masking.mask(reason.strip())


def finish(db: Database, settings: config.Settings, came_back: bool = False) -> int:
    """Do the rest of every erasure that was begun; returns how many. came_back: an older state of the database was
    brought up, and persons who were in it taken out of its tables: their bytes are still in its file.
    """
    uploads = Uploads(settings.uploads)
    open_ones = _begun(uploads)
    if not open_ones and not came_back:
        return 0
    erasing.catch_up(db, uploads)
    erased_files.finish(uploads)
    for entry in open_ones:
        for upload_id in entry.facts["drafts"]:
            shutil.rmtree(settings.uploads / Path(upload_id).name, ignore_errors=True)
    db.rewrite()
    snapshots.renew(db, settings.snapshots, settings.snapshots_kept)
    _remove_copies(settings)
    for entry in open_ones:
        now = datetime.now(UTC).replace(tzinfo=None).isoformat()
        uploads.write(JournalEntry("erase_done", entry.batch_id, now, entry.who, {}))
    return len(open_ones)


def _begun(uploads: Uploads) -> list[JournalEntry]:
    entries = list(uploads.journal())
    done = {entry.batch_id for entry in entries if entry.action == "erase_done"}
    return [entry for entry in entries if entry.action == "erase" and entry.batch_id not in done]


def _remove_copies(settings: config.Settings) -> None:
    """What damage and restoring left beside the file, and copies that were made ready and never used."""
    shutil.rmtree(f"{settings.database}.damaged", ignore_errors=True)
    for name in ("restored", "rewritten"):
        for end in ("", ".wal", ".heads", ".trail"):
            Path(f"{settings.database}.{name}{end}").unlink(missing_ok=True)
    for ready in settings.uploads.glob("*/redacted"):
        ready.unlink(missing_ok=True)


def _key(settings: config.Settings, wanted: Wanted) -> str:
    """The same person gives the same key; without the secret beside the uploads nobody can try out ids."""
    path = settings.uploads / "erasure.key"
    settings.uploads.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_SYNC, 0o600), "wb") as secret:
            secret.write(secrets.token_bytes(32))
    text = "\x1f".join((wanted.survey_code, wanted.respondent_id.strip(), wanted.phone.strip()))
    return hmac.new(path.read_bytes(), text.encode(), hashlib.sha256).hexdigest()


def done(db: Database) -> list[dict[str, Any]]:
    """Erasures so far, the newest first: erased_at (UTC), erased_by, survey_code, reason, rows."""
    return [
        {"erased_at": at, "erased_by": by, "survey_code": survey, "reason": reason, "rows": int(rows)}
        for at, by, survey, reason, rows in db.frame(query("erasures", "every")).itertuples(index=False, name=None)
    ]
