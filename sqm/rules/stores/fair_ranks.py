"""A fair table of stores, not a league of noise: ranks with the places that chance leaves open (methods 4.3).

Expected ranks of Lin, Louis, Paddock and Ridgeway 2006; rank intervals from 1,000 draws of what the stores may truly be
worth (Goldstein and Spiegelhalter 1996). When the stores differ no more than equal stores would, they cannot be told
apart, and no store is singled out. Compare only within a class (own or partner, size): the caller splits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from sqm.rules.sampling import CONFIDENCE, Floats
from sqm.rules.stores.shrinkage import (
    Between,
    Shrunk,
    beta_prior,
    between,
    shrink_scores,
    shrink_shares,
)

DOUBT = 0.05
"""Differences that chance makes among equal stores more often than this tell no stores apart."""
LEAST_RELIABILITY = 0.5
"""A store that is less its own result than the average of the others has no rank of its own."""
DRAWS = 1000
SEED = 20110105
_BLOCK = 500


class Standing(StrEnum):
    """Against the middle of the class. alike: chance leaves both sides open."""

    ABOVE = "above"
    ALIKE = "alike"
    BELOW = "below"


@dataclass(frozen=True)
class RankedStore:
    """expected: mean rank, 1 is the best. low, high: best and worst place that chance leaves open, 95 %. is_rankable:
    the rank may be shown (with its interval)."""

    code: str
    shrunk: Shrunk
    expected: float
    low: int
    high: int
    is_rankable: bool
    standing: Standing


@dataclass(frozen=True)
class FairTable:
    """stores: best first. are_alike: the stores cannot be told apart; every rank interval is then all of the table.
    chance: that equal stores would differ so much, 0-1. centre: what stores are pulled to."""

    stores: tuple[RankedStore, ...]
    are_alike: bool
    chance: float
    centre: float

    def store(self, code: str) -> RankedStore | None:
        return next((each for each in self.stores if each.code == code), None)


def fair_scores(
    scores: Mapping[str, float], variances: Mapping[str, float], found: Between | None = None
) -> FairTable | None:
    """scores: per store of one class, higher is better; variances: of these scores (shrinkage.within_variances,
    store_score.score_variance), above 0. A store without a variance is left out: its luck is not known.

    found: a spread between stores to keep, when asking what another score would be worth. None below two stores.
    """
    codes = [code for code in scores if variances.get(code, 0.0) > 0]
    y, v = np.array([scores[code] for code in codes]), np.array([variances[code] for code in codes])
    spread = found or between(y, v)
    if spread is None or len(codes) < 2:
        return None
    shrunk = shrink_scores(y, v, spread)
    random = np.random.default_rng(SEED)
    value, variance, weight = (_column(shrunk, name) for name in ("value", "variance", "reliability"))
    shared = random.standard_normal((DRAWS, 1)) * spread.se  # the centre is wrong for all stores at once
    drawn = value + np.sqrt(variance) * random.standard_normal((DRAWS, len(codes))) + (1.0 - weight) * shared
    are_alike = spread.tau2 <= 0 or spread.chance >= DOUBT
    return _table(codes, shrunk, drawn, are_alike, spread.chance, spread.centre)


def fair_shares(counts: Mapping[str, float], n: Mapping[str, float]) -> FairTable | None:
    """counts of n per store of one class (effective counts allowed); higher is better. Stores without answers are left
    out. None below two stores, and when all answers are the same."""
    codes = [code for code in counts if n.get(code, 0.0) > 0]
    k, size = np.array([counts[code] for code in codes]), np.array([n[code] for code in codes])
    prior = beta_prior(k, size) if len(codes) > 1 else None
    if prior is None:
        return None
    drawn = np.random.default_rng(SEED).beta(k + prior.alpha, size - k + prior.beta, (DRAWS, len(codes)))
    shrunk = shrink_shares(k, size, prior.alpha, prior.beta)
    return _table(codes, shrunk, drawn, prior.chance >= DOUBT, prior.chance, prior.centre)


def _table(
    codes: list[str], shrunk: list[Shrunk], drawn: Floats, are_alike: bool, chance: float, centre: float
) -> FairTable:
    size = len(codes)
    if are_alike:
        expected, low, high = np.full(size, (size + 1) / 2.0), np.ones(size), np.full(size, float(size))
    else:
        expected = expected_ranks(_column(shrunk, "value"), _column(shrunk, "variance"))
        low, high = rank_limits(drawn)
    stores = [
        RankedStore(
            code=code,
            shrunk=each,
            expected=float(expected[place]),
            low=int(low[place]),
            high=int(high[place]),
            is_rankable=not are_alike and each.reliability >= LEAST_RELIABILITY,
            standing=Standing.ALIKE if are_alike else _standing(each, centre),
        )
        for place, (code, each) in enumerate(zip(codes, shrunk, strict=True))
    ]
    stores.sort(key=lambda each: (each.expected, -each.shrunk.value, each.code))
    return FairTable(tuple(stores), are_alike, chance, centre)


def _standing(each: Shrunk, centre: float) -> Standing:
    if each.interval.low > centre:
        return Standing.ABOVE
    return Standing.BELOW if each.interval.high < centre else Standing.ALIKE


def _column(shrunk: list[Shrunk], name: str) -> Floats:
    return np.array([getattr(each, name) for each in shrunk], dtype=np.float64)


def expected_ranks(values: Floats, variances: Floats) -> Floats:
    """1 + sum over the others of Phi((theirs - mine) / sqrt(sum of variances)); 1 is the highest. They add up to
    k (k + 1) / 2. Two stores that are certainly equal share the rank."""
    out = np.empty(len(values))
    for start in range(0, len(values), _BLOCK):
        mine = slice(start, start + _BLOCK)
        error = np.sqrt(variances[None, :] + variances[mine, None])
        apart = values[None, :] - values[mine, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            ahead = special.ndtr(np.where(error > 0, apart / error, np.sign(apart) * np.inf))
        out[mine] = 0.5 + np.where(np.isnan(ahead), 0.5, ahead).sum(axis=1)  # a store is half ahead of itself
    return out


def rank_limits(drawn: Floats, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """(draws, stores) of possible true values, higher is better -> best and worst place of each store that the draws
    leave open; whole numbers, rounded outwards."""
    order = np.argsort(-drawn, axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, drawn.shape[1] + 1)[None, :], axis=1)
    tail = (1.0 - confidence) / 2.0
    low = np.quantile(ranks, tail, axis=0, method="lower")
    return low.astype(float), np.quantile(ranks, 1.0 - tail, axis=0, method="higher").astype(float)


def chance_of_better(first: Shrunk, second: Shrunk) -> float:
    """The chance, 0-1, that the first store is truly better than the second; 0.5 says nothing is known."""
    error = (first.variance + second.variance) ** 0.5
    apart = first.value - second.value
    return float(special.ndtr(apart / error)) if error > 0 else 0.5 if apart == 0 else float(apart > 0)


def can_be_told_apart(first: Shrunk, second: Shrunk, confidence: float = CONFIDENCE) -> bool:
    """Whether chance is ruled out as the reason for the difference of two stores."""
    return abs(chance_of_better(first, second) - 0.5) > confidence / 2.0
