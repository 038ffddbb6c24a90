"""Put the visits of an audit file into the tables, inside the caller's transaction: visits, items, what is new."""

from datetime import date

from sqm.database.batches import register
from sqm.database.connection import Cursor
from sqm.database.queries import query, statements
from sqm.intake.reading import Reading
from sqm.intake.words.visit_words import SELF_AUDIT


def store(cursor: Cursor, batch_id: str, reading: Reading, replace_stored: bool, day: date) -> int:
    """Store the visits of the relation ``staged``; day: of the commit, when the districts reported. Returns how many
    stored visits say something else; with replace_stored they are moved aside."""
    cursor.execute(query("visit_batches", "arrive"))
    cursor.execute(query("visit_batches", "meet"))
    conflicting = int(cursor.execute(query("batches", "count_met")).fetchone()[1])
    if replace_stored and conflicting:
        for statement in statements("visit_batches", "move_replaced"):
            cursor.execute(statement, {"batch_id": batch_id})
        for statement in statements("visit_batches", "delete_replaced"):
            cursor.execute(statement)
    shared = {"batch_id": batch_id, "replace": replace_stored}
    cursor.execute(query("visit_batches", "insert_visits"), shared)
    cursor.execute(query("visit_batches", "insert_items"), shared)
    cursor.execute(query("visit_batches", "insert_stores"), {"batch_id": batch_id})
    register.add_districts(cursor, batch_id, reading)
    _add_items(cursor, batch_id, reading)
    cursor.execute(
        query("visit_batches", "insert_submissions"), {"batch_id": batch_id, "day": day, "source": SELF_AUDIT}
    )
    cursor.execute(query("visit_batches", "forget_arriving"))
    return conflicting


def note_items(cursor: Cursor, batch_id: str) -> None:
    """Write down which earlier batches brought an item that this one uses; after the codes are noted."""
    cursor.execute(query("visit_batches", "note_items"), {"batch_id": batch_id})


def _add_items(cursor: Cursor, batch_id: str, reading: Reading) -> None:
    asked = {question.item_code: question for question in reading.questions}
    cursor.execute(
        query("visit_batches", "insert_audit_items"),
        {
            "batch_id": batch_id,
            "codes": list(asked),
            "names": [question.label or question.column_name for question in asked.values()],
            "positions": [question.position for question in asked.values()],
        },
    )
