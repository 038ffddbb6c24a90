"""Parts of one whole, such as districts: each against the rest of them, and their weighted mean with its weights.

A part is held against the others together, not against the total it belongs to: the two would not be independent
(methods 1.3). What stands for the others is weighted as they are; its effective n is that of the weighted mean of
independent samples, 1 / sum of (weight share squared / n_eff), which ignores what stratification may gain.
"""

import math
from collections.abc import Mapping

from sqm.rules.rivals.lead import NOTHING, Lead, Mean, Share, lead_of_means, lead_of_shares
from sqm.rules.surveys.trends import Point, mean_of, share_of


def known(parts: Mapping[str, Point], measure: str) -> dict[str, Point]:
    """Parts with a value (a hidden one has none) and a weight."""
    return {code: each for code, each in parts.items() if math.isfinite(each[measure]) and each["w"] > 0}


def weights(parts: Mapping[str, Point], measure: str = "share") -> dict[str, float]:
    """Each part's share of the sum of weights, among parts with a value: they add up to 1."""
    inside = known(parts, measure)
    total = sum(float(each["w"]) for each in inside.values())
    return {code: float(each["w"]) / total for code, each in inside.items()}


def weighted_mean(parts: Mapping[str, Point], measure: str = "share") -> float | None:
    """Sum of weight share x value over the parts with a value; None without any.

    A hidden part is left out here too: with it, its value would follow from the total and the others.
    """
    shares = weights(parts, measure)
    return sum(share * float(parts[code][measure]) for code, share in shares.items()) if shares else None


def against_rest(parts: Mapping[str, Point], code: str, measure: str = "share") -> Lead:
    """One part minus all others together (shares: Newcombe; means on 0-100: Welch)."""
    inside = known(parts, measure)
    own = inside.pop(code, None)
    if own is None or not inside:
        return NOTHING
    if measure == "mean":
        return lead_of_means(mean_of(own), _mean_of_all(inside))
    return lead_of_shares(share_of(own), _share_of_all(inside))


def _share_of_all(parts: Mapping[str, Point]) -> Share:
    shares = weights(parts)
    p = sum(share * float(parts[code]["share"]) for code, share in shares.items())
    return Share(p, 1.0 / sum(share**2 / float(parts[code]["n_eff"]) for code, share in shares.items()))


def _mean_of_all(parts: Mapping[str, Point]) -> Mean | None:
    """None when the interval of a part is not known."""
    shares = weights(parts, "mean")
    found = {code: mean_of(parts[code]) for code in shares}
    means = {code: each for code, each in found.items() if each is not None}
    if len(means) < len(found):
        return None
    n_eff = 1.0 / sum(share**2 / means[code].n for code, share in shares.items())
    squared = sum(share**2 * means[code].variance / means[code].n for code, share in shares.items())
    return Mean(sum(share * means[code].mean for code, share in shares.items()), squared * n_eff, n_eff)
