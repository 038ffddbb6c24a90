"""What is left of a monthly series when everything that foretells it is taken away: the surprise of each month.

Two series with a trend, a season or a memory agree by chance. So each first loses its line, its season (two waves a
year) and the steps of changed methods, then its memory (a filter of lag 1): "prewhitening", Box, Jenkins & Reinsel,
Time Series Analysis, 12.2, each series by its own filter as in Haugh 1976, JASA 71:378-385. Plain differences would do
for trends, but leave the season in and find less.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Breaks = Mapping[str, Sequence[pd.Timestamp]]
"""Indicator code -> the months from which it is measured by another method."""

_WAVES = (1, 2)
_LEAST_VALUES = 5
_FLAT = 1e-9  # a series that departs from its trend by less than this part of its size has not moved


def better_up(judged: pd.DataFrame) -> pd.DataFrame:
    """Months x indicators (every month from first to last), higher is better; what is too thin to judge is left out.

    judged: rows of series.judge_months. lower: the value with a minus. range: minus the distance to the middle of its
    latest band, the same for all months, because a new target is no movement; without a band there is no better.
    """
    rows = judged[judged["reason"] == ""]
    bands = rows[rows["target_low"].notna() & rows["target_high"].notna()]
    bands = bands.drop_duplicates("indicator_code", keep="last").set_index("indicator_code")
    middle = rows["indicator_code"].map(((bands["target_low"] + bands["target_high"]) / 2).astype(float))
    value = rows["value"].astype(float)
    is_lower, is_range = rows["direction"] == "lower", rows["direction"] == "range"
    up = value.where(~is_lower, -value).where(~is_range, -(value - middle).abs())
    wide = rows.assign(up=up).pivot(index="month", columns="indicator_code", values="up")
    every = pd.date_range(judged["month"].min(), judged["month"].max(), freq="MS") if len(judged) else wide.index
    return wide.reindex(every)


def surprises(better: pd.DataFrame, breaks: Breaks) -> dict[str, Floats]:
    """Every indicator without line, season and steps, then without its memory; NaN where it cannot be known.

    better: months (every one, in order) x indicators.
    """
    plain = _design(better.index, ())
    designs = {code: _design(better.index, months) for code, months in breaks.items()}
    return {
        str(code): _without_memory(_without_trend(column, designs.get(str(code), plain)))
        for code, column in zip(better.columns, better.to_numpy(dtype=float).T, strict=True)
    }


def departures(better: pd.DataFrame, code: str, breaks: Breaks) -> Floats:
    """An indicator's distance from its own line and season, in its standard deviations: for a picture of it."""
    if code not in better.columns:
        return np.full(len(better), np.nan)
    left = _without_trend(better[code].to_numpy(dtype=float), _design(better.index, breaks.get(code, ())))
    spread = float(np.nanstd(left)) if np.isfinite(left).any() else np.nan
    return np.asarray(left / spread)


def fitted(months: pd.Index, *steps: Sequence[pd.Timestamp]) -> int:
    """How many things were fitted to series with these steps, their level apart: line, waves, steps."""
    return int(_design(months, sorted({step for each in steps for step in each})).shape[1]) - 1


def _design(months: pd.Index, steps: Sequence[pd.Timestamp]) -> Floats:
    """Columns: level, line, two waves a year, and a step for each change of method inside the months."""
    stamps = pd.DatetimeIndex(months)
    turn = 2 * np.pi * np.asarray(stamps.month, dtype=float) / 12
    columns = [np.ones(len(stamps)), np.linspace(-1.0, 1.0, len(stamps))]
    columns += [wave(turn * times) for times in _WAVES for wave in (np.cos, np.sin)]
    inside = [step for step in steps if len(stamps) and stamps[0] < step <= stamps[-1]]
    columns += [np.asarray(stamps >= step, dtype=float) for step in inside]
    return np.stack(columns, axis=1)


def _without_trend(values: Floats, design: Floats) -> Floats:
    """Residuals of least squares; all NaN for a series that has too few values or never moves."""
    known = np.isfinite(values)
    out = np.full(values.shape, np.nan)
    if known.sum() <= design.shape[1] + 2:
        return out
    effects, *_ = np.linalg.lstsq(design[known], values[known], rcond=None)
    left = values[known] - design[known] @ effects
    if np.sqrt(np.mean(left**2)) > _FLAT * np.sqrt(np.mean(values[known] ** 2)):
        out[known] = left
    return out


def _without_memory(values: Floats) -> Floats:
    """values(t) - phi values(t-1); phi by least squares, with the correction of Kendall 1954 for short series."""
    before, now = values[:-1], values[1:]
    both = np.isfinite(before) & np.isfinite(now)
    if both.sum() < _LEAST_VALUES:
        return np.full(values.shape, np.nan)
    raw = float((before[both] * now[both]).sum() / (before[both] ** 2).sum())
    phi = min(max(raw + (1 + 3 * raw) / int(both.sum()), -0.95), 1.0)
    return np.concatenate([[np.nan], now - phi * before])
