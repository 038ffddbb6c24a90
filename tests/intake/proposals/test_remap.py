"""What an analyst's corrections make of a proposal."""

from sqm.intake.first_look.look import HeaderCell, Kind, Look
from sqm.intake.proposals import remap
from sqm.intake.recipe import ColumnUse, Recipe, Template

LOOK = Look(Kind.DELIMITED, "a.csv", headers=(HeaderCell("月份"), HeaderCell("rate"), HeaderCell("意见")))
SURVEY = Recipe(
    Template.SURVEY,
    (
        ColumnUse("月份", "month", position=0),
        ColumnUse("rate", "item", position=1),
        ColumnUse("意见", "comment", position=2),
    ),
    is_template=True,
)


def test_another_kind_of_file_keeps_what_it_knows_and_reads_headers_for_the_rest() -> None:
    recipe = remap.with_template(SURVEY, Template.INDICATOR, LOOK)
    assert [use.field for use in recipe.columns] == ["month", "rate", "ignore"]
    assert recipe.template is Template.INDICATOR and not recipe.is_template


def test_codes_are_readable_and_the_same_for_the_same_words() -> None:
    assert remap.new_item_code(ColumnUse("Q1 Speed!", "item", process_code="stores")) == "stores.q1_speed"
    chinese = remap.new_item_code(ColumnUse("是否满意", "item"))
    assert chinese == remap.new_item_code(ColumnUse(" 是否满意 ", "item")) and chinese.startswith("other.")
    assert remap.survey_code_of("TRAI MyCall 2019") == "trai_mycall_2019"
    assert remap.survey_code_of("满意度") != remap.survey_code_of("满意率")
