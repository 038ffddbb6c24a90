"""Gaps 1-4 from what an operator already holds. All definitions are our own; none is mixed with a questionnaire.

Gap 1: rank distance between declared and derived importance. Gap 2: share of the top needs with neither a standard nor
an indicator nor a target. Gap 3: share of the audited points that were lost. Gap 4: promised minus delivered, and the
share of promises that were not kept. All are 0 when closed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from sqm.rules.sampling import CONFIDENCE, Floats, Interval, wilson
from sqm.rules.surveys.answers import given, mean_answer
from sqm.rules.surveys.design_effect import Estimate
from sqm.rules.targets import Direction

_GUARD = 1e-9
FEWEST_NEEDS = 3
TOP_NEEDS = 10


@dataclass(frozen=True)
class Displaced:
    """Ranks from 1 (most important); shift above 0: customers put the need that many places higher than declared."""

    need: str
    declared_rank: float
    derived_rank: float
    shift: float


@dataclass(frozen=True)
class RankGap:
    """distance 0-1. only_declared, only_derived: needs that the other side does not know; they take no part."""

    distance: float | None
    interval: Interval | None
    needs: tuple[Displaced, ...]
    only_declared: tuple[str, ...]
    only_derived: tuple[str, ...]


def rank_distance(
    declared: Mapping[str, float], derived: Mapping[str, float], draws: ArrayLike | None = None
) -> RankGap:
    """Gap 1. Importance, larger = more important, by need: as managers declared it and as it was derived (drivers).

    Spearman's footrule sum |r - s| over its largest possible value floor(k^2 / 2) (Diaconis & Graham 1977, JRSS B
    39:262-268): 0 same order, 1 reversed. Ties share their mean rank. None below 3 shared needs.
    draws: bootstrap draws x derived importance (columns in the order of ``derived``) give a percentile interval.
    """
    shared = [need for need in declared if need in derived]
    only_declared = tuple(need for need in declared if need not in derived)
    only_derived = tuple(need for need in derived if need not in declared)
    first, second = _ranks([[declared[need] for need in shared]]), _ranks([[derived[need] for need in shared]])
    needs = tuple(
        Displaced(need, float(r), float(s), float(r - s))
        for need, r, s in zip(shared, first[0], second[0], strict=True)
    )
    if len(shared) < FEWEST_NEEDS:
        return RankGap(None, None, needs, only_declared, only_derived)
    interval = None
    if draws is not None:
        columns = [list(derived).index(need) for need in shared]
        distances = _footrules(first, _ranks(given(draws)[:, columns]))
        tail = 50.0 * (1.0 - CONFIDENCE)
        interval = Interval(*(float(each) for each in np.percentile(distances, (tail, 100.0 - tail))))
    return RankGap(float(_footrules(first, second)[0]), interval, needs, only_declared, only_derived)


def _ranks(importance: ArrayLike) -> Floats:
    """Rows of importance to rows of ranks, 1 the most important."""
    return np.asarray(pd.DataFrame(-given(importance)).rank(axis=1), dtype=np.float64)


def _footrules(first: Floats, second: Floats) -> Floats:
    return np.asarray(np.abs(first - second).sum(axis=1) / (first.shape[1] ** 2 // 2), dtype=np.float64)


@dataclass(frozen=True)
class Need:
    """A customers' need and what the company has set against it. importance: larger = more important."""

    code: str
    importance: float
    has_standard: bool
    has_indicator: bool
    has_target: bool


@dataclass(frozen=True)
class Coverage:
    """Shares 0-1 of the top needs. uncovered: nothing at all; incomplete: at least one of the three is missing.
    No interval: the register is complete, not a sample."""

    top: tuple[str, ...]
    uncovered: float | None
    incomplete: float | None
    without_standard: float | None
    without_indicator: float | None
    without_target: float | None
    bare: tuple[str, ...]


