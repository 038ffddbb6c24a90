"""The one watch engine: are these monthly series moving for real, or is it chance? (methods 2.1-2.4 and 2.7)

Many series in one pass of numpy, so that a page may watch 151 indicators over 36 months; a single chart is k = 1.
Everything is judged as of the last month: give it the months up to the one that is looked at, without the future.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sqm.rules.sampling import Floats
from sqm.rules.targets import Direction
from sqm.rules.watching.drift import drifting
from sqm.rules.watching.limits import (
    FEWEST_TO_COLOUR,
    TRIAL_BELOW,
    XMR_WIDTH,
    Baseline,
    Bools,
    Chart,
    Ints,
    Limits,
    Words,
    baseline,
    choose,
    counted_limits,
    merged,
    xmr_limits,
)
from sqm.rules.watching.signals import (
    Signals,
    Signs,
    assurance_of,
    find_signals,
    run_lengths,
    steps_of,
    variation_of,
)

EARLY_MOVES = 3
_PRIMES, _PLAIN = (Chart.P_PRIME.value, Chart.U_PRIME.value), (Chart.P.value, Chart.U.value, Chart.C.value)


@dataclass(frozen=True)
class Monthly:
    """k series over the same m months, oldest first.

    values: (k x m), NaN: no value. directions: higher, lower, range; any other word is neutral. kinds: as in
    values.Kind. sizes: (k x m) answers or exposure behind shares and rates (effective answers where weighted; NaN or
    None: unknown), value = per x count / size. target_low, target_high: in force in the last month, NaN: none; range
    needs both. rebase: first months of a new group. excluded: points that make no limits. fix_after: 0 or the number
    of points of a group that make its limits.
    """

    values: Floats
    directions: Sequence[str]
    kinds: Sequence[str] | None = None
    sizes: Floats | None = None
    per: ArrayLike = 1.0
    target_low: ArrayLike | None = None
    target_high: ArrayLike | None = None
    rebase: Bools | None = None
    excluded: Bools | None = None
    fix_after: ArrayLike = 0


@dataclass(frozen=True)
class Choices:
    """chart: for all series, instead of the rule of 2.4. screen: leave outlying moving ranges out of XmR limits.
    screen_prime: the same for P' and U'. narrow: let sigma_z below 1 narrow P' and U' limits. xmr_width: limits in
    average moving ranges from the mean; other tools use 3 / 1.128 unrounded."""

    chart: Chart | None = None
    screen: bool = True
    xmr_width: float = XMR_WIDTH
    screen_prime: bool = False
    narrow: bool = False


@dataclass(frozen=True)
class Watch:
    """What the rules say. (k x m): limits, signals, variation_of_points, trial, adverse_moves; the others per series.

    variation, assurance: of the last month. trial: fewer than 13 points in the group. points: values in the last
    group. too_few: fewer than 6 of them or no limits, never coloured. no_variation: the last group is constant.
    large_fluctuation: the last point is outside the limits or one of two in three, whichever way.
    consecutive_decline: it ends a trend or run of seven the wrong way. beyond_chance: either of the two, the wrong way.
    slow_drift: the last six months stand a little on
    the wrong side (drift.py). early_warning: three moves in a row the wrong way, which chance does in 1 of 24.
    adverse_moves: -1 without a value.
    change: since the month before; change_ranges: the same in average moving ranges (size only). signal_months: months
    in a row, up to the last, in which the latest point raised a signal on the same side (limits of today); 0: none
    now. signal_points: points in a row, up to the last, that belong to it.
    """

    chart: Words
    limits: Limits
    signals: Signals
    variation_of_points: Words
    variation: Words
    assurance: Words
    points: Ints
    trial: Bools
    too_few: Bools
    no_variation: Bools
    large_fluctuation: Bools
    consecutive_decline: Bools
    beyond_chance: Bools
    adverse_moves: Ints
    early_warning: Bools
    slow_drift: Bools
    change: Floats
    change_ranges: Floats
    signal_months: Ints
    signal_points: Ints


def watch(series: Monthly, choices: Choices | None = None) -> Watch:
    """Run all rules. An empty list of series or of months is an error of the caller."""
    choices = choices or Choices()
    values = np.asarray(series.values, dtype=np.float64)
    k = len(values)
    base = baseline(values, series.rebase, series.excluded, np.asarray(series.fix_after, dtype=np.int64))
    chart, limits = _charted(values, series, base, choices)
    signals = find_signals(values, limits, base)
    lower, upper = _last_limits(limits, base)
    low, high = _band(series, k)
    adverse = _adverse(series.directions, values, low, high)
    latest = adverse[:, -1]
    moves = _adverse_moves(values, base, adverse)
    fluctuation = np.where(signals.outside != 0, signals.outside, signals.two_in_three)[:, -1]
    declining = (latest != 0) & ((signals.trend[:, -1] == latest) | (signals.run[:, -1] == latest))
    variation = variation_of(signals.sign, adverse, base.present)
    change = _change(values)
    spread = limits.spread[:, -1]
    with np.errstate(divide="ignore", invalid="ignore"):
        change_ranges = np.where(limits.constant[:, -1], np.nan, np.abs(change) / spread)
    return Watch(
        chart=chart,
        limits=limits,
        signals=signals,
        variation_of_points=variation,
        variation=variation[:, -1],
        assurance=assurance_of(lower, upper, low, high, base.guard[:, 0]),
        points=base.points[:, -1],
        trial=base.points < TRIAL_BELOW,
        too_few=(base.points[:, -1] < FEWEST_TO_COLOUR) | (np.isnan(lower) & ~limits.constant[:, -1]),
        no_variation=limits.constant[:, -1],
        large_fluctuation=fluctuation != 0,
        consecutive_decline=declining,
        beyond_chance=declining | ((latest != 0) & (fluctuation == latest)),
        adverse_moves=moves,
        early_warning=moves[:, -1] >= EARLY_MOVES,
        slow_drift=drifting(values, latest, series.rebase, series.excluded),
        change=change,
        change_ranges=change_ranges,
        signal_months=run_lengths(signals.raised, base.starts)[:, -1],
        signal_points=run_lengths(signals.sign, base.starts)[:, -1],
    )


def _charted(values: Floats, series: Monthly, base: Baseline, choices: Choices) -> tuple[Words, Limits]:
    """The chart of each series and its limits."""
    k = len(values)
    xmr = xmr_limits(values, base, choices.screen, choices.xmr_width)
    sizes = np.full(values.shape, np.nan) if series.sizes is None else np.asarray(series.sizes, dtype=np.float64)
    kinds = np.array([""] * k if series.kinds is None else [str(kind) for kind in series.kinds])
    forced = choices.chart
    if forced is Chart.XMR or (forced is None and not np.isfinite(sizes).any()):
        return np.full(k, Chart.XMR.value), xmr
    if forced is Chart.C:
        sizes = np.ones_like(values)
    is_share = kinds == "share" if forced is None else np.full(k, forced in (Chart.P, Chart.P_PRIME))
    per = np.broadcast_to(np.asarray(series.per, dtype=np.float64).reshape(-1, 1), (k, 1))

    def counted(is_prime: Bools) -> Limits:
        return counted_limits(
            values, sizes, base, is_share[:, None], per, is_prime[:, None], choices.screen_prime, choices.narrow
        )

    chart = np.full(k, forced.value) if forced else choose(kinds, sizes, counted(np.zeros(k, dtype=bool)).sigma_z, base)
    return chart, merged(np.isin(chart, (*_PRIMES, *_PLAIN)), xmr, counted(np.isin(chart, _PRIMES)))


def _band(series: Monthly, k: int) -> tuple[Floats, Floats]:
    """Target as a band: open on the good side of higher and lower, NaN without a target or a direction."""
    low, high = (
        np.full(k, np.nan) if bound is None else np.broadcast_to(np.asarray(bound, dtype=np.float64), (k,))
        for bound in (series.target_low, series.target_high)
    )
    words = np.array([str(word) for word in series.directions])
    higher, lower, within = (words == word.value for word in (Direction.HIGHER, Direction.LOWER, Direction.RANGE))
    return (
        np.select([higher | within, lower & np.isfinite(high)], [low, np.full(k, -np.inf)], np.nan),
        np.select([lower | within, higher & np.isfinite(low)], [high, np.full(k, np.inf)], np.nan),
    )


def _adverse(directions: Sequence[str], values: Floats, low: Floats, high: Floats) -> Signs:
    """Which side is worse at each point. range: away from the band where the point is outside it, else neither."""
    words = np.array([str(word) for word in directions])[:, None]
    with np.errstate(invalid="ignore"):
        outward = (values > high[:, None]).astype(np.int64) - (values < low[:, None])
    return np.select(
        [words == Direction.HIGHER.value, words == Direction.LOWER.value, words == Direction.RANGE.value],
        [np.full(values.shape, -1), np.full(values.shape, 1), outward],
        default=0,
    ).astype(np.int64)


def _adverse_moves(values: Floats, base: Baseline, adverse: Signs) -> Ints:
    """Moves the wrong way in a row that end at each month; a tie, a gap or a new group resets; -1 without a value."""
    steps = steps_of(values, base)
    moves = run_lengths(((steps != 0) & (steps == adverse)).astype(np.int64), base.starts)
    return np.where(base.present, moves, -1)


def _last_limits(limits: Limits, base: Baseline) -> tuple[Floats, Floats]:
    """At the last value of the last group; NaN for a group that is constant or too short to colour."""
    here = base.present & (base.group == base.group[:, -1:]) & limits.usable & (base.points >= FEWEST_TO_COLOUR)
    last = np.where(here, np.arange(here.shape[1]), -1).max(axis=1)
    rows = np.arange(len(last))
    return (
        np.where(last >= 0, limits.lower[rows, last], np.nan),
        np.where(last >= 0, limits.upper[rows, last], np.nan),
    )


def _change(values: Floats) -> Floats:
    if values.shape[1] < 2:
        return np.full(len(values), np.nan)
    return np.asarray(values[:, -1] - values[:, -2], dtype=np.float64)
