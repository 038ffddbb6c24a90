"""Audit visits: what a visit scores, what each item cost, what a store's visits say together (methods 4.2).

visit = 100 x points obtained / points applicable; an item that does not apply is out of both. A failed critical item
caps the visit at 60. Items of little weight together may cost only so much (the sources' rule of materiality: judge the
whole impression, do not pick at trifles). Nothing here knows a person: an audit result may not be charged to anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from sqm.rules.sampling import Floats, Interval, showing_of, wilson_limits
from sqm.rules.surveys.answers import given, mean_answer, spread_of
from sqm.rules.surveys.design_effect import clustered_n

FULL_SCORE = 100.0
CRITICAL_CAP = 60.0
LEAST_VISITS = 3
"""A store with fewer visits has an indicative score: no colour, no rank by itself."""
_GUARD = 1e-9


@dataclass(frozen=True)
class VisitRules:
    """Set by the province for all. critical_cap: most that a visit with a failed critical item scores, 0-100.
    minor_cap: most points of the visit (of 100) that all minor items together may cost; None: no such rule."""

    critical_cap: float = CRITICAL_CAP
    minor_cap: float | None = None


PROVINCE = VisitRules()


@dataclass(frozen=True)
class StoreVisits:
    """Mean of the visit scores of a store. sd: of visits (n - 1). interval: t, not cut at 0 and 100; see ``shown``."""

    mean: float
    n: int
    sd: float | None
    interval: Interval | None

    @property
    def is_indicative(self) -> bool:
        return self.n < LEAST_VISITS

    @property
    def distortion(self) -> float:
        """Share of the store's result that hangs on a single visit, 0-1: 1 for one visit."""
        return 1.0 / self.n

    @property
    def shown(self) -> Interval | None:
        """The interval as a page shows it: no score is below 0 or above 100."""
        if self.interval is None:
            return None
        return Interval(max(self.interval.low, 0.0), min(self.interval.high, FULL_SCORE))


def store_visits(scores: ArrayLike) -> StoreVisits | None:
    """scores: one a visit, 0-100; a visit in which nothing applied (None, NaN) does not count. None without visits."""
    found = mean_answer(scores)
    return None if found is None else StoreVisits(found.mean, found.n, spread_of(given(scores)), found.interval)


def visit_scores(marks: pd.DataFrame, rules: VisitRules = PROVINCE) -> pd.DataFrame:
    """marks: one row per visit and item, see ``item_losses``. Out, indexed by visit: obtained, applicable (points),
    critical_failed (items), score (0-100, NaN when nothing applied), is_capped."""
    losses = item_losses(marks, rules)
    losses["obtained"] = losses["points"]
    losses["applicable"] = losses["most"].where(losses["points"].notna(), 0.0)
    losses["failed_critical"] = losses["is_failed"] & losses["is_critical"]
    grouped = losses.groupby("visit", sort=True)
    out = grouped[["obtained", "applicable", "lost"]].sum()
    out["critical_failed"] = grouped["failed_critical"].sum().astype(int)
    out["score"] = (FULL_SCORE - out.pop("lost")).where(out["applicable"] > 0)
    out["is_capped"] = grouped["is_capped"].any()
    return out[["obtained", "applicable", "critical_failed", "score", "is_capped"]]


def item_losses(marks: pd.DataFrame, rules: VisitRules = PROVINCE) -> pd.DataFrame:
    """What each item of each visit cost.

    marks: visit, item, points (NaN: does not apply), most (above 0), is_critical; optionally pass_points (from which
    the item is passed; without it anything below ``most`` fails) and is_minor. Other columns stay.
    Added: is_failed; lost, in points of the visit score: these add up to 100 - score, so what a cap takes beyond the
    items themselves stands with the failed critical items, in equal parts; alone: what the visit would gain if this
    item only were mended (nothing, under a cap that another item holds); is_capped, of the visit.
    """
    rows = _checked(marks)
    applies = rows["points"].notna()
    by_visit = rows["visit"]
    applicable = rows["most"].where(applies, 0.0).groupby(by_visit).transform("sum")
    raw = ((rows["most"] - rows["points"]) / applicable * FULL_SCORE).where(applies, 0.0)
    own, mended = _with_minor_cap(raw, rows["is_minor"], by_visit, rules.minor_cap)
    before_cap = FULL_SCORE - own.groupby(by_visit).transform("sum")
    critical = rows["is_failed"] & rows["is_critical"]
    failed_critical = critical.astype(float).groupby(by_visit).transform("sum")
    holds = failed_critical > 0
    score = before_cap.where(~holds, np.minimum(before_cap, rules.critical_cap))
    excess = before_cap - score
    rows["lost"] = own + (excess / failed_critical.where(holds, 1.0)).where(critical, 0.0)
    still_held = failed_critical - critical.astype(float) > 0
    after = before_cap + mended
    rows["alone"] = (after.where(~still_held, np.minimum(after, rules.critical_cap)) - score).where(applies, 0.0)
    rows["is_capped"] = excess > _GUARD
    return rows


