"""What holds for every page that executives open: both languages, an empty database, roles that may not."""

import datetime
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from sqm import config
from sqm.database import catalogue, migrations
from sqm.database.batches import batches
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from tests.database.conftest import SURVEY_RECIPE, open_tiny, survey_reading
from tests.pages.conftest import Open, shown
from tests.pages.reading import charts

PAGES = {
    "home": {},
    "matrix": {"cell": "promotions.perception"},
    "process": {"process": "promotions"},
    "indicator": {"code": "PRO-P01", "rows": "1"},
    "satisfaction": {"by": "brand"},
    "targets": {"indicator": "PRO-P01"},
    "relations": {},
    "months": {},
    "editions": {},
    "watch": {},
    "gaps": {},
    "competitiveness": {},
    "comments": {},
    "programme": {},
    "store": {},
    "stores": {},
    "audits": {},
}
ALLOWED_ENGLISH = {
    "n",
    "CATI",
    "cati",
    "TRAI",
    "Laney",  # authors of methods
    "Wilson",
    "Newcombe",
    "XmR",
    "ACSI",
    "TCSI",
    "CSAT",
    "MyCall",
    "pp",
    "English",
    "x",
    "oct",
    "csv",
    "mycall",
    "SPEED",
    "b",
    "i",
    "district",
    "BOSS",
}


@pytest.fixture
def empty_file(tmp_path: Path) -> Path:
    path = tmp_path / "empty.duckdb"
    db = Database.open(str(path))
    migrations.migrate(db)
    with db.write() as cursor:
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
    db.close()
    return path


@pytest.fixture
def answers_only_file(tmp_path: Path) -> Path:
    """Answers to a survey that no indicator is measured by."""
    path = tmp_path / "answers.duckdb"
    db = open_tiny(path)
    recipe = replace(SURVEY_RECIPE, survey_code="kiosk", survey_name_en="Kiosk", survey_name_zh="自助终端")
    raw = Uploads(tmp_path / "uploads").receive(io.BytesIO(b"kiosk"), "kiosk.csv", 100)
    answers = [(f"R{n}", datetime.date(2026, 6, 5), "S001", [n % 10 + 1, 8, None, 7, 9]) for n in range(40)]
    batches.commit(db, Uploads(tmp_path / "uploads"), raw, recipe, survey_reading(answers), "ana")
    db.close()
    return path


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_runs_without_a_failure(open_page: Open, name: str, lang: str) -> None:
    app = open_page(name, lang, **PAGES[name])
    assert not app.exception and not app.error
    assert "sqm-page-title" in shown(app)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_english_is_left_in_chinese(open_page: Open, name: str) -> None:
    page = shown(open_page(name, "zh", **PAGES[name]))
    page = re.sub(r"\S+@[\w.-]+\.example", "", page)  # a mail address is the same in every language
    page = page.replace("Making Data Count", "")  # so is the name of a programme
    text = re.sub(r"<[^>]*>", " ", re.sub(r'(href|src|class|style)="[^"]*"', "", page))
    words = set(re.findall(r"[A-Za-z]{2,}", text.replace("&lt;", "<").replace("&gt;", ">")))
    assert not {
        word for word in words if word not in ALLOWED_ENGLISH and not re.fullmatch(r"[A-Z]{3}|D\d|duplicate", word)
    }


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_database_says_what_is_missing(open_page: Open, empty_file: Path, name: str) -> None:
    app = open_page(name, database=empty_file)
    assert not app.exception and not app.error
    assert "sqm-empty" in shown(app)
    assert not charts(shown(app))


@pytest.mark.parametrize("name", PAGES)
def test_answers_without_any_indicator_are_no_failure(open_page: Open, answers_only_file: Path, name: str) -> None:
    app = open_page(name, database=answers_only_file)
    assert not app.exception and not app.error
    assert "sqm-page-title" in shown(app)
    assert "sqm-empty" in shown(app) or "sqm-block-title" in shown(app) or "sqm-footnote" in shown(app)


@pytest.mark.parametrize("name", PAGES)
def test_names_from_the_data_are_escaped(open_page: Open, name: str) -> None:
    page = shown(open_page(name, **PAGES[name]))
    assert "<i>district</i>" not in page
    assert "<b>1</b>" not in page
