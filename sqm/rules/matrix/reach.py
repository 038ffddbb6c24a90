"""Can a process that runs as it does reach a target? Its natural range against the bounds, nothing else.

The same reading as the assurance icons of NHS Making Data Count: a target inside the natural range is met or missed by
chance, one beyond it always misses or always meets until the process itself changes.
"""

from enum import StrEnum

from sqm.rules.targets import GUARD, Direction


class Reach(StrEnum):
    """unknown: no limits (too few months), or no bound to hold them against."""

    RELIABLE = "reliable"
    BY_CHANCE = "by_chance"
    OUT_OF_REACH = "out_of_reach"
    UNKNOWN = "unknown"


def reach(
    low: float | None, high: float | None, direction: str, natural_low: float | None, natural_high: float | None
) -> Reach:
    """low, high: the target's bounds; natural_low, natural_high: the natural process limits, all in one unit."""
    way = Direction(direction)
    needed = {Direction.HIGHER: (low,), Direction.LOWER: (high,), Direction.RANGE: (low, high)}[way]
    if natural_low is None or natural_high is None or any(bound is None for bound in needed):
        return Reach.UNKNOWN
    floor = float("-inf") if way is Direction.LOWER or low is None else low
    ceiling = float("inf") if way is Direction.HIGHER or high is None else high
    if natural_high < floor - GUARD or natural_low > ceiling + GUARD:
        return Reach.OUT_OF_REACH
    if natural_low >= floor - GUARD and natural_high <= ceiling + GUARD:
        return Reach.RELIABLE
    return Reach.BY_CHANCE
