"""How often each score was given, with weights; and values that a file brought under a word."""

import datetime

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.surveys import score_counts
from tests.database.batches.test_batches import JUNE, commit_survey

FIRST, LAST = datetime.date(2026, 6, 1), datetime.date(2026, 6, 1)


def test_scores_are_counted_by_month_and_operator(db: Database, uploads: Uploads) -> None:
    july = datetime.date(2026, 7, 5)
    people = [("R1", JUNE, "S001", [9, 8, None, 7, 10]), ("R2", JUNE, "S002", [9, 4, 4, 4, 4])]
    commit_survey(db, uploads, "a", [*people, ("R3", july, "S002", [1, 1, 1, 1, 1])])
    found = score_counts.score_counts(db, "store_evaluation", ("stores.overall", "stores.waiting"), FIRST, LAST)
    kept = found[["item_code", "operator_code", "score", "n", "w", "ww"]].values.tolist()
    assert kept == [["stores.overall", "own", 9.0, 2, 2.0, 2.0], ["stores.waiting", "own", 4.0, 1, 1.0, 1.0]]
    assert set(zip(found["scale_min"], found["scale_max"], strict=True)) == {(1.0, 10.0)}


def test_nothing_asked_and_nothing_imported(db: Database) -> None:
    assert score_counts.score_counts(db, "cati", ("overall.recommend",), FIRST, LAST).empty
    assert score_counts.imported(db, "TCSI", FIRST, LAST).empty
