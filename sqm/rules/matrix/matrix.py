"""The indicator matrix of one month: every indicator judged, then counted by cell, process and status.

A month is judged by the target in force in that month, on the most specific scope that has one. A figure that rests on
too few answers gets no colour: its status is no_data with the reason beside it, so no count or ranking uses it.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sqm.rules.periods import add_months, month_of
from sqm.rules.sampling import Reliability, Showing
from sqm.rules.targets import JUDGED, SEVERITY, Status, decimals_shown, judge_frame
from sqm.rules.values import Kind, value_frame

SUM_COLUMNS = ["numerator", "denominator", "n", "weight_squares", "parts"]
TARGET_COLUMNS = ["target_low", "target_high", "tolerance", "target_from", "target_scope"]
WHOLE_ONLY = (Kind.COUNT.value, Kind.LEVEL.value)
SHOWN_AS_PERCENT = ("%", "pp")


@dataclass(frozen=True)
class Changes:
    """Indicator codes in matrix order. new_missed: missed now, not before. recovered: missed before, met or near now.
    silent: had a value before, has none now."""

    new_missed: tuple[str, ...]
    recovered: tuple[str, ...]
    silent: tuple[str, ...]


def judge_month(
    indicators: pd.DataFrame,
    sums: pd.DataFrame,
    targets: pd.DataFrame,
    month: date,
    scope_level: str = "company",
    scope_code: str = "",
    district_code: str = "",
) -> pd.DataFrame:
    """One row per indicator valid in ``month``, ordered by position, with all columns of ``indicators`` and:

    value, n, n_eff, low, high, reliability, showing (see values.value_frame); target_low, target_high, tolerance,
    target_from, target_scope ('' without target); status, reason ('' | not_reported | too_few | hidden), certainty,
    gap, attainment (percent), shortfall (percent of target short, 0 or less when met); decimals_shown;
    previous_value, previous_status ('' if not valid then), change (raw), improvement (positive is better).

    sums: mart_indicator_month rows of one level and scope, at least for ``month`` and the month before. An optional
    column n_eff (NaN: unknown) overrides Kish's effective n: give the clustered one where answers come by store.
    district_code: the district of a store, so that the store inherits the district's targets.
    """
    month = month_of(month)
    before = add_months(month, -1)
    scopes = _scopes(scope_level, scope_code, district_code)
    now = _judged(indicators, sums, targets, month, scopes)
    then = _judged(indicators, sums, targets, before, scopes).set_index("indicator_code")
    codes = now["indicator_code"]
    now["previous_value"] = codes.map(then["value"]).astype(float)
    now["previous_status"] = codes.map(then["status"]).fillna("").astype(str)
    now["change"] = now["value"] - now["previous_value"]
    now["improvement"] = improvement(now)
    return now


def cells(judged: pd.DataFrame) -> pd.DataFrame:
    """One row per process and dimension, in matrix order.

    Columns: process_code, dimension_code, met, near, missed, no_data, no_target, total, counted (met + near + missed),
    status (the worst that counts; else no_target, else no_data), worst_code (its worst indicator, '' if none counts).
    """
    return _counted(judged, ["process_code", "dimension_code"])


def weakest(judged: pd.DataFrame, appraised_only: bool = True) -> pd.DataFrame:
    """Processes, the weakest first: by share missed, then by how far they fall short on average, then by number near.

    Operations are observed, not appraised, so they do not rank anybody unless asked to. Processes without a judged
    indicator are left out. Columns of cells without dimension_code, and missed_share (0-1), shortfall (mean percent).
    """
    rows = judged[judged["appraised"].astype(bool)] if appraised_only else judged
    out = _counted(rows, ["process_code"])
    out = out[out["counted"] > 0].copy()
    short = (
        rows[rows["status"].isin([Status.MISSED, Status.NEAR])].groupby("process_code", sort=False)["shortfall"].sum()
    )
    out["missed_share"] = out["missed"] / out["counted"]
    out["shortfall"] = out["process_code"].map(short).fillna(0.0).astype(float) / out["counted"]
    return out.sort_values(["missed_share", "shortfall", "near"], ascending=False, kind="stable", ignore_index=True)


def tally(judged: pd.DataFrame) -> dict[Status, int]:
    """How many indicators stand in each status; every status is present; they add up to the number of rows."""
    counts = judged["status"].value_counts()
    return {status: int(counts.get(status.value, 0)) for status in Status}


def changes(now: pd.DataFrame, before: pd.DataFrame) -> Changes:
    """What turned between two judged months. An indicator that is new in ``now`` and missed is newly missed."""
    former = before.set_index("indicator_code")["status"]
    old = now["indicator_code"].map(former).fillna("")
    is_missed, was_missed = now["status"] == Status.MISSED, old == Status.MISSED
    is_fine = now["status"].isin([Status.MET, Status.NEAR])
    silent = (now["status"] == Status.NO_DATA) & ~old.isin(["", Status.NO_DATA])

    def codes(mask: "pd.Series[bool]") -> tuple[str, ...]:
        return tuple(now.loc[mask, "indicator_code"].astype(str))

    return Changes(codes(is_missed & ~was_missed), codes(was_missed & is_fine), codes(silent))


def targets_in_force(
    targets: pd.DataFrame, indicators: pd.DataFrame, month: date, scopes: list[tuple[str, str]]
) -> pd.DataFrame:
    """One row per indicator that has a target in ``month``, indexed by indicator_code, with TARGET_COLUMNS.

    scopes: (level, code), most specific first. Per scope the latest valid_from not after the month's end wins, of
    equals the later row; a row without the bound its direction needs ends the scope's target: a wider scope applies.
    A count or a level of the whole company is no target for a part of it: those kinds need a target of their own scope.
    indicators: indicator_code, direction, kind.
    """
    rank = {scope: place for place, scope in enumerate(scopes)}
    rows = targets.copy()
    rows["rank"] = [rank.get(pair, -1) for pair in zip(rows["scope_level"], rows["scope_code"], strict=True)]
    rows["target_from"] = pd.to_datetime(rows["valid_from"])
    known = indicators.set_index("indicator_code")
    rows["direction"] = rows["indicator_code"].map(known["direction"])
    inherited = (rows["rank"] > 0) & rows["indicator_code"].map(known["kind"]).isin(WHOLE_ONLY)
    started = rows["target_from"] < pd.Timestamp(add_months(month, 1))
    rows = rows[(rows["rank"] >= 0) & started & rows["direction"].notna() & ~inherited]
    rows = rows.sort_values(["rank", "target_from"], kind="stable")
    rows = rows.drop_duplicates(["indicator_code", "rank"], keep="last")
    needs_low, needs_high = rows["direction"].isin(["higher", "range"]), rows["direction"].isin(["lower", "range"])
    rows = rows[(rows["low"].notna() | ~needs_low) & (rows["high"].notna() | ~needs_high)]
    rows = rows.drop_duplicates("indicator_code", keep="first").set_index("indicator_code")
    rows = rows.rename(columns={"low": "target_low", "high": "target_high", "scope_level": "target_scope"})
    return rows[TARGET_COLUMNS]


def _scopes(level: str, code: str, district_code: str) -> list[tuple[str, str]]:
    """Rivals (level operator) have no targets of ours."""
    company = [("company", "")]
    if level == "store":
        return [("store", code), ("district", district_code), *company]
    if level == "district":
        return [("district", code), *company]
    return company if level == "company" else []


def _judged(
    indicators: pd.DataFrame, sums: pd.DataFrame, targets: pd.DataFrame, month: date, scopes: list[tuple[str, str]]
) -> pd.DataFrame:
    rows = valid_in(indicators, month)
    in_month = sums[pd.to_datetime(sums["month"]) == pd.Timestamp(month)].set_index("indicator_code")
    if in_month.index.has_duplicates:
        raise ValueError("sums must hold one level and scope: an indicator has two rows in a month")
    columns = [*SUM_COLUMNS, "n_eff"] if "n_eff" in in_month.columns else SUM_COLUMNS
    rows = rows.join(in_month[columns].astype(float), on="indicator_code")
    rows["parts"] = rows["parts"].fillna(0.0)
    rows = rows.join(targets_in_force(targets, rows, month, scopes), on="indicator_code")
    rows["target_scope"] = rows["target_scope"].fillna("").astype(str)
    computed = value_frame(rows)
    rows = pd.concat([rows.drop(columns=["n", "n_eff"], errors="ignore"), computed], axis=1)
    rows = pd.concat([rows, judge_frame(rows)], axis=1)
    return with_decimals(with_shortfall(without_thin_figures(rows)))


def valid_in(indicators: pd.DataFrame, month: date) -> pd.DataFrame:
    """Valid from valid_from on, up to and including the month of valid_to."""
    starts, ends = pd.to_datetime(indicators["valid_from"]), pd.to_datetime(indicators["valid_to"])
    is_valid = (starts < pd.Timestamp(add_months(month, 1))) & (ends.isna() | (ends >= pd.Timestamp(month)))
    return indicators[is_valid].sort_values("position", kind="stable", ignore_index=True)


def without_thin_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Too few answers: no colour. Fewer than 5 answers of people (a survey item): not even the number."""
    has_value = rows["value"].notna()
    is_survey = (rows["survey_code"].astype(str) != "") | rows["weight_squares"].notna()
    hidden = has_value & is_survey & (rows["showing"] == Showing.HIDDEN)
    thin = has_value & ~hidden & (rows["reliability"] == Reliability.INSUFFICIENT)
    reason = np.select([~has_value, hidden, thin], ["not_reported", "hidden", "too_few"], default="")
    rows["reason"] = reason
    rows["showing"] = np.select([hidden, thin], [Showing.HIDDEN.value, Showing.GREY.value], Showing.SHOWN.value)
    rows.loc[hidden | thin, ["status", "certainty"]] = Status.NO_DATA.value
    rows.loc[hidden, ["value", "low", "high", "numerator", "gap", "attainment"]] = np.nan
    return rows


