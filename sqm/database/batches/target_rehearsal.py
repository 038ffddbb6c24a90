"""What an upload of targets would change, seen from inside the rehearsal's transaction."""

from datetime import date

import pandas as pd

from sqm.database.connection import Cursor, frame
from sqm.database.indicators import indicators
from sqm.database.indicators.indicators import Place
from sqm.database.queries import query
from sqm.rules.matrix import series, target_review
from sqm.rules.matrix.matrix import targets_in_force

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
    the batch, those of a wider scope if the place has none of its own (NaN: none). months, missed, missed_before: see
    target_review.missed_under.
    """
    stored = frame(cursor, query("targets", "of_batch"), {"batch_id": batch_id})
    if stored.empty:
        return pd.DataFrame(columns=COLUMNS)
    listed = frame(cursor, query("indicators", "catalogue"))
    newest = newest_month(cursor)
    parts = []
    for (level, code), rows in stored.groupby(["scope_level", "scope_code"], sort=False):
        scopes = _scopes(cursor, str(level), str(code))
        counts = _counts(cursor, scopes, rows, listed, before, newest)
        parts.append(rows.join(_in_force_before(rows, listed, before, scopes)).join(counts))
    return pd.concat(parts).sort_index()[COLUMNS].reset_index(drop=True)


def _scopes(cursor: Cursor, level: str, code: str) -> list[tuple[str, str]]:
    """The place and the wider ones whose targets it inherits, the narrowest first."""
    wider = [] if level == "company" else [("company", "")]
    if level == "store":
        row = cursor.execute(query("targets", "district_of"), {"store_code": code}).fetchone()
        wider = [("district", str(row[0])), *wider] if row else wider
    return [(level, code), *wider]


def _counts(
    cursor: Cursor,
    scopes: list[tuple[str, str]],
    rows: pd.DataFrame,
    listed: pd.DataFrame,
    before: pd.DataFrame,
    newest: date | None,
) -> pd.DataFrame:
    if newest is None:
        return pd.DataFrame(0, index=rows.index, columns=["months", "missed", "missed_before"])
    first = target_review.first_month(newest)
    mine = listed[listed["indicator_code"].isin(rows["indicator_code"])]
    (level, code), district = scopes[0], dict(scopes).get("district", "")
    sums = indicators.sums_within(cursor, Place(level, code), first, newest)
    history = series.judge_months(mine, sums, before, first, newest, level, code, district)
    return target_review.missed_under(history, rows)


def _in_force_before(
    rows: pd.DataFrame, listed: pd.DataFrame, before: pd.DataFrame, scopes: list[tuple[str, str]]
) -> pd.DataFrame:
    """The target that would hold in the month from which the new one holds."""
    found = pd.DataFrame(index=rows.index, columns=["low_before", "high_before", "tolerance_before"], dtype=float)
    for month, of_month in rows.groupby("valid_from"):
        known = targets_in_force(before, listed, pd.Timestamp(str(month)).date(), scopes)
        for name in ("low", "high", "tolerance"):
            column = known["tolerance" if name == "tolerance" else f"target_{name}"]
            found.loc[of_month.index, f"{name}_before"] = of_month["indicator_code"].map(column).astype(float)
    return found