def _with_minor_cap(
    raw: "pd.Series[float]", minor: "pd.Series[bool]", by_visit: "pd.Series[str]", cap: float | None
) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """(loss that counts, gain if only this item were mended); minor items share what the rule lets them cost."""
    if cap is None:
        return raw, raw
    together = raw.where(minor, 0.0).groupby(by_visit).transform("sum")
    counted = np.minimum(together, cap)
    scale = (counted / together.where(together > 0, 1.0)).where(minor, 1.0)
    mended = raw.where(~minor, counted - np.minimum(together - raw, cap))
    return raw * scale, mended


def _checked(marks: pd.DataFrame) -> pd.DataFrame:
    rows = marks.reset_index(drop=True).copy()
    rows["points"], rows["most"] = rows["points"].astype(float), rows["most"].astype(float)
    rows["is_critical"] = rows["is_critical"].astype(bool)
    rows["is_minor"] = rows["is_minor"].astype(bool) if "is_minor" in rows else False
    wrong = ~(rows["most"] > 0) | (rows["points"] < 0) | (rows["points"] > rows["most"] + _GUARD)
    if bool(wrong.any()):
        raise ValueError(f"points outside 0 to the most of the item: {rows.loc[wrong, 'item'].unique().tolist()[:5]}")
    passes_from = rows["pass_points"].astype(float).fillna(rows["most"]) if "pass_points" in rows else rows["most"]
    rows["is_failed"] = rows["points"].notna() & (rows["points"] < passes_from - _GUARD)
    return rows


def mean_losses(losses: pd.DataFrame, by: Sequence[str] = ("store",)) -> pd.DataFrame:
    """Losses of items over the visits of a store (or a theme of it): item_losses -> per ``by`` and item.

    Out, indexed by (*by, item): visits (in which it applied), failed, lost and alone: means over all scored visits of
    the group, so that ``lost`` adds up to 100 - the group's mean visit score.
    """
    keys = list(by)
    scored = losses[losses["points"].notna()]
    visits = scored.groupby(keys, sort=True)["visit"].nunique().rename("all")
    out = scored.groupby([*keys, "item"], sort=True).agg(
        visits=("points", "size"), failed=("is_failed", "sum"), lost=("lost", "sum"), alone=("alone", "sum")
    )
    count = visits.reindex(out.reset_index("item").index).to_numpy(dtype=float)
    return out.assign(lost=out["lost"] / count, alone=out["alone"] / count)


def fail_rates(losses: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """How often each item fails, for training: item_losses with a column store -> per ``by`` and item.

    Out: visits (n), failed, share (0-1), n_eff, low, high (Wilson on the effective n: visits to the same store resemble
    each other), showing (shown, grey, hidden).
    """
    keys = [*by, "item"]
    scored = losses[losses["points"].notna()]
    sums = scored.groupby([*keys, "store"], sort=True).agg(n=("points", "size"), failed=("is_failed", "sum"))
    sums = sums.reset_index().assign(w=lambda each: each["n"], ww=lambda each: each["n"])
    sums["failed_squares"] = sums["failed"]
    found = clustered_n(sums, keys, "store", "failed")
    n, n_eff = found["n"].to_numpy(dtype=float), found["n_eff"].to_numpy(dtype=float)
    share: Floats = found["mean"].to_numpy(dtype=float)
    low, high = wilson_limits(share * n_eff, n_eff)
    return pd.DataFrame(
        {
            "visits": n.astype(int),
            "failed": np.rint(share * n).astype(int),
            "share": share,
            "n_eff": n_eff,
            "low": low,
            "high": high,
            "showing": showing_of(n, n_eff),
        },
        index=found.index,
    )
