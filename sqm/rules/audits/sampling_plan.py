"""The monthly sample of audits: how many stores were to be visited, how many were, and which wait too long (D25)."""

import math
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sqm.rules.periods import add_months, month_of, months_between

SAMPLED_SHARE = 0.4
LONGEST_GAP_MONTHS = 6
"""Where the province set nothing [own]."""
_GUARD = 1e-9


@dataclass(frozen=True)
class Coverage:
    """Of one district, or of the company ('') as the sum of its districts. audited: stores, however often visited.
    overdue: stores that wait too long."""

    district_code: str
    stores: int
    planned: int
    audited: int
    visits: int
    overdue: int

    @property
    def share(self) -> float | None:
        """audited / planned, above 1 where more were visited than planned; None where nothing was planned."""
        return self.audited / self.planned if self.planned else None

    @property
    def is_reached(self) -> bool:
        return self.audited >= self.planned


def planned(stores: int, sampled_share: float = SAMPLED_SHARE) -> int:
    """Stores to visit in a month, rounded up: a third of seven is three."""
    return math.ceil(stores * sampled_share - _GUARD)


def waits_too_long(months: float, longest_gap_months: float = LONGEST_GAP_MONTHS) -> bool:
    """months: since the month of the last visit; NaN (never visited, opening unknown) waits too long."""
    return not months <= longest_gap_months


def waiting(
    stores: pd.DataFrame, visits: pd.DataFrame, month: date, longest_gap_months: float = LONGEST_GAP_MONTHS
) -> pd.DataFrame:
    """How long each store has waited, as of the end of a month.

    stores: store_code, district_code, optionally valid_from (none can have been audited before); visits: store_code,
    visited_on, of the source that counts and without rejected ones; later visits are passed over. Out, indexed by
    store: district_code, last_visit (NaT: never), visits (in the month), months (since the month of the last visit, or
    of the opening; NaN where neither is known), is_overdue (more months than the gap; a store that was never visited
    and whose opening nobody knows waits too long).
    """
    first = month_of(month)
    days = pd.to_datetime(visits["visited_on"])
    there = pd.DataFrame({"store": visits["store_code"], "day": days})[days < pd.Timestamp(add_months(first, 1))]
    listed = stores.drop_duplicates("store_code").set_index("store_code")
    out = listed[["district_code"]].copy()
    out["last_visit"] = there.groupby("store")["day"].max().reindex(out.index)
    recent = there[there["day"] >= pd.Timestamp(first)]
    out["visits"] = recent.groupby("store").size().reindex(out.index).fillna(0).astype(int)
    since = out["last_visit"]
    if "valid_from" in listed:
        since = since.fillna(pd.to_datetime(listed["valid_from"]))
    out["months"] = [math.nan if pd.isna(day) else float(months_between(day.date(), first)) for day in since]
    out["is_overdue"] = [waits_too_long(months, longest_gap_months) for months in out["months"]]
    return out


def coverage(found: pd.DataFrame, sampled_share: float = SAMPLED_SHARE) -> tuple[Coverage, ...]:
    """waiting() -> the company first, then its districts by code. Each district rounds up for itself, so that a small
    one is visited too; the company's plan is their sum."""
    parts = tuple(
        Coverage(
            district_code=str(code),
            stores=len(rows),
            planned=planned(len(rows), sampled_share),
            audited=int((rows["visits"] > 0).sum()),
            visits=int(rows["visits"].sum()),
            overdue=int(rows["is_overdue"].sum()),
        )
        for code, rows in found.groupby("district_code", sort=True)
    )
    names = ("stores", "planned", "audited", "visits", "overdue")
    return (Coverage("", *(sum(getattr(each, name) for each in parts) for name in names)), *parts)
