"""The page of comments: what is found, searched, counted and hidden, and that no text of a customer is ever markup."""

import datetime
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.batches.uploads import Uploads
from sqm.rules.access import Role, scope_of
from sqm.ui.comments import data_comments
from sqm.ui.comments.choice import Choice
from sqm.ui.signing import sign_in
from sqm.ui.words import use
from tests.database.conftest import open_tiny
from tests.database.written import Written, commit
from tests.pages.conftest import Open, shown
from tests.pages.reading import card, headings, plain, rows

AUGUST, SEPTEMBER = datetime.date(2026, 8, 5), datetime.date(2026, 9, 5)
HOSTILE = "<script>alert(1)</script> **bold** [x](http://127.0.0.1:9) {code} $x$ <img src=x onerror=alert(2)>"
GOOD, BAD = [9, 9, 9, 9, 9], [4, 5, 2, 5, 5]


def september() -> list[Written]:
    """S001: 12 comments (6 not satisfied, waiting is their lowest), S002: 6, S003: 3, S005 in another district: 4."""
    first: list[Written] = [("S001", BAD, f"排队第{n}号") for n in range(6)]
    first += [("S001", GOOD, f"nice and clean {n}") for n in range(6)]
    second: list[Written] = [("S002", GOOD, HOSTILE), *(("S002", GOOD, f"good {n}") for n in range(5))]
    return [
        *first,
        *second,
        *(("S003", GOOD, f"third {n}") for n in range(3)),
        *(("S005", BAD, f"far {n}") for n in range(4)),
    ]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("comments")
    path = folder / "written.duckdb"
    db = open_tiny(path)
    uploads = Uploads(folder / "written.uploads")
    commit(db, uploads, AUGUST, [("S001", GOOD, "quick")] * 8 + [("S001", BAD, "queue")] * 2)
    commit(db, uploads, SEPTEMBER, september())
    db.close()
    return path


def opened(open_page: Open, database: Path, language: str = "en", **query: str) -> AppTest:
    app = open_page("comments", language, database=database, **query)
    assert not app.exception
    return app


def listed(page: str) -> list[str]:
    """The comments of the page, without what is said of their writers."""
    return [plain(text) for text in re.findall(r"<li><p>(.*?)</p>", page, re.DOTALL)]


def facts(page: str) -> list[str]:
    return [plain(text) for text in re.findall(r"<li><p>.*?</p>(.*?)</li>", page, re.DOTALL)]


def test_what_is_found_is_counted_against_the_month_before(open_page: Open, database: Path) -> None:
    page = shown(opened(open_page, database))
    assert card(page, "Comments") == "25 before: 10"
    assert card(page, "From customers who are not satisfied").startswith("40 % 10 of 25, interval 23 % to 59 %")
    assert "before 20 % of 10" in page
    waiting = next(row for row in rows(page, css="sqm-topics") if row[0] == "Waiting and queues")
    assert waiting[1:] == ["6", "24 %", "2 of 10 (20 %)"]
    assert headings(page)[0] == "Named most: Waiting and queues, in 6 of 25 comments"


def test_filters_narrow_and_stand_in_the_address(open_page: Open, database: Path) -> None:
    app = opened(open_page, database, district="D01", store="S001", score="unsatisfied")
    page = shown(app)
    assert len(listed(page)) == 6 and all(text.startswith("排队第") for text in listed(page))
    assert "S001" in page and app.query_params["score"] == "unsatisfied"
    assert all("overall 4 of 10 · not satisfied · lowest: Waiting time, 2 of 10" in told for told in facts(page))


def test_words_in_the_address_and_in_the_field_are_looked_for(open_page: Open, database: Path) -> None:
    app = opened(open_page, database, "zh", words="排队")
    assert len(listed(shown(app))) == 6 and "含“排队”的意见 6 条" in shown(app)
    with use("zh"):
        app.text_input(key="filter_words_zh").set_value("CLEAN 3").run()
        assert listed(shown(app)) == ["nice and clean 3"]
        assert app.query_params["words"] == "CLEAN 3"
        app.text_input(key="filter_words_zh").set_value("100%").run()
    assert "没有意见包含这些词语" in shown(app)
    assert card(shown(app), "意见").startswith("25")  # the group stays what it was