def with_shortfall(rows: pd.DataFrame) -> pd.DataFrame:
    bound = _missed_bound(rows)
    by_gap = -100.0 * rows["gap"] / bound.abs().where(bound.abs() > 0, 1.0)
    rows["shortfall"] = (100.0 - rows["attainment"]).where(rows["attainment"].notna(), by_gap)
    return rows


def _missed_bound(rows: pd.DataFrame) -> "pd.Series[float]":
    """The bound that a value is measured by: the broken one of a range, else the only one."""
    too_high = (rows["direction"] == "lower") | ((rows["direction"] == "range") & (rows["value"] > rows["target_high"]))
    return rows["target_high"].where(too_high, rows["target_low"]).astype(float)


def with_decimals(rows: pd.DataFrame) -> pd.DataFrame:
    shown = rows["decimals"].to_numpy(dtype=int, copy=True)
    short = rows["status"].isin([Status.MISSED, Status.NEAR]).to_numpy()
    few = rows.loc[short, ["value", "unit"]].assign(bound=_missed_bound(rows)[short])
    shown[short] = [
        decimals_shown(value, bound, decimals, 100.0 if unit in SHOWN_AS_PERCENT else 1.0)
        for value, unit, bound, decimals in zip(few["value"], few["unit"], few["bound"], shown[short], strict=True)
    ]
    rows["decimals_shown"] = shown
    return rows


