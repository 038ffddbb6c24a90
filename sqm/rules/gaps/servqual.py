"""Gap 5: what customers perceive minus what they expect, from paired items by dimension.

g_ik = P_ik - E_ik (needs both). G_id = mean of the person's answered item gaps in dimension d. Dimension gap = mean of
G_id over the people who have it. Unweighted score = mean over complete people of mean_d G_id. Weighted score = mean
over people of sum_d (points_id / 100) G_id. Units: points of the asked scale; negative = below expectation.
Sources: Parasuraman, Zeithaml & Berry 1985, 1988, 1991; weights Zeithaml, Parasuraman & Berry 1990. Weighting the
means (mean gap x mean points) gives another number, and dividing the weighted sum by 5 again is a known slip.
Difference scores are criticised (Cronin & Taylor 1992; Brown, Churchill & Peter 1993; Teas 1993), so perception alone
(SERVPERF) and Cronbach's alpha always come along.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from sqm.rules.sampling import Floats
from sqm.rules.surveys.answers import cronbach_alpha, given, mean_answer, row_means, spread_of
from sqm.rules.surveys.design_effect import Estimate

_GUARD = 1e-9
CEILING = 5.5 / 6.0
"""From this share of the scale on (6.5 of 1-7) expectations stand at the ceiling: the gap is P minus a constant."""


class Dimension(StrEnum):
    """The five dimensions in the order of the literature."""

    TANGIBLES = "tangibles"
    RELIABILITY = "reliability"
    RESPONSIVENESS = "responsiveness"
    ASSURANCE = "assurance"
    EMPATHY = "empathy"


DEFAULT_POINTS: dict[str, float] = {
    Dimension.TANGIBLES: 11.0,
    Dimension.RELIABILITY: 32.0,
    Dimension.RESPONSIVENESS: 22.0,
    Dimension.ASSURANCE: 19.0,
    Dimension.EMPATHY: 16.0,
}
"""Zeithaml, Parasuraman & Berry 1990; only where customers gave none, and then labelled as the default."""


class PointsFrom(StrEnum):
    CUSTOMERS = "customers"
    DEFAULT = "default"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Pairs:
    """expectations and perceptions: people x items, None or NaN for no answer; dimensions: one a item.

    points: people x dimensions (order of ``order``), any sum above 0, or None. weights and clusters: one a person.
    """

    expectations: ArrayLike
    perceptions: ArrayLike
    dimensions: Sequence[str]
    scale_min: float = 1.0
    scale_max: float = 7.0
    order: Sequence[str] = tuple(Dimension)
    points: ArrayLike | None = None
    weights: ArrayLike | None = None
    clusters: Sequence[object] | None = None


@dataclass(frozen=True)
class DimensionGap:
    """p_holm: two-sided t test of gap = 0, Holm over the dimensions. Alphas: Cronbach's, complete answers only."""

    dimension: str
    gap: Estimate | None
    sd: float | None
    p_holm: float | None
    expectation: Estimate | None
    perception: Estimate | None
    alpha_gap: float | None
    alpha_perception: float | None
    is_at_ceiling: bool


@dataclass(frozen=True)
class GapFive:
    """items: one a item, in order. mean_points: shares 0-1, order of dimensions. rejected_points: people whose points
    are negative, missing or sum to 0. servperf: mean perception over complete people, plain and with the points."""

    items: tuple[Estimate | None, ...]
    dimensions: tuple[DimensionGap, ...]
    unweighted: Estimate | None
    weighted: Estimate | None
    points_from: PointsFrom
    mean_points: tuple[float, ...]
    rejected_points: int
    servperf: Estimate | None
    servperf_weighted: Estimate | None