def test_a_topic_leads_to_its_comments(open_page: Open, database: Path) -> None:
    page = shown(opened(open_page, database, topic="waiting"))
    assert len(listed(page)) == 6 and "6 comments about: Waiting and queues" in page
    assert 'href="?topic="' in page and 'href="?topic=praise"' in page


def test_small_groups_are_hidden_with_their_number(open_page: Open, database: Path) -> None:
    for query in ({"district": "D02"}, {"district": "D01", "store": "S003"}, {"process": "hotline"}):
        page = shown(opened(open_page, database, **query))
        assert headings(page)[0] == "Too few comments: hidden"
        assert not listed(page) and "far" not in plain(page) and "third" not in plain(page)
        assert 'class="sqm-number"' not in page


def test_a_small_store_is_not_named_and_not_told_by_subtraction(open_page: Open, database: Path) -> None:
    """S003 has 3 comments; S002 with its 6 goes with it. D02 has 4 and is not named, so D01 is not either."""
    page = shown(opened(open_page, database))
    told = dict(zip(listed(page), facts(page), strict=True))
    assert told["nice and clean 1"].startswith("Sep 2026 · S001 · ")
    assert "S003" not in told["third 1"] and "S002" not in told["good 1"] and "S005" not in told["far 1"]
    hidden = shown(opened(open_page, database, district="D01", store="S002"))
    assert headings(hidden)[0] == "Too few comments: hidden"


def test_customers_text_is_text(open_page: Open, database: Path) -> None:
    page = shown(opened(open_page, database, words="<script>"))
    assert "<script" not in page and "<img src=x" not in page and "&lt;script&gt;" in page
    assert listed(page) == [HOSTILE]


def test_a_viewer_of_one_store_reads_that_store(
    database: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(open_page, database)
    chosen = Choice("store_evaluation", SEPTEMBER.replace(day=1), 1, "", "", "", False, "", "")
    manager = scope_of(Role.STORE_MANAGER, frozenset({"D01"}), frozenset({"S001"}))
    seen = data_comments.group(manager, chosen)
    assert seen.n == 12 and {row["store_code"] for row in seen.rows} == {"S001"}
    other = scope_of(Role.STORE_MANAGER, frozenset({"D01"}), frozenset({"S003"}))
    assert data_comments.group(other, chosen).is_hidden and not data_comments.group(other, chosen).rows
    nobody = sign_in.Viewer("x", Role.STORE_MANAGER, scope_of(Role.STORE_MANAGER))
    assert data_comments.group(nobody.scope, chosen).is_hidden


def test_pages_of_25_begin_anew_with_another_choice(open_page: Open, tmp_path: Path) -> None:
    db = open_tiny(tmp_path / "many.duckdb")
    texts: list[Written] = [("S001", GOOD, f"text {n:02d}") for n in range(60)]
    commit(db, Uploads(tmp_path / "many.uploads"), SEPTEMBER, texts)
    db.close()
    app = opened(open_page, tmp_path / "many.duckdb")
    page = shown(app)
    assert listed(page)[0] == "text 59" and len(listed(page)) == 25
    third = re.findall(r'href="\?at=(\w+-3)"', page)[0]
    app = opened(open_page, tmp_path / "many.duckdb", at=third)
    assert listed(shown(app)) == [f"text {n:02d}" for n in range(9, -1, -1)]
    with use("en"):
        app.text_input(key="filter_words_en").set_value("text 5").run()
    assert listed(shown(app))[0] == "text 59"


def test_without_any_comment_the_page_says_who_owes_them(open_page: Open, tmp_path: Path) -> None:
    db = open_tiny(tmp_path / "none.duckdb")
    commit(db, Uploads(tmp_path / "none.uploads"), SEPTEMBER, [("S001", GOOD, "")] * 9)
    db.close()
    assert "No survey holds any comments yet." in shown(opened(open_page, tmp_path / "none.duckdb"))
