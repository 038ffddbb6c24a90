"""What stores are worth once luck is taken out, for ranking and attention (methods 4.3). A store is always told its raw
value beside it: shrinkage is not a result of its own.

Scores: normal model, between-store variance by DerSimonian and Laird 1986 (restricted maximum likelihood as a check).
Shares: beta-binomial by maximum likelihood. Both pull a store to the middle the more, the less it was observed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from sqm.rules.sampling import CONFIDENCE, Floats, Interval, z_of

POOL_BELOW = 10
"""A store with fewer answers or visits borrows the spread of all stores; its own would be luck."""
_LEAST_WIDENED = 4  # visits: with three the mean of 1 / s^2 is not even finite
_MOST_STEPS = 200
_STEADY = 1e-12
_NO_SPREAD = 1e-9
_MOST_STRENGTH = 1e8  # of the beta prior: from here on the stores are equal for all that a sample can say


class Estimator(StrEnum):
    """How the variance between stores is estimated."""

    DERSIMONIAN_LAIRD = "dersimonian_laird"
    REML = "reml"


@dataclass(frozen=True)
class Between:
    """centre: the mean that stores are pulled to, se its error; tau2: variance between stores beyond chance; q:
    Cochran's Q; chance: that equal stores would differ so much, 0-1; i2: share of the variance that is not chance."""

    centre: float
    se: float
    tau2: float
    q: float
    chance: float
    i2: float


@dataclass(frozen=True)
class Shrunk:
    """One store. raw: as observed; value: shrunk; variance: of value, the centre taken as known; reliability: weight of
    the store's own result in ``value``, 0-1; interval: 95 % for the true value, with the error of the centre too."""

    raw: float
    value: float
    variance: float
    reliability: float
    interval: Interval


@dataclass(frozen=True)
class BetaPrior:
    """Shares of stores before a store is asked: Beta(alpha, beta). chance: that equal stores would give a likelihood
    ratio as large as this one (half a chi2 of one degree: the prior sits at its border when stores are equal)."""

    alpha: float
    beta: float
    log_likelihood: float
    chance: float

    @property
    def centre(self) -> float:
        return self.alpha / (self.alpha + self.beta)


def within_variances(
    sd: ArrayLike, n: ArrayLike, pool_below: int = POOL_BELOW, is_widened: bool = True
) -> Floats | None:
    """sd^2 / n per store. Below pool_below, and where a store's own sd is missing or 0, the pooled sd of all stores,
    sqrt(sum (n - 1) sd^2 / sum (n - 1)). None when no store shows any spread; NaN where n is 0.

    is_widened: an own variance is a guess from n visits, and those guessed too small weigh too much; times
    (n - 1) / (n - 3) its inverse is right on average, E[1 / s^2] = (n - 1) / (n - 3) / sigma^2. Without it equal stores
    of 10 to 15 visits are told apart nine times in ten; with it as often as a doubt of 5 % allows, or a little more.
    """
    spread, size = np.asarray(sd, dtype=np.float64), np.asarray(n, dtype=np.float64)
    tells = np.isfinite(spread) & (size > 1)
    freedom = np.where(tells, size - 1.0, 0.0)
    if freedom.sum() <= 0:
        return None
    pooled = float((freedom * np.where(tells, spread, 0.0) ** 2).sum() / freedom.sum())
    if pooled <= _NO_SPREAD**2:
        return None
    least = max(pool_below, _LEAST_WIDENED) if is_widened else pool_below
    own = tells & (size >= least) & (spread > _NO_SPREAD)
    factor = np.where(own, (size - 1.0) / np.where(own, size - 3.0, 1.0), 1.0) if is_widened else 1.0
    return np.asarray(factor * np.where(own, spread**2, pooled) / np.where(size > 0, size, np.nan), dtype=np.float64)


