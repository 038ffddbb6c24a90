"""Net promoter score: promoters (9-10) less detractors (0-6) per hundred of those asked how likely they recommend.

Reichheld 2003. The usual interval takes the variance P + D - (P - D)^2; with few answers or an empty category that is
too narrow (with promoters only its width is 0), so 3/4, 3/2, 3/4 answers are added first.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sqm.rules.rivals.lead import NOTHING, Lead, lead_within
from sqm.rules.sampling import CONFIDENCE, Interval, z_of
from sqm.rules.targets import Direction

PROMOTERS_FROM = 9
DETRACTORS_UP_TO = 6
ADJUSTED_BELOW = 100
_ADDED = (0.75, 1.5, 0.75)


@dataclass(frozen=True)
class Counts:
    """Answers (or sums of weights) per kind."""

    promoters: float
    passives: float
    detractors: float

    @property
    def total(self) -> float:
        return self.promoters + self.passives + self.detractors


@dataclass(frozen=True)
class Nps:
    """value -100 to 100, always of the answers as given; shares 0-1. se and interval in points; is_adjusted: they
    come from the adjusted form, so the interval need not be centred on value. n: effective answers."""

    value: float
    promoter_share: float
    detractor_share: float
    n: float
    se: float
    margin: float
    interval: Interval
    is_adjusted: bool


def counts_of(answers: ArrayLike, weights: ArrayLike | None = None) -> Counts:
    """From single answers 0-10; NaN is left out."""
    x = np.asarray(answers, dtype=np.float64)
    w = np.ones(x.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    known = np.isfinite(x)
    x, w = x[known], w[known]
    if bool(np.any((x < 0) | (x > 10))):
        raise ValueError("an answer outside 0-10")
    above, below = x >= PROMOTERS_FROM, x <= DETRACTORS_UP_TO
    return Counts(float(w[above].sum()), float(w[~above & ~below].sum()), float(w[below].sum()))


def nps(
    counts: Counts, n_eff: float | None = None, is_adjusted: bool | None = None, confidence: float = CONFIDENCE
) -> Nps | None:
    """None without answers. n_eff: what weighted answers are worth. is_adjusted: chosen by the rule if None."""
    if not counts.total > 0:
        return None
    n = counts.total if n_eff is None else n_eff
    kinds = [part / counts.total * n for part in (counts.promoters, counts.passives, counts.detractors)]
    if is_adjusted is None:
        is_adjusted = n < ADJUSTED_BELOW or min(kinds) <= 0
    centre, se = (
        _score(*(part + more for part, more in zip(kinds, _ADDED, strict=True))) if is_adjusted else _score(*kinds)
    )
    margin = z_of(confidence) * se
    return Nps(
        value=_score(*kinds)[0],
        promoter_share=counts.promoters / counts.total,
        detractor_share=counts.detractors / counts.total,
        n=n,
        se=se,
        margin=margin,
        interval=Interval(max(centre - margin, -100.0), min(centre + margin, 100.0)),
        is_adjusted=is_adjusted,
    )


def nps_lead(own: Nps | None, other: Nps | None, confidence: float = CONFIDENCE) -> Lead:
    """Difference of two independent scores in points, with the root of the summed squares of their errors."""
    if own is None or other is None:
        return NOTHING
    difference = own.value - other.value
    half = z_of(confidence) * math.hypot(own.se, other.se)
    return lead_within(difference, (max(difference - half, -200.0), min(difference + half, 200.0)), Direction.HIGHER)


def _score(promoters: float, passives: float, detractors: float) -> tuple[float, float]:
    """(score, standard error) in points."""
    n = promoters + passives + detractors
    p, d = promoters / n, detractors / n
    return 100.0 * (p - d), 100.0 * math.sqrt(max(p + d - (p - d) ** 2, 0.0) / n)
