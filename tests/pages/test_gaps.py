"""The gap page: planted gaps, one process opened, a questionnaire without processes, and who is on no other page."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from sqm.database import marts
from sqm.database.connection import Database
from sqm.database.demo.surveys.service_gaps import CEILING, PLANTED, RISING
from sqm.rules.gaps.expectation import GapMove
from sqm.rules.gaps.gap_units import Gap
from sqm.ui.gaps import data_expectation, data_gaps, data_questionnaires
from sqm.ui.gaps.data_gaps import Span
from tests.database.demo.conftest import TODAYS, built
from tests.pages.conftest import Open, shown
from tests.pages.reading import card, headings, plain
from tests.ui.gaps import small

SURVEY = "service_quality"
COLUMNS = [Gap.KNOWLEDGE, Gap.STANDARDS, Gap.DELIVERY, Gap.COMMUNICATION]


def _rows(page: str) -> list[list[str]]:
    """The cells of the ledger, as text."""
    found = re.search(r'<table class="sqm-table sqm-list sqm-gaps">(.*?)</table>', page, re.DOTALL)
    assert found, "no ledger"
    body = found.group(1).split("<tbody>")[1]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    return [[plain(each) for each in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in rows]


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_the_largest_gap_of_every_process_is_the_planted_one(
    today: date, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shutil.copyfile(built(today, tmp_path_factory).path, tmp_path / "demo.duckdb")
    monkeypatch.setenv("SQM_DATABASE", str(path))
    last = data_questionnaires.questionnaires()[SURVEY].held.last
    for span in Span:
        found = data_gaps.view(SURVEY, span, last)
        assert dict(found.largest_asked) == PLANTED
        assert dict(found.largest_observed) == PLANTED
    rising = data_expectation.view(SURVEY, RISING, Span.MONTH, last)
    assert rising.why is GapMove.EXPECTATION_ROSE
    five = data_gaps.view(SURVEY, Span.QUARTER, last).processes[CEILING[0]].now.five
    assert five is not None
    assert [each.dimension for each in five.dimensions if each.is_at_ceiling] == [CEILING[1]]


def test_the_ledger_marks_the_planted_gap_in_words(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("gaps", database=demo_file))
    rows = _rows(page)
    assert len(rows) == 9
    for process, row in zip(PLANTED, rows, strict=True):
        marked = [gap for gap, text in zip(COLUMNS, row[2:], strict=True) if "◆ largest" in text]
        assert marked == [PLANTED[process]], row[0]
        assert row[2 + COLUMNS.index(PLANTED[process])].count("◆ largest") == 2, "asked and recorded"
    assert sum("no audit" in cell for row in rows for cell in row) == 3
    assert "they are not added" in page
    assert "do not sum to" in page


@pytest.mark.parametrize(
    ("lang", "title", "ladder"), [("en", "Group customers", "Recommends"), ("zh", "集团客户", "推荐")]
)
def test_one_process_is_opened(open_page: Open, demo_file: Path, lang: str, title: str, ladder: str) -> None:
    page = shown(open_page("gaps", lang, database=demo_file, process="group_customers", span="quarter"))
    found = headings(page)
    assert len(found) == 4
    assert found[1].startswith(title)
    text = plain(page)
    assert ladder in text
    for word in {
        "en": ["Delivery assurance", "8 cross-department coordination"],
        "zh": ["服务执行保障体系", "8 跨部门协同"],
    }[lang]:
        assert word in text


def test_without_a_questionnaire_of_pairs_the_page_says_what_is_missing(open_page: Open) -> None:
    assert "No survey asks what customers expect" in plain(shown(open_page("gaps")))


@pytest.fixture
def kiosk_file(own_file: Path) -> Path:
    """Twelve people on two pairs of a survey that belongs to none of our processes, one of whom skipped a pair."""
    db = Database.open(str(own_file))
    with db.write() as cursor:
        cursor.execute("insert into surveys values ('kiosk', 60, 'Kiosk', '自助终端', true, 'b-kiosk')")
        for number, word in enumerate(("screen", "speed")):
            for facet in ("expectation", "perception"):
                cursor.execute(
                    "insert into items values ($code, $at, '', $role, $name, $name, 'b-kiosk')",
                    {"code": f"kiosk.{word}.{facet}", "at": 900 + number, "role": facet, "name": f"{word}: {facet}"},
                )
        asked = [f"kiosk.{word}.{facet}" for word in ("screen", "speed") for facet in ("expectation", "perception")]
        rows: list[small.Row] = [(small.LAST, [6.0, 5.0, 7.0, 4.0]) for _ in range(11)]
        small.respondents(cursor, "kiosk", asked, [*rows, (small.LAST, [6.0, 5.0, None, None])])
        marts.rebuild(cursor)
    db.close()
    return own_file


def test_a_questionnaire_without_processes_shows_its_means_and_pairs(open_page: Open, kiosk_file: Path) -> None:
    """By hand: eleven people expect 6.5 and perceive 4.5, one 6 and 5: means 6.458, 4.542, gap -1.917."""
    page = shown(open_page("gaps", database=kiosk_file))
    assert "Customers get 1.92 points less than they expect" in headings(page)[0]
    assert card(page, "Mean expectation").startswith("6.46")
    assert card(page, "Mean perception (SERVPERF)").startswith("4.54")
    assert card(page, "Mean gap").startswith("−1.92")
    text = plain(page)
    assert text.index("speed") < text.index("screen"), "the widest gap on top"
    assert "expected without limit" in text


def test_questionnaires_inside_are_not_customers_satisfaction(open_page: Open, demo_file: Path) -> None:
    app = open_page("satisfaction", database=demo_file)
    (surveys,) = [box for box in app.selectbox if box.label == "Survey"]
    assert "Service quality survey (expectation and perception)" in surveys.options
    assert not {"Questionnaire of managers", "Questionnaire of contact staff"} & set(surveys.options)
    app = open_page("satisfaction", database=demo_file, survey=SURVEY)
    (questions,) = [box for box in app.selectbox if box.label == "Question"]
    assert "Promotions overall" in questions.options
    assert not [each for each in questions.options if "expectation" in each or each.endswith(": perception")]
