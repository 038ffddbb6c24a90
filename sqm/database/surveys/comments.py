"""What customers wrote, with what they answered. No text leaves this floor unmasked."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sqm.database.connection import Database
from sqm.database.queries import query
from sqm.database.scopes import scope_parameters
from sqm.intake.words import masking
from sqm.rules.access import Scope

MOST = 20_000
"""Comments read at once; of more, the newest."""


@dataclass(frozen=True)
class Wanted:
    """Which comments. district, store, search: '' for no filter. search is looked for as it stands, in any case.

    Hashable, so that it can be part of a cache key.
    """

    survey: str
    first: date
    last: date
    district: str = ""
    store: str = ""
    search: str = ""


def contents(db: Database) -> pd.DataFrame:
    """survey_code, first_month, last_month of the comments there are."""
    return db.frame(query("comments", "contents"))


def counted(db: Database, survey: str) -> pd.DataFrame:
    """month, district_code, store_code, n: how many wrote, over all places (to hide small groups; shows none)."""
    return db.frame(query("comments", "counted"), {"survey": survey})


def found(db: Database, scope: Scope, wanted: Wanted) -> pd.DataFrame:
    """batch_id, source_row, month, store_code, district_code, channel_code, brand_code, comment (masked), the lowest
    answer (item_code, process_code, item_score, item_high), the answer to the whole (score, scale_min, scale_max);
    newest first, at most MOST rows. Only comments whose writers the viewer may see.

    Rows from before a mask learnt more are masked here; what only the hidden part of a text contains is not found.
    """
    rows = db.frame(
        query("comments", "found"),
        {
            "survey": wanted.survey,
            "first": wanted.first,
            "last": wanted.last,
            "district": wanted.district,
            "store": wanted.store,
            "search": wanted.search,
            "most": MOST,
            **scope_parameters(scope),
        },
    )
    rows["comment"] = [masking.mask(text) for text in rows["comment"]]
    if wanted.search:
        word = wanted.search.lower()
        rows = rows[np.array([word in text.lower() for text in rows["comment"]], bool)].reset_index(drop=True)
    return rows
