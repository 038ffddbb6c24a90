"""One customer's phone number and words as the raw file has them: for a call back, with a reason, one at a time.

The database keeps only masked texts. What is revealed goes to the caller and nowhere else; that it was, by whom and
why, is in the trail before anything is read.
"""

from dataclasses import dataclass

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.queries import query
from sqm.database.safety import trail
from sqm.errors import SqmError
from sqm.intake.child import cells_in_child
from sqm.intake.limits import Limits
from sqm.intake.recipe import Recipe
from sqm.intake.words import masking


@dataclass(frozen=True, repr=False)
class Revealed:
    """'' for what the file has not. Without a repr: no log or error text may hold it."""

    phone: str
    comment: str


def reveal(
    db: Database, uploads: Uploads, limits: Limits, who: str, role: str, batch_id: str, source_row: int, reason: str
) -> Revealed:
    """The row of one stored answer. The caller has asked whether this role may.

    Raises SqmError: "reason_missing", "no_source_row" (no such answer, or one that came with no file),
    "raw_file_damaged"; nothing was revealed then. "source_unreadable": the trail has the attempt.
    """
    if not reason.strip():
        raise SqmError("reason_missing")
    with db.read() as cursor:
        found = cursor.execute(
            query("batches", "source_of"), {"batch_id": batch_id, "source_row": source_row}
        ).fetchone()
    if found is None:
        raise SqmError("no_source_row")
    upload_id, file_name, recipe = (str(each) for each in found)
    if not uploads.path(upload_id).exists():
        raise SqmError("no_source_row")
    if uploads.digest(upload_id) != uploads.find(upload_id).sha256:
        raise SqmError("raw_file_damaged", file=file_name)
    said = {"file": file_name, "row": source_row, "role": role, "reason": masking.mask(reason.strip())}
    with db.write() as cursor:
        trail.add(cursor, who, "reveal", batch_id, said)
    told = cells_in_child(uploads.path(upload_id), file_name, Recipe.from_json(recipe), source_row, limits)
    return Revealed(told.get("phone", ""), told.get("comment", ""))
