"""How often each score was given: for figures that the sums of the marts cannot give back, as promoters and top boxes.

Figures of the whole company and of rivals, which every viewer may see: no place and no person is in the result.
"""

from datetime import date

import pandas as pd

from sqm.database.connection import Database
from sqm.database.queries import query


def score_counts(db: Database, survey: str, items: tuple[str, ...], first: date, last: date) -> pd.DataFrame:
    """item_code, month, operator_code, method_code, scale_min, scale_max, score, n, w, ww (sums of weights and of their
    squares); one row a score that was given."""
    parameters = {"survey": survey, "items": list(items), "first": first, "last": last}
    return db.frame(query("score_counts", "score_counts"), parameters)


def imported(db: Database, word: str, first: date, last: date) -> pd.DataFrame:
    """Uploaded values of the indicators whose code begins with a word: indicator_code, month, level, scope_code ('' for
    ourselves), numerator, denominator, n. What others publish can be shown, not worked out."""
    return db.frame(query("score_counts", "imported"), {"word": word, "first": first, "last": last})
