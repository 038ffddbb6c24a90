"""The families of stores: composite, minutes, audit visits, funnel, shrinkage."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from sqm.rules.audits.audit_visits import VisitRules, store_visits, visit_scores
from sqm.rules.stores.fair_ranks import expected_ranks
from sqm.rules.stores.funnel import (
    ALARM,
    ALERT,
    Curves,
    arcsine_limits,
    funnel,
    mirrored_limits,
    outside,
    ratio_limits,
)
from sqm.rules.stores.shrinkage import (
    Between,
    Estimator,
    Shrunk,
    beta_prior,
    between,
    james_stein,
    moment_prior,
    shrink_scores,
    shrink_shares,
    within_variances,
)
from sqm.rules.stores.store_score import Definition, MinutesStandard, Part, minutes_score, store_score

Inputs = Mapping[str, Any]
LONG_AGO = date(2011, 1, 1)


def _store_score(inputs: Inputs) -> Any:
    parts = tuple(Part(code, weight) for code, weight in inputs["weights"].items())
    definition = Definition("case", LONG_AGO, parts, inputs["min_coverage"])
    found = [store_score(row, definition) for row in inputs["rows"]]
    return [
        {
            "score": each.score,
            "coverage": each.coverage,
            "ranked": each.is_ranked,
            "effective_weights": each.effective_weights,
        }
        for each in found
    ]


def _time_score(inputs: Inputs) -> Any:
    return [
        minutes_score(row["minutes"], MinutesStandard("case", LONG_AGO, row["full"], row["zero"]))
        for row in inputs["rows"]
    ]


def _mystery(inputs: Inputs) -> Any:
    marks = pd.DataFrame(
        [
            {
                "visit": visit,
                "item": item,
                "points": mark["score"],
                "most": mark["max"],
                "is_critical": mark["critical"],
            }
            for visit, marks in enumerate(inputs["visits"])
            for item, mark in enumerate(marks)
        ]
    )
    visits = visit_scores(marks, VisitRules(critical_cap=inputs["critical_cap"]))
    found = store_visits(visits["score"])
    if found is None or found.interval is None:
        raise ValueError("no visits")
    return {
        "visits": [
            {
                "score": float(row["score"]),
                "applicable_points": float(row["applicable"]),
                "critical_fail": bool(row["critical_failed"] > 0),
            }
            for _, row in visits.iterrows()
        ],
        "mean": found.mean,
        "n": found.n,
        "sd": found.sd,
        "ci95": [found.interval.low, found.interval.high],
    }


def _funnel(inputs: Inputs) -> Any:
    if "expected_counts" in inputs:
        limits = ratio_limits(inputs["expected_counts"])
        return {
            "ll95": limits.low95.tolist(),
            "ul95": limits.high95.tolist(),
            "ll998": limits.low998.tolist(),
            "ul998": limits.high998.tolist(),
        }
    k, n = inputs["satisfied"], inputs["responses"]
    found = funnel(k, n, inputs["theta"], inputs["winsorise"])
    if found is None or found.dispersion is None:
        raise ValueError("no funnel")
    wide, raw = _folded(n, found.theta, found.tau2), _interpolated(n, found.theta)
    return {
        "theta": found.theta,
        "approx": _limits(_normal(n, found.theta)),
        "spiegelhalter_interpolated": _limits(raw),
        "mirrored": _limits(mirrored_limits(n, found.theta)),
        "tail_low": [point.tail_low for point in found.points],
        "tail_high": [point.tail_high for point in found.points],
        "qbinom": _limits(_quantiles(n, found.theta)),
        "z": list(found.dispersion.z),
        "z_winsorised": list(found.dispersion.winsorised),
        "phi": found.dispersion.phi,
        "tau2": found.tau2,
        "od": _limits(wide),
        "unadj": _limits(_folded(n, found.theta, 0.0)),
        "class_tail": [point.exact.value for point in found.points],
        "class_overdispersed_raw": [call.value for call in outside(k, n, wide)],
        "class_overdispersed_guarded": [point.call.value for point in found.points],
        "class_if_interpolated_upper_used_WRONG": [call.value for call in outside(k, n, raw)],
        "raw_rank_desc": stats.rankdata([-(point.share or 0.0) for point in found.points], method="min").tolist(),
    }


def _limits(curves: Curves) -> dict[str, list[float]]:
    return {
        "l95": curves.low95.tolist(),
        "u95": curves.high95.tolist(),
        "l998": curves.low998.tolist(),
        "u998": curves.high998.tolist(),
    }


def _folded(n: list[int], theta: float, tau2: float) -> Curves:
    """The case lets an angle pass the right angle, where the sine folds back; the product's limit ends at 1 there."""
    curves = arcsine_limits(n, theta, tau2)
    se = np.sqrt(1.0 / (4.0 * np.asarray(n, dtype=float)) + tau2)
    high = [
        np.where(limit < 1.0, limit, np.sin(math.asin(math.sqrt(theta)) - stats.norm.ppf(tail) * se) ** 2)
        for limit, tail in ((curves.high95, ALERT), (curves.high998, ALARM))
    ]
    return Curves(curves.low95, high[0], curves.low998, high[1])


