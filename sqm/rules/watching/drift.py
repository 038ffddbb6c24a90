"""A small shift that lasts: the one-sided CUSUM of the last six months against the months before them.

The rules of methods 2.7 are made for large changes: they find a shift of 1.5 sigma within six months in about half of
all cases. This one finds nine of ten, and pays with about six false signs of 151 a month: so it is an early sign.
Source: Montgomery, Introduction to Statistical Quality Control, ch. 9 (slack 0.5 sigma, made for shifts of 1 sigma and
more); the decision bound is ours, chosen with tests/bench/watch.py. sigma = average moving range / 1.128.
"""

import numpy as np

from sqm.rules.sampling import Floats
from sqm.rules.watching.limits import RANGE_TO_SIGMA, Bools, baseline, xmr_limits
from sqm.rules.watching.signals import Signs

WINDOW = 6
SLACK = 0.5
DECISION = 3.25
FEWEST_BEFORE = 12


def drifting(values: Floats, adverse: Signs, rebase: Bools | None = None, excluded: Bools | None = None) -> Bools:
    """Per series whether its last WINDOW months stand on the wrong side. values: (k x m), NaN: no value.

    adverse: per series the sign of what is worse, 0: neither. The months before the window, in the same re-base group,
    make mean and sigma; fewer than FEWEST_BEFORE of them, or a constant series, say nothing.
    """
    k, m = values.shape
    if m <= WINDOW:
        return np.zeros(k, dtype=bool)
    recent = np.zeros(values.shape, dtype=bool)
    recent[:, -WINDOW:] = True
    base = baseline(values, rebase, recent if excluded is None else excluded | recent)
    limits = xmr_limits(values, base, screen=True)
    before = (base.base & (base.group == base.group[:, -1:])).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (values - limits.centre) * RANGE_TO_SIGMA / limits.spread * adverse[:, None]
    total = np.zeros(k)
    for month in range(m - WINDOW, m):
        here = np.isfinite(z[:, month]) & (base.group[:, month] == base.group[:, -1])
        total = np.where(here, np.maximum(0.0, total + np.where(here, z[:, month], 0.0) - SLACK), total)
    is_known = (before >= FEWEST_BEFORE) & ~limits.constant[:, -1] & base.present[:, -1] & (adverse != 0)
    return np.asarray((total > DECISION) & is_known)
