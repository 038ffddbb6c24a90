"""A file whose questions were asked before maps itself; whatever the study did not ask stops it."""

from dataclasses import replace

import pytest

from sqm.intake.first_look.look import HeaderCell, Kind, Look
from sqm.intake.proposals import known_study
from sqm.intake.recipe import ColumnUse, Recipe, Template

STUDY = Recipe(
    Template.SURVEY,
    (
        ColumnUse("Q1", "item", "panel.q1", "overall", 1.0, 5.0, ("99",), 0, "How happy?"),
        ColumnUse("Who", "operator", position=1),
        ColumnUse("Mood", "ignore", position=2),
        ColumnUse("Q2", "item", "panel.q2", "item", 0.0, 10.0, (), 3),
    ),
    survey_code="panel",
    survey_name_en="Panel",
    representative=True,
    method_code="panel-1",
    constants=(("month", "2019-09-01"), ("channel", "web")),
    header_row=4,
    confirmed=True,
)


def look(headers: list[str], file_name: str = "panel_2019-10.csv") -> Look:
    cells = tuple(HeaderCell(text) for text in headers)
    return Look(Kind.DELIMITED, file_name, headers=cells, header_row=1)


def guess(headers: list[str], questions: set[str]) -> Recipe:
    uses = (ColumnUse(text, "item" if text in questions else "ignore", position=at) for at, text in enumerate(headers))
    return Recipe(Template.SURVEY, tuple(uses), delimiter=";", encoding="cp949", header_row=1)


def test_the_mapping_is_laid_over_columns_in_another_order() -> None:
    headers = ["q2", "Who", "New note", " Q1"]
    found = known_study.recalled(look(headers), guess(headers, {"q2", " Q1"}), [STUDY])
    assert found is not None
    assert [(use.item_code, use.position, use.scale_max, use.missing) for use in found.items()] == [
        ("panel.q1", 3, 5.0, ("99",)),
        ("panel.q2", 0, 10.0, ()),
    ]
    assert {use.header: use.field for use in found.columns if use.field != "item"} == {
        "Who": "operator",
        "New note": "ignore",
    }
    assert (found.survey_code, found.representative, found.method_code) == ("panel", True, "")
    assert (found.delimiter, found.encoding, found.header_row, found.confirmed) == (";", "cp949", 1, False)


def test_the_month_is_this_files_own() -> None:
    headers = ["Q1", "Who", "Mood", "Q2"]
    named = known_study.recalled(look(headers), guess(headers, {"Q1", "Q2"}), [STUDY])
    assert named is not None and dict(named.constants) == {"channel": "web", "month": "2019-10-01"}
    silent = known_study.recalled(look(headers, "panel.csv"), guess(headers, {"Q1", "Q2"}), [STUDY])
    assert silent is not None and silent.constant("month") == ""


@pytest.mark.parametrize(
    ("headers", "questions"),
    [
        (["Q1", "Who"], {"Q1"}),  # a question of the study is not there
        (["Q1", "Q2"], {"Q1", "Q2"}),  # nor the operator
        (["Q1", "Who", "Q2", "Q3"], {"Q1", "Q2", "Q3"}),  # a question that the study did not ask
    ],
)
def test_another_questionnaire_is_not_taken_for_it(headers: list[str], questions: set[str]) -> None:
    assert known_study.recalled(look(headers), guess(headers, questions), [STUDY]) is None


def test_repeated_headers_keep_their_places() -> None:
    """Item numbers may stand in several blocks."""
    block = Recipe(
        Template.SURVEY,
        (ColumnUse("1", "item", "k.e1", position=0), ColumnUse("1", "item", "k.p1", position=1)),
        survey_code="k",
    )
    found = known_study.recalled(look(["1", "1"]), guess(["1", "1"], {"1"}), [block])
    assert found is not None and [(use.item_code, use.position) for use in found.items()] == [("k.e1", 0), ("k.p1", 1)]


def test_the_newest_study_that_fits_is_taken_and_templates_never() -> None:
    headers = ["Q1", "Who", "Mood", "Q2"]
    newer = replace(STUDY, survey_code="panel_two")
    seen, own = look(headers), guess(headers, {"Q1", "Q2"})
    found = known_study.recalled(seen, own, [replace(STUDY, is_template=True), newer, STUDY])
    assert found is not None and found.survey_code == "panel_two"
    assert known_study.recalled(seen, replace(own, is_template=True), [STUDY]) is None
