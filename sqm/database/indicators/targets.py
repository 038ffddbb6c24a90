"""Agreed targets with the month from which each is in force, and from which month a new one may be."""

from datetime import date

import pandas as pd

from sqm.database.connection import Cursor, Database, frame
from sqm.database.queries import query
from sqm.errors import SqmError
from sqm.intake.register import target_key
from sqm.rules.periods import add_months, month_of


def every(db: Database) -> pd.DataFrame:
    """All targets that count: indicator_code, scope_level, scope_code, valid_from, low, high, tolerance, agreed_by,
    reason. One row for an indicator, scope and month."""
    return db.frame(query("targets", "all"))


def every_within(cursor: Cursor) -> pd.DataFrame:
    """The same inside an open transaction."""
    return frame(cursor, query("targets", "all"))


def open_from(db: Database, today: date) -> date | None:
    """The first month in which an uploaded target may start: the current one, or the one after the last sealed.

    None where no month has a value yet: nothing was judged, so history may be loaded with the targets of its time.
    """
    with db.read() as cursor:
        return _open_from(cursor, today)


def last_sealed(db: Database) -> date | None:
    """The newest published month."""
    with db.read() as cursor:
        found: date | None = cursor.execute(query("targets", "judged")).fetchone()[2]
    return found


def signed_keys(db: Database) -> frozenset[str]:
    """Keys (intake.register.target_key) of the targets that both sides signed at the target desk."""
    with db.read() as cursor:
        rows = cursor.execute(query("targets", "signed")).fetchall()
    return frozenset(target_key(*row) for row in rows)


def refuse_closed_months(cursor: Cursor, months: tuple[date, ...], today: date) -> date | None:
    """The first open month (None: any). Raises SqmError("target_month_closed") if a month of the file is closed by now:
    since it was read, a month may have been published, or begun."""
    first = _open_from(cursor, today)
    if first is not None and months and min(months) < first:
        raise SqmError("target_month_closed", month=f"{first:%Y-%m}")
    return first


def refuse_sealed_undo(cursor: Cursor, batch_id: str) -> None:
    """Raise SqmError("target_month_published") if targets of the batch judged a month that was published since."""
    first = cursor.execute(query("targets", "months_of_batch"), {"batch_id": batch_id}).fetchone()[0]
    sealed = cursor.execute(query("targets", "judged")).fetchone()[2]
    if first is not None and sealed is not None and first <= sealed:
        raise SqmError("target_month_published", month=f"{sealed:%Y-%m}")


def _open_from(cursor: Cursor, today: date) -> date | None:
    is_judged, _, sealed = cursor.execute(query("targets", "judged")).fetchone()
    first = month_of(today) if is_judged else None
    if sealed is None:
        return first
    after = add_months(sealed, 1)
    return after if first is None else max(first, after)
