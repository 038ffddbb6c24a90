"""The rules of Nelson (1984) and Western Electric (1956), for experts who want more than the NHS set (methods 2.5).

z: (k x m) standardised values, (value - centre) / sigma, NaN = no value. All comparisons are strict; a value on the
centre and a tie break runs; no window reaches over a gap or over the start of a re-base group. Nelson 1984, Journal of
Quality Technology 16(4):237-239; Western Electric differs in the run of 8 instead of 9.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sqm.rules.sampling import Floats
from sqm.rules.watching.limits import RANGE_TO_SIGMA, Bools, Limits
from sqm.rules.watching.signals import Signs, covered, run_lengths


class Rule(StrEnum):
    """N: Nelson, WE: Western Electric."""

    N1 = "N1"
    N2 = "N2"
    N3 = "N3"
    N4 = "N4"
    N5 = "N5"
    N6 = "N6"
    N7 = "N7"
    N8 = "N8"
    WE2 = "WE2"
    WE3 = "WE3"
    WE4 = "WE4"


@dataclass(frozen=True)
class Found:
    """signs: where a window that breaks the rule ends (+1 high side or rising, -1 low or falling; N4, N7 and N8, which
    have no side, +1). points: all points of such windows."""

    signs: Signs
    points: Bools


def standardised(values: Floats, limits: Limits) -> Floats:
    """(value - centre) / sigma with sigma = average moving range / 1.128; NaN where nothing varies."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (values - limits.centre) * RANGE_TO_SIGMA / limits.spread
    return np.where(limits.usable, z, np.nan)


def nelson(z: Floats, starts: Bools | None = None) -> dict[Rule, Found]:
    """Every rule. starts: first months of re-base groups."""
    begins = np.zeros(z.shape, dtype=bool) if starts is None else starts
    known = np.isfinite(z).astype(np.int64)
    whole = run_lengths(known, begins)
    side = _sign(z, 0.0)
    steps = np.where(begins, 0, _sign(np.diff(z, axis=1, prepend=np.nan), 0.0))
    turns = np.zeros_like(steps)
    turns[:, 1:] = (steps[:, 1:] * steps[:, :-1] == -1) & ~begins[:, 1:]
    quiet = (np.abs(z) < 1.0).astype(np.int64)
    far = _sign(z, 1.0)

    def run_of(signs: Signs, length: int, width: int) -> Found:
        ends = run_lengths(signs, begins) >= length
        return Found(np.where(ends, signs, 0), covered(ends, width))

    def most_of(needed: int, width: int, sigmas: float) -> Found:
        beyond = _sign(z, sigmas)
        high, low = ((whole >= width) & (_moving(beyond == sign, width) >= needed) for sign in (1, -1))
        return Found(high.astype(np.int64) - low, covered(high | low, width))

    both_sides = (run_lengths(np.abs(far), begins) >= 8) & (_moving(far > 0, 8) > 0) & (_moving(far < 0, 8) > 0)
    two, four = most_of(2, 3, 2.0), most_of(4, 5, 1.0)
    return {
        Rule.N1: run_of(_sign(z, 3.0), 1, 1),
        Rule.N2: run_of(side, 9, 9),
        Rule.N3: run_of(steps, 5, 6),
        Rule.N4: run_of(turns, 12, 14),
        Rule.N5: two,
        Rule.N6: four,
        Rule.N7: run_of(quiet, 15, 15),
        Rule.N8: Found(both_sides.astype(np.int64), covered(both_sides, 8)),
        Rule.WE2: two,
        Rule.WE3: four,
        Rule.WE4: run_of(side, 8, 8),
    }


def _sign(numbers: Floats, beyond: float) -> Signs:
    return np.asarray((numbers > beyond).astype(np.int64) - (numbers < -beyond))


def _moving(marks: Bools, width: int) -> Signs:
    """How many of the last ``width`` months are marked."""
    total: Signs = np.cumsum(marks, axis=1, dtype=np.int64)
    out = total.copy()
    out[:, width:] -= total[:, :-width]
    return out
