"""Real files that are no template are mapped by the proposal and read; figures known of them come out."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sqm.intake import opening, proposal, reader
from sqm.intake.limits import Limits
from sqm.intake.look import Look
from sqm.intake.problems import Level
from sqm.intake.reading import Reading
from sqm.intake.recipe import ColumnUse, Recipe, Template
from sqm.intake.register import Register

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


def test_korean_servqual_expectation_and_perception() -> None:
    """CP949, 24 pairs on seven points; four respondents stopped after the first answers."""
    name = "servqual_kano_ipa_kiosk_kr_cp949.csv"
    look, recipe = proposed(name)
    assert look.encoding == "cp949"
    reading = read(name, recipe.with_constant("month", "2024-01-01"))
    assert reading.rows.num_rows == 211
    expected, perceived = scores(reading, ["expectation"]), scores(reading, ["perception"])
    assert expected.shape[1] == perceived.shape[1] == 24
    assert round(float(np.nanmean(expected)), 2) == 5.97
    assert round(float(np.nanmean(perceived)), 2) == 4.87
    assert round(float(np.nanmean(perceived) - np.nanmean(expected)), 2) == -1.10
    assert int(np.isnan(scores(reading, ["importance"])).all(axis=1).sum()) == 4
    pair = [question for question in reading.questions if question.role in ("expectation", "perception")]
    assert {(question.scale_min, question.scale_max) for question in pair} == {(1.0, 7.0)}


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
