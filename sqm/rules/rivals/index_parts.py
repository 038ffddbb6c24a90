"""What goes into the competitiveness index of each operator, and how uncertain the index is."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqm.rules.rivals.competitiveness import FULL_WEIGHT, Composite, Definition
from sqm.rules.rivals.lead import Lead, Share, lead_of_shares, lead_within
from sqm.rules.sampling import GREY_BELOW, wilson
from sqm.rules.surveys.promoters import Nps, nps_lead


@dataclass(frozen=True)
class Measured:
    """A component's value in its own unit, with half of its 95 % interval and the answers behind it."""

    value: float
    half: float
    n: float


def process_mean(shares: Sequence[Share | None]) -> Measured | None:
    """Mean share satisfied over the processes that count, each alike. None when one of them has no answers: the mean
    of fewer processes would be another figure.

    The same people rate several processes, so half is the mean of their half widths: the most that it can be.
    """
    known = [each for each in shares if each is not None and each.n >= GREY_BELOW]
    if not known or len(known) < len(shares):
        return None
    limits = [wilson(each.p * each.n, each.n) for each in known]
    halves = [(each.high - each.low) / 2.0 for each in limits if each is not None]
    return Measured(
        math.fsum(each.p for each in known) / len(known), math.fsum(halves) / len(halves), min(each.n for each in known)
    )


def benchmark_leads(shares: Mapping[str, Share | None]) -> dict[str, Measured | None]:
    """Each operator's lead over the best of the others, in shares, with its Newcombe interval."""
    known = {code: each for code, each in shares.items() if each is not None and each.n >= GREY_BELOW}

    def lead(code: str) -> Measured | None:
        best = max((other for other in known if other != code), key=lambda other: known[other].p, default=None)
        if code not in known or best is None:
            return None
        return _of_lead(lead_of_shares(known[code], known[best]), min(known[code].n, known[best].n))

    return {code: lead(code) for code in shares}


def promoter_leads(scores: Mapping[str, Nps | None]) -> dict[str, Measured | None]:
    """The same of the net promoter score, in points."""
    known = {code: each for code, each in scores.items() if each is not None and each.n >= GREY_BELOW}

    def lead(code: str) -> Measured | None:
        best = max((other for other in known if other != code), key=lambda other: known[other].value, default=None)
        if code not in known or best is None:
            return None
        return _of_lead(nps_lead(known[code], known[best]), min(known[code].n, known[best].n))

    return {code: lead(code) for code in scores}


def margin(
    made: Composite, definition: Definition, halves: Mapping[str, float], together: Iterable[frozenset[str]]
) -> float | None:
    """Half of an approximate 95 % interval of the arithmetic index, in its points; None without an index.

    together: components that the same people answered. Their half widths are added, which is the most that they can
    make together; those of different people are squared and added.
    """
    if made.arithmetic is None:
        return None
    points = {
        each.code: made.shares[each.code] * FULL_WEIGHT * halves[each.code] / (each.high - each.low)
        for each in definition.components
        if each.code in made.shares and each.code in halves
    }
    sums = [math.fsum(points.pop(code, 0.0) for code in sorted(group)) for group in together]
    return math.sqrt(math.fsum(each**2 for each in (*sums, *points.values())))


def index_lead(own: float, own_margin: float, other: float, other_margin: float) -> Lead:
    """Our index less another operator's. Their leads mirror each other, so the margins are added (at most)."""
    difference, half = own - other, own_margin + other_margin
    return lead_within(difference, (difference - half, difference + half))


def _of_lead(lead: Lead, n: float) -> Measured | None:
    if lead.difference is None or lead.low is None or lead.high is None:
        return None
    return Measured(lead.difference, (lead.high - lead.low) / 2.0, n)
