"""Districts of the company and stores of a district: where one has too few answers, the figures that would tell it by
subtraction are counted as too few as well (rules/surveys/small_places.py)."""

import numpy as np
import pandas as pd

from sqm.database.connection import Database
from sqm.database.queries import query
from sqm.rules.sampling import HIDDEN_BELOW
from sqm.rules.surveys.small_places import REST, veiled

_KEYS = ["indicator_code", "month", "parent"]
NOBODY = 0


def veil(db: Database, rows: pd.DataFrame, level: str, code: str, indicator_code: str) -> pd.DataFrame:
    """Monthly sums of places of a level (code: of one of them, '' for several), as rules/values.py takes them.

    A place that may not be shown has n = 0: nobody may be counted of it (rules/values.py hides it, and tells no n of
    whatever it hides). Only of what survey answers measure; counted over all places, whoever looks.
    """
    if level not in ("district", "store") or rows.empty:
        return rows
    families = db.frame(
        query("indicators", "families"),
        {
            "level": level,
            "scope_code": code,
            "indicator_code": indicator_code,
            "first": pd.Timestamp(rows["month"].min()).date(),
            "last": pd.Timestamp(rows["month"].max()).date(),
            "least": HIDDEN_BELOW,
            "rest": REST,
        },
    )
    found = {(key[0], key[1], key[3]) for key in veiled(families, _KEYS, "scope_code")}
    if not found:
        return rows
    places = rows["scope_code"] if "scope_code" in rows else pd.Series(code, rows.index)
    keys = zip(rows["indicator_code"], rows["month"], places, strict=True)
    hidden = np.fromiter((key in found for key in keys), bool, len(rows))
    out = rows.copy()
    out.loc[hidden, ["n", "n_eff"]] = NOBODY
    return out