def coverage(needs: Iterable[Need], top: int = TOP_NEEDS) -> Coverage:
    """Gap 2. Needs as important as the last one of the top belong to it; fewer needs than ``top``: all of them."""
    ordered = sorted(needs, key=lambda need: (-need.importance, need.code))
    if not ordered or top < 1:
        return Coverage((), None, None, None, None, None, ())
    least = ordered[min(top, len(ordered)) - 1].importance
    chosen = [need for need in ordered if need.importance >= least - _GUARD]
    parts = np.array([(need.has_standard, need.has_indicator, need.has_target) for need in chosen])
    bare = [not any(row) for row in parts.tolist()]
    missing = [float(share) for share in 1.0 - parts.mean(axis=0)]
    return Coverage(
        top=tuple(need.code for need in chosen),
        uncovered=sum(bare) / len(bare),
        incomplete=float((~parts.all(axis=1)).mean()),
        without_standard=missing[0],
        without_indicator=missing[1],
        without_target=missing[2],
        bare=tuple(need.code for need, is_bare in zip(chosen, bare, strict=True) if is_bare),
    )


def points_lost(
    possible: ArrayLike, scored: ArrayLike, stores: Sequence[object] | None = None
) -> tuple[Estimate | None, dict[int, float]]:
    """Gap 3: (share of audited points lost, item column -> its share of all lost points).

    possible, scored: visits x items, in points; None or possible 0: not scored or not applicable, left out on both
    sides. The share is a ratio of sums, lost / possible, linearised over visits, or over stores if visits repeat; its
    interval is cut at 0 and 1. None without a scored point. Outside 0..possible is an error.
    """
    most, got = given(possible), given(scored)
    counts = np.isfinite(most) & np.isfinite(got) & (most > 0)
    if bool(np.any(counts & ((got < -_GUARD) | (got > most + _GUARD)))):
        raise ValueError("scored points must lie between 0 and the possible points")
    most, lost = np.where(counts, most, 0.0), np.where(counts, most - got, 0.0)
    total = most.sum(axis=1)
    seen = np.asarray(total > 0)
    if not bool(seen.any()):
        return None, {}
    groups = None if stores is None else [store for store, is_in in zip(stores, seen.tolist(), strict=True) if is_in]
    found = mean_answer(lost[seen].sum(axis=1) / total[seen], total[seen], groups)
    by_item, everything = lost.sum(axis=0), float(lost.sum())
    shares = {item: float(each / everything) for item, each in enumerate(by_item) if everything > 0 and each > 0}
    return None if found is None else _within(found, 0.0, 1.0), shares


def _within(found: Estimate, least: float, most: float) -> Estimate:
    if found.interval is None:
        return found
    limits = Interval(max(found.interval.low, least), min(found.interval.high, most))
    return Estimate(found.mean, found.se, found.deff, found.n, found.n_eff, found.df, found.lone_strata, limits)


@dataclass(frozen=True)
class PromiseGap:
    """One promise. shortfall in its own unit, above 0: less (or later, dearer) than promised. Shares 0-1."""

    shortfall: Estimate | None
    broken: int
    n: int
    share_broken: float | None
    interval: Interval | None


def promise_gap(
    promised: ArrayLike, delivered: ArrayLike, direction: Direction, clusters: Sequence[object] | None = None
) -> PromiseGap:
    """Gap 4 of one promise from its cases. direction: which way is better for the customer (higher: speed, gift value,
    a score; lower: minutes, fees). Kept means no shortfall. Interval of the share: Wilson."""
    if direction is Direction.RANGE:
        raise ValueError("a promise is kept from one side")
    gap = given(promised) - given(delivered)
    shortfall = -gap if direction is Direction.LOWER else gap
    known = shortfall[np.isfinite(shortfall)]
    broken = int((known > _GUARD).sum())
    return _counted(mean_answer(shortfall, clusters=clusters), broken, known.size)


def promises_broken(promises: Iterable[PromiseGap]) -> PromiseGap:
    """Gap 4 of a process: cases of all its promises pooled. Shortfalls have different units and are not pooled."""
    each = list(promises)
    return _counted(None, sum(one.broken for one in each), sum(one.n for one in each))


def _counted(shortfall: Estimate | None, broken: int, n: int) -> PromiseGap:
    return PromiseGap(shortfall, broken, n, broken / n if n else None, wilson(broken, n))
