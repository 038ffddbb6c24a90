"""Halves of questions find each other by their words or by their number, in any language whose words are known."""

from datetime import date

import pytest

from sqm.intake.first_look.look import HeaderCell, Kind, Look
from sqm.intake.proposals import proposal
from sqm.intake.recipe import ColumnUse, Recipe, Template
from sqm.intake.register import Register
from sqm.intake.rows import header_check
from sqm.intake.words import kano_words, question_words
from sqm.intake.words.question_words import Number

SEVEN = tuple("1234567")
FIVE = tuple("12345")


def codes(headers: list[str], values: tuple[str, ...] = SEVEN, name: str = "s.csv") -> list[str]:
    """The item codes that are proposed, without the survey's own code."""
    found = recipe_of(headers, values, name)
    return [use.item_code.partition(".")[2] for use in found.columns]


def recipe_of(headers: list[str], values: tuple[str, ...] = SEVEN, name: str = "s.csv") -> Recipe:
    cells = tuple(map(HeaderCell, headers))
    look = Look(Kind.DELIMITED, name, header_row=1, headers=cells, distinct=(values,) * len(headers))
    return proposal.propose(look, Register(today=date(2026, 11, 22)))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["等候时间（期望）", "等候时间（感知）"], ["01.expectation", "01.perception"]),
        (["营业员-期望值", "办理-期望值", "办理-实际感受", "营业员-实际感受"],
         ["01.expectation", "02.expectation", "02.perception", "01.perception"]),
        (["Waiting time (expected)", "Waiting time (perceived)"], ["01.expectation", "01.perception"]),
        (["E2", "E1", "P1", "P2"], ["02.expectation", "01.expectation", "01.perception", "02.perception"]),
        (["E1", "P1", "I1"], ["01.expectation", "01.perception", "01.importance"]),
        (["环境的重要性", "环境的满意度", "价格的重要性", "价格的满意度"],
         ["i01.importance", "i01.perception", "i02.importance", "i02.perception"]),
        (["3-1. 店面应当整洁（期望）", "3-2. 店里很干净（感知）"], ["03.expectation", "03.perception"]),
        (["Staff (expected)", "Staff (satisfaction)"], ["01.expectation", "01.perception"]),
    ],
)  # fmt: skip
def test_halves_share_a_stem(headers: list[str], expected: list[str]) -> None:
    assert codes(headers) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["如果有Wi-Fi，您觉得怎样？", "如果没有Wi-Fi，您觉得怎样？"], ["k01.functional", "k01.dysfunctional"]),
        (["如果没有Wi-Fi，您觉得怎样？", "如果有Wi-Fi，您觉得怎样？"], ["k01.dysfunctional", "k01.functional"]),
        (["If the store had Wi-Fi, how would you feel?", "If the store did not have Wi-Fi, how would you feel?"],
         ["k01.functional", "k01.dysfunctional"]),
        (["Q7a Wi-Fi", "Q7b no Wi-Fi at all"], ["k07.functional", "k07.dysfunctional"]),
        (["Wi-Fi (functional)", "Wi-Fi (dysfunctional)"], ["k01.functional", "k01.dysfunctional"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("answers", [("喜欢", "理应如此", "无所谓"), ("I like it", "Neutral", "I can live with it")])
def test_kano_pairs_answered_in_words(headers: list[str], expected: list[str], answers: tuple[str, ...]) -> None:
    assert codes(headers, answers) == expected


def test_kano_pairs_answered_in_numbers_are_told_by_if_and_if_not() -> None:
    assert codes(["如果有Wi-Fi，您觉得怎样？", "如果没有Wi-Fi，您觉得怎样？"], FIVE) == [
        "k01.functional",
        "k01.dysfunctional",
    ]
    lone = recipe_of(["如果有机会，您对再次办理的意愿评分"], FIVE).columns[0]
    assert (lone.role, lone.item_code) == ("item", "s.q1")


def test_numbers_of_two_blocks_are_not_mixed() -> None:
    """1-2 is a perception in one block and a satisfaction in the other."""
    headers = ["1-1. A should be (期望)", "1-2. A is (感知)", "1-1. A matters: 重要", "1-2. 对A满意"]
    assert codes(headers) == ["01.expectation", "01.perception", "i01.importance", "i01.perception"]


def test_what_is_told_twice_is_paired_in_order_and_unequal_halves_are_left_alone() -> None:
    twice = ["速度（期望）", "速度（感知）", "速度（期望）", "速度（感知）"]
    assert codes(twice) == ["01.expectation", "01.perception", "02.expectation", "02.perception"]
    recipe = recipe_of(["速度（期望）", "速度（期望）", "速度（感知）"])
    assert [use.role for use in recipe.columns] == ["expectation", "expectation", "perception"]
    assert len({use.item_code for use in recipe.columns}) == 3


def test_a_half_without_partner_is_named() -> None:
    recipe = recipe_of(["速度（期望）", "速度（感知）", "价格（期望）"])
    assert [(facet, use.header) for facet, use in header_check.alone(recipe.columns)] == [
        ("expectation", "价格（期望）")
    ]
    confirmed = Recipe(Template.SURVEY, recipe.columns, survey_code="s", confirmed=True).with_constant("month", "x")
    used = dict(enumerate(confirmed.columns))
    found = header_check.check(confirmed, [use.header for use in confirmed.columns], used, ())
    assert [(problem.code, problem.level, problem.value("columns")) for problem in found] == [
        ("expectation_alone", "note", "价格（期望）")
    ]


def test_a_process_asked_as_a_whole_is_the_perception_beside_its_expectation() -> None:
    uses = [
        ColumnUse("a", "item", "stores.overall", "overall"),
        ColumnUse("b", "item", "stores.expectation", "expectation"),
        ColumnUse("c", "item", "stores.importance", "importance"),
    ]
    assert header_check.alone(uses) == []
    assert [use.header for _, use in header_check.alone(uses[1:])] == ["b", "c"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("12-2. x", Number(12, "2")), ("Q7b", Number(7, "b")), ("E3", Number(3, "e")), ("4. x", Number(4)), ("x 4", None)],
)
def test_the_number_of_a_question(text: str, number: Number | None) -> None:
    assert question_words.number(text) == number


def test_kano_answers_are_not_taken_from_a_yes_and_no() -> None:
    assert kano_words.answers_kano(("Like", "Neutral", "Dislike"))
    assert not kano_words.answers_kano(("满意", "不满意"))
    assert not kano_words.answers_kano(("like", "hate", "whatever", "neutral"))
    assert [kano_words.point(text) for text in ("마음에 안 든다.", "I LIKE IT", "可以忍受", "?")] == [5, 1, 4, None]
