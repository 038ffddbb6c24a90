"""Satisfaction over time, from monthly sums. Two methods of a survey are two series; they are never joined.

Shares of satisfied answers are 0-1; means are on 0-100 whatever scale was asked, so that 1-5 and 1-10 can be compared.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

import numpy as np
import pandas as pd

from sqm.rules.rivals.lead import Mean, Share, lead_of_means, newcombe
from sqm.rules.sampling import Floats, Showing, effective_n, reliability_of, showing_of, t_of, wilson_limits
from sqm.rules.surveys.design_effect import clustered_n, mean_limits

Point: TypeAlias = Mapping[Any, Any]
P = TypeVar("P", bound=Mapping[Any, Any])
"""One month of one series: a row of points() as a record."""

SERIES = ["survey_code", "method_code"]
_SUMS = ["n", "w", "ww", "ws", "x", "x_squares"]
FIGURES = ["share", "low", "high", "mean", "mean_low", "mean_high"]
"""What a hidden point does not say."""


class Word(StrEnum):
    """What may be said about two months. not_comparable: measured by different methods."""

    UP = "up"
    DOWN = "down"
    NOT_DISTINGUISHABLE = "not_distinguishable"
    NOT_COMPARABLE = "not_comparable"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Movement:
    """difference = later - earlier, with its limits (two independent samples): shares 0-1, means on 0-100."""

    difference: float | None
    low: float | None
    high: float | None
    word: Word


class Mover(StrEnum):
    """Whose change moved the lead. neither: no change can be told from chance."""

    OWN = "own"
    RIVAL = "rival"
    BOTH = "both"
    NEITHER = "neither"
    UNKNOWN = "unknown"


def points(sums: pd.DataFrame, by: Sequence[str] = (), cluster: str = "") -> pd.DataFrame:
    """Monthly points per survey, method and ``by``, ordered by them and month.

    sums: survey_code, method_code, month, scale_min, scale_max, n, w, ww, wx, wxx, ws and the columns named in ``by``;
    rows of other breakdowns are added up. cluster: a column (store_code) whose totals give the design effect; use it
    whenever answers were collected store by store.
    Out: survey_code, method_code, *by, month (datetime64), n, w, n_eff, deff, share, low, high, mean, mean_low,
    mean_high, reliability, showing (shown, grey below 30 effective answers or else insufficient, hidden below 5:
    its figures are NaN).
    """
    keys = [*SERIES, *by, "month"]
    rows = _on_common_scale(sums)
    total = rows.groupby(keys, sort=True, observed=True)[_SUMS].sum().astype(float)
    total = total[total["n"] > 0]
    w = total["w"].where(total["w"] > 0)
    share, mean = total["ws"] / w, total["x"] / w
    n_eff, mean_n = _effective(rows, total, keys, cluster)
    low, high = wilson_limits(_array(share * n_eff), _array(n_eff))
    mean_low, mean_high = mean_limits(
        _array(mean), _array((total["x_squares"] / w - mean**2).clip(lower=0.0)), _array(total["n"]), _array(mean_n)
    )
    out = pd.DataFrame(
        {
            "n": total["n"].astype(int),
            "w": total["w"],
            "n_eff": n_eff,
            "deff": total["n"] / n_eff,
            "share": share,
            "low": low,
            "high": high,
            "mean": mean,
            "mean_low": np.maximum(mean_low, 0.0),
            "mean_high": np.minimum(mean_high, 100.0),
            "reliability": reliability_of(_array(share), low, high, _array(n_eff)),
            "showing": showing_of(_array(total["n"]), _array(n_eff)),
        },
        index=total.index,
    )
    thin = (out["showing"] == Showing.SHOWN) & (out["reliability"] == "insufficient")
    out.loc[thin, "showing"] = Showing.GREY.value
    out.loc[out["showing"] == Showing.HIDDEN, FIGURES] = np.nan
    return out.reset_index()


def breaks(series: pd.DataFrame) -> pd.DataFrame:
    """Where the method of a survey changes: survey_code, month (first of the new method), from_method, to_method."""
    first = (
        series.groupby(SERIES, sort=False)["month"]
        .min()
        .reset_index()
        .sort_values(["survey_code", "month"], kind="stable")
    )
    first["from_method"] = first.groupby("survey_code")["method_code"].shift()
    changed = first[first["from_method"].notna()].rename(columns={"method_code": "to_method"})
    return changed[["survey_code", "month", "from_method", "to_method"]].reset_index(drop=True)


def movement(series: pd.DataFrame, earlier: date, later: date, measure: str = "share") -> Movement:
    """What happened between two months of one series of points (filter to one item, operator and segment first).

    measure: share (difference 0-1, Newcombe) or mean (difference in points of 0-100, Welch).
    """
    months = pd.to_datetime(series["month"])
    first, last = (series[months == pd.Timestamp(month)].to_dict("records") for month in (earlier, later))
    return movement_between(first, last, measure)


def newest(points: Sequence[P], measure: str = "share", method: str = "") -> P | None:
    """The point of a month that has a value, of one method if told; where two methods overlap, that of the later one
    (by code). None without any."""
    known = [each for each in points if math.isfinite(each[measure]) and method in ("", each["method_code"])]
    return max(known, key=lambda each: str(each["method_code"]), default=None)


def movement_between(earlier: Sequence[Point], later: Sequence[Point], measure: str = "share") -> Movement:
    """The same from the points of each month as records: none, one, or one per method where methods overlap.

    Where both months have two methods in common, the later one (by code) speaks.
    """
    first, last = _by_series(earlier, measure), _by_series(later, measure)
    if not first or not last:
        return Movement(None, None, None, Word.NO_DATA)
    shared = sorted(set(first) & set(last))
    if not shared:
        return Movement(None, None, None, Word.NOT_COMPARABLE)
    before, after = first[shared[-1]], last[shared[-1]]
    limits = _limits(before, after, measure)
    if limits is None:
        return Movement(None, None, None, Word.NO_DATA)
    word = Word.UP if limits[0] > 0 else Word.DOWN if limits[1] < 0 else Word.NOT_DISTINGUISHABLE
    return Movement(float(after[measure] - before[measure]), limits[0], limits[1], word)


def _by_series(points: Sequence[Point], measure: str) -> dict[tuple[str, str], Point]:
    known = [point for point in points if math.isfinite(point[measure])]
    found = {(str(point["survey_code"]), str(point["method_code"])): point for point in known}
    if len(found) < len(known):
        raise ValueError("movement wants one series: filter the points first")
    return found


def _limits(before: Point, after: Point, measure: str) -> tuple[float, float] | None:
    if measure == "mean":
        found = lead_of_means(mean_of(after), mean_of(before))
        return None if found.low is None or found.high is None else (found.low, found.high)
    return newcombe(share_of(after), share_of(before))


def share_of(point: Point) -> Share:
    """The share of a point with the number of answers that it is worth."""
    return Share(float(point["share"]), float(point["n_eff"]))


def mean_of(point: Point) -> Mean | None:
    """The mean of a point with the variance that its interval implies; None without an interval."""
    mean, low, high, n_eff = (float(point[name]) for name in ("mean", "mean_low", "mean_high", "n_eff"))
    half = max(mean - low, high - mean)  # an end that was cut at 0 or 100 is the shorter one
    if not (math.isfinite(half) and n_eff > 1):
        return None
    return Mean(mean, (half / t_of(n_eff - 1)) ** 2 * n_eff, n_eff)


def who_moved(own: Movement, rival: Movement) -> Mover:
    """Did we get better, or did the rival get worse? From the two movements over the same months."""
    words = (own.word, rival.word)
    if any(word in (Word.NO_DATA, Word.NOT_COMPARABLE) for word in words):
        return Mover.UNKNOWN
    moved = [word in (Word.UP, Word.DOWN) for word in words]
    if all(moved):
        return Mover.BOTH
    if not any(moved):
        return Mover.NEITHER
    return Mover.OWN if moved[0] else Mover.RIVAL


def _on_common_scale(sums: pd.DataFrame) -> pd.DataFrame:
    """Adds x and x_squares: sums of weight x score on 0-100 and of its square. A scale without width gives nothing."""
    rows = sums.copy()
    rows["month"] = pd.to_datetime(rows["month"])
    for name in ("scale_min", "scale_max", "n", "w", "ww", "wx", "wxx", "ws"):
        rows[name] = rows[name].astype(float)
    width = (rows["scale_max"] - rows["scale_min"]).where(lambda each: each > 0)
    shifted = rows["wx"] - rows["scale_min"] * rows["w"]
    shifted_squares = rows["wxx"] - 2.0 * rows["scale_min"] * rows["wx"] + rows["scale_min"] ** 2 * rows["w"]
    rows["x"] = 100.0 * shifted / width
    rows["x_squares"] = 100.0**2 * shifted_squares / width**2
    return rows[width.notna()]


def _effective(
    rows: pd.DataFrame, total: pd.DataFrame, keys: list[str], cluster: str
) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """Effective n of the share and of the mean."""
    weighted = pd.Series(np.fmin(effective_n(total["w"], total["ww"]), total["n"]), index=total.index)
    if not cluster:
        return weighted, weighted
    named = rows.assign(ws_squares=rows["ws"])
    of_share = clustered_n(named, keys, cluster, "ws")["n_eff"].reindex(total.index)
    of_mean = clustered_n(named, keys, cluster, "x")["n_eff"].reindex(total.index)
    return of_share, of_mean


def _array(series: "pd.Series[float]") -> Floats:
    return np.asarray(series, dtype=np.float64)
