"""Answers person by person: each item in its column, whatever its place in the file; only what the viewer may see."""

import datetime
import math

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.surveys import answers
from sqm.database.surveys.answers import Asked
from sqm.rules.access import EVERYTHING, Scope
from tests.database.batches.test_batches import JUNE, commit_survey

FIRST, LAST = datetime.date(2026, 6, 1), datetime.date(2026, 6, 1)


def test_each_item_in_its_column_and_only_its_months(db: Database, uploads: Uploads) -> None:
    day = datetime.date(2026, 7, 5)
    commit_survey(db, uploads, "a", [("R1", JUNE, "S001", [9, 8, None, 7, 10]), ("R2", day, "S002", [4, 4, 4, 4, 4])])
    items = ("stores.waiting", "stores.overall", "stores.nobody")
    found = answers.answers(db, EVERYTHING, Asked("store_evaluation", items, FIRST, LAST))
    assert list(found.people["respondent_id"]) == ["R1"]
    assert found.people["stores.overall"].tolist() == [9.0]
    assert math.isnan(found.people["stores.waiting"].iloc[0])
    assert found.scales == {"stores.waiting": (1.0, 10.0), "stores.overall": (1.0, 10.0)}


def test_a_viewer_of_one_store_gets_its_answers_only(db: Database, uploads: Uploads) -> None:
    commit_survey(db, uploads, "a", [("R1", JUNE, "S001", [9, 8, 7, 7, 10]), ("R2", JUNE, "S002", [4, 4, 4, 4, 4])])
    district = db.frame("select district_code from stores where store_code = 'S002'")["district_code"].iloc[0]
    scope = Scope(frozenset({district}), frozenset({"S002"}))
    found = answers.answers(db, scope, Asked("store_evaluation", ("stores.overall",), FIRST, LAST))
    assert list(found.people["respondent_id"]) == ["R2"]


def test_a_survey_without_answers_has_no_people(db: Database) -> None:
    found = answers.answers(db, EVERYTHING, Asked("store_evaluation", ("stores.overall",), FIRST, LAST))
    assert len(found.people) == 0 and found.scales == {}


def test_only_what_is_asked_about_a_person(db: Database, uploads: Uploads) -> None:
    commit_survey(db, uploads, "a", [("R1", JUNE, "S001", [9, 8, 7, 7, 10])])
    asked = Asked("store_evaluation", ("stores.overall",), FIRST, LAST, about=("store_code", "month", "no_such; drop"))
    found = answers.answers(db, EVERYTHING, asked)
    assert list(found.people.columns) == ["month", "store_code", "weight", "stores.overall"]
