"""One respondent is gone from every byte that the product keeps; everybody else is as before; a rebuild agrees."""

import datetime
import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from sqm import config
from sqm.database import marts
from sqm.database.batches import batches, rebuild, register
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.privacy import erased_files, erasing, erasure
from sqm.database.privacy.erased_files import Wanted
from sqm.database.safety import restoring, snapshots, trail, trail_copy
from sqm.database.safety.recovery import Recovery
from sqm.database.safety.snapshots import Snapshot
from sqm.errors import SqmError
from sqm.intake import limits, reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.proposals.proposal import propose
from tests.database.conftest import SURVEY_RECIPE, open_tiny, survey_reading
from tests.database.files import survey_file

LIMITS = Limits()
PERSON = "Q77777"
WORDS = (PERSON, "13912345678", "zebraword")
WHO = Wanted("store_evaluation", PERSON)


def planted(random: np.random.Generator, rows: int, score: int) -> bytes:
    line = f"{PERSON},S003,2026-06-05,短信,{score},4,5,6,7,13912345678,zebraword of June\n"
    return survey_file(random, rows) + line.encode()


def send(db: Database, uploads: Uploads, name: str, content: bytes, replace_stored: bool = False) -> None:
    """The way of a file from bytes to a batch, without the child process, which costs most of its time."""
    upload = uploads.receive(io.BytesIO(content), name, LIMITS.file_bytes)
    path, known = uploads.path(upload.upload_id), register.read(db, datetime.date.today())
    recipe = propose(opening.look(path, name, LIMITS), known)
    reading = reader.read(path, name, recipe, known, LIMITS)
    batches.commit(db, uploads, upload, recipe, reading, "ana", replace_stored)


def workbook(content: bytes) -> bytes:
    """The same as a workbook, with the person once more on a second sheet."""
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink) as book:
        first, second = book.add_worksheet("answers"), book.add_worksheet("notes")
        for row, line in enumerate(content.decode("utf-8-sig").strip().split("\n")):
            for at, text in enumerate(line.split(",")):
                if text.isdigit() and 4 <= at <= 8:
                    first.write_number(row, at, int(text))
                else:
                    first.write_string(row, at, text)
        second.write_string(0, 0, f"call {PERSON} zebraword 13912345678")
    return sink.getvalue()


