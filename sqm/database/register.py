"""Which codes exist: read for the checks of an upload, extended by the batch that brings new ones."""

import json
from datetime import date

from sqm.database.connection import Cursor, Database
from sqm.database.queries import query
from sqm.intake.reading import Reading
from sqm.intake.recipe import ColumnUse, Recipe, Template

LABEL_KINDS = ("brand", "channel", "operator")


def add_questions(cursor: Cursor, batch_id: str, recipe: Recipe, reading: Reading) -> None:
    """Write down which answer stands where in this batch, and register items that are new."""
    uses = {column.item_code: column for column in recipe.columns if column.item_code}
    for question in reading.questions:
        cursor.execute(
            "insert into questions values ($batch_id, $position, $item_code, $column_name, $scale_min, $scale_max)",
            {
                "batch_id": batch_id,
                "position": question.position,
                "item_code": question.item_code,
                "column_name": question.column_name,
                "scale_min": question.scale_min,
                "scale_max": question.scale_max,
            },
        )
        use = uses.get(question.item_code)
        cursor.execute(
            query("register", "add_item"),
            {
                "batch_id": batch_id,
                "item_code": question.item_code,
                "position": 1000 + question.position,
                "process_code": use.process_code if use else "",
                "role": use.role if use and use.role else "item",
                "name": question.column_name,
            },
        )


def add_codes_of_survey(cursor: Cursor, batch_id: str, recipe: Recipe) -> None:
    """Register the survey, its method and every brand, channel, operator and district that is new."""
    for kind in LABEL_KINDS:
        cursor.execute(query("register", "add_labels"), {"batch_id": batch_id, "kind": kind})
    add_districts(cursor, batch_id)
    cursor.execute(
        query("register", "add_survey"),
        {
            "batch_id": batch_id,
            "survey_code": recipe.survey_code,
            "name_en": recipe.survey_name_en or recipe.survey_code,
            "name_zh": recipe.survey_name_zh or recipe.survey_name_en or recipe.survey_code,
            "representative": recipe.representative,
        },
    )
    cursor.execute(
        query("register", "add_method"),
        {"batch_id": batch_id, "survey_code": recipe.survey_code, "method_code": recipe.method_code},
    )


def add_codes_of_values(cursor: Cursor, batch_id: str) -> None:
    """Register operators and districts that an indicator file brings."""
    cursor.execute(query("register", "add_operators_of_values"), {"batch_id": batch_id})
    add_districts(cursor, batch_id)


def add_districts(cursor: Cursor, batch_id: str) -> None:
    """Register the districts of the staged rows that are new."""
    cursor.execute(query("register", "add_districts"), {"batch_id": batch_id})


def remember_columns(db: Database, template: Template, columns: tuple[ColumnUse, ...]) -> None:
    """Keep what an analyst said each header means, for the next file with that header."""
    with db.write() as cursor:
        for column in columns:
            key = {"template": template.value, "header": column.header}
            cursor.execute(query("register", "forget_column"), key)
            detail = json.dumps(column.to_dict(), ensure_ascii=False)
            cursor.execute(query("register", "remember_column"), {**key, "field": column.field, "detail": detail})


def remembered_columns(db: Database, template: Template) -> dict[str, ColumnUse]:
    """Header -> what it meant the last time."""
    rows = db.frame(query("register", "remembered"))
    return {
        row.header: ColumnUse.from_dict(json.loads(str(row.detail)))
        for row in rows.itertuples()
        if row.template == template.value
    }


def today() -> date:
    """The day against which "in the future" is judged."""
    return date.today()
