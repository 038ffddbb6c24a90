"""Put the rows of one upload into the tables, inside the caller's transaction: one code for commit and rehearsal."""

from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from sqm.database import marts
from sqm.database.batches import register, visit_staging
from sqm.database.connection import Cursor
from sqm.database.queries import query, statements
from sqm.intake.reading import Reading
from sqm.intake.recipe import AUDITS, Recipe, Template

_ROW_GROUP = 122_880


@dataclass(frozen=True)
class Outcome:
    """What a batch does to the tables: rows by fate, and the months it reaches (None for a store register;
    of targets, the months from which they hold)."""

    rows_added: int
    rows_same: int
    rows_conflicting: int
    rows_replaced: int
    rows_rejected: int
    first_month: date | None
    last_month: date | None


def store(
    cursor: Cursor, batch_id: str, recipe: Recipe, reading: Reading, replace_stored: bool, committed_on: date
) -> Outcome:
    """Store the good rows of a reading as batch_id. committed_on: the day of the commit, the same in a rebuild.

    A row that is stored already is skipped when it says the same; when it says something else it is skipped too,
    or, with replace_stored, the stored row is moved aside and this one takes its place. A changed target always takes
    the place of the stored one: that is what the file is for.
    """
    if recipe.template is Template.SURVEY and not recipe.method_code:
        recipe = replace(recipe, method_code=register.method_in_force(cursor, recipe, reading))
    cursor.register("staged", _in_chunks(reading.rows))
    try:
        if recipe.template is Template.SURVEY:
            conflicting = _store_survey(cursor, batch_id, recipe, reading, replace_stored)
        elif recipe.template is Template.INDICATOR:
            conflicting = _store_values(cursor, batch_id, reading, replace_stored)
        elif recipe.template is Template.TARGETS:
            conflicting, replace_stored = _store_targets(cursor, batch_id), True
        elif recipe.template in AUDITS:
            conflicting = visit_staging.store(cursor, batch_id, reading, replace_stored, committed_on)
        else:
            conflicting, replace_stored = _store_stores(cursor, batch_id, reading), False
        same = _count_met(cursor)[0]
        if recipe.template in (Template.SURVEY, Template.INDICATOR):
            all_new = recipe.template is Template.SURVEY and same + conflicting == 0
            marts.add(cursor, batch_id, marts.Staged(recipe.survey_code, recipe.method_code) if all_new else None)
    finally:
        cursor.unregister("staged")
    cursor.execute(query("batches", "note_met"), {"batch_id": batch_id, "replace": replace_stored})
    register.note_codes(cursor, batch_id, recipe, reading)
    if recipe.template in AUDITS:
        visit_staging.note_items(cursor, batch_id)
    first, last = cursor.execute(query("batches", "months_of_batch"), {"batch_id": batch_id}).fetchone()
    return Outcome(
        rows_added=reading.rows.num_rows - same - (0 if replace_stored else conflicting),
        rows_same=same,
        rows_conflicting=conflicting,
        rows_replaced=conflicting if replace_stored else 0,
        rows_rejected=reading.rejected.num_rows,
        first_month=first,
        last_month=last,
    )


def remove(cursor: Cursor, batch_id: str) -> None:
    """Take a batch out and put back what it had moved aside: afterwards the tables are as if it had never come."""
    marts.take_away(cursor, batch_id)
    for name in ("restore", "remove"):
        for statement in statements("batches", name):
            cursor.execute(statement, {"batch_id": batch_id})
    marts.refresh_touched(cursor)


def _store_survey(cursor: Cursor, batch_id: str, recipe: Recipe, reading: Reading, replace_stored: bool) -> int:
    register.add_questions(cursor, batch_id, reading)
    has_ids = any(column.field == "respondent_id" for column in recipe.columns)
    span = {
        "survey_code": recipe.survey_code,
        "first_month": min(reading.months),
        "last_month": max(reading.months),
    }
    if has_ids and cursor.execute(query("batches", "any_responses"), span).fetchone()[0]:
        cursor.execute(query("batches", "meet_responses"), {"batch_id": batch_id, **span})
    else:
        cursor.execute(query("batches", "meet_nothing"))
    conflicting = _count_met(cursor)[1]
    if replace_stored and conflicting:
        for name in ("move_replaced_responses", "move_replaced_comments"):
            cursor.execute(query("batches", name), {"batch_id": batch_id})
        for statement in statements("batches", "delete_replaced_responses"):
            cursor.execute(statement)
    shared = {"batch_id": batch_id, "survey_code": recipe.survey_code, "replace": replace_stored}
    cursor.execute(
        query("batches", "insert_responses"), {**shared, "method_code": recipe.method_code, "has_ids": has_ids}
    )
    cursor.execute(query("batches", "insert_comments"), shared)
    register.add_codes_of_survey(cursor, batch_id, recipe, reading)
    return conflicting


def _store_values(cursor: Cursor, batch_id: str, reading: Reading, replace_stored: bool) -> int:
    cursor.execute(query("batches", "meet_values"))
    conflicting = _count_met(cursor)[1]
    if replace_stored and conflicting:
        cursor.execute(query("batches", "move_replaced_values"), {"batch_id": batch_id})
        cursor.execute(query("batches", "delete_replaced_values"))
    cursor.execute(query("batches", "insert_values"), {"batch_id": batch_id, "replace": replace_stored})
    register.add_codes_of_values(cursor, batch_id, reading)
    return conflicting


def _store_stores(cursor: Cursor, batch_id: str, reading: Reading) -> int:
    cursor.execute(query("batches", "meet_stores"))
    cursor.execute(query("batches", "insert_stores"), {"batch_id": batch_id})
    register.add_districts(cursor, batch_id, reading)
    return _count_met(cursor)[1]


def _store_targets(cursor: Cursor, batch_id: str) -> int:
    """The former row stays where it is; the newest one counts (see targets.sql)."""
    cursor.execute(query("batches", "meet_targets"))
    cursor.execute(query("batches", "insert_targets"), {"batch_id": batch_id})
    return _count_met(cursor)[1]


def _in_chunks(rows: pa.Table) -> pa.Table:
    """The same rows in pieces of DuckDB's row group, which several threads read at once; one piece is read by one."""
    return pa.Table.from_batches(rows.to_batches(max_chunksize=_ROW_GROUP), rows.schema)


def _count_met(cursor: Cursor) -> tuple[int, int]:
    same, conflicting = cursor.execute(query("batches", "count_met")).fetchone()
    return int(same), int(conflicting)
