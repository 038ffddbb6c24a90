"""Zone of tolerance: between the service that is just adequate (A) and the service desired (D) lies what customers
accept; where is what they perceive (P)?

MSA = P - A (adequacy), MSS = P - D (superiority), width = D - A, fraction = (P - A) / (D - A). All in points of the
asked scale; fraction has no unit, 0 at adequate, 1 at desired.
Sources: Zeithaml, Berry & Parasuraman 1993; Parasuraman, Zeithaml & Berry 1994; LibQUAL+ subtracts the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from sqm.rules.sampling import Interval, Showing, showing_of
from sqm.rules.surveys.answers import given, mean_answer, share_interval, weights_of
from sqm.rules.surveys.design_effect import Estimate

_GUARD = 1e-9


class Position(StrEnum):
    """The borders belong to the zone."""

    BELOW = "below_adequate"
    INSIDE = "in_zone"
    ABOVE = "above_desired"


@dataclass(frozen=True)
class Zone:
    """fraction is None in a zone without width."""

    adequacy: float
    superiority: float
    width: float
    position: Position
    fraction: float | None


@dataclass(frozen=True)
class Zones:
    """Means over people, then what they say together. of_means: the zone of the mean answers. invalid: people who
    desire less than they call adequate; they and incomplete answers take no part. Shares 0-1."""

    adequacy: Estimate | None
    superiority: Estimate | None
    width: Estimate | None
    of_means: Zone | None
    share_below: float | None
    below: Interval | None
    share_above: float | None
    n: int
    invalid: int
    showing: Showing


def zone(adequate: float | None, desired: float | None, perceived: float | None) -> Zone | None:
    """One zone; None when an answer is missing or desired lies below adequate (an invalid answer)."""
    if adequate is None or desired is None or perceived is None:
        return None
    width = desired - adequate
    if not bool(np.isfinite([adequate, desired, perceived]).all()) or width < -_GUARD:
        return None
    below, above = perceived < adequate - _GUARD, perceived > desired + _GUARD
    return Zone(
        adequacy=perceived - adequate,
        superiority=perceived - desired,
        width=width,
        position=Position.BELOW if below else Position.ABOVE if above else Position.INSIDE,
        fraction=(perceived - adequate) / width if width > _GUARD else None,
    )


def zones(
    adequate: ArrayLike,
    desired: ArrayLike,
    perceived: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: Sequence[object] | None = None,
) -> Zones:
    """From people's answers on one item or dimension (one each, None for no answer): per person first, then means.

    The share below adequate is the figure to act on; its interval is Wilson on the effective n.
    """
    a, d, p = given(adequate), given(desired), given(perceived)
    complete = np.isfinite(a) & np.isfinite(d) & np.isfinite(p)
    valid = complete & (d >= a - _GUARD)
    hole = np.where(valid, 0.0, np.nan)
    adequacy, superiority, width, below, above = (
        mean_answer(part + hole, weights, clusters)
        for part in (p - a, p - d, d - a, np.where(p < a - _GUARD, 1.0, 0.0), np.where(p > d + _GUARD, 1.0, 0.0))
    )
    n = int(valid.sum())
    if below is None or above is None:
        return Zones(None, None, None, None, None, None, None, 0, int((complete & ~valid).sum()), Showing.HIDDEN)
    w = weights_of(weights, a.size)[valid]
    centre = [float((w * part[valid]).sum() / w.sum()) for part in (a, d, p)]
    return Zones(
        adequacy=adequacy,
        superiority=superiority,
        width=width,
        of_means=zone(*centre),
        share_below=below.mean,
        below=share_interval(below),
        share_above=above.mean,
        n=n,
        invalid=int((complete & ~valid).sum()),
        showing=Showing(str(showing_of(n, below.n_eff))),
    )
