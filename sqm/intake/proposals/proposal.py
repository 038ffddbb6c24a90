"""What the columns of a file probably mean, for the analyst to agree to or to correct."""

from collections.abc import Mapping
from dataclasses import replace

from sqm.intake.first_look.look import Look
from sqm.intake.proposals import guesses, visit_guesses
from sqm.intake.recipe import AUDITS, ColumnUse, Recipe, Template
from sqm.intake.register import Register
from sqm.intake.words import vocabulary


def propose(
    look: Look, register: Register, remembered: Mapping[str, ColumnUse] | None = None,
    of_audits: Mapping[str, ColumnUse] | None = None,
) -> Recipe:  # fmt: skip
    """A recipe for the file. Our own templates need no confirmation (is_template); remembered: header -> what the
    analyst said last time; of_audits: the same of files of store audits, which use the same words otherwise."""
    headers = [cell.text for cell in look.headers]
    template, _ = vocabulary.best_template(headers)
    base = Recipe(
        template or Template.SURVEY, sheet=look.sheet, header_row=look.header_row, skip_rows=look.skip_rows,
        delimiter=look.delimiter or ",", encoding=look.encoding or "utf-8",
    )  # fmt: skip
    if template in AUDITS:
        return visit_guesses.of_template(look, base, register)
    if template is not None:
        return of_template(look, base)
    audit = visit_guesses.free_recipe(look, register, of_audits or {}, base)
    return audit or guesses.free_recipe(look, register, remembered or {}, base)


def of_template(look: Look, base: Recipe) -> Recipe:
    """The recipe of a file whose headers are those of a template; what it lacks or doubles is said when it is read."""
    found = vocabulary.match([cell.text for cell in look.headers], base.template)
    columns = []
    for place, (cell, column) in enumerate(zip(look.headers, found, strict=True)):
        if column is None:
            columns.append(ColumnUse(cell.text, "ignore", position=place))
            continue
        is_item = column.field == "item"
        low, high = vocabulary.SCALE if is_item else (None, None)
        columns.append(
            ColumnUse(cell.text, column.field, column.item_code, column.role, low, high, cell.missing, place,
                      cell.label, "stores" if is_item else "")
        )  # fmt: skip
    order = {column.item_code: rank for rank, column in enumerate(vocabulary.COLUMNS[base.template])}
    columns.sort(key=lambda use: (use.field == "item", order.get(use.item_code, 0)))
    recipe = replace(base, columns=tuple(columns), is_template=True)
    if base.template is Template.SURVEY:
        recipe = replace(
            recipe, survey_code=vocabulary.SURVEY_CODE, survey_name_en="Store evaluation",
            survey_name_zh="营业厅服务评价",
        ).with_constant("operator", "own")  # fmt: skip
    return recipe
