"""Real files that are no template are mapped by the proposal and read; figures known of them come out."""

import csv
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sqm.intake import reader
from sqm.intake.first_look import opening
from sqm.intake.first_look.look import Look
from sqm.intake.limits import Limits
from sqm.intake.problems import Level
from sqm.intake.proposals import proposal
from sqm.intake.reading import Reading
from sqm.intake.recipe import ColumnUse, Recipe, Template
from sqm.intake.register import Register
from sqm.rules.surveys import instrument
from sqm.rules.surveys.instrument import Facet, Topic

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SQM_SHARED", "") or ROOT.parent / "shared") / "data"
REGISTER = Register(today=date(2026, 11, 21))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")


def proposed(name: str) -> tuple[Look, Recipe]:
    look = opening.look(DATA / name, Path(name).name, Limits())
    assert look.readable, look.problems
    return look, proposal.propose(look, REGISTER)


def read(name: str, recipe: Recipe) -> Reading:
    return reader.read(DATA / name, Path(name).name, replace(recipe, confirmed=True), REGISTER, Limits())


def scores(reading: Reading, roles: Sequence[str]) -> np.ndarray:
    wanted = [question.position - 1 for question in reading.questions if question.role in roles]
    rows = [[np.nan if score is None else float(score) for score in row] for row in reading.rows["scores"].to_pylist()]
    return np.array(rows)[:, wanted]


def uses(recipe: Recipe) -> dict[str, str]:
    return {use.header: use.field for use in recipe.columns}


def test_trai_call_quality_by_operator() -> None:
    """Month from the file's name, no respondent id: repeated rows are real answers."""
    name = "trai_mycall_october_2019.csv"
    _, recipe = proposed(name)
    assert uses(recipe)["Rating"] == "item"
    assert uses(recipe)["Operator"] == "operator"
    assert recipe.constant("month") == "2019-10-01"
    reading = read(name, recipe)
    assert reading.rows.num_rows == 41_062
    assert reading.months == (date(2019, 10, 1),)
    operators = np.array(reading.rows["operator_code"].to_pylist())
    ratings = scores(reading, ["item"])[:, 0]
    means = {operator: round(float(ratings[operators == operator].mean()), 2) for operator in set(operators)}
    assert {"Airtel": 3.01, "RJio": 3.11, "BSNL": 3.62, "Vodafone": 3.67}.items() <= means.items()


def test_both_months_of_trai_are_one_survey() -> None:
    codes = {proposed(f"trai_mycall_{month}_2019.csv")[1].survey_code for month in ("september", "october")}
    assert codes == {"trai_mycall"}


KOREAN = "servqual_kano_ipa_kiosk_kr_cp949.csv"


def pairs(reading: Reading, first: Facet, second: Facet) -> list[Topic]:
    return instrument.pairs(instrument.topics((q.item_code, q.role, "") for q in reading.questions), first, second)


def of_items(reading: Reading, codes: Sequence[str]) -> np.ndarray:
    """The scores of these items, in this order."""
    places = {question.item_code: question.position - 1 for question in reading.questions}
    rows = [[np.nan if score is None else float(score) for score in row] for row in reading.rows["scores"].to_pylist()]
    return np.array(rows)[:, [places[code] for code in codes]]


@pytest.fixture(scope="module")
def korean() -> Reading:
    look, recipe = proposed(KOREAN)
    assert look.encoding == "cp949"
    return read(KOREAN, recipe.with_constant("month", "2024-01-01"))


def test_korean_servqual_expectation_and_perception(korean: Reading) -> None:
    """CP949, 24 pairs on seven points; four respondents stopped after the first answers; 211 rows with two repeated
    ones, which without a respondent's number are real answers."""
    assert korean.rows.num_rows == 211
    assert korean.verdict() == "accept"
    found = pairs(korean, Facet.EXPECTATION, Facet.PERCEPTION)
    assert [topic.stem.rpartition(".")[2] for topic in found] == [
        f"{number:02d}" for number in (*range(1, 8), 9, 8, *range(10, 25))
    ]
    expected = of_items(korean, [topic.items[Facet.EXPECTATION] for topic in found])
    perceived = of_items(korean, [topic.items[Facet.PERCEPTION] for topic in found])
    assert round(float(np.nanmean(expected)), 2) == 5.97
    assert round(float(np.nanmean(perceived)), 2) == 4.87
    assert round(float(np.nanmean(perceived - expected)), 2) == -1.10
    asked = {code for topic in found for code in topic.items.values()}
    assert {(q.scale_min, q.scale_max) for q in korean.questions if q.item_code in asked} == {(1.0, 7.0)}


