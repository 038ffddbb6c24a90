"""Comments with what their writers answered: filtered, searched as text, masked, and only what a viewer may see."""

import datetime

import pytest

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.surveys import comments
from sqm.database.surveys.comments import Wanted
from sqm.rules.access import EVERYTHING, Role, Scope, scope_of
from tests.database.written import commit

JUNE, JULY = datetime.date(2026, 6, 5), datetime.date(2026, 7, 5)
JUNE_1, JULY_1 = JUNE.replace(day=1), JULY.replace(day=1)
ALL = Wanted("store_evaluation", JUNE_1, JULY_1)


@pytest.fixture
def written(db: Database, uploads: Uploads) -> Database:
    """S001 to S004 lie in D01, S005 in D02."""
    commit(
        db, uploads, JUNE,
        [
            ("S001", [9, 8, 3, 7, 10], "排队四十分钟"),
            ("S002", [4, 4, None, 4, 4], "100% unhappy_here"),
            ("S005", [10, 9, 9, 9, 9], "Quick and FRIENDLY"),
            ("S001", [5, 5, 5, 5, 5], ""),
        ],
    )  # fmt: skip
    commit(db, uploads, JULY, [("S001", [None, 6, None, None, None], 'it\'s "fine"; drop table comments --')])
    return db


def texts(db: Database, wanted: Wanted, scope: Scope = EVERYTHING) -> list[str]:
    return list(comments.found(db, scope, wanted)["comment"])


def test_a_comment_comes_with_its_writers_answers(written: Database) -> None:
    found = comments.found(written, EVERYTHING, Wanted("store_evaluation", JUNE_1, JUNE_1)).set_index("store_code")
    assert list(found.index) == ["S005", "S002", "S001"]  # the last row of the file first
    first = found.loc["S001"]
    assert (first["item_code"], first["process_code"], first["item_score"], first["item_high"]) == (
        "stores.waiting", "stores", 3.0, 10.0)  # fmt: skip
    assert (first["score"], first["scale_min"], first["scale_max"]) == (9.0, 1.0, 10.0)
    assert (first["district_code"], first["channel_code"]) == ("D01", "sms")
    assert found.loc["S002", "item_code"] == "stores.overall"  # all the same: the first asked


def test_who_did_not_answer_the_whole_has_no_score(written: Database) -> None:
    row = comments.found(written, EVERYTHING, Wanted("store_evaluation", JULY_1, JULY_1)).iloc[0]
    assert row["score"] != row["score"] and row["item_code"] == "stores.environment"


@pytest.mark.parametrize(
    ("search", "count"),
    [("", 4), ("排队", 1), ("friendly", 1), ("FRIEND", 1), ("%", 1), ("_", 1), ("0%", 1), ("'", 1), ('"', 1), ("--", 1),
     ("a_e", 0), ("%%", 0), ("' or '1'='1", 0), ("\\", 0), (".*", 0)],
)  # fmt: skip
def test_words_are_looked_for_as_they_stand(written: Database, search: str, count: int) -> None:
    assert len(texts(written, Wanted("store_evaluation", JUNE_1, JULY_1, search=search))) == count


def test_district_and_store_narrow(written: Database) -> None:
    assert len(texts(written, Wanted("store_evaluation", JUNE_1, JULY_1, district="D01"))) == 3
    assert texts(written, Wanted("store_evaluation", JUNE_1, JULY_1, district="D01", store="S002")) == [
        "100% unhappy_here"
    ]
    assert texts(written, Wanted("store_evaluation", JUNE_1, JULY_1, district="D02", store="S002")) == []
    assert texts(written, Wanted("cati", JUNE_1, JULY_1)) == []


def test_a_viewer_gets_only_the_comments_of_their_stores(written: Database) -> None:
    manager = scope_of(Role.STORE_MANAGER, frozenset({"D01"}), frozenset({"S002"}))
    assert texts(written, ALL, manager) == ["100% unhappy_here"]
    assert texts(written, Wanted("store_evaluation", JUNE_1, JULY_1, store="S001"), manager) == []
    assert texts(written, ALL, scope_of(Role.DISTRICT, frozenset({"D02"}))) == ["Quick and FRIENDLY"]
    assert texts(written, ALL, scope_of(Role.STORE_MANAGER)) == []


def test_rows_that_were_stored_unmasked_are_masked_on_the_way_out_and_not_found_by_what_is_hidden(
    written: Database,
) -> None:
    with written.write() as cursor:
        cursor.execute("update comments set comment = '王先生电话13812345678，请回电' where comment like '排队%'")
    assert texts(written, Wanted("store_evaluation", JUNE_1, JULY_1, search="请回电")) == ["***先生电话***，请回电"]
    for hidden in ("1381234", "王先生", "13812345678"):
        assert texts(written, Wanted("store_evaluation", JUNE_1, JULY_1, search=hidden)) == []


def test_rivals_customers_do_not_speak_here(written: Database) -> None:
    with written.write() as cursor:
        cursor.execute("update responses set operator_code = 'rival_a' where store_code = 'S005'")
    assert "Quick and FRIENDLY" not in texts(written, ALL)


def test_contents_name_the_months(written: Database) -> None:
    row = comments.contents(written).iloc[0]
    assert (row["survey_code"], row["first_month"].date(), row["last_month"].date()) == (
        "store_evaluation", JUNE_1, JULY_1)  # fmt: skip
