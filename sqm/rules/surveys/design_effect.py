"""What weights and clusters cost: Taylor linearisation of a weighted mean or share.

Answers from the same store resemble each other, so a city total of store surveys knows less than its n says.
Formula: z_i = w_i (y_i - ybar) / W; V = sum over strata of m/(m-1) sum (z_c - zbar)^2 over cluster totals.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from sqm.rules.sampling import CONFIDENCE, Floats, Interval, effective_n, t_of

_NO_SPREAD = 1e-15  # a variance below this is rounding: all answers are the same


@dataclass(frozen=True)
class Estimate:
    """A mean with its uncertainty. df = clusters - strata. lone_strata: strata with one cluster, centred on the grand
    mean instead of their own (their variance cannot be known); show a flag when above 0."""

    mean: float
    se: float
    deff: float
    n: int
    n_eff: float
    df: int
    lone_strata: int
    interval: Interval | None


def linearised(
    y: ArrayLike,
    weights: ArrayLike,
    strata: Sequence[object] | None = None,
    clusters: Sequence[object] | None = None,
    confidence: float = CONFIDENCE,
) -> Estimate:
    """Weighted mean of y (a share if y is 0/1) from single answers. Without clusters every answer is its own."""
    values, w = np.asarray(y, dtype=float), np.asarray(weights, dtype=float)
    n = values.size
    if n == 0 or not bool(np.all(w > 0)):
        raise ValueError("weights must be above 0")
    mean = float((w * values).sum() / w.sum())
    z = w * (values - mean) / w.sum()
    variance, lone, df = _variance(z, strata, clusters)
    spread = float((w * (values - mean) ** 2).sum() / w.sum())
    simple = spread / n * (n / (n - 1) if n > 1 and not _is_binary(values) else 1.0)
    deff = variance / simple if simple > 0 else 1.0
    se = variance**0.5
    half = t_of(df, confidence) * se if df > 0 else None
    return Estimate(
        mean=mean,
        se=se,
        deff=deff,
        n=n,
        n_eff=min(float(n), n / deff) if deff > 0 else float(n),
        df=df,
        lone_strata=lone,
        interval=None if half is None else Interval(mean - half, mean + half),
    )


def _variance(z: Floats, strata: Sequence[object] | None, clusters: Sequence[object] | None) -> tuple[float, int, int]:
    """Variance of the sum of z, strata with one cluster, and degrees of freedom. Answers that are each their own, in
    one stratum, need no grouping: hundreds of small means stand on one page."""
    n = z.size
    if strata is None and clusters is None:
        if n == 1:
            return float((z**2).sum()), 1, 0
        return n / (n - 1) * float(((z - z.mean()) ** 2).sum()), 0, n - 1
    stratum = pd.factorize(np.asarray(list(strata), dtype=object))[0] if strata is not None else np.zeros(n, dtype=int)
    cluster = pd.factorize(np.asarray(list(clusters), dtype=object))[0] if clusters is not None else np.arange(n)
    totals = pd.DataFrame({"stratum": stratum, "cluster": cluster, "z": z}).groupby(["stratum", "cluster"])["z"].sum()
    variance, lone = 0.0, 0
    for _, part in totals.groupby(level="stratum"):
        m = len(part)
        if m == 1:
            lone += 1
            variance += float((part**2).sum())
        else:
            variance += m / (m - 1) * float(((part - part.mean()) ** 2).sum())
    df = len(totals) - totals.index.get_level_values("stratum").nunique()
    return variance, lone, df


def clustered_n(sums: pd.DataFrame, by: Sequence[str], cluster: str, weighted: str) -> pd.DataFrame:
    """Effective n of a weighted mean per group, from sums per cluster; no single answer is needed.

    sums: one or more rows per group and cluster with n, w, ww, the column ``weighted`` (sum of weight x value) and
    ``<weighted>_squares`` (sum of weight x value squared; for a 0/1 value the same sum as ``weighted``).
    Out, indexed by ``by``: n, w, mean, n_kish, n_eff, deff, clusters. With one cluster, or when all clusters agree
    exactly, clusters say nothing: n_eff is Kish's. n_eff is never larger than n nor smaller than 1.
    """
    squares = f"{weighted}_squares"
    keys = list(by)
    each = (
        sums.groupby([*keys, cluster], sort=True, observed=True)[["n", "w", "ww", weighted, squares]]
        .sum()
        .astype(float)
    )
    each["wwc"] = each["w"] ** 2
    each["vvc"] = each[weighted] ** 2
    each["wvc"] = each["w"] * each[weighted]
    each["clusters"] = 1.0
    total = each.groupby(level=keys, sort=True, observed=True).sum()
    n_eff = effective_of_sums(
        *(total[name] for name in ("n", "w", "ww", weighted, squares, "clusters", "wwc", "wvc", "vvc"))
    )
    return pd.DataFrame(
        {
            "n": total["n"],
            "w": total["w"],
            "mean": total[weighted] / total["w"].where(total["w"] > 0),
            "n_kish": effective_n(total["w"], total["ww"]),
            "n_eff": n_eff,
            "deff": total["n"] / n_eff,
            "clusters": total["clusters"],
        }
    )


def effective_of_sums(
    n: ArrayLike,
    w: ArrayLike,
    ww: ArrayLike,
    weighted: ArrayLike,
    weighted_squares: ArrayLike,
    clusters: ArrayLike,
    cluster_ww: ArrayLike,
    cluster_wv: ArrayLike,
    cluster_vv: ArrayLike,
) -> Floats:
    """Effective n of weighted means by the rules of clustered_n, elementwise; NaN where a sum is missing.

    The first five are sums over answers. clusters: how many there are; cluster_ww, cluster_wv, cluster_vv: sums over
    clusters of (sum of w) squared, (sum of w) x (sum of w x value), (sum of w x value) squared.
    """
    n, w, ww, v, vv, m, c_ww, c_wv, c_vv = (
        np.asarray(each, dtype=float)
        for each in (n, w, ww, weighted, weighted_squares, clusters, cluster_ww, cluster_wv, cluster_vv)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(w > 0, v / w, np.nan)
        between = np.maximum(c_vv - 2.0 * mean * c_wv + mean**2 * c_ww, 0.0)
        variance = between / w**2 * np.where(m > 1, m / (m - 1.0), np.nan)
        simple = np.maximum(vv / w - mean**2, 0.0) / n
        known = (variance > 0) & (simple > _NO_SPREAD)
        n_eff = np.where(known, n * simple / variance, np.where(np.isfinite(m), effective_n(w, ww), np.nan))
        return np.asarray(np.where(n > 0, np.minimum(np.maximum(n_eff, 1.0), n), np.nan), dtype=float)


def mean_limits(
    mean: Floats, variance: Floats, n: Floats, n_eff: Floats, confidence: float = CONFIDENCE
) -> tuple[Floats, Floats]:
    """t interval of weighted means from monthly sums: variance is sum w(x-mean)^2 / sum w, se^2 = s^2 / n_eff.

    NaN below two answers and where every answer is the same (a width of 0 would claim certainty).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        usable = (n > 1) & (n_eff > 1) & (variance > 0)
        se = np.sqrt(np.where(usable, variance * n / (n - 1.0) / n_eff, np.nan))
        t = special.stdtrit(np.where(usable, n_eff - 1.0, 1.0), 0.5 + confidence / 2.0)
    return mean - t * se, mean + t * se


def _is_binary(values: Floats) -> bool:
    return bool(np.isin(values, (0.0, 1.0)).all())
