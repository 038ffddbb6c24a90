"""Many months, or many places, judged at once: histories, rankings of districts and stores, misses in a row.

The same rules as matrix.judge_month, in one pass: a page that shows 36 months costs as much as one that shows two.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from sqm.rules.matrix.matrix import SUM_COLUMNS, WHOLE_ONLY, improvement, with_decimals, with_shortfall
from sqm.rules.matrix.matrix import without_thin_figures as without_thin
from sqm.rules.periods import month_range
from sqm.rules.targets import Status, judge_frame
from sqm.rules.values import value_frame

DEFINING = [
    "indicator_code",
    "position",
    "process_code",
    "dimension_code",
    "unit",
    "decimals",
    "direction",
    "kind",
    "per",
    "appraised",
    "survey_code",
    "valid_from",
    "valid_to",
]
"""Columns of an indicator that judging needs; names and definitions are looked up where they are shown."""


def judge_months(
    indicators: pd.DataFrame,
    sums: pd.DataFrame,
    targets: pd.DataFrame,
    first: date,
    last: date,
    scope_level: str = "company",
    scope_code: str = "",
    district_code: str = "",
) -> pd.DataFrame:
    """One row per month and indicator valid in it, oldest month first, then by position.

    sums, targets and the judged columns are those of matrix.judge_month (DEFINING instead of all columns of an
    indicator, and month as datetime64). previous_* compare with the month before; nothing precedes ``first``.
    """
    months = pd.DataFrame({"month": pd.to_datetime(pd.Series(month_range(first, last)))})
    rows = months.merge(indicators[DEFINING].sort_values("position", kind="stable"), how="cross")
    starts, ends = pd.to_datetime(rows["valid_from"]), pd.to_datetime(rows["valid_to"])
    next_month = rows["month"] + pd.offsets.MonthBegin(1)
    rows = rows[(starts < next_month) & (ends.isna() | (ends >= rows["month"]))]
    rows = rows.drop(columns=["valid_from", "valid_to"])
    columns = ["indicator_code", "month", *SUM_COLUMNS, *(["n_eff"] if "n_eff" in sums.columns else [])]
    parts = sums.assign(month=pd.to_datetime(sums["month"]))[columns]
    if parts.duplicated(["indicator_code", "month"]).any():
        raise ValueError("sums must hold one level and scope: an indicator has two rows in a month")
    rows = rows.merge(parts, on=["indicator_code", "month"], how="left")
    rows["parts"] = rows["parts"].fillna(0)
    ladder = _ladder(scope_level, scope_code, district_code)
    return _with_previous(_judged(rows, targets, ladder))


def judge_places(indicator: pd.DataFrame, sums: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """One indicator on many places: a row per row of ``sums``, the worst judged place first, unjudged ones last.

    indicator: its one row. sums: mart_indicator_month rows of any levels. Stores inherit their district's targets.
    """
    rows = sums.assign(month=pd.to_datetime(sums["month"])).drop(columns="indicator_code").reset_index(drop=True)
    rows = rows.merge(indicator[DEFINING].drop(columns=["valid_from", "valid_to"]), how="cross")
    district = rows["district_code"].where(rows["level"].isin(["district", "store"]), "\0")
    ladder: list[tuple[str, pd.Series[str] | str]] = [
        ("store", rows["scope_code"].where(rows["level"] == "store", "\0")),
        ("district", district.where(rows["level"] == "store", rows["scope_code"].where(rows["level"] == "district"))),
        ("company", pd.Series("", index=rows.index).where(rows["level"] != "operator", "\0")),
    ]
    judged = _judged(rows, targets, ladder)
    sign = judged["direction"].map({"lower": -1.0}).fillna(1.0)
    judged["rank_by"] = judged["gap"].fillna(judged["value"] * sign)
    has_value = (judged["value"].notna() & (judged["reason"] == "")).astype(int)
    order = judged.assign(has_value=-has_value).sort_values(["has_value", "rank_by", "scope_code"], kind="stable")
    return order.drop(columns=["rank_by", "has_value"]).reset_index(drop=True)


def months_in_a_row(judged: pd.DataFrame, month: date, status: Status = Status.MISSED) -> "pd.Series[int]":
    """How many months up to and including ``month`` each indicator has had this status without a break.

    judged: rows of judge_months. Indexed by indicator_code; 0 when the month itself has another status.
    """
    upto = judged[judged["month"] <= pd.Timestamp(month)]
    grid = upto.assign(is_so=upto["status"] == status).pivot(index="month", columns="indicator_code", values="is_so")
    backwards = grid.sort_index(ascending=False).fillna(False).astype(bool).to_numpy()
    if not len(backwards):
        return pd.Series(dtype=int)
    return pd.Series(np.cumprod(backwards, axis=0).sum(axis=0).astype(int), index=grid.columns)


def attach_targets(
    rows: pd.DataFrame, targets: pd.DataFrame, ladder: "Sequence[tuple[str, pd.Series[str] | str]]"
) -> pd.DataFrame:
    r"""rows with TARGET_COLUMNS: per row the target in force in its month on the first rung of the ladder that has one.

    ladder: (level, scope code or one code per row; \0: not a place of this row), most specific first. A target row
    without the bound that its direction needs ends the target of its scope, so a wider one applies; but a count or a
    level of a wider scope is no target for a part of it (as in matrix.targets_in_force).
    """
    out = rows.assign(
        target_low=np.nan,
        target_high=np.nan,
        tolerance=np.nan,
        target_from=pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]"),
        target_scope="",
    )
    free = pd.Series(True, index=rows.index)
    inherits = pd.Series(False, index=rows.index)
    own_only = rows["kind"].isin(WHOLE_ONLY)
    needs_low, needs_high = rows["direction"].isin(["higher", "range"]), rows["direction"].isin(["lower", "range"])
    for level, codes in ladder:
        found = _in_force(rows, targets[targets["scope_level"] == level], codes)
        complete = (found["low"].notna() | ~needs_low) & (found["high"].notna() | ~needs_high)
        take = free & found["valid_from"].notna() & complete & ~(inherits & own_only)
        for name, source in (("target_low", "low"), ("target_high", "high"), ("tolerance", "tolerance")):
            out[name] = out[name].where(~take, found[source])
        out["target_from"] = out["target_from"].where(~take, found["valid_from"])
        out["target_scope"] = out["target_scope"].where(~take, level)
        free &= ~take
        inherits |= pd.Series(codes, index=rows.index).fillna("\0") != "\0"
    return out


def _ladder(level: str, code: str, district_code: str) -> "list[tuple[str, pd.Series[str] | str]]":
    """Rivals (level operator) have no targets of ours."""
    company: list[tuple[str, pd.Series[str] | str]] = [("company", "")]
    if level == "store":
        return [("store", code), ("district", district_code), *company]
    if level == "district":
        return [("district", code), *company]
    return company if level == "company" else []


def _in_force(rows: pd.DataFrame, targets: pd.DataFrame, codes: "pd.Series[str] | str") -> pd.DataFrame:
    """Per row the latest target row of one level that starts before the month's end; NaN where there is none."""
    columns = ["valid_from", "low", "high", "tolerance"]
    if targets.empty:
        empty = pd.DataFrame(np.nan, index=rows.index, columns=columns)
        return empty.assign(valid_from=pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]"))
    asked = pd.DataFrame(
        {
            "indicator_code": rows["indicator_code"].astype(object),
            "scope_code": pd.Series(codes, index=rows.index).fillna("\0").astype(object),
            "until": (rows["month"] + pd.offsets.MonthBegin(1)).astype("datetime64[us]"),
            "row": rows.index,
        }
    ).sort_values("until", kind="stable")
    known = targets.assign(
        valid_from=pd.to_datetime(targets["valid_from"]).astype("datetime64[us]"),
        indicator_code=targets["indicator_code"].astype(object),
        scope_code=targets["scope_code"].astype(object),
    ).sort_values("valid_from", kind="stable")[["indicator_code", "scope_code", *columns]]
    joined = pd.merge_asof(
        asked,
        known,
        left_on="until",
        right_on="valid_from",
        by=["indicator_code", "scope_code"],
        allow_exact_matches=False,
    )
    return joined.set_index("row")[columns].reindex(rows.index)


