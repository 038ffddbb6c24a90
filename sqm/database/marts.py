"""Monthly sums that pages read. A commit changes only what it touched; a full rebuild gives the very same rows."""

from dataclasses import asdict, dataclass

from sqm.database.connection import Cursor
from sqm.database.queries import query, statements
from sqm.rules.sampling import SATISFIED_FROM

_PLACES_AT_ONCE = 12  # measured on the demonstration: 8 to 24 are alike, 64 costs half as much again
_SMALL = 5_000  # responses; up to there a pass over each question costs more than unfolding the lists
_MARTS = (  # the sums that belong to a mart, how they are merged into it, its name
    ("store_month_sums", "merge_store_month", "mart_store_month"),
    ("segment_month_sums", "merge_segment_month", "mart_segment_month"),
)


@dataclass(frozen=True)
class Staged:
    """All rows of the relation ``staged`` are new and belong to this method of this survey."""

    survey_code: str
    method_code: str


def add(cursor: Cursor, batch_id: str, staged: Staged | None = None) -> None:
    """Add a batch whose rows are already stored (and whose replaced rows are already moved aside).

    staged: its rows may be read from there instead, which is faster.
    """
    _apply(cursor, batch_id, 1, staged)


def take_away(cursor: Cursor, batch_id: str) -> None:
    """Take a batch's answers out of the sums, before its rows go. Call refresh_touched() after they are gone."""
    _apply(cursor, batch_id, -1)


def take_rows(cursor: Cursor, name: str) -> None:
    """Take single answers out of the sums, before they go: those of the temporary table erased_now. name: a batch id
    that no batch has."""
    cursor.execute(query("marts", "create_response_sums"))
    sums = query("marts", "narrow_sums").replace("{rows}", query("marts", "erased_rows"))
    cursor.execute(sums, {"satisfied_from": SATISFIED_FROM})
    cursor.execute(query("marts", "create_touched"))
    cursor.execute("insert into touched " + query("marts", "touched_by_batch"), {"batch_id": name})
    _merge_sums(cursor)
    refresh_touched(cursor)


def refresh_touched(cursor: Cursor) -> None:
    """Work the indicators and months out again that stand in the temporary table touched."""
    cursor.execute(query("marts", "forget_touched"))
    cursor.execute(query("marts", "insert_measured"))
    cursor.execute(query("marts", "insert_reported"))


def refresh_all(cursor: Cursor) -> None:
    """Work every indicator out again from the monthly sums of answers and the reported values."""
    cursor.execute(query("marts", "create_touched"))
    cursor.execute(query("marts", "touch_everything"))
    refresh_touched(cursor)


def rebuild(cursor: Cursor) -> None:
    """Work out every mart from the facts alone."""
    for statement in statements("marts", "empty_marts"):
        cursor.execute(statement)
    cursor.execute(query("marts", "create_response_sums"))
    batches = cursor.execute(query("marts", "batches_with_responses")).fetchall()
    small = [batch_id for batch_id, responses in batches if responses <= _SMALL]
    for batch_id, _responses in batches:
        if batch_id not in small:
            _sum_responses(cursor, batch_id, direction=1)
    if small:
        sums = query("marts", "narrow_sums").replace("{rows}", query("marts", "rows_of_batches"))
        cursor.execute(sums, {"batches": small, "satisfied_from": SATISFIED_FROM})
    # rows that a batch had moved aside are taken away by it and were never added by a rebuild: leave them out
    cursor.execute(query("marts", "drop_moved_sums"))
    for sums, _merge, mart in _MARTS:  # into empty marts: nothing to merge with
        cursor.execute(f"insert into {mart} " + query("marts", sums))
    _drop_empty_sums(cursor)
    refresh_all(cursor)


def _apply(cursor: Cursor, batch_id: str, direction: int, staged: Staged | None = None) -> None:
    cursor.execute(query("marts", "create_response_sums"))
    _sum_responses(cursor, batch_id, direction, staged)
    cursor.execute(query("marts", "create_touched"))
    cursor.execute("insert into touched " + query("marts", "touched_by_batch"), {"batch_id": batch_id})
    _merge_sums(cursor)
    if direction == 1:
        refresh_touched(cursor)


def _sum_responses(cursor: Cursor, batch_id: str, direction: int, staged: Staged | None = None) -> None:
    """Add to the temporary table response_sums. The only SQL text that is put together here are places in a list,
    1 to the number of questions: unfolding the lists row by row instead takes three times as long."""
    count = int(cursor.execute(query("marts", "positions"), {"batch_id": batch_id}).fetchone()[0])
    for first in range(1, count + 1, _PLACES_AT_ONCE):
        places = range(first, min(first + _PLACES_AT_ONCE, count + 1))
        sums = ",\n".join(_at(place, "position_sums") for place in places)
        rows = query("marts", "staged_rows" if staged else "stored_rows")
        cursor.execute(
            query("marts", "wide_sums").replace("{rows}", rows).replace("{sums}", sums),
            {
                "batch_id": batch_id,
                "direction": direction,
                "satisfied_from": SATISFIED_FROM,
                **(asdict(staged) if staged else {}),
            },
        )
        unfolded = "\nunion all\n".join(_at(place, "unfold_position") for place in places)
        cursor.execute(f"insert into response_sums {unfolded}")


def _at(place: int, name: str) -> str:
    return query("marts", name).replace("{place}", str(place))


def _merge_sums(cursor: Cursor) -> None:
    for sums, merge, _mart in _MARTS:
        cursor.execute(query("marts", merge).replace("{delta}", query("marts", sums)))
    _drop_empty_sums(cursor)


def _drop_empty_sums(cursor: Cursor) -> None:
    for statement in statements("marts", "drop_empty_sums"):
        cursor.execute(statement)
