"""Tables of questions by wave and place: a column copied forward and an overall that is not the mean of its parts."""

from collections.abc import Iterable, Mapping
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
from sqm.intake.register import Register

CODES = ("place_repeated", "overall_not_mean", "column_repeated")
QUESTIONS = ("Store overall (KPI)", "Environment", "Waiting time", "Staff overall", "Handling speed")


def found(folder: Path, rows: Iterable[str]) -> list[Problem]:
    path = folder / "raw"
    path.write_text("\n".join(["month,operator,indicator,value", *rows]) + "\n", encoding="utf-8")
    register = Register(today=date(2026, 11, 21))
    recipe = proposal.propose(opening.look(path, "x.csv", Limits()), register)
    assert recipe.template is Template.INDICATOR
    recipe = recipe if recipe.is_template else replace(recipe, confirmed=True)
    reading = reader.read(path, "x.csv", recipe, register, Limits())
    assert reading.rows.num_rows == reading.rows_read
    problems = [problem for problem in reading.problems if problem.code in CODES]
    assert all(problem.level is Level.WARNING for problem in problems)
    return problems


def table(columns: Mapping[tuple[str, str], Iterable[str]]) -> list[str]:
    """(month, operator) -> the values of QUESTIONS in their order."""
    return [
        f"{month},{operator},{question},{value}"
        for (month, operator), values in columns.items()
        for question, value in zip(QUESTIONS, values, strict=True)
    ]


FIRST = ("69.52", "78.55", "52.04", "73.60", "73.88")
SECOND = ("77.71", "82.53", "68.20", "78.43", "81.69")


def test_a_wave_copied_from_the_one_before_whenever_that_was(tmp_path: Path) -> None:
    columns = {("2007-12", "province"): FIRST, ("2008-06", "province"): FIRST, ("2008-08", "province"): SECOND}
    (problem,) = found(tmp_path, table(columns))
    assert problem.code == "place_repeated" and problem.rows == (7, 8, 9, 10, 11)
    told = {name: problem.value(name) for name in ("place", "month", "before", "count")}
    assert told == {"place": "province", "month": "2008-06", "before": "2007-12", "count": "5"}


@pytest.mark.parametrize(
    "again",
    [
        ("69.53", *FIRST[1:]),  # one value is new
        ("50", "50", "50", "60", "60"),  # all are new
    ],
)
def test_a_wave_with_a_new_value_is_no_copy(again: tuple[str, ...], tmp_path: Path) -> None:
    assert found(tmp_path, table({("2007-12", "a"): FIRST, ("2008-06", "a"): again})) == []


def test_few_different_values_prove_nothing(tmp_path: Path) -> None:
    same = ("100", "100", "100", "0", "0")
    assert found(tmp_path, table({("2007-12", "a"): same, ("2008-06", "a"): same})) == []


def test_another_place_with_the_same_values_is_no_copy(tmp_path: Path) -> None:
    assert found(tmp_path, table({("2007-12", "a"): FIRST, ("2008-06", "b"): FIRST})) == []


def test_an_overall_that_is_the_mean_everywhere_but_in_one_column(tmp_path: Path) -> None:
    """(84.65 + 78.28 + 82.81 + 79.53) / 4 = 81.3175, printed 80.06."""
    wrong = ("80.06", "84.65", "78.28", "82.81", "79.53")
    columns = {("2007-12", "a"): FIRST, ("2008-08", "a"): SECOND, ("2008-08", "b"): wrong}
    (problem,) = found(tmp_path, table(columns))
    assert problem.code == "overall_not_mean" and problem.rows == (12,) and problem.found == "80.06"
    told = {name: problem.value(name) for name in ("indicator", "place", "month", "mean", "others")}
    assert told == {"indicator": QUESTIONS[0], "place": "b", "month": "2008-08", "mean": "81.32", "others": "2"}


def test_an_overall_that_is_no_mean_anywhere_is_none_of_our_business(tmp_path: Path) -> None:
    asked = {("2007-12", "a"): ("70.00", *FIRST[1:]), ("2008-06", "a"): ("71.00", *SECOND[1:]),
             ("2008-08", "b"): ("80.06", "84.65", "78.28", "82.81", "79.53")}  # fmt: skip
    assert found(tmp_path, table(asked)) == []


def test_a_rounded_mean_holds(tmp_path: Path) -> None:
    """Whole numbers: 69.5 may be printed as 69 or 70."""
    columns = {("2007-12", "a"): ("70", "79", "52", "74", "74"), ("2008-06", "a"): ("69", "79", "52", "73", "74"),
               ("2008-08", "a"): ("78", "83", "68", "78", "82")}  # fmt: skip
    assert found(tmp_path, table(columns)) == []
