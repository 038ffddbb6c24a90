"""Indicator files held against themselves: both checks warn, name the rows, and keep still about sound tables."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sqm.intake import reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.problems import Level, Problem
from sqm.intake.proposals import proposal
from sqm.intake.recipe import Template
from sqm.intake.register import IndicatorEntry, Register
from sqm.intake.rows.indicators import plausibility

REGISTER = Register(
    today=date(2026, 11, 21),
    stores={f"S{number:03d}": "D01" for number in range(1, 21)},
    districts={"D01": "东区", "D02": "西区", "D03": "南区"},
    indicators=(
        IndicatorEntry("share", name_en="Share", name_zh="占比"),
        IndicatorEntry("calls", "count", 1.0, "count", "Calls", "话务量"),
    ),
    labels={"operator": {"own": "own", "rival_a": "rival_a"}},
)


def found(folder: Path, header: str, rows: Iterable[str]) -> list[Problem]:
    path = folder / "raw"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    recipe = proposal.propose(opening.look(path, "x.csv", Limits()), REGISTER)
    assert recipe.template is Template.INDICATOR
    if not recipe.is_template:
        recipe = replace(recipe, confirmed=True)
    reading = reader.read(path, "x.csv", recipe, REGISTER, Limits())
    assert reading.rows.num_rows == reading.rows_read
    codes = ("total_above_parts", "total_below_parts", "totals_outside_parts", "column_repeated")
    return [problem for problem in reading.problems if problem.code in codes]


@pytest.mark.parametrize(
    ("indicator", "total", "expected"),
    [
        ("share", "90.5", [("total_above_parts", (2, 4), "90.5", "80 – 90")]),
        ("share", "79.9", [("total_below_parts", (2, 3), "79.9", "80 – 90")]),
        ("share", "80", []),
        ("share", "90", []),
        ("calls", "170", []),
        ("no such thing", "95", []),
        ("投诉处理满意率", "95", [("total_above_parts", (2, 4), "95", "80 – 90")]),
    ],
)
def test_a_company_outside_the_range_of_its_districts(
    indicator: str, total: str, expected: list[object], tmp_path: Path
) -> None:
    rows = [f"2026-09,,{indicator},{total}", f"2026-09,D01,{indicator},80", f"2026-09,D02,{indicator},90"]
    problems = found(tmp_path, "month,district,indicator,value", rows)
    assert [(one.code, one.rows, one.found, one.expected) for one in problems] == expected
    assert all(one.level is Level.WARNING for one in problems)


def test_the_industry_is_held_against_every_operator_the_own_one_too(tmp_path: Path) -> None:
    rows = ["2026-09,行业,share,70", "2026-09,own,share,60", "2026-09,rival_a,share,65", "2026-08,行业,share,99"]
    (problem,) = found(tmp_path, "month,operator,indicator,value", rows)
    assert (problem.code, problem.rows) == ("total_above_parts", (2, 4))
    assert (problem.value("month"), problem.value("low"), problem.value("high")) == ("2026-09", "60", "65")


def test_without_an_industry_the_own_company_is_no_total(tmp_path: Path) -> None:
    rows = ["2026-09,own,share,99", "2026-09,rival_a,share,60", "2026-09,rival_b,share,65"]
    assert found(tmp_path, "month,operator,indicator,value", rows) == []


def test_a_file_that_is_wrong_as_a_whole_is_not_told_row_by_row(tmp_path: Path) -> None:
    months = [f"{year}-{month:02d}" for year in range(2015, 2021) for month in range(1, 13)]
    rows = [line for m in months for line in (f"{m},,share,99", f"{m},D01,share,2.5", f"{m},D02,share,3.5")]
    problems = found(tmp_path, "month,district,indicator,value", rows)
    alone = plausibility.NAMED_ALONE
    assert [one.code for one in problems] == ["total_above_parts"] * alone + ["totals_outside_parts"]
    assert len(problems[-1].rows) == len(months) - alone


def values(month: str, numbers: Iterable[float]) -> list[str]:
    return [f"{month},S{store:03d},share,100,{number}" for store, number in enumerate(numbers, 1)]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ([71, 72, 73, 74, 75], [71, 72, 73, 74, 75], True),
        ([71, 72, 73, 74, 75, 76], [71, 72, 73, 74, 75], True),  # a place of the month before is missing
        ([71, 72, 73, 74, 75], [71, 72, 73, 74, 75, 76], False),  # a place is new: not a copy
        ([71, 72, 73, 74, 75], [71, 72, 73, 74, 76], False),
        ([71, 72, 73, 74], [71, 72, 73, 74], False),  # too few
        ([100] * 6, [100] * 6, False),  # nothing happened anywhere
    ],
)
def test_a_column_copied_forward(first: list[float], second: list[float], told: bool, tmp_path: Path) -> None:
    problems = found(
        tmp_path, "month,store_code,indicator,n,rate", [*values("2025-12", first), *values("2026-01", second)]
    )
    assert [one.code for one in problems] == ["column_repeated"] * told
    if told:
        start = len(first) + 2
        assert problems[0].rows == tuple(range(start, start + len(second)))
        assert (problems[0].value("month"), problems[0].value("before")) == ("2026-01", "2025-12")


def test_two_spellings_of_one_indicator_are_one(tmp_path: Path) -> None:
    rows = ["2026-09,,share,95", "2026-09,D01,占比,80", "2026-09,D02,Share,90"]
    (problem,) = found(tmp_path, "month,district,indicator,value", rows)
    assert (problem.rows, problem.value("indicator")) == ((2, 4), "share")


def test_two_months_apart_is_no_copy(tmp_path: Path) -> None:
    numbers = [71, 72, 73, 74, 75]
    rows = [*values("2025-11", numbers), *values("2026-01", numbers)]
    assert found(tmp_path, "month,store_code,indicator,n,rate", rows) == []