def _normal(n: list[int], theta: float) -> Curves:
    """What the product does not draw: the normal approximation."""
    se = np.sqrt(theta * (1.0 - theta) / np.asarray(n, dtype=float))
    low = [np.clip(theta + stats.norm.ppf(tail) * se, 0.0, 1.0) for tail in (ALERT, ALARM)]
    high = [np.clip(theta - stats.norm.ppf(tail) * se, 0.0, 1.0) for tail in (ALERT, ALARM)]
    return Curves(low[0], high[0], low[1], high[1])


def _quantiles(n: list[int], theta: float) -> Curves:
    """Plain binomial quantiles, which the cases carry beside."""
    size = np.asarray(n)
    low95, high95, low998, high998 = (
        stats.binom.ppf(tail, size, theta) / size for tail in (ALERT, 1 - ALERT, ALARM, 1 - ALARM)
    )
    return Curves(low95, high95, low998, high998)


def _interpolated(n: list[int], theta: float) -> Curves:
    """The trap of the cases: the paper's formula for the upper curve too. It must differ from the product's."""
    size = np.asarray(n)
    mirrored = mirrored_limits(n, theta)

    def upper(tail: float) -> np.ndarray[Any, Any]:
        r = stats.binom.ppf(1.0 - tail, size, theta)
        over = stats.binom.cdf(r, size, theta) - (1.0 - tail)
        return np.asarray((r - over / stats.binom.pmf(r, size, theta)) / size)

    return Curves(mirrored.low95, upper(ALERT), mirrored.low998, upper(ALARM))


def _shrink(inputs: Inputs) -> Any:
    if "mean" in inputs:
        return _shrunk_scores(inputs)
    k, n = inputs["successes"], inputs["n"]
    return _efron_morris(k, n) if len(set(n)) == 1 else _shrunk_shares(k, n)


def _shrunk_scores(inputs: Inputs) -> Any:
    """The case takes each store's own sd as it is, also where the product would pool or widen it."""
    means = inputs["mean"]
    variances = within_variances(inputs["sd"], inputs["n"], pool_below=0, is_widened=False)
    if variances is None:
        raise ValueError("no spread")
    found, check = between(means, variances), between(means, variances, Estimator.REML)
    if found is None or check is None:
        raise ValueError("one store")
    stores = shrink_scores(means, variances, found)
    plugin = [each.variance for each in stores]
    return {
        "within_variance": variances.tolist(),
        "DL": _between(found, stores),
        "posterior_variance_plugin": plugin,
        "expected_rank_desc": expected_ranks(np.array([each.value for each in stores]), np.array(plugin)).tolist(),
        "raw_rank_desc": stats.rankdata([-each.raw for each in stores], method="min").tolist(),
        "REML": _between(check, shrink_scores(means, variances, check)),
    }


def _between(found: Between, stores: list[Shrunk]) -> dict[str, Any]:
    z = stats.norm.ppf(0.975)
    return {
        "mu": found.centre,
        "tau2": found.tau2,
        "se_mu": found.se,
        "Q": found.q,
        "I2": 100.0 * found.i2,
        "reliability": [each.reliability for each in stores],
        "shrunk": [each.value for each in stores],
        "shrunk_se_blup": [float((each.interval.high - each.value) / z) for each in stores],
    }


def _shrunk_shares(k: list[int], n: list[int]) -> Any:
    start, prior = moment_prior(k, n), beta_prior(k, n)
    if start is None or prior is None:
        raise ValueError("no prior")
    stores = shrink_shares(k, n, prior.alpha, prior.beta)
    return {
        "mm": {
            "alpha": start[0],
            "beta": start[1],
            "shrunk": [each.value for each in shrink_shares(k, n, *start)],
        },
        "mle": {
            "alpha": prior.alpha,
            "beta": prior.beta,
            "loglik": prior.log_likelihood,
            "shrunk": [each.value for each in stores],
            "low": [each.interval.low for each in stores],
            "high": [each.interval.high for each in stores],
        },
    }


def _efron_morris(k: list[int], n: list[int]) -> Any:
    shares = [count / size for count, size in zip(k, n, strict=True)]
    mean = sum(shares) / len(shares)
    factor, estimates = james_stein(shares, mean * (1.0 - mean) / n[0])
    return {"grand_mean": mean, "shrink_factor": factor, "estimates": estimates}


FAMILIES: dict[str, Callable[[Inputs], Any]] = {
    "store_score": _store_score,
    "time_score": _time_score,
    "mystery": _mystery,
    "funnel": _funnel,
    "shrink": _shrink,
}