def test_korean_halves_say_the_same_thing(korean: Reading) -> None:
    """Each pair by the words that both halves share; the numbers of the three blocks are the same."""
    labels = {question.item_code: question.column_name for question in korean.questions}
    for first, second in ((Facet.EXPECTATION, Facet.PERCEPTION), (Facet.IMPORTANCE, Facet.PERCEPTION)):
        for topic in pairs(korean, first, second):
            halves = [labels[topic.items[facet]].split(".", 1) for facet in (first, second)]
            assert [number.split("-")[1] for number, _ in halves] == ["1", "2"]
            assert halves[0][0].split("-")[0] == halves[1][0].split("-")[0]
            assert halves[0][1].strip()[:6] == halves[1][1].strip()[:6]


def test_korean_kano_words_become_categories(korean: Reading) -> None:
    """29 features; the answers to the first one are those that stand in the file."""
    found = pairs(korean, Facet.FUNCTIONAL, Facet.DYSFUNCTIONAL)
    assert sorted(topic.stem.rpartition(".")[2] for topic in found) == [f"k{number:02d}" for number in range(1, 30)]
    first = of_items(korean, [f"{korean.questions[0].item_code.split('.')[0]}.k01.functional"])[:, 0]
    with (DATA / KOREAN).open(encoding="cp949", newline="") as file:
        texts = [row[51] for row in csv.reader(file)][1:]
    assert (first == 2).sum() == texts.count("당연하다.") > 0
    assert (first == 1).sum() == texts.count("마음에 든다.") > 0
    assert np.isnan(first).sum() == texts.count("") == 4
    codes = [topic.items[facet] for topic in found for facet in (Facet.FUNCTIONAL, Facet.DYSFUNCTIONAL)]
    answers = of_items(korean, codes)
    assert set(np.unique(answers[~np.isnan(answers)])) == {1.0, 2.0, 3.0, 4.0, 5.0}


def test_korean_importance_beside_satisfaction(korean: Reading) -> None:
    found = pairs(korean, Facet.IMPORTANCE, Facet.PERCEPTION)
    assert sorted(topic.stem.rpartition(".")[2] for topic in found) == [f"i{number:02d}" for number in range(1, 25)]
    importance = of_items(korean, [topic.items[Facet.IMPORTANCE] for topic in found])
    assert int(np.isnan(importance).all(axis=1).sum()) == 4
    five = [question for question in korean.questions if question.role in ("overall", "item", "recommend")]
    assert [(question.scale_min, question.scale_max) for question in five] == [(1.0, 5.0)] * 4


def test_korean_lists_of_ticks_are_left_out() -> None:
    _, recipe = proposed(KOREAN)
    assert [use.field for use in recipe.columns if "중복가능" in use.header or "모두 선택" in use.header] == [
        "ignore"
    ] * 2


def test_a_file_that_is_no_template_is_not_read_before_the_analyst_agrees() -> None:
    name = "trai_mycall_october_2019.csv"
    reading = reader.read(DATA / name, name, proposed(name)[1], REGISTER, Limits())
    assert [problem.code for problem in reading.problems if problem.level is Level.FILE] == ["mapping_needed"]
    assert not reading.rows.num_rows


@pytest.mark.parametrize(
    ("name", "skipped", "item", "label"),
    [
        ("qualtrics/qualtrics_sample.csv", (2, 3), "Q1", "This is a multiple choice question."),
        ("qualtrics/qualtrics_sample_legacy.csv", (2,), "Q1", "This is a multiple choice question."),
    ],
)
def test_qualtrics_headers_of_three_and_two_rows(name: str, skipped: tuple[int, ...], item: str, label: str) -> None:
    look, recipe = proposed(name)
    assert (look.header_row, look.skip_rows) == (1, skipped)
    assert {header.text: header.label for header in look.headers}[item] == label
    assert uses(recipe)[item] == "item"
    assert {"respondent_id", "answered_on", "comment"} <= set(uses(recipe).values())
    reading = read(name, recipe)
    assert reading.rows.num_rows == 1
    assert reading.rows["source_row"].to_pylist() == [skipped[-1] + 1]
    assert reading.rows["answered_on"].to_pylist() == [date(2017, 7, 18)]


