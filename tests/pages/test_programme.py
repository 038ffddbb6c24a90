"""The survey programme on the small operator and on the demonstration: samples, quotas, waves, definitions."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.safety import trail
from sqm.database.surveys import studies, surveys
from sqm.ui.doors import data
from tests.pages.clicking import click, labels
from tests.pages.conftest import Open, shown
from tests.pages.reading import charts, finding, headings, number, plain, rows

Answer = Callable[..., AppTest]
CATI = "Monthly telephone survey (CATI)"


def row_of(page: str, name: str) -> list[str]:
    return next(cells for cells in rows(page, css="sqm-studies") if name in cells[0])


def test_each_study_stands_with_its_last_wave_against_its_quota(open_page: Open) -> None:
    """400 telephone answers a month against 3,280; no quota for stores; fourteen months, none missing."""
    page = shown(open_page("programme"))
    assert finding(page) == f"1 study is short of its quota in Oct 2026: {CATI}"
    study, wave, answers, effective, margin, _months, changed = row_of(page, CATI)
    assert "customers · telephone interview · every month" in study
    assert wave == "Oct 2026 14 waves, none is missing"
    assert answers == "400 of 3,280 ✕ short of its quota"
    assert effective == "400"
    assert margin.startswith("± ") and margin.endswith(" pp")
    assert changed == "Apr 2026"
    assert "120 no quota" in row_of(page, "Store evaluation")[2]


def test_who_chose_to_take_part_is_marked_and_shown_alone(open_page: Open) -> None:
    page = shown(open_page("programme"))
    web = row_of(page, "Web survey")[0]
    assert "self-selected" in web and "never added to another survey" in web
    assert "self-selected" not in row_of(page, CATI)[0]
    assert row_of(page, "Web survey")[4] == "none: not drawn"


def test_a_study_without_facts_says_that_nobody_said_anything(open_page: Open) -> None:
    """The survey of rivals came with a file: no audience, no quota, no cadence, so no month is missing."""
    page = shown(open_page("programme"))
    study, wave, answers, *_rest = row_of(page, "TRAI MyCall")
    assert "nobody has said who is asked" in study
    assert "14 waves, none is missing" in wave and answers == "80 no quota"


def test_an_opened_study_shows_method_breaks_waves_parts_and_questions(open_page: Open) -> None:
    page = shown(open_page("programme", study="cati"))
    assert f"{CATI}: 400 of 3,280 answers in Oct 2026" in headings(page)
    assert "2 methods; their months are never joined" in page and "from Apr 2026: Second questionnaire" in plain(page)
    waves = rows(page, after="The last 13 waves")
    assert [cells[0] for cells in waves[:2]] == ["Oct 2026", "Sep 2026"] and len(waves) == 13
    assert waves[0][1] == "✕ 400 of 3,280"
    assert "Rival A 200" in plain(page)
    questions = rows(page, css="sqm-questions")
    assert questions[0][:4] == ["Overall satisfaction", "the operator as a whole", "overall", "1–10"]
    assert "Dashed: the method changed." in page


def test_a_month_before_the_break_knows_only_the_waves_up_to_it(open_page: Open) -> None:
    page = shown(open_page("programme", study="cati", month="2026-01"))
    assert row_of(page, CATI)[1] == "Jan 2026 5 waves, none is missing"
    assert len(rows(page, after="The last 5 waves")) == 5


def test_the_demonstration_has_quotas_by_district_and_a_log_of_focus_groups(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("programme", database=demo_file, study="cati"))
    assert row_of(page, CATI)[2] == "3,280 of 3,280 ✓ quota filled 2 parts short of their own"
    parts = {cells[0]: cells[1:] for cells in rows(page, after=">Brands<")}
    assert sum(cells[1] == "✓ quota filled" for cells in parts.values()) == 11
    assert sorted(cells[0] for cells in parts.values() if cells[1] != "✓ quota filled") == ["183 of 200", "190 of 200"]
    assert "5 focus groups with 30 customers" in headings(page)
    weights = plain(page).split("Weights ")[1]
    assert "design effect 1.05: 3,280 answers are worth 3,1" in weights


def test_what_stores_cost_is_the_same_on_the_list_and_on_the_waves(open_page: Open, demo_file: Path) -> None:
    """5,000 visitors of 130 stores: answers from one store resemble each other."""
    page = shown(open_page("programme", database=demo_file, study="store_evaluation"))
    listed, wave = row_of(page, "Store evaluation"), rows(page, css="sqm-waves")[0]
    assert listed[3] == wave[2] and listed[4] == wave[3]
    assert number(listed[3]) < 0.8 * number(listed[2])


def test_an_analyst_defines_a_study_and_takes_it_back(own_file: Path, open_page: Open) -> None:
    app = open_page("programme", database=own_file, role="analyst", new="study")
    app.text_input(key="study_name_en").set_value("Family <b>plan</b> panel")
    app.number_input(key="study_quota").set_value(500)
    app.selectbox(key="study_mode").set_value("sms")
    app.checkbox(key="study_drawn").uncheck()
    click(app, "Record")
    page = shown(app)
    assert not app.exception
    study, wave, *_rest = row_of(page, "Family")
    assert "Family <b>plan</b> panel self-selected" in study and "text message" in study and wave == "no wave yet"
    assert trail.entries(data.database()).iloc[0]["action"] == "study_defined"
    assert "family_b_plan_b_panel" in set(surveys.surveys(data.database())["survey_code"])
    app = open_page("programme", database=own_file, role="analyst", new="edit", study="family_b_plan_b_panel")
    click(app, "Take the last change back")
    assert "Taken back." in shown(app)
    assert "family_b_plan_b_panel" not in set(studies.studies(data.database())["survey_code"])


def test_a_new_method_needs_a_reason_and_is_shown_from_its_month_on(own_file: Path, open_page: Open) -> None:
    app = open_page("programme", database=own_file, role="analyst", new="method", study="store_evaluation")
    click(app, "Record")
    assert "Nothing was recorded: say what changed, and why." in shown(app)
    app.text_input(key="study_note_en").set_value("three questions instead of five")
    click(app, "Record")
    known = surveys.methods(data.database()).set_index("method_code")
    assert known.loc["store_evaluation-2", "note_zh"] == "three questions instead of five"
    assert "answers from Oct 2026 on are another series" in shown(app)


def test_a_study_can_be_defined_before_any_answer_came(tmp_path: Path, open_page: Open) -> None:
    app = open_page("programme", database=tmp_path / "new.duckdb", role="analyst", new="study")
    page = shown(app)
    assert "No study holds any answers yet." in page and row_of(page, CATI)[1] == "no wave yet"
    app.text_input(key="study_name_zh").set_value("家庭套餐专项")
    click(app, "Record")
    assert not app.exception and "家庭套餐专项" in plain(shown(app))


def test_only_who_may_define_studies_is_offered_it(open_page: Open) -> None:
    reader = open_page("programme", role="executive", new="study")
    assert "Define a study" not in shown(reader) and "Record" not in labels(reader)


@pytest.mark.parametrize("query", [{}, {"study": "cati"}, {"study": "web", "new": "edit"}, {"study": "nobody"}])
def test_in_chinese_nothing_is_left_in_english(query: dict[str, str], open_page: Open, demo_file: Path) -> None:
    app = open_page("programme", "zh", demo_file, **query)
    assert not app.exception
    page = plain(shown(app))
    assert "调研计划" in page and "自愿参与" in page
    for english in ("quota", "wave", "answers", "method", "Study", "missing"):
        assert english not in page, english


def test_the_columns_of_months_are_pictures_with_words(open_page: Open) -> None:
    page = shown(open_page("programme", study="cati"))
    assert 'alt="Answers in 14 months"' in page and not charts(page)
