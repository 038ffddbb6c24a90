"""Commit, undo and rehearsal on a real database: exact, in any order, and never half."""

import datetime
import io

import numpy as np
import pytest

from sqm.database import marts
from sqm.database.batches import batches
from sqm.database.batches.rehearsal import rehearse
from sqm.database.batches.uploads import Upload, Uploads
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.errors import SqmError
from tests.database.conftest import INDICATOR_RECIPE, SURVEY_RECIPE, indicator_reading, survey_reading

JUNE, JULY = datetime.date(2026, 6, 5), datetime.date(2026, 7, 5)


def upload(uploads: Uploads, text: str) -> Upload:
    return uploads.receive(io.BytesIO(text.encode()), f"{text}.csv", 10_000)


def commit_survey(db: Database, uploads: Uploads, name: str, answers: list, replace: bool = False) -> batches.Batch:  # type: ignore[type-arg]
    return batches.commit(
        db, uploads, upload(uploads, name), SURVEY_RECIPE, survey_reading(answers), "ana", replace_stored=replace
    )


def test_commit_stores_rows_with_their_place_and_fills_the_marts(db: Database, uploads: Uploads) -> None:
    batch = commit_survey(
        db, uploads, "a", [("R1", JUNE, "S001", [9, 8, None, 7, 10]), ("R2", JUNE, "S002", [4, 4, 4, 4, 4])]
    )
    assert batch.outcome.rows_added == 2
    stored = db.frame("select batch_id, source_row, store_code from responses order by source_row")
    assert list(stored["source_row"]) == [2, 3]
    assert set(stored["batch_id"]) == {batch.batch_id}
    sums = db.frame("select item_code, n, w, wx, wxx, ws from mart_segment_month order by item_code").set_index(
        "item_code"
    )
    assert sums.loc["stores.overall", ["n", "wx", "wxx", "ws"]].tolist() == [2, 13, 97, 1]
    assert sums.loc["stores.waiting", "n"] == 1


def test_undo_restores_every_table_exactly(db: Database, uploads: Uploads) -> None:
    commit_survey(db, uploads, "a", [("R1", JUNE, "S001", [9, 8, 7, 7, 10])])
    before = table_hashes(db)
    batch = commit_survey(
        db, uploads, "b", [("R2", JUNE, "S001", [5, 5, 5, 5, 5]), ("R3", JULY, "S009", [1, 1, 1, 1, 1])]
    )
    assert table_hashes(db) != before
    batches.undo(db, uploads, batch.batch_id, "ana")
    assert table_hashes(db) == before


def test_fifty_random_batches_undone_leave_no_trace(db: Database, uploads: Uploads) -> None:
    """Mixed surveys and indicator files, overlapping and replacing, undone last first: after each undo the hashes are
    those from before its commit."""
    random = np.random.default_rng(20261121)
    states, committed = [table_hashes(db)], []
    for number in range(50):
        committed.append(_random_commit(db, uploads, random, number))
        states.append(table_hashes(db))
    for batch_id in reversed(committed):
        assert table_hashes(db) == states.pop()
        batches.undo(db, uploads, batch_id, "ana")
    assert table_hashes(db) == states[0]


def _random_commit(db: Database, uploads: Uploads, random: np.random.Generator, number: int) -> str:
    replace = bool(random.integers(2))
    month = datetime.date(2026, int(random.integers(1, 7)), 1)
    if number % 3 == 2:
        codes = random.choice(["STO-O01", "HOT-C01", "unlisted"], 3, replace=False)
        values = [
            (str(code), month, f"S{store:03d}", float(random.integers(1, 50)), 100.0)
            for code in codes
            for store in random.choice(20, 6, replace=False) + 1
        ]
        reading, recipe = indicator_reading(values), INDICATOR_RECIPE
    else:
        people = random.choice(60, 25, replace=False)
        answers = [
            (f"R{person}", month, f"S{random.integers(1, 21):03d}", [int(s) for s in random.integers(1, 11, 5)])
            for person in people
        ]
        reading, recipe = survey_reading(answers), SURVEY_RECIPE
    raw = upload(uploads, f"file {number}")
    return batches.commit(db, uploads, raw, recipe, reading, "ana", replace_stored=replace).batch_id


def test_a_full_rebuild_of_the_marts_gives_the_same_rows(db: Database, uploads: Uploads) -> None:
    random = np.random.default_rng(5)
    for number in range(12):
        _random_commit(db, uploads, random, number)
    before = table_hashes(db)
    with db.write() as cursor:
        marts.rebuild(cursor)
    assert table_hashes(db) == before


