"""What the books hold of gaps 2, 3 and 4: needs and what is set against them, audited points, promises and deliveries.

Figures of the whole company: no single place is told, so no scope limits them.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from sqm.database.connection import Database
from sqm.database.queries import query


def promises(db: Database) -> pd.DataFrame:
    """promise_code, process_code, position, name_en, name_zh, promised, unit, direction, indicator_code, valid_from,
    and decimals, kind, per of the indicator that shows what is delivered."""
    return db.frame(query("gaps", "promises"))


def delivered(db: Database, indicators: Sequence[str], first: date, last: date) -> pd.DataFrame:
    """indicator_code, month, level, scope_code, numerator, denominator: a row a place and month on the finest level
    (store, district, company) that reports the indicator between the two months."""
    return db.frame(query("gaps", "delivered"), {"indicators": list(indicators), "first": first, "last": last})


def needs(db: Database, month: date) -> pd.DataFrame:
    """process_code, need_code, position (the most important first), name_en, name_zh, has_standard, has_indicator,
    has_target: drivers of the catalogue, then the needs beside them, as they stood in a month."""
    return db.frame(query("gaps", "needs"), {"month": month})


def audited(db: Database, first: date, last: date) -> pd.DataFrame:
    """month, process_code, topic, name_en, name_zh, visit_id, store_code, item_code, points (NaN: not applicable),
    max_points."""
    return db.frame(query("gaps", "audited"), {"first": first, "last": last})