def _judged(
    rows: pd.DataFrame, targets: pd.DataFrame, ladder: "Sequence[tuple[str, pd.Series[str] | str]]"
) -> pd.DataFrame:
    rows = rows.astype(dict.fromkeys(SUM_COLUMNS, float))
    rows = attach_targets(rows, targets, ladder)
    computed = value_frame(rows)
    rows = pd.concat([rows.drop(columns=["n", "n_eff"], errors="ignore"), computed], axis=1)
    rows = pd.concat([rows, judge_frame(rows)], axis=1)
    return with_decimals(with_shortfall(without_thin(rows)))


def _with_previous(judged: pd.DataFrame) -> pd.DataFrame:
    """previous_value, previous_status ('' when not valid the month before), change (raw), improvement."""
    before = judged[["indicator_code", "month", "value", "status"]].rename(
        columns={"value": "previous_value", "status": "previous_status"}
    )
    before = before.assign(month=before["month"] + pd.offsets.MonthBegin(1))
    rows = judged.merge(before, on=["indicator_code", "month"], how="left")
    rows["previous_status"] = rows["previous_status"].fillna("").astype(str)
    rows["previous_value"] = rows["previous_value"].astype(float)
    rows["change"] = rows["value"] - rows["previous_value"]
    rows["improvement"] = improvement(rows)
    return rows