def test_the_same_bytes_or_the_same_rows_again_add_nothing(db: Database, uploads: Uploads) -> None:
    answers = [("R1", JUNE, "S001", [9, 8, 7, 7, 10])]
    first = upload(uploads, "same")
    batches.commit(db, uploads, first, SURVEY_RECIPE, survey_reading(answers, content="c1"), "ana")
    before = table_hashes(db)
    with pytest.raises(SqmError) as bytes_again:
        batches.commit(db, uploads, first, SURVEY_RECIPE, survey_reading(answers, content="c2"), "ana")
    with pytest.raises(SqmError) as rows_again:
        batches.commit(
            db, uploads, upload(uploads, "other"), SURVEY_RECIPE, survey_reading(answers, content="c1"), "ana"
        )
    assert bytes_again.value.code == rows_again.value.code == "already_committed"
    assert table_hashes(db) == before


def test_rows_that_are_stored_already_are_counted_not_added(db: Database, uploads: Uploads) -> None:
    commit_survey(db, uploads, "a", [("R1", JUNE, "S001", [9, 8, 7, 7, 10]), ("R2", JUNE, "S001", [5, 5, 5, 5, 5])])
    again = commit_survey(
        db,
        uploads,
        "b",
        [("R1", JUNE, "S001", [9, 8, 7, 7, 10]), ("R2", JUNE, "S001", [6, 5, 5, 5, 5]), ("R3", JUNE, "S002", [1] * 5)],
    )
    assert (again.outcome.rows_added, again.outcome.rows_same, again.outcome.rows_conflicting) == (1, 1, 1)
    assert int(db.frame("select count(*) as n from responses")["n"][0]) == 3
    kept = db.frame("select scores[1] as overall from responses where respondent_id = 'R2'")
    assert kept["overall"].tolist() == [5]


def test_replacing_moves_the_stored_row_aside_and_undo_brings_it_back(db: Database, uploads: Uploads) -> None:
    commit_survey(db, uploads, "a", [("R2", JUNE, "S001", [5, 5, 5, 5, 5])])
    before = table_hashes(db)
    later = commit_survey(db, uploads, "b", [("R2", JUNE, "S001", [8, 8, 8, 8, 8])], replace=True)
    assert later.outcome.rows_replaced == 1
    sums = db.frame("select n, wx from mart_segment_month where item_code = 'stores.overall'")
    assert sums.values.tolist() == [[1, 8]]
    batches.undo(db, uploads, later.batch_id, "ana")
    assert table_hashes(db) == before


def test_a_batch_that_later_ones_rest_on_is_not_undone_before_them(db: Database, uploads: Uploads) -> None:
    first = commit_survey(db, uploads, "a", [("R1", JUNE, "S001", [9, 8, 7, 7, 10])])
    second = commit_survey(db, uploads, "b", [("R1", JUNE, "S001", [9, 8, 7, 7, 10]), ("R4", JUNE, "S001", [2] * 5)])
    with pytest.raises(SqmError) as blocked:
        batches.undo(db, uploads, first.batch_id, "ana")
    assert blocked.value.code == "undo_blocked"
    assert blocked.value.values["files"] == "b.csv"
    batches.undo(db, uploads, second.batch_id, "ana")
    batches.undo(db, uploads, first.batch_id, "ana")
    assert batches.history(db).empty


def test_a_rehearsal_changes_nothing_and_says_what_the_commit_does(db: Database, uploads: Uploads) -> None:
    month = datetime.date(2026, 6, 1)
    bad = [(f"R{i}", month, f"S{i % 20 + 1:03d}", [2, 2, 2, 2, 2]) for i in range(200)]
    before = table_hashes(db)
    rehearsal = rehearse(db, upload(uploads, "bad"), SURVEY_RECIPE, survey_reading(bad), "ana")
    assert table_hashes(db) == before
    assert rehearsal.outcome.rows_added == 200
    assert set(rehearsal.flips["status_after"]) == {"missed"}
    assert ("stores", "perception") in set(
        zip(rehearsal.cells["process_code"], rehearsal.cells["dimension_code"], strict=True)
    )


def test_an_unknown_batch_is_refused(db: Database, uploads: Uploads) -> None:
    with pytest.raises(SqmError) as unknown:
        batches.undo(db, uploads, "b0", "ana")
    assert unknown.value.code == "batch_unknown"
