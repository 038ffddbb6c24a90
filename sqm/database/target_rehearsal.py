"""What an upload of targets would change, seen from inside the rehearsal's transaction."""

from datetime import date

import pandas as pd

from sqm.database import indicators
from sqm.database.connection import Cursor, frame
from sqm.database.indicators import Place
from sqm.database.queries import query
from sqm.rules import series, target_review
from sqm.rules.matrix import targets_in_force

COLUMNS = [
    "indicator_code", "scope_level", "scope_code", "valid_from", "low", "high", "tolerance",
    "low_before", "high_before", "tolerance_before", "months", "missed", "missed_before",
]  # fmt: skip


def newest_month(cursor: Cursor) -> date | None:
    """The newest month with any value."""
    found: date | None = cursor.execute(query("targets", "judged")).fetchone()[1]
    return found


def changed_targets(cursor: Cursor, batch_id: str, before: pd.DataFrame) -> pd.DataFrame:
    """One row for every target that the batch stored, with COLUMNS.

    before: the targets that counted until now. *_before: the bounds that would be in force in the same month without
    the batch (NaN: none). months, missed, missed_before: see target_review.missed_under.
    """
    stored = frame(cursor, query("targets", "of_batch"), {"batch_id": batch_id})
    if stored.empty:
        return pd.DataFrame(columns=COLUMNS)
    listed = frame(cursor, query("indicators", "catalogue"))
    newest = newest_month(cursor)
    parts = []
    for (level, code), rows in stored.groupby(["scope_level", "scope_code"], sort=False):
        place = Place(str(level), str(code))
        counts = _counts(cursor, place, rows, listed, before, newest)
        parts.append(rows.join(_in_force_before(rows, listed, before, place)).join(counts))
    return pd.concat(parts).sort_index()[COLUMNS].reset_index(drop=True)


def _counts(
    cursor: Cursor, place: Place, rows: pd.DataFrame, listed: pd.DataFrame, before: pd.DataFrame, newest: date | None
) -> pd.DataFrame:
    if newest is None:
        return pd.DataFrame(0, index=rows.index, columns=["months", "missed", "missed_before"])
    first = target_review.first_month(newest)
    mine = listed[listed["indicator_code"].isin(rows["indicator_code"])]
    sums = indicators.sums_within(cursor, place, first, newest)
    history = series.judge_months(mine, sums, before, first, newest, place.level, place.code)
    return target_review.missed_under(history, rows)


def _in_force_before(rows: pd.DataFrame, listed: pd.DataFrame, before: pd.DataFrame, place: Place) -> pd.DataFrame:
    """The target of the same scope in the month from which the new one holds."""
    found = pd.DataFrame(index=rows.index, columns=["low_before", "high_before", "tolerance_before"], dtype=float)
    for month, of_month in rows.groupby("valid_from"):
        known = targets_in_force(before, listed, pd.Timestamp(str(month)).date(), [(place.level, place.code)])
        for name in ("low", "high", "tolerance"):
            column = known["tolerance" if name == "tolerance" else f"target_{name}"]
            found.loc[of_month.index, f"{name}_before"] = of_month["indicator_code"].map(column).astype(float)
    return found
