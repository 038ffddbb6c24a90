"""A satisfaction index of 0-100 from several questions, as the American index (ACSI) is built from three.

Index = sum of w_k (mean_k - min) / (max - min) x 100 with weights that add up to 1 (Fornell et al. 1996, J Marketing
60(4):7-18). The weights are fixed numbers that the study states; they are not estimated here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from sqm.rules.sampling import CONFIDENCE, Floats, Interval, t_of

_GUARD = 1e-9


@dataclass(frozen=True)
class Index:
    """value on 0-100; item_means in points of the scale, NaN for an item without answers; weights as used, sum 1.

    n: respondents with at least one answer, n_complete: with all. is_partial: an item that counts had no answer at all
    and the others took over its weight. interval: None below two respondents (or clusters) and when all agree.
    """

    value: float
    item_means: tuple[float, ...]
    weights: tuple[float, ...]
    n: int
    n_complete: int
    is_partial: bool
    se: float | None
    interval: Interval | None


def weighted_index(
    answers: ArrayLike,
    item_weights: Sequence[float] | None = None,
    scale_min: float = 1.0,
    scale_max: float = 10.0,
    weights: ArrayLike | None = None,
    clusters: Sequence[object] | None = None,
    confidence: float = CONFIDENCE,
) -> Index | None:
    """answers (respondents, items), NaN where not answered; None when nobody answered anything.

    item_weights: any numbers from 0 up (equal if None), normalised here: weights that do not add up to 1 understate the
    index. weights: one per respondent. A missing answer leaves its respondent out of that item's mean only.
    """
    x = np.atleast_2d(np.asarray(answers, dtype=np.float64))
    w = np.ones(len(x)) if weights is None else np.asarray(weights, dtype=np.float64)
    importance = np.ones(x.shape[1]) if item_weights is None else np.asarray(item_weights, dtype=np.float64)
    _check(x, w, importance, scale_min, scale_max)
    present = np.isfinite(x)
    asked, is_lost = np.asarray(present.any(axis=1)), (importance > 0) & ~present.any(axis=0)
    importance = np.where(present.any(axis=0), importance, 0.0)
    if importance.sum() <= 0:
        return None
    share = importance / importance.sum()
    sums = (w[:, None] * present).sum(axis=0)
    means = (w[:, None] * np.where(present, x, 0.0)).sum(axis=0) / np.where(sums > 0, sums, np.nan)
    points = 100.0 / (scale_max - scale_min)
    pull = share * points * w[:, None] * np.where(present, x - means, 0.0) / np.where(sums > 0, sums, 1.0)
    value = float(np.nansum(share * (means - scale_min))) * points
    names = None if clusters is None else np.asarray(clusters, dtype=object)[asked]
    se, interval = _uncertainty(value, pull.sum(axis=1)[asked], names, confidence)
    return Index(
        value=value,
        item_means=tuple(float(mean) for mean in means),
        weights=tuple(float(each) for each in share),
        n=int(asked.sum()),
        n_complete=int(present.all(axis=1).sum()),
        is_partial=bool(is_lost.any()),
        se=se,
        interval=interval,
    )


def _check(x: Floats, w: Floats, importance: Floats, scale_min: float, scale_max: float) -> None:
    if not scale_max > scale_min:
        raise ValueError("a scale without width")
    if len(importance) != x.shape[1] or not bool(np.all(importance >= 0)) or importance.sum() <= 0:
        raise ValueError("one weight from 0 up per item, and not all 0")
    if len(w) != len(x) or not bool(np.all(w > 0)):
        raise ValueError("weights must be above 0")
    with np.errstate(invalid="ignore"):
        if bool(np.any((x < scale_min - _GUARD) | (x > scale_max + _GUARD))):
            raise ValueError("an answer outside its scale")


def _uncertainty(
    value: float, pull: Floats, clusters: NDArray[np.object_] | None, confidence: float
) -> tuple[float | None, Interval | None]:
    """Linearised standard error: how far each respondent (or cluster) pulls the index, squared and added.

    With complete answers and equal weights this is the standard deviation of respondents' own indices / sqrt(n).
    """
    if clusters is not None:
        codes, names = pd.factorize(clusters, use_na_sentinel=False)
        if len(names) > 1:
            pull = np.asarray(np.bincount(codes, pull), dtype=np.float64)
    m = len(pull)
    if m < 2:
        return None, None
    se = math.sqrt(m / (m - 1) * float((pull**2).sum()))
    if se <= _GUARD:
        return se, None
    half = t_of(m - 1, confidence) * se
    return se, Interval(max(value - half, 0.0), min(value + half, 100.0))
