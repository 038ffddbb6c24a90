"""What a database holds at all: enough to say what an empty one needs first."""

from dataclasses import dataclass

from sqm.database.connection import Database
from sqm.database.queries import query


@dataclass(frozen=True)
class Contents:
    """is_demo: the synthetic operator. has_values: there is something that a page can show."""

    has_stores: bool
    has_values: bool
    is_demo: bool


def contents(db: Database) -> Contents:
    """Read it now; the caller caches it."""
    with db.read() as cursor:
        row = cursor.execute(query("contents", "contents")).fetchone()
    stores, values, sums, demo = row
    return Contents(has_stores=stores > 0, has_values=values + sums > 0, is_demo=demo not in ("", "0", "false"))
