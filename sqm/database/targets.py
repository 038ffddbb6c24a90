"""Agreed targets with the month from which each is in force."""

import pandas as pd

from sqm.database.connection import Cursor, Database, frame
from sqm.database.queries import query


def every(db: Database) -> pd.DataFrame:
    """All target rows: indicator_code, scope_level, scope_code, valid_from, low, high, tolerance, agreed_by, reason."""
    return db.frame(query("targets", "all"))


def every_within(cursor: Cursor) -> pd.DataFrame:
    """The same inside an open transaction."""
    return frame(cursor, query("targets", "all"))
