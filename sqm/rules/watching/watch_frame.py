"""The watch rules on judged months: what series.judge_months gives goes in, one row an indicator comes out.

Everything is watched as of one month, as it could be seen then: no later value moves a limit.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from sqm.rules.periods import add_months
from sqm.rules.sampling import Floats
from sqm.rules.watching.behaviour import behaviours, priorities
from sqm.rules.watching.watch import Monthly, Watch, watch

LONGEST = 36
"""Months that make the limits: a process of three years ago is another process."""
COLUMNS = [
    "behaviour",
    "priority",
    "variation",
    "assurance",
    "chart",
    "beyond_chance",
    "early_warning",
    "slow_drift",
    "large_fluctuation",
    "consecutive_decline",
    "adverse_moves",
    "change_ranges",
    "first_month",
    "points",
    "trial",
    "centre",
    "lower",
    "upper",
]

Months = Mapping[str, Collection[date]]


@dataclass(frozen=True)
class Said:
    """What people or surveys said of months, by indicator: from which on limits begin anew, which make no limits."""

    rebased: Months = field(default_factory=dict)
    excluded: Months = field(default_factory=dict)


@dataclass(frozen=True)
class Watched:
    """frame: one row per indicator that is valid in the last month, in matrix order: indicator_code, status and
    COLUMNS; first_month is where the present signal began (NaT: none). watch: the same with limits by month."""

    months: tuple[date, ...]
    frame: pd.DataFrame
    watch: Watch | None

    def line(self, code: str) -> pd.DataFrame:
        """month, centre, lower, upper and signal (improvement, concern, neutral or '') of one indicator."""
        found = np.flatnonzero(self.frame["indicator_code"].to_numpy() == code)
        if self.watch is None or not len(found) or self.watch.too_few[found[0]]:
            return pd.DataFrame(columns=["month", "centre", "lower", "upper", "signal"])
        at, limits = int(found[0]), self.watch.limits
        kinds = self.watch.variation_of_points[at]
        return pd.DataFrame(
            {
                "month": pd.to_datetime(list(self.months)),
                "centre": limits.centre[at],
                "lower": limits.lower[at],
                "upper": limits.upper[at],
                "signal": [_SIGNALS.get(str(kind), "") for kind in kinds],
            }
        )


_SIGNALS = {"concern": "concern", "improvement": "improvement", "neutral_high": "neutral", "neutral_low": "neutral"}


@dataclass(frozen=True)
class Grids:
    """Judged months of one place, laid out once so that many months can be watched: codes x months."""

    judged: pd.DataFrame
    codes: dict[str, int]
    months: tuple[date, ...]
    values: Floats
    sizes: Floats


def grids(judged: pd.DataFrame) -> Grids:
    """judged: rows of series.judge_months. Figures that rest on too few answers are not watched. Sizes are effective
    answers, else a denominator above 1."""
    if judged.empty:
        return Grids(judged, {}, (), np.empty((0, 0)), np.empty((0, 0)))
    codes = pd.Index(judged["indicator_code"].unique())
    index = pd.date_range(judged["month"].min(), judged["month"].max(), freq="MS")
    values, sizes = (_grid(judged, column, codes, index) for column in (_values(judged), _sizes(judged)))
    return Grids(
        judged,
        {str(code): place for place, code in enumerate(codes)},
        tuple(stamp.date() for stamp in index),
        values,
        sizes,
    )


def watched(judged: pd.DataFrame, month: date, said: Said | None = None) -> Watched:
    """One place as of one month; see watched_in."""
    return watched_in(grids(judged), month, said)


def watched_in(laid: Grids, month: date, said: Said | None = None) -> Watched:
    """Looks at the LONGEST months up to and including ``month``."""
    said = said or Said()
    judged = laid.judged
    now = judged[judged["month"] == pd.Timestamp(month)].reset_index(drop=True) if laid.months else judged
    if now.empty:
        return Watched((), now.assign(**dict.fromkeys(COLUMNS)), None)
    end = laid.months.index(month) + 1
    start = max(end - LONGEST, 0)
    rows = [laid.codes[str(code)] for code in now["indicator_code"]]
    months = laid.months[start:end]
    codes = now["indicator_code"].astype(str)
    series = Monthly(
        values=laid.values[rows, start:end],
        directions=now["direction"].astype(str).tolist(),
        kinds=now["kind"].astype(str).tolist(),
        sizes=laid.sizes[rows, start:end],
        per=now["per"].to_numpy(dtype=float),
        target_low=now["target_low"].to_numpy(dtype=float),
        target_high=now["target_high"].to_numpy(dtype=float),
        rebase=_marked(said.rebased, codes, months),
        excluded=_marked(said.excluded, codes, months),
    )
    found = watch(series)
    return Watched(months, _frame(now, found, months), found)


def _values(rows: pd.DataFrame) -> "pd.Series[float]":
    thin = rows["reason"].isin(["too_few", "hidden"]) if "reason" in rows else pd.Series(False, index=rows.index)
    return rows["value"].astype(float).where(~thin)


def _sizes(rows: pd.DataFrame) -> "pd.Series[float]":
    """Weighted answers are worth n_eff; of uploaded values the denominator counts, 1 says that it is not known."""
    denominator = rows["denominator"].astype(float)
    return rows["n_eff"].astype(float).fillna(denominator.where(denominator > 1))


def _grid(rows: pd.DataFrame, column: "pd.Series[float]", codes: "pd.Index[str]", index: pd.DatetimeIndex) -> Floats:
    wide = rows.assign(_cell=column).pivot(index="indicator_code", columns="month", values="_cell")
    return wide.reindex(index=codes, columns=index).to_numpy(dtype=np.float64)


def _marked(
    said: Months, codes: "pd.Series[str]", months: tuple[date, ...]
) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    marks = np.zeros((len(codes), len(months)), dtype=bool)
    place = {month: number for number, month in enumerate(months)}
    for row, code in enumerate(codes):
        for month in said.get(code, ()):
            if month in place:
                marks[row, place[month]] = True
    return marks


def _frame(now: pd.DataFrame, found: Watch, months: tuple[date, ...]) -> pd.DataFrame:
    begun = [pd.Timestamp(add_months(months[-1], 1 - int(count))) if count else pd.NaT for count in found.signal_months]
    last = {name: getattr(found.limits, name)[:, -1] for name in ("centre", "lower", "upper")}
    for name, bound in last.items():
        last[name] = np.where(found.too_few, np.nan, bound)
    return pd.DataFrame(
        {
            "indicator_code": now["indicator_code"],
            "status": now["status"],
            "behaviour": behaviours(now["status"].tolist(), found),
            "priority": priorities(found),
            "variation": found.variation,
            "assurance": found.assurance,
            "chart": found.chart,
            "beyond_chance": found.beyond_chance & ~found.too_few,
            "early_warning": found.early_warning,
            "slow_drift": found.slow_drift,
            "large_fluctuation": found.large_fluctuation & ~found.too_few,
            "consecutive_decline": found.consecutive_decline & ~found.too_few,
            "adverse_moves": found.adverse_moves[:, -1],
            "change_ranges": found.change_ranges,
            "first_month": begun,
            "points": found.points,
            "trial": found.trial[:, -1],
            **last,
        }
    )
