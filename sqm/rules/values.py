"""The value of an indicator from the sums that are kept for it, and the interval it deserves.

share, mean, minutes: numerator / denominator; rate: numerator / denominator x per; count and level: numerator.
A denominator of 0 gives no value, never 0 or 100 %.
"""

import math
from enum import StrEnum

import numpy as np
import pandas as pd

from sqm.rules.sampling import (
    Floats,
    Interval,
    Reliability,
    Showing,
    effective_n,
    garwood_limits,
    reliability_of,
    showing_of,
    wilson_limits,
)

_INTEGER_GUARD = 1e-6


class Kind(StrEnum):
    """What an indicator's number is, and so how months and stores are added up."""

    SHARE = "share"
    MEAN = "mean"
    RATE = "rate"
    COUNT = "count"
    LEVEL = "level"
    MINUTES = "minutes"


def value_of(numerator: float | None, denominator: float | None, kind: Kind | str, per: float = 1.0) -> float | None:
    """One value; None without a numerator or, for ratios, with a denominator of 0 or none."""
    if numerator is None or not math.isfinite(numerator):
        return None
    if Kind(kind) in (Kind.COUNT, Kind.LEVEL):
        return float(numerator)
    if denominator is None or not math.isfinite(denominator) or denominator == 0:
        return None
    return float(numerator) * (per if Kind(kind) is Kind.RATE else 1.0) / float(denominator)


def interval_of(
    numerator: float | None,
    denominator: float | None,
    kind: Kind | str,
    per: float = 1.0,
    n: float | None = None,
    weight_squares: float | None = None,
    parts: int = 0,
) -> Interval | None:
    """Interval of one value, by the rules of value_frame."""
    row = pd.DataFrame(
        {
            "numerator": [_nan(numerator)],
            "denominator": [_nan(denominator)],
            "kind": [str(kind)],
            "per": [per],
            "n": [_nan(n)],
            "weight_squares": [_nan(weight_squares)],
            "parts": [parts],
        }
    )
    low, high = (float(value_frame(row)[name].iloc[0]) for name in ("low", "high"))
    return Interval(low, high) if math.isfinite(low) and math.isfinite(high) else None


def value_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Values and intervals of many rows.

    In: numerator, denominator, kind, per, n (NaN: not counted), weight_squares (NaN: not a weighted survey share),
    parts; optionally n_eff, which overrides Kish's effective n where it is not NaN.
    Out, same index: value, n, n_eff, low, high, reliability ('' where no rule applies), showing.
    n and n_eff are NaN where a figure of people (with weight_squares, or with a column survey_code that is not '') is
    hidden: how few they are is hidden with it. Few of anything else (tickets, visits) are told.
    share: Wilson on the effective n (weighted) or on n; no interval when n is unknown, because a share of store
    averages is not a sample share. rate: exact Poisson when the numerator is a whole count of events over more
    exposure than parts (a rate that came without its parts has denominator 1 a part and is no count). Others: none.
    """
    numerator, denominator, per, n, squares, parts = (
        _floats(frame, name) for name in ("numerator", "denominator", "per", "n", "weight_squares", "parts")
    )
    kind = frame["kind"].astype(str).to_numpy()
    is_share, is_rate, is_mean = (kind == word.value for word in (Kind.SHARE, Kind.RATE, Kind.MEAN))
    is_total = (kind == Kind.COUNT.value) | (kind == Kind.LEVEL.value)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(denominator != 0, numerator * np.where(is_rate, per, 1.0) / denominator, np.nan)
        value = np.where(is_total, numerator, ratio)
    value = np.where(np.isfinite(value), value, np.nan)
    n_eff = np.where(np.isfinite(squares), np.fmin(effective_n(denominator, squares), n), n)
    if "n_eff" in frame.columns:
        given = _floats(frame, "n_eff")
        n_eff = np.where(np.isfinite(given), np.fmin(given, n), n_eff)
    low, high = wilson_limits(np.where(is_share, value * n_eff, np.nan), n_eff)
    is_counted = is_rate & (np.abs(numerator - np.round(numerator)) <= _INTEGER_GUARD) & (denominator > parts)
    rate_low, rate_high = garwood_limits(np.where(is_counted, np.round(numerator), np.nan), denominator)
    showing = np.where(np.isfinite(n) & (is_share | is_mean), showing_of(n, n_eff), Showing.SHOWN.value)
    is_told = (showing != Showing.HIDDEN.value) | ~(np.isfinite(squares) | _is_survey(frame))
    return pd.DataFrame(
        {
            "value": value,
            "n": np.where(is_told, n, np.nan),
            "n_eff": np.where(is_told, n_eff, np.nan),
            "low": np.where(is_share, low, rate_low * per),
            "high": np.where(is_share, high, rate_high * per),
            "reliability": _reliability(value, low, high, n, n_eff, is_share, is_mean),
            "showing": showing,
        },
        index=frame.index,
    )


def _is_survey(frame: pd.DataFrame) -> np.ndarray:
    named = "survey_code" in frame.columns
    return (frame["survey_code"].fillna("").astype(str) != "").to_numpy() if named else np.zeros(len(frame), bool)


def _reliability(
    value: Floats, low: Floats, high: Floats, n: Floats, n_eff: Floats, is_share: np.ndarray, is_mean: np.ndarray
) -> np.ndarray:
    """Shares have the full rule; a mean only its first line (too few answers)."""
    known = np.isfinite(n) & np.isfinite(value)
    too_few = showing_of(n, n_eff) != Showing.SHOWN.value
    shares = np.where(known & is_share, reliability_of(value, low, high, n_eff), "")
    return np.where(known & is_mean & too_few, Reliability.INSUFFICIENT.value, shares)


def _floats(frame: pd.DataFrame, name: str) -> Floats:
    return np.asarray(pd.to_numeric(frame[name], errors="coerce").to_numpy(dtype=float, na_value=np.nan), dtype=float)


def _nan(number: float | None) -> float:
    return math.nan if number is None else float(number)