def gap_five(pairs: Pairs) -> GapFive:
    """Gap 5 of one group of people (one process, one month). A dimension that nobody answered has no gap, and nobody
    is then complete."""
    expected, perceived = _checked(pairs)
    gaps = perceived - expected
    places = [np.flatnonzero(np.asarray(pairs.dimensions) == name) for name in pairs.order]
    each = [np.column_stack([row_means(table[:, at]) for at in places]) for table in (gaps, expected, perceived)]
    found = [[mean_answer(column, pairs.weights, pairs.clusters) for column in table.T] for table in each]
    adjusted = holm([_p_value(gap) for gap in found[0]])
    shares, source, rejected = _points(pairs, len(gaps))

    def score(table: Floats, shares: Floats) -> Estimate | None:
        return mean_answer((table * shares).sum(axis=1), pairs.weights, pairs.clusters)

    equal = np.full(each[0].shape, 1.0 / len(pairs.order))
    usable = shares[np.isfinite(shares).all(axis=1)]
    return GapFive(
        items=tuple(mean_answer(column, pairs.weights, pairs.clusters) for column in gaps.T),
        dimensions=tuple(
            DimensionGap(
                dimension=name,
                gap=found[0][d],
                sd=spread_of(each[0][:, d], pairs.weights),
                p_holm=adjusted[d],
                expectation=found[1][d],
                perception=found[2][d],
                alpha_gap=cronbach_alpha(gaps[:, places[d]]),
                alpha_perception=cronbach_alpha(perceived[:, places[d]]),
                is_at_ceiling=_is_at_ceiling(found[1][d], pairs),
            )
            for d, name in enumerate(pairs.order)
        ),
        unweighted=score(each[0], equal),
        weighted=score(each[0], shares),
        points_from=source,
        mean_points=tuple(float(share) for share in usable.mean(axis=0)) if len(usable) else (),
        rejected_points=rejected,
        servperf=score(each[2], equal),
        servperf_weighted=score(each[2], shares),
    )


def of_means(gaps: Sequence[float | None], points: Sequence[float]) -> tuple[float | None, float | None]:
    """(unweighted, weighted) score from published dimension gaps. A missing dimension is left out of both and the
    points are shared among the rest. There is no interval: means do not tell how the pairs vary."""
    sizes, w = given(gaps), given(points)
    if bool(np.any(w < 0)):
        raise ValueError("points must not be negative")
    known = np.isfinite(sizes)
    if not bool(known.any()):
        return None, None
    total = float(w[known].sum())
    return float(sizes[known].mean()), float((sizes * w)[known].sum()) / total if total > 0 else None


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Holm 1979: adjusted p values, in the given order; what could not be tested stays None and does not count."""
    tested = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    out: list[float | None] = [None] * len(p_values)
    largest = 0.0
    for rank, (p, place) in enumerate(tested):
        largest = max(largest, min(1.0, (len(tested) - rank) * p))
        out[place] = largest
    return out


def _checked(pairs: Pairs) -> tuple[Floats, Floats]:
    expected, perceived = given(pairs.expectations), given(pairs.perceptions)
    if expected.ndim != 2 or expected.shape != perceived.shape or expected.shape[1] != len(pairs.dimensions):
        raise ValueError("expectations and perceptions must be people x items, with one dimension for each item")
    for table in (expected, perceived):
        if bool(np.any((table < pairs.scale_min - _GUARD) | (table > pairs.scale_max + _GUARD))):
            raise ValueError("an answer lies outside its scale")
    return expected, perceived


def _points(pairs: Pairs, people: int) -> tuple[Floats, PointsFrom, int]:
    """Shares 0-1 people x dimensions, NaN for who gave no usable split."""
    if pairs.points is None:
        default = [DEFAULT_POINTS.get(name, np.nan) for name in pairs.order]
        is_known = set(pairs.order) == set(DEFAULT_POINTS)
        row = np.array(default) / 100.0 if is_known else np.full(len(pairs.order), np.nan)
        return np.tile(row, (people, 1)), PointsFrom.DEFAULT if is_known else PointsFrom.NOBODY, 0
    points = given(pairs.points)
    if points.shape != (people, len(pairs.order)):
        raise ValueError("points must be people x dimensions")
    total = points.sum(axis=1)
    is_good = np.isfinite(points).all(axis=1) & (points >= 0).all(axis=1) & (total > 0)
    shares = np.where(is_good[:, None], points / np.where(is_good, total, 1.0)[:, None], np.nan)
    return shares, PointsFrom.CUSTOMERS, int((~is_good).sum())


def _p_value(gap: Estimate | None) -> float | None:
    if gap is None or gap.interval is None:
        return None
    return float(2.0 * special.stdtr(gap.df, -abs(gap.mean) / gap.se))


def _is_at_ceiling(expectation: Estimate | None, pairs: Pairs) -> bool:
    if expectation is None:
        return False
    return (expectation.mean - pairs.scale_min) / (pairs.scale_max - pairs.scale_min) >= CEILING - _GUARD