def improvement(rows: pd.DataFrame) -> "pd.Series[float]":
    """Positive is better. A range improves by coming closer to its band; inside it every change is 0."""

    def outside(value: "pd.Series[float]") -> "pd.Series[float]":
        below, above = rows["target_low"] - value, value - rows["target_high"]
        return pd.Series(np.maximum(np.maximum(below, above), 0.0), index=rows.index)

    nearer = outside(rows["previous_value"]) - outside(rows["value"])
    is_range, is_lower = rows["direction"] == "range", rows["direction"] == "lower"
    return nearer.where(is_range, (-rows["change"]).where(is_lower, rows["change"]))


def _counted(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    counts = pd.crosstab([rows[key] for key in keys], rows["status"]).reindex(
        columns=[status.value for status in Status], fill_value=0
    )
    order = rows[keys].drop_duplicates().set_index(keys).index
    out = counts.reindex(order).rename_axis(columns=None).reset_index()
    out["total"] = out[[status.value for status in Status]].sum(axis=1)
    out["counted"] = out[[status.value for status in JUDGED]].sum(axis=1)
    ranked = rows.assign(severity=rows["status"].map(SEVERITY)).sort_values(
        ["severity", "shortfall"], ascending=[True, False], kind="stable"
    )
    worst = ranked.drop_duplicates(keys).set_index(keys)
    out["status"] = list(worst["status"].reindex(order))
    codes = worst["indicator_code"].where(worst["status"].isin(list(JUDGED)), "")
    out["worst_code"] = list(codes.reindex(order))
    return out
