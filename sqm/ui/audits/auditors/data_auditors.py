"""Doors of the auditors' view: what each auditor gave, visits that were made twice, rejected reports, own audits.

Auditors are judged by the points as they marked them; rulings on appeals do not stand in the way. The district's own
audit is compared with what the province holds now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from sqm.database.stores.audits import THIRD_PARTY
from sqm.rules.audits import auditors as auditor_rules
from sqm.rules.audits import visit_reports
from sqm.rules.audits.audit_agreement import Agreement, Inflation, cohen_kappa, inflation
from sqm.rules.audits.auditors import Auditor
from sqm.ui.audits import audits_words as words
from sqm.ui.audits import data_audits
from sqm.ui.doors.data import Stamp, stamp
from sqm.ui.doors.data_names import Record, records

_FEW = 24
DOUBLE, OWN = "double_check", "self_audit"
_KEYS = ["store_code", "theme", "month"]


@lru_cache(maxsize=_FEW)
def _year(at: Stamp, month: date, district: str, is_corrected: bool) -> pd.DataFrame:
    rows = data_audits.scores(*words.year_to(month), is_corrected).visits
    return rows[rows["district_code"] == district] if district else rows


@lru_cache(maxsize=_FEW)
def _auditors(at: Stamp, month: date, district: str) -> tuple[Auditor, ...]:
    rows = _year(at, month, district, False)
    rows = rows[(rows["source"] == THIRD_PARTY) & ~rows["is_rejected"]]
    group = rows["theme"] + rows["month"].dt.strftime("%Y-%m")
    return auditor_rules.auditors(
        pd.DataFrame({"auditor": rows["auditor_code"], "score": rows["score"], "group": group})
    )


def auditors(month: date, district: str) -> tuple[Auditor, ...]:
    """The year's visits of the third party, by auditor. district: '' all."""
    return _auditors(stamp(), month, district)


@lru_cache(maxsize=_FEW)
def _rejected(at: Stamp, month: date, district: str) -> Mapping[str, tuple[int, int]]:
    rows = _year(at, month, district, False)
    rows = rows[(rows["source"] == THIRD_PARTY) & (rows["auditor_code"] != "")]
    found = visit_reports.rates(rows, set(rows.loc[rows["is_rejected"], "visit_id"]))
    return {str(code): (int(row["rejected"]), int(row["visits"])) for code, row in found.iterrows()}


def rejected(month: date, district: str) -> Mapping[str, tuple[int, int]]:
    """By auditor: reports rejected, reports in all, of the year."""
    return _rejected(stamp(), month, district)


@dataclass(frozen=True)
class Pair:
    """One visit that was made twice. agreed: items of which both said the same (passed, failed, not applicable)."""

    store: str
    district: str
    theme: str
    month: date
    first: str
    second: str
    first_score: float | None
    second_score: float | None
    agreed: int
    items: int


@dataclass(frozen=True)
class Twice:
    """pairs: newest first. whole: over all items, None without any. by_auditor: of the first visit's auditor."""

    pairs: tuple[Pair, ...]
    whole: Agreement | None
    by_auditor: Mapping[str, Agreement]


@lru_cache(maxsize=_FEW)
def _twice(at: Stamp, month: date, district: str) -> Twice:
    rows = _year(at, month, district, False)
    rows = rows[~rows["is_rejected"]].drop_duplicates(["source", *_KEYS])
    first, second = (rows[rows["source"] == source] for source in (THIRD_PARTY, DOUBLE))
    both = first.merge(second, on=_KEYS, suffixes=("", "_again"))
    if both.empty:
        return Twice((), None, {})
    said = _said(at, month, {*both["visit_id"], *both["visit_id_again"]})
    items = both[["visit_id", "visit_id_again", "auditor_code"]].merge(said, left_on="visit_id", right_on="visit")
    items = items.merge(said, left_on=["visit_id_again", "item"], right_on=["visit", "item"], suffixes=("", "_again"))
    same = items["said"] == items["said_again"]
    counts = {
        str(row["visit_id"]): (int(row["sum"]), int(row["size"]))
        for row in records(items.assign(same=same).groupby("visit_id", as_index=False)["same"].agg(["sum", "size"]))
    }
    by_auditor = {
        str(code): found
        for code, part in items.groupby("auditor_code")
        if (found := cohen_kappa(list(part["said"]), list(part["said_again"]))) is not None
    }
    pairs = [_pair(row, counts) for row in records(both.sort_values("month", ascending=False))]
    return Twice(tuple(pairs), cohen_kappa(list(items["said"]), list(items["said_again"])), by_auditor)


def _said(at: Stamp, month: date, visits: set[str]) -> pd.DataFrame:
    """visit, item, said: what the auditor said of each item of the theme."""
    losses = data_audits.scores(*words.year_to(month), False).losses
    mine = losses[losses["visit"].isin(visits)]
    judged = np.where(mine["is_failed"], "failed", "passed")
    said = np.where(mine["points"].isna(), "not_applicable", judged)
    return pd.DataFrame({"visit": mine["visit"].to_numpy(), "item": mine["item"].to_numpy(), "said": said})


def _pair(row: Record, counts: Mapping[str, tuple[int, int]]) -> Pair:
    agreed, items = counts.get(str(row["visit_id"]), (0, 0))
    return Pair(
        store=str(row["store_code"]),
        district=str(row["district_code"]),
        theme=str(row["theme"]),
        month=row["month"].date(),
        first=str(row["auditor_code"]),
        second=str(row["auditor_code_again"]),
        first_score=_known(row["score"]),
        second_score=_known(row["score_again"]),
        agreed=agreed,
        items=items,
    )


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def twice(month: date, district: str) -> Twice:
    """Visits of the year that a second auditor made again: same store, theme and month. Of all stores: show a single
    pair only to who sees its store."""
    return _twice(stamp(), month, district)


@dataclass(frozen=True)
class OwnAudits:
    """whole: all stores that both audited; by_district: of each. None, {} where no store was audited by both."""

    whole: Inflation | None
    by_district: Mapping[str, Inflation]


@lru_cache(maxsize=_FEW)
def _own(at: Stamp, month: date, district: str) -> OwnAudits:
    rows = _year(at, month, district, True)
    rows = rows[~rows["is_rejected"] & rows["score"].notna()]
    sums = {source: rows[rows["source"] == source].groupby(_KEYS)["score"].mean() for source in (THIRD_PARTY, OWN)}
    both = pd.concat(sums, axis=1, join="inner").reset_index()
    if both.empty:
        return OwnAudits(None, {})
    districts = rows.drop_duplicates("store_code").set_index("store_code")["district_code"]
    stores = both.groupby("store_code")[[OWN, THIRD_PARTY]].mean()
    place = districts.reindex(stores.index)
    found = {
        str(code): one
        for code, part in stores.groupby(place)
        if (one := inflation(part[OWN], part[THIRD_PARTY])) is not None
    }
    return OwnAudits(inflation(stores[OWN], stores[THIRD_PARTY]), found)


def own_audits(month: date, district: str) -> OwnAudits:
    """Own audit minus province's, by store: the same store, theme and month, the mean over the year."""
    return _own(stamp(), month, district)
