"""Real store audits of two health departments: proposed with nothing to correct, and their own totals come out."""

import csv
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest

from sqm.intake import reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.problems import Level
from sqm.intake.proposals import proposal
from sqm.intake.reading import Reading
from sqm.intake.recipe import Recipe, Template
from sqm.intake.register import Register
from sqm.rules.audits.audit_visits import store_visits

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SQM_SHARED", "") or ROOT.parent / "shared") / "data"
REGISTER = Register(today=date(2026, 11, 22))
TRI_COUNTY, SAN_FRANCISCO = "audit_tricounty_inspections.csv", "audit_sf_inspections_scores.csv"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")


def taken(name: str) -> tuple[Recipe, Reading]:
    """The file as it is proposed, without a correction."""
    look = opening.look(DATA / name, name, Limits())
    recipe = replace(proposal.propose(look, REGISTER), confirmed=True)
    return recipe, reader.read(DATA / name, name, recipe, REGISTER, Limits())


@pytest.fixture(scope="module")
def tri_county() -> tuple[Recipe, Reading]:
    return taken(TRI_COUNTY)


@pytest.fixture(scope="module")
def san_francisco() -> tuple[Recipe, Reading]:
    return taken(SAN_FRANCISCO)


def test_tri_county_is_proposed_as_visits(tri_county: tuple[Recipe, Reading]) -> None:
    recipe, _ = tri_county
    assert recipe.template is Template.VISITS
    assert (recipe.constant("marks"), recipe.constant("source")) == ("failed", "third_party")
    assert [use.header for use in recipe.items()] == [f"FC{number:02d}" for number in range(1, 57)]
    assert {use.header: use.field for use in recipe.columns if use.field not in ("item", "ignore")} == {
        "serial_number": "visit_id", "facility_id": "store_code", "program_id": "store_name", "county": "district_code",
        "risk_category": "class", "pe_desc": "size", "lat": "latitude", "long": "longitude",
        "activity_date": "visited_on",
    }  # fmt: skip


def test_five_marks_of_two_are_named_with_row_and_column(tri_county: tuple[Recipe, Reading]) -> None:
    """The manifest speaks of one; the file has five, each in another row and column."""
    _, reading = tri_county
    wrong = [problem for problem in reading.problems if problem.level is Level.ROW]
    assert {(problem.code, problem.row, problem.column, problem.found) for problem in wrong} == {
        ("mark_not_01", 3563, "FC21", "2"), ("mark_not_01", 3726, "FC15", "2"), ("mark_not_01", 3991, "FC11", "2"),
        ("mark_not_01", 4020, "FC39", "2"), ("mark_not_01", 4369, "FC10", "2"),
    }  # fmt: skip
    assert {problem.expected for problem in wrong} == {"0 / 1"}
    assert (reading.rows_read, reading.rows.num_rows, reading.rejected.num_rows) == (5_555, 5_550, 5)


def test_tri_county_reconciles_with_its_own_section_totals(tri_county: tuple[Recipe, Reading]) -> None:
    _, reading = tri_county
    rows = reading.rows
    assert len(pc.unique(rows["store_code"])) == 3_946
    assert set(rows["district_code"].to_pylist()) == {"Adams", "Arapahoe", "Douglas"}
    assert (reading.months[0], reading.months[-1]) == (date(2019, 1, 1), date(2020, 3, 1))
    points = rows["points"].combine_chunks().flatten().cast("float64").to_numpy().reshape(-1, 56)
    with (DATA / TRI_COUNTY).open(encoding="ascii") as stream:
        told = {row["serial_number"]: row for row in csv.DictReader(stream)}
    kept = [told[visit] for visit in rows["visit_id"].to_pylist()]
    for columns, section in (((0, 29), "foodborne_illness_violations"), ((29, 56), "good_retail_practices_violations")):
        failed = (1 - points[:, slice(*columns)]).sum(axis=1)
        assert failed.tolist() == [float(row[section]) for row in kept]
    assert sum(value is None for value in rows["latitude"].to_pylist()) == 22


def test_san_francisco_is_proposed_with_day_and_store_from_the_number(san_francisco: tuple[Recipe, Reading]) -> None:
    recipe, _ = san_francisco
    assert recipe.template is Template.VISITS and recipe.constant("id_holds") == "store_day"
    assert {use.header: use.field for use in recipe.columns if use.field != "ignore"} == {
        "business_name": "store_name", "business_city": "district_code", "inspection_id": "visit_id",
        "inspection_score": "score", "violation_description": "failed_items",
    }  # fmt: skip


def test_san_francisco_scores_and_failed_items_are_those_of_the_file(san_francisco: tuple[Recipe, Reading]) -> None:
    """5,165 permits have 4,791 names: chains share theirs, so the number tells the store."""
    _, reading = san_francisco
    rows = reading.rows
    assert rows.num_rows == 11_654 and reading.verdict() == "accept"
    assert len(pc.unique(rows["store_code"])) == 5_165 and len(pc.unique(rows["store_name"])) == 4_791
    with (DATA / SAN_FRANCISCO).open(encoding="utf-8") as stream:
        told = list(csv.DictReader(stream))
    scores = rows["score"].to_pylist()
    assert scores == [float(row["inspection_score"]) for row in told]
    found = store_visits(scores)
    assert found is not None and round(found.mean, 4) == round(float(np.mean(scores)), 4)
    days = [day.strftime("%Y%m%d") for day in rows["visited_on"].to_pylist()]
    assert days == [row["inspection_id"].rpartition("_")[2] for row in told]
    assert len(reading.questions) == 65
    points = rows["points"].combine_chunks().flatten().cast("float64").to_numpy().reshape(-1, 65)
    listed = [len(set(row["violation_description"].rstrip(".").split(". "))) for row in told]
    assert (65 - points.sum(axis=1)).tolist() == listed