def between(
    values: ArrayLike, variances: ArrayLike, estimator: Estimator = Estimator.DERSIMONIAN_LAIRD
) -> Between | None:
    """values: one a store, in any unit; variances: of each, above 0, in that unit squared. None below two stores."""
    y, v = np.asarray(values, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    if not bool(np.all(np.isfinite(y)) and np.all(v > 0)):
        raise ValueError("each store wants a value and a variance above 0")
    k = y.size
    if k < 2:
        return None
    w = 1.0 / v
    q = float((w * (y - np.average(y, weights=w)) ** 2).sum())
    spare = float(w.sum() - (w**2).sum() / w.sum())
    tau2 = max(0.0, (q - (k - 1)) / spare)
    if estimator is Estimator.REML:
        tau2 = _reml(y, v, tau2)
    weights = 1.0 / (v + tau2)
    return Between(
        centre=float(np.average(y, weights=weights)),
        se=float(weights.sum() ** -0.5),
        tau2=tau2,
        q=q,
        chance=float(special.chdtrc(k - 1, q)),
        i2=max(0.0, (q - (k - 1)) / q) if q > 0 else 0.0,
    )


def _reml(y: Floats, v: Floats, start: float) -> float:
    """Fisher scoring of the restricted likelihood (Viechtbauer 2005)."""
    tau2 = start
    for _ in range(_MOST_STEPS):
        w = 1.0 / (v + tau2)
        total, squares = w.sum(), (w**2).sum()
        mean = np.average(y, weights=w)
        score = (w**2 * (y - mean) ** 2).sum() - total + squares / total
        information = squares - 2.0 * (w**3).sum() / total + (squares / total) ** 2
        new = max(0.0, tau2 + float(score / information))
        if abs(new - tau2) <= _STEADY * (1.0 + tau2):
            return new
        tau2 = new
    return tau2


def shrink_scores(values: ArrayLike, variances: ArrayLike, found: Between) -> list[Shrunk]:
    """lambda = tau2 / (tau2 + v); value = lambda y + (1 - lambda) centre; variance tau2 v / (tau2 + v)."""
    y, v = np.asarray(values, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    weight = found.tau2 / (found.tau2 + v)
    value, variance = weight * y + (1.0 - weight) * found.centre, weight * v
    half = z_of() * np.sqrt(variance + ((1.0 - weight) * found.se) ** 2)
    return _rows(y, value, variance, weight, value - half, value + half)


def moment_prior(counts: ArrayLike, n: ArrayLike) -> tuple[float, float] | None:
    """(alpha, beta) from mean and variance of the raw shares (as in ebbr); a start for the likelihood, since a share of
    3 weighs as much here as one of 300. None when the shares vary too little or too much for a beta."""
    share = np.asarray(counts, dtype=np.float64) / np.asarray(n, dtype=np.float64)
    if share.size < 2:
        return None
    mean, variance = float(share.mean()), float(share.var(ddof=1))
    if not 0.0 < variance < mean * (1.0 - mean):
        return None
    strength = mean * (1.0 - mean) / variance - 1.0
    return mean * strength, (1.0 - mean) * strength


def beta_prior(counts: ArrayLike, n: ArrayLike) -> BetaPrior | None:
    """Maximum likelihood of the beta-binomial. counts of n per store, n above 0; None below two stores and when all
    answers of all stores are the same (then there is nothing to tell stores apart by)."""
    k, size = np.asarray(counts, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if not bool(np.all(size > 0) and np.all(k >= 0) and np.all(k <= size)):
        raise ValueError("each store wants answers, and no more of them satisfied than there are")
    pooled = float(k.sum() / size.sum()) if k.size else 0.0
    if k.size < 2 or not 0.0 < pooled < 1.0:
        return None
    from scipy import optimize  # here, since it takes a fifth of a second to load and most pages never need it

    start = moment_prior(k, size) or (pooled * 50.0, (1.0 - pooled) * 50.0)
    strength = min(sum(start), _MOST_STRENGTH / 2.0)
    mean = start[0] / sum(start)
    fit = optimize.minimize(
        lambda point: _minus_likelihood(point, k, size),
        [special.logit(mean), math.log(strength)],
        jac=True,
        method="L-BFGS-B",
        bounds=[(-30.0, 30.0), (math.log(1e-3), math.log(_MOST_STRENGTH))],
        options={"ftol": 1e-14, "gtol": 1e-9, "maxiter": 500},
    )
    centre, total = float(special.expit(fit.x[0])), math.exp(float(fit.x[1]))
    ways = float((special.gammaln(size + 1) - special.gammaln(k + 1) - special.gammaln(size - k + 1)).sum())
    equal = float((special.xlogy(k, pooled) + special.xlog1py(size - k, -pooled)).sum())
    ratio = max(0.0, 2.0 * (-float(fit.fun) - equal))
    chance = 0.5 * float(special.chdtrc(1, ratio)) if ratio > _STEADY else 1.0
    return BetaPrior(centre * total, (1.0 - centre) * total, ways - float(fit.fun), chance)


def _minus_likelihood(point: Floats, k: Floats, size: Floats) -> tuple[float, Floats]:
    """Of (logit mean, log strength), without the binomial coefficients, and its slope."""
    mean, strength = float(special.expit(point[0])), math.exp(float(point[1]))
    a, b = mean * strength, (1.0 - mean) * strength
    value = float((special.betaln(k + a, size - k + b) - special.betaln(a, b)).sum())
    common = special.psi(strength) - special.psi(size + strength)
    by_a = float((special.psi(k + a) - special.psi(a) + common).sum())
    by_b = float((special.psi(size - k + b) - special.psi(b) + common).sum())
    slope = np.array([(by_a - by_b) * mean * (1.0 - mean) * strength, by_a * a + by_b * b])
    return -value, -slope


def shrink_shares(
    counts: ArrayLike, n: ArrayLike, alpha: float, beta: float, confidence: float = CONFIDENCE
) -> list[Shrunk]:
    """value = (k + alpha) / (n + alpha + beta), 0-1; interval: Beta quantiles; reliability n / (n + alpha + beta).

    A store without answers is the centre, with a raw value of NaN."""
    k, size = np.asarray(counts, dtype=np.float64), np.asarray(n, dtype=np.float64)
    a, b = k + alpha, size - k + beta
    value, tail = a / (a + b), (1.0 - confidence) / 2.0
    raw = np.where(size > 0, k / np.where(size > 0, size, 1.0), np.nan)
    low, high = special.betaincinv(a, b, tail), special.betaincinv(a, b, 1.0 - tail)
    return _rows(raw, value, value * (1.0 - value) / (a + b + 1.0), size / (a + b), low, high)


def _rows(*columns: Floats) -> list[Shrunk]:
    return [
        Shrunk(raw, value, variance, reliability, Interval(low, high))
        for raw, value, variance, reliability, low, high in np.column_stack(columns).tolist()
    ]


def james_stein(values: Sequence[float], variance: float) -> tuple[float, list[float]]:
    """(c, estimates) of Efron and Morris 1975: c = 1 - (k - 3) variance / sum (y - mean)^2, each c y + (1 - c) mean.
    For stores that were all observed equally often; c is not let below 0 (positive part)."""
    y = np.asarray(values, dtype=np.float64)
    if y.size < 4:
        raise ValueError("at least four stores")
    total = float(((y - y.mean()) ** 2).sum())
    c = max(0.0, 1.0 - (y.size - 3) * variance / total) if total > 0 else 0.0
    return c, (c * y + (1.0 - c) * y.mean()).tolist()