def holding(folder: Path, word: str) -> list[str]:
    """Files in which the word stands, workbooks unpacked."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            parts = [path.read_bytes()]
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    parts += [archive.read(name) for name in archive.namelist()]
            if any(word.encode() in part for part in parts):
                found.append(str(path.relative_to(folder)))
    return found


@dataclass
class Operator:
    """before: a copy of everything from before the erasure; begun: from after the journal said it, nothing more."""

    settings: config.Settings
    db: Database
    before: Path
    begun: Path
    old: Snapshot
    others: list[tuple[object, ...]]
    redacted: tuple[int, ...]


EVERYBODY = "select * exclude (batch_id) from responses where respondent_id <> $who order by all"


def others(db: Database) -> list[tuple[object, ...]]:
    with db.read() as cursor:
        rows: list[tuple[object, ...]] = cursor.execute(EVERYBODY, {"who": PERSON}).fetchall()
    return rows


def settings_of(folder: Path) -> config.Settings:
    return replace(
        config.load(),
        database=str(folder / "sqm.duckdb"),
        is_demo=False,
        uploads=folder / "uploads",
        snapshots=folder / "snapshots",
    )


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    base = tmp_path_factory.mktemp("erasure")
    folder = base / "here"
    folder.mkdir()
    settings = settings_of(folder)
    db, uploads = open_tiny(folder / "sqm.duckdb"), Uploads(settings.uploads)
    trail.keep_heads(db)
    trail_copy.keep(db)
    random = np.random.default_rng(7)
    send(db, uploads, "june.csv", planted(random, 120, 3))
    send(db, uploads, "june.xlsx", workbook(planted(random, 150, 4)), replace_stored=True)
    uploads.receive(io.BytesIO(planted(random, 5, 9)), "never committed.csv", LIMITS.file_bytes)
    old = snapshots.take(db, settings.snapshots, 5)
    damaged = folder / "sqm.duckdb.damaged" / "once"
    damaged.mkdir(parents=True)
    shutil.copyfile(old.file, damaged / "sqm.duckdb")
    assert len(holding(folder, "13912345678")) == 3, "the raw files, the one that nobody committed among them"
    for word in (PERSON, "zebraword"):
        assert len(holding(folder, word)) >= 3 + 2, "and the copies of the database: nothing there is compressed"
    kept = others(db)
    shutil.copytree(folder, base / "before")
    found = erasure.plan(db, settings, WHO)
    facts = erased_files.prepare(db, uploads, limits.of(settings), list(found.files))
    uploads.write(erasure.intention(settings, WHO, found, facts, "qin", "quality", "asked in writing on 3 June"))
    shutil.copytree(folder, base / "begun")
    assert erasure.finish(db, settings) == 1
    rows = tuple(len(one.rows) for one in found.files)
    yield Operator(settings, db, base / "before", base / "begun", old, kept, rows)
    db.close()


@pytest.mark.parametrize("word", WORDS)
def test_no_byte_of_the_person_is_left(operator: Operator, word: str) -> None:
    assert holding(Path(operator.settings.database).parent, word) == []


def test_everybody_else_is_as_before_and_the_sums_are_those_of_the_rest(operator: Operator) -> None:
    db = operator.db
    assert operator.redacted == (1, 1)
    assert others(db) == operator.others and len(operator.others) > 150
    hashes = table_hashes(db)
    with db.write() as cursor:
        marts.rebuild(cursor)
    assert table_hashes(db) == hashes


def test_a_rebuild_from_the_redacted_files_gives_the_same_hashes(operator: Operator, tmp_path: Path) -> None:
    uploads = Uploads(operator.settings.uploads)
    rebuilt = open_tiny(tmp_path / "rebuilt.duckdb")
    assert rebuild.replay_all(rebuilt, uploads, LIMITS) == 2
    assert table_hashes(rebuilt) == table_hashes(operator.db)
    assert table_hashes(rebuilt)["erased_rows"][0] == 2
    rebuilt.close()


def test_the_trail_and_the_journal_say_it_without_saying_who(operator: Operator) -> None:
    db, uploads = operator.db, Uploads(operator.settings.uploads)
    entry = next(each for each in trail.entries(db).to_dict("records") if each["action"] == "erase")
    assert entry["who"] == "qin" and "asked in writing" in entry["detail"] and '"rows": 2' in entry["detail"]
    assert trail.check(db)[1] == ()
    assert [each.action for each in uploads.journal()][-2:] == ["erase", "erase_done"]
    assert rebuild.reconcile(db, uploads) == 0 and erasure.finish(db, operator.settings) == 0
    assert [each["rows"] for each in erasure.done(db)] == [2]
    files = next(each for each in uploads.journal() if each.action == "erase").facts["uploads"]
    assert all(uploads.digest(upload_id) == after != before for upload_id, (before, after) in files.items())


def test_the_file_as_it_was_is_refused(operator: Operator) -> None:
    before = Uploads(operator.before / "uploads")
    upload = next(one for one in map(before.find, before.kept()) if one.file_name == "june.csv")
    day = datetime.date(2026, 6, 5)
    reading = survey_reading([(PERSON, day, "S003", [3, 4, 5, 6, 7])])
    with pytest.raises(SqmError) as refused:
        batches.commit(operator.db, Uploads(operator.settings.uploads), upload, SURVEY_RECIPE, reading, "ana")
    assert refused.value.code == "file_before_erasure"


def test_an_old_snapshot_does_not_bring_the_person_back(operator: Operator, tmp_path: Path) -> None:
    """One that was carried to another machine before."""
    carried = snapshots.of_file(operator.before / "snapshots" / operator.old.file.name)
    brought = restoring.restore(carried, tmp_path / "back.duckdb", operator.settings)
    assert len(brought.caught_up.erased) == 1 and not brought.caught_up.failed
    assert all(holding(tmp_path, word) == [] for word in WORDS)
    back = Database.open(str(tmp_path / "back.duckdb"))
    assert table_hashes(back) == table_hashes(operator.db)
    back.close()


STAGES = ("journal", "tables", "files", "rewritten")


@pytest.mark.parametrize("stage", STAGES)
def test_a_crash_at_any_point_is_finished_by_the_next_start(operator: Operator, tmp_path: Path, stage: str) -> None:
    folder = tmp_path / "here"
    shutil.copytree(operator.begun, folder)
    settings = settings_of(folder)
    db, uploads = Database.open(settings.database), Uploads(settings.uploads)
    trail.keep_heads(db)
    if stage != "journal":
        assert len(erasing.catch_up(db, uploads)) == 1
    if stage in ("files", "rewritten"):
        erased_files.finish(uploads)
    if stage == "rewritten":
        db.rewrite()
    db.close()
    recovery = Recovery(settings)
    db = recovery.open()
    trail.keep_heads(db)
    recovery.settle(db)
    assert all(holding(folder, word) == [] for word in WORDS)
    assert others(db) == operator.others and len(list(settings.snapshots.glob("*.duckdb"))) == 1
    assert table_hashes(db) == table_hashes(operator.db)
    assert trail.check(db)[1] == ()
    db.close()


def test_nobody_is_erased_without_a_name_or_a_reason(operator: Operator) -> None:
    for wanted, reason, code in (
        (Wanted("store_evaluation"), "why", "nobody_named"),
        (WHO, " ", "reason_missing"),
        (Wanted("no_such_survey", PERSON), "why", "nobody_found"),
    ):
        with pytest.raises(SqmError) as refused:
            erasure.erase(operator.db, operator.settings, wanted, "qin", "quality", reason)
        assert refused.value.code == code
