"""Proposals: our templates need nobody's word, other files are guessed and remembered."""

from datetime import date

import pytest

from sqm.intake.first_look.look import HeaderCell, Kind, Look
from sqm.intake.proposals import proposal
from sqm.intake.recipe import ColumnUse, Recipe, Template
from sqm.intake.register import Register
from sqm.intake.words import header_words
from tests.badfiles.case import INDICATOR, SURVEY

REGISTER = Register(today=date(2026, 11, 21), stores={"S001": "D01"})


def look(headers: list[str], rows: list[list[str]], name: str = "x.csv") -> Look:
    distinct = tuple(tuple(dict.fromkeys(row[at] for row in rows)) for at in range(len(headers)))
    return Look(
        Kind.DELIMITED,
        name,
        header_row=1,
        headers=tuple(map(HeaderCell, headers)),
        distinct=distinct,
        samples=tuple(map(tuple, rows)),
    )


@pytest.mark.parametrize(("headers", "template"), [(SURVEY, Template.SURVEY), (INDICATOR, Template.INDICATOR)])
def test_our_templates_are_recognised_by_their_headers(headers: list[str], template: Template) -> None:
    recipe = proposal.propose(look(headers, [[""] * len(headers)]), REGISTER)
    assert recipe.template is template
    assert recipe.is_template
    assert not recipe.confirmed


def test_items_of_the_template_keep_their_order_whatever_the_file_has() -> None:
    shuffled = list(reversed(SURVEY))
    items = proposal.propose(look(shuffled, [[""] * 11]), REGISTER).items()
    assert [use.item_code for use in items] == [
        "stores.overall",
        "stores.environment",
        "stores.waiting",
        "stores.staff",
        "stores.handling",
    ]


def test_roles_scales_and_missing_codes_are_guessed_from_words_and_values() -> None:
    headers = ["编号", "服务期望1", "服务感知1", "总体满意", "备用", "建议"]
    rows = [
        ["1", "7", "3", "5", "x", "请多开几个窗口，排队实在太久了，等了整整四十分钟也没有人来管一管"],
        ["2", "6", "99", "1", "y", "没有"],
        ["3", "5", "2", "4", "z", "很好"],
    ]
    recipe = proposal.propose(look(headers, rows, "满意度_2024-03.csv"), REGISTER)
    by_header = {use.header: use for use in recipe.columns}
    assert (by_header["服务期望1"].role, by_header["服务感知1"].role) == ("expectation", "perception")
    assert by_header["服务感知1"].missing == ("99",)
    assert by_header["服务感知1"].scale_max == by_header["服务期望1"].scale_max == 7.0
    assert (by_header["总体满意"].role, by_header["总体满意"].scale_max) == ("overall", 5.0)
    assert by_header["建议"].field == "comment"
    assert recipe.constant("month") == "2024-03-01"


def test_what_the_analyst_said_last_time_is_proposed_again() -> None:
    told = ColumnUse("wie?", "item", "my.item", "overall", 1.0, 6.0, ("9",))
    recipe = proposal.propose(
        look(["wie?", "datum"], [["1", "2024-01-01"], ["6", "2024-01-02"]]), REGISTER, {"wie?": told}
    )
    use = recipe.columns[0]
    assert (use.item_code, use.scale_max, use.missing, use.position) == ("my.item", 6.0, ("9",), 0)


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("trai_mycall_october_2019.csv", "2019-10-01"),
        ("survey_2024-03.csv", "2024-03-01"),
        ("满意度2024年3月.xlsx", "2024-03-01"),
        ("data_202403.csv", "2024-03-01"),
        ("2024_Mar_wave.csv", "2024-03-01"),
        ("wave2.csv", ""),
        ("id_20240315.csv", ""),
    ],
)
def test_the_month_in_a_file_name(name: str, month: str) -> None:
    assert header_words.month_in_name(name) == month


def test_a_recipe_survives_json() -> None:
    recipe = proposal.propose(look(SURVEY, [[""] * 11]), REGISTER)
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert Recipe.from_json(recipe.to_json()[:-1] + ', "later": 1}') == recipe
