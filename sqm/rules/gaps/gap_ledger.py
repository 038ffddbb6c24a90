"""From what was asked and what the books hold to the ledger of one process, with everything that it sums up.

Windows differ and are the caller's: gap 5 is asked in the period itself, the rest in the months up to its end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sqm.rules.drivers.drivers import LEAST_ANSWERS, LEAST_PER_DRIVER
from sqm.rules.drivers.relative_importance import parts
from sqm.rules.drivers.resampling import resampled
from sqm.rules.gaps.gap_proxies import (
    Coverage,
    Need,
    PromiseGap,
    RankGap,
    coverage,
    points_lost,
    promise_gap,
    promises_broken,
    rank_distance,
)
from sqm.rules.gaps.gap_ratings import RatedGap, against_customers, against_top
from sqm.rules.gaps.gap_units import (
    CommunicationPoints,
    DeliveryPoints,
    KnowledgePoints,
    NeedsUncovered,
    PerceptionPoints,
    PointsLost,
    PromisesBroken,
    RankDistance,
    Shortfall,
    StandardsPoints,
)
from sqm.rules.gaps.gaps import Ledger, Reading, Sides, U, reading, reading_of
from sqm.rules.gaps.servqual import DEFAULT_POINTS, GapFive, Pairs, gap_five
from sqm.rules.sampling import Floats
from sqm.rules.surveys.design_effect import Estimate
from sqm.rules.targets import Direction

_DRAWS = 200  # enough for the limits of a distance that moves in steps


@dataclass(frozen=True)
class Derived:
    """Importance by dimension, derived from customers: parts of what varies in their overall score (Shapley).

    draws: resamples x dimensions, in the order of importance. n: complete answers.
    """

    importance: Mapping[str, float]
    draws: Floats
    n: int


@dataclass(frozen=True)
class Promise:
    """promised, delivered: in one unit; delivered: one a place and month."""

    code: str
    promised: float
    unit: str
    direction: Direction
    delivered: tuple[float, ...]


@dataclass(frozen=True)
class Evidence:
    """All that is known of one process. people tables: rows x dimensions in ``order``, NaN where not answered.

    customers: pairs of the period. recent: expectations of the window of the inside questionnaires, which gap 1 is held
    against. standards: NaN says that no standard exists. possible, scored: visits x items, with a store a visit.
    None or empty: not asked, not audited, not promised.
    """

    process: str
    month: date
    customers: Pairs | None = None
    recent: Floats | None = None
    estimates: Floats | None = None
    standards: Floats | None = None
    abilities: Floats | None = None
    promises_kept: Floats | None = None
    top: float = 7.0
    scale: str = ""
    declared: Mapping[str, float] | None = None
    derived: Derived | None = None
    needs: tuple[Need, ...] = ()
    possible: Floats | None = None
    scored: Floats | None = None
    stores: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True)
class Weighed:
    """The ledger and what stands behind each of its readings. promises: by code."""

    ledger: Ledger
    five: GapFive | None
    knowledge: RatedGap | None
    standards: RatedGap | None
    delivery: RatedGap | None
    communication: RatedGap | None
    ranks: RankGap | None
    covered: Coverage | None
    lost: Estimate | None
    lost_by_item: Mapping[int, float]
    promises: Mapping[str, PromiseGap]
    broken: PromiseGap | None


def derived_importance(perceived: Floats, overall: Floats, order: Sequence[str]) -> Derived | None:
    """perceived: people x dimensions; overall: the score of the whole. None below max(100, 10 per dimension) complete
    answers, below two dimensions, or where one of them does not vary."""
    columns = np.column_stack([perceived, overall])
    columns = columns[np.isfinite(columns).all(axis=1)]
    least = max(LEAST_ANSWERS, LEAST_PER_DRIVER * len(order))
    if len(order) < 2 or len(columns) < least or bool(np.any(columns.min(axis=0) == columns.max(axis=0))):
        return None
    samples = resampled(columns, np.ones(len(columns)), draws=_DRAWS)
    whole, drawn = parts(samples.whole)[1], parts(samples.drawn)[1]
    return Derived(dict(zip(order, (float(each) for each in whole), strict=True)), drawn, len(columns))


def weigh(evidence: Evidence) -> Weighed:
    """Each gap both ways, as far as the evidence goes."""
    five = gap_five(evidence.customers) if evidence.customers is not None else None
    knowledge, standards, delivery, communication = _rated(evidence)
    ranks = covered = lost = broken = None
    by_item: dict[int, float] = {}
    if evidence.declared and evidence.derived:
        ranks = rank_distance(evidence.declared, evidence.derived.importance, evidence.derived.draws)
    if evidence.needs:
        covered = coverage(evidence.needs)
    if evidence.possible is not None and evidence.scored is not None:
        lost, by_item = points_lost(evidence.possible, evidence.scored, _of_stores(evidence.stores))
    kept = {each.code: _kept(each) for each in evidence.promises if each.delivered}
    if kept:
        broken = promises_broken(kept.values())
    ledger = Ledger(
        process=evidence.process,
        month=evidence.month,
        perception=reading_of(PerceptionPoints, five.unweighted, evidence.scale) if five else None,
        knowledge=Sides(_asked(KnowledgePoints, knowledge, evidence.scale), _distance(ranks, evidence.derived)),
        standards=Sides(
            _asked(StandardsPoints, standards, evidence.scale),
            None if covered is None else reading(NeedsUncovered, covered.uncovered),
        ),
        delivery=Sides(
            _asked(DeliveryPoints, delivery, evidence.scale),
            None if lost is None else reading_of(PointsLost, lost),
        ),
        communication=Sides(
            _asked(CommunicationPoints, communication, evidence.scale),
            None if broken is None else reading(PromisesBroken, broken.share_broken, broken.interval),
        ),
        shortfalls=tuple(_shortfall(each, kept[each.code]) for each in evidence.promises if each.code in kept),
    )
    return Weighed(
        ledger, five, knowledge, standards, delivery, communication, ranks, covered, lost, by_item, kept, broken
    )


def _rated(evidence: Evidence) -> tuple[RatedGap | None, RatedGap | None, RatedGap | None, RatedGap | None]:
    if evidence.customers is None:
        return None, None, None, None
    order = tuple(evidence.customers.order)
    points = [DEFAULT_POINTS.get(name, 1.0) for name in order]
    if not set(order) <= set(DEFAULT_POINTS):
        points = [1.0] * len(order)

    def top(table: Floats | None, is_absence: bool) -> RatedGap | None:
        if table is None or not _has_answers(table):
            return None
        return against_top(table, order, points, evidence.top, None if is_absence else ~np.isfinite(table))

    knowledge = None
    estimates, recent = evidence.estimates, evidence.recent
    if estimates is not None and recent is not None and _has_answers(estimates) and _has_answers(recent):
        knowledge = against_customers(estimates, recent, order, points)
    return (
        knowledge,
        top(evidence.standards, True),
        top(evidence.abilities, False),
        top(evidence.promises_kept, False),
    )


def _has_answers(table: Floats) -> bool:
    return bool(np.isfinite(table).any())


def _asked(unit: type[U], found: RatedGap | None, scale: str) -> Reading[U] | None:
    if found is None:
        return None
    return reading(unit, found.weighted, found.interval, found.n, found.n_eff, scale)


def _distance(ranks: RankGap | None, derived: Derived | None) -> Reading[RankDistance] | None:
    if ranks is None or derived is None:
        return None
    return reading(RankDistance, ranks.distance, ranks.interval, derived.n)


def _kept(promise: Promise) -> PromiseGap:
    return promise_gap([promise.promised] * len(promise.delivered), promise.delivered, promise.direction)


def _shortfall(promise: Promise, found: PromiseGap) -> Reading[Shortfall]:
    """No minimum of cases: nobody's answer can be told from a place's figure."""
    estimate = found.shortfall
    value, interval = (None, None) if estimate is None else (estimate.mean, estimate.interval)
    return reading(Shortfall, value, interval, scale=promise.unit, subject=promise.code)


def _of_stores(stores: Sequence[str]) -> Sequence[str] | None:
    """Visits to one store resemble each other; visits without a store are each their own."""
    return [store or f"visit {number}" for number, store in enumerate(stores)] if any(stores) else None
