"""The raw files in which a person stands: found, and copied without the person.

A copy is used only when it is read, by the recipe of its batch, as the same rows as the file itself, but for those of
the person. What that changes of a batch (hashes, counts, on which batches it rests) is worked out here once and written
to the journal, so that it can be done again to an older state of the database.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sqm.database.batches import batches, register
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.disk import sync_folder
from sqm.database.queries import query
from sqm.errors import SqmError
from sqm.intake.child import read_in_child, redact_in_child, rows_in_child
from sqm.intake.limits import Limits
from sqm.intake.reading import Reading
from sqm.intake.recipe import Recipe, Template
from sqm.intake.register import Register
from sqm.rules.periods import month_of


@dataclass(frozen=True)
class Wanted:
    """Whom: by id or by phone number (or both), in one survey. month: None for all; ids that a file counts anew every
    month mean somebody else in each."""

    survey_code: str
    respondent_id: str = ""
    phone: str = ""
    month: date | None = None


@dataclass(frozen=True)
class Sent:
    """A survey file of the journal. is_stored: its batch stands."""

    upload_id: str
    batch_id: str
    file_name: str
    recipe: Recipe
    replaces: bool
    sequence: int
    is_stored: bool


@dataclass(frozen=True)
class InFile:
    """The rows of a person in one file, as Excel numbers them; reading: all its rows."""

    sent: Sent
    rows: tuple[int, ...]
    reading: Reading

    def answers(self) -> list[dict[str, Any]]:
        """The rows of the person that were good enough to be stored."""
        told: list[dict[str, Any]] = _picked(self.reading.rows, self.rows).to_pylist()
        return told


def sent_files(db: Database, uploads: Uploads, survey_code: str) -> list[Sent]:
    """The survey files of the journal, in the order of their batches; of a file that was committed twice the last."""
    with db.read() as cursor:
        stored = {str(row[0]) for row in cursor.execute(query("erasures", "batches")).fetchall()}
    found: dict[str, Sent] = {}
    for entry in uploads.journal():
        if entry.action != "commit":
            continue
        recipe = Recipe.from_json(str(entry.facts["recipe"]))
        if recipe.template is Template.SURVEY and recipe.survey_code == survey_code:
            upload_id = str(entry.facts["upload_id"])
            found[upload_id] = Sent(
                upload_id,
                entry.batch_id,
                uploads.find(upload_id).file_name,
                recipe,
                bool(entry.facts.get("replace_stored", False)),
                int(entry.facts["sequence"]),
                entry.batch_id in stored,
            )
    return sorted(found.values(), key=lambda each: each.sequence)


def find(db: Database, uploads: Uploads, limits: Limits, wanted: Wanted) -> list[InFile]:
    """Every file of the survey in which the person stands. Raises SqmError: "source_unreadable", "raw_file_damaged"."""
    sent = sent_files(db, uploads, wanted.survey_code)
    known = register.read(db, date.today())
    found: dict[str, InFile] = {}
    for each in sent:
        rows = _rows(uploads, each, wanted.respondent_id, wanted.phone, limits)
        if rows:
            reading = read_in_child(uploads.path(each.upload_id), each.file_name, each.recipe, known, limits)
            rows = _in_month(rows, reading, wanted.month)
        if rows:
            found[each.upload_id] = InFile(each, tuple(sorted(rows)), reading)
    keys = {_key(answer) for one in found.values() for answer in one.answers() if answer["respondent_id"]}
    for key in sorted(key for key in keys if key[0] != wanted.respondent_id.strip()):
        _add_others(uploads, sent, key, found, known, limits)
    return sorted(found.values(), key=lambda one: one.sent.sequence)


def uncommitted(uploads: Uploads, limits: Limits, respondent_id: str, phone: str) -> list[str]:
    """Ids of uploads that nobody committed and in which the person, or an id like it, stands."""
    named = {str(entry.facts.get("upload_id", "")) for entry in uploads.journal()}
    found = []
    for upload_id in uploads.kept():
        if upload_id in named:
            continue
        try:
            name = uploads.find(upload_id).file_name
            if rows_in_child(uploads.path(upload_id), name, None, respondent_id, phone, limits):
                found.append(upload_id)
        except (SqmError, OSError):
            continue
    return found


def prepare(db: Database, uploads: Uploads, limits: Limits, found: list[InFile]) -> dict[str, Any]:
    """Write the redacted copies beside the raw files; returns what the journal keeps: uploads and batches.

    Raises SqmError("redaction_differs", file=...) when a copy would change more than it may; nothing is replaced then.
    """
    facts: dict[str, Any] = {"uploads": {}, "batches": {}}
    known = register.read(db, date.today())
    fresh: dict[str, Reading] = {}
    for one in found:
        sent, ready = one.sent, uploads.redacted(one.sent.upload_id)
        ready.unlink(missing_ok=True)
        redact_in_child(uploads.path(sent.upload_id), ready, sent.file_name, sent.recipe, one.rows, limits)
        ready.chmod(0o600)
        reading = read_in_child(ready, sent.file_name, _pinned(sent.recipe, one.reading), known, limits)
        if not _is_the_rest(one, reading):
            ready.unlink(missing_ok=True)
            raise SqmError("redaction_differs", file=sent.file_name)
        with ready.open("r+b") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        sync_folder(ready.parent)
        facts["uploads"][sent.upload_id] = [uploads.find(sent.upload_id).sha256, digest]
        fresh[sent.batch_id] = reading
    losses = _losses([one for one in found if one.sent.is_stored])
    for one in found:
        if one.sent.is_stored:
            facts["batches"][one.sent.batch_id] = {
                "sha256": facts["uploads"][one.sent.upload_id],
                **_batch_facts(db, one, fresh[one.sent.batch_id], losses[one.sent.batch_id]),
            }
    return facts


def finish(uploads: Uploads) -> None:
    """Put copies that the journal names in the place of their files: what a crash kept from being done."""
    for entry in uploads.journal():
        if entry.action == "erase":
            for upload_id, (_, digest) in entry.facts["uploads"].items():
                ready = uploads.redacted(upload_id)
                if ready.exists() and hashlib.sha256(ready.read_bytes()).hexdigest() == digest:
                    uploads.take_redacted(upload_id, digest)


def _rows(uploads: Uploads, sent: Sent, respondent_id: str, phone: str, limits: Limits) -> list[int]:
    if uploads.digest(sent.upload_id) != uploads.find(sent.upload_id).sha256:
        raise SqmError("raw_file_damaged", file=sent.file_name)
    return rows_in_child(uploads.path(sent.upload_id), sent.file_name, sent.recipe, respondent_id, phone, limits)


def _in_month(rows: list[int], reading: Reading, month: date | None) -> list[int]:
    """A row that could not be read has no month: it is counted in every one."""
    if month is None:
        return rows
    months = dict(
        zip(reading.rows.column("source_row").to_pylist(), reading.rows.column("month").to_pylist(), strict=True)
    )
    return [row for row in rows if months.get(row, month_of(month)) == month_of(month)]


def _key(answer: dict[str, Any]) -> tuple[str, date]:
    return str(answer["respondent_id"]), answer["month"]


def _add_others(
    uploads: Uploads,
    sent: list[Sent],
    key: tuple[str, date],
    found: dict[str, InFile],
    known: Register,
    limits: Limits,
) -> None:
    """The same id and month in other files is the same person, even where the phone number is not."""
    for each in sent:
        rows = _rows(uploads, each, key[0], "", limits)
        one = found.get(each.upload_id)
        if not rows or (one is not None and set(rows) <= set(one.rows)):
            continue
        if one is None:
            reading = read_in_child(uploads.path(each.upload_id), each.file_name, each.recipe, known, limits)
            one = InFile(each, (), reading)
        alike = InFile(each, tuple(rows), one.reading).answers()
        mine = {int(answer["source_row"]) for answer in alike if _key(answer) == key}
        if mine:
            found[each.upload_id] = InFile(each, tuple(sorted(mine | set(one.rows))), one.reading)


def _picked(rows: pa.Table, wanted: tuple[int, ...], inverted: bool = False) -> pa.Table:
    mask = pc.is_in(rows.column("source_row"), pa.array(wanted, pa.int32()))
    return rows.filter(pc.invert(mask) if inverted else mask)


def _is_the_rest(one: InFile, reading: Reading) -> bool:
    return bool(
        _picked(one.reading.rows, one.rows, inverted=True).equals(reading.rows)
        and reading.questions == (one.reading.questions if reading.rows.num_rows else reading.questions)
    )


def _pinned(recipe: Recipe, reading: Reading) -> Recipe:
    """Scales that were taken from the answers stay, even if the person gave the highest."""
    scales = {question.item_code: question for question in reading.questions}
    columns = [
        replace(use, scale_min=scales[use.item_code].scale_min, scale_max=scales[use.item_code].scale_max)
        if use.field == "item" and use.item_code in scales and (use.scale_min is None or use.scale_max is None)
        else use
        for use in recipe.columns
    ]
    return replace(recipe, columns=tuple(columns))


@dataclass
class Loss:
    """What a batch no longer did: rows by fate, and (same, replaced) by the batch on which it rests."""

    added: int
    same: int
    replaced: int
    rests_on: dict[str, list[int]]


def _losses(found: list[InFile]) -> dict[str, Loss]:
    """What the rows of the person did when their batches came, one after the other (see staging.store)."""
    losses = {one.sent.batch_id: Loss(0, 0, 0, {}) for one in found}
    stored: dict[tuple[str, date], tuple[str, tuple[Any, ...]]] = {}
    for one, answer, said in _in_turn(found):
        loss, key = losses[one.sent.batch_id], _key(answer)
        earlier = stored.get(key) if answer["respondent_id"] else None
        if earlier is None:
            loss.added += 1
            stored[key] = (one.sent.batch_id, said)
            continue
        rests = loss.rests_on.setdefault(earlier[0], [0, 0])
        if said == earlier[1]:
            loss.same += 1
            rests[0] += 1
        elif one.sent.replaces:
            loss.added += 1
            loss.replaced += 1
            rests[1] += 1
            stored[key] = (one.sent.batch_id, said)
        else:
            rests[0] += 1
    return losses


def _in_turn(found: list[InFile]) -> Iterator[tuple[InFile, dict[str, Any], tuple[Any, ...]]]:
    """Each row with what it says: all that makes it the same as, or other than, a row that is stored already."""
    for one in sorted(found, key=lambda each: each.sent.sequence):
        items = [question.item_code for question in one.reading.questions]
        for answer in one.answers():
            facts = ("answered_on", "store_code", "operator_code", "channel_code", "brand_code", "weight")
            scores = sorted((item, at) for item, at in zip(items, answer["scores"], strict=True) if at is not None)
            yield one, answer, (*(answer[name] for name in facts), *scores)


def _batch_facts(db: Database, one: InFile, reading: Reading, loss: Loss) -> dict[str, Any]:
    recipe = one.sent.recipe
    pinned = _pinned(recipe, one.reading)
    codes: dict[str, Any] = {}
    if reading.rows.num_rows:
        with db.read() as cursor:
            method = recipe.method_code or register.method_in_force(cursor, recipe, reading)
        codes = register.codes_used(replace(recipe, method_code=method), reading)
    with db.read() as cursor:
        before = cursor.execute(query("erasures", "batch_hashes"), {"batch_id": one.sent.batch_id}).fetchone()
    return {
        "template": recipe.template.value,
        "survey_code": recipe.survey_code,
        "content_before": str(before[1]),
        "content_hash": reading.content_hash,
        "added": loss.added,
        "same": loss.same,
        "replaced": loss.replaced,
        "rejected": one.reading.rejected.num_rows - reading.rejected.num_rows,
        "rests_on": loss.rests_on,
        "codes": codes,
        "is_empty": not reading.rows.num_rows,
        "recipe": "" if pinned == recipe else batches.recipe_text(pinned, one.sent.replaces),
    }
