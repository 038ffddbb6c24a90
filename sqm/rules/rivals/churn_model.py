"""Logistic regression of grouped counts: how churn goes with a satisfaction score, other things beside it if given.

Iteratively reweighted least squares in numpy (McCullagh and Nelder 1989), the same as R's glm; an association, not a
cause. Coefficients are logarithms of odds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from sqm.rules.sampling import CONFIDENCE, Floats, Interval, z_of

_MOST_STEPS = 50
_STEADY = 1e-12
_MOST_COEFFICIENT = 30.0  # a column that tells all who leave from all who stay sends its coefficient to infinity


@dataclass(frozen=True)
class Logit:
    """coefficients: intercept first, then one a column; errors: their standard errors; fitted: one a row, 0-1."""

    coefficients: tuple[float, ...]
    errors: tuple[float, ...]
    fitted: tuple[float, ...]
    deviance: float

    def odds_ratio(self, column: int = 0, confidence: float = CONFIDENCE) -> tuple[float, Interval]:
        """Odds after one unit more of a column / odds before, and their interval. Below 1: fewer leave."""
        value, half = self.coefficients[column + 1], z_of(confidence) * self.errors[column + 1]
        return float(np.exp(value)), Interval(float(np.exp(value - half)), float(np.exp(value + half)))


def logit(columns: ArrayLike, counts: ArrayLike, n: ArrayLike) -> Logit | None:
    """counts of n per row; columns: (rows,) or (rows, columns) of what may go with them. Rows without n are left out.

    None when nothing can be fitted: columns that repeat each other, or that tell the two outcomes apart completely.
    """
    x, k, size = (np.asarray(each, dtype=np.float64) for each in (columns, counts, n))
    if bool(np.any((k < 0) | (k > size))):
        raise ValueError("a count below 0 or above n")
    there = size > 0
    design = np.column_stack([np.ones(len(x)), x])[there]
    k, size = k[there], size[there]
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    fitted = (k + 0.5) / (size + 1.0)
    deviance = np.inf
    for _ in range(_MOST_STEPS):
        eta = np.asarray(special.logit(fitted))
        weight = size * fitted * (1.0 - fitted)
        information = design.T @ (weight[:, None] * design)
        beta = np.linalg.solve(information, design.T @ (weight * eta + k - size * fitted))
        if bool(np.any(np.abs(beta) > _MOST_COEFFICIENT)):
            return None
        fitted, before = np.asarray(special.expit(design @ beta)), deviance
        deviance = _deviance(k, size, fitted)
        if abs(before - deviance) <= _STEADY * (1.0 + deviance):
            weight = size * fitted * (1.0 - fitted)
            errors = np.sqrt(np.diag(np.linalg.inv(design.T @ (weight[:, None] * design))))
            return Logit(tuple(beta.tolist()), tuple(errors.tolist()), tuple(fitted.tolist()), deviance)
    return None


def _deviance(k: Floats, size: Floats, fitted: Floats) -> float:
    """2 sum (k log(k / expected) + (n - k) log((n - k) / not expected)); 0 log 0 is 0."""
    parts = special.rel_entr(k, size * fitted) + special.rel_entr(size - k, size * (1.0 - fitted))
    return 2.0 * float(parts.sum())