def test_anatel_long_matrix_of_operators_and_months() -> None:
    name = "anatel_ida_mobile_2013_2019_long.csv"
    _, recipe = proposed(name)
    assert recipe.template is Template.INDICATOR
    assert uses(recipe) == {
        "operator_group": "operator",
        "indicator": "indicator",
        "month": "month",
        "value": "value",
        "source_file": "ignore",
    }
    reading = read(name, recipe)
    assert reading.rows.num_rows == 5_446
    assert len(set(reading.rows["indicator_code"].to_pylist())) == 17
    assert (reading.months[0], reading.months[-1]) == (date(2013, 1, 1), date(2019, 4, 1))
    first = reading.rows.slice(0, 1).to_pylist()[0]
    assert (first["level"], first["scope_code"], float(first["numerator"]), float(first["denominator"])) == (
        "operator",
        "Claro",
        83.04,
        1.0,
    )


def test_shanghai_complaint_rates() -> None:
    name = "shanghai_complaint_rate_by_operator_2016_2017.csv"
    _, recipe = proposed(name)
    assert {"月份": "month", "单位": "operator", "指标": "indicator", "数值": "value"}.items() <= uses(recipe).items()
    reading = read(name, recipe)
    assert reading.rows.num_rows == 136
    assert len(reading.months) == 17


def test_an_spss_file_is_read_with_its_declared_missing_values() -> None:
    """x: red 1, green 2, blue 3; 7, 8 and 99 are declared missing."""
    name = "sav/pyreadstat_simple_alltypes.sav"
    look, _ = proposed(name)
    cell = {header.text: header for header in look.headers}["x"]
    assert cell.missing == ("7", "8", "99")
    assert cell.value_labels == (("1", "red"), ("2", "green"), ("3", "blue"))
    columns = (
        ColumnUse("x", "item", "colours.q1", "item", 1.0, 9.0, cell.missing),
        ColumnUse("date", "answered_on"),
    )
    recipe = Recipe(Template.SURVEY, columns, survey_code="colours", header_row=1)
    reading = read(name, recipe)
    assert reading.verdict() == "accept", reading.problems
    values = [row[0] for row in reading.rows["scores"].to_pylist()]
    assert sorted({float(value) for value in values if value is not None}) == [1.0, 2.0, 3.0, 4.0, 9.0]
    assert None in values
    assert reading.rows["answered_on"].to_pylist()[0] == date(2014, 11, 1)


@pytest.mark.parametrize(
    "path", sorted((DATA / "sav").glob("*.*sav")) if DATA.is_dir() else [], ids=lambda path: path.name
)
def test_every_spss_file_can_be_looked_at(path: Path) -> None:
    look = opening.look(path, path.name, Limits())
    assert look.readable
    assert look.headers
    assert proposal.propose(look, REGISTER).columns


@pytest.mark.parametrize(
    "name", ["anatel_ida_SMP2015_raw.ods", "sav/pyreadstat_sample.dta", "sav/pyreadstat_sample.por"]
)
def test_kinds_that_are_not_read_are_refused_in_words(name: str) -> None:
    look = opening.look(DATA / name, Path(name).name, Limits())
    assert look.problems[0].code == "name_not_allowed"


@pytest.mark.parametrize(
    "name",
    [
        "longyan_2007_2008.csv",
        "nhs_ae_4hour_by_trust_2016_2019.csv",
        "hcahps/state_results.csv",
        "audit_tricounty_inspections.csv",
        "ibm_telco_customer_churn.csv",
    ],
)
def test_other_tables_are_looked_at_and_proposed_without_failing(name: str) -> None:
    look, recipe = proposed(name)
    assert len(recipe.columns) == len(look.headers)
    assert not recipe.is_template
