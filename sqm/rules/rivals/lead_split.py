"""Did we move, or did the rival? The change of a lead, split into what each side did.

change = own movement - movement of today's best rival + what the best rival's place did by changing hands. The last
part is 0 while the same operator stays the best rival. Who moved (own, rival, both, neither) is trends.who_moved's.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sqm.rules.surveys.trends import Movement, Mover, Word, who_moved
from sqm.rules.targets import Direction


@dataclass(frozen=True)
class LeadSplit:
    """All in the unit of the movements (shares 0-1, means on 0-100) and signed so that positive widens our lead.

    own + rival + changeover = change. low, high: limits of own + rival, the change of the lead over today's rival (of
    the whole change, where another operator was the best rival and its movement to today's is known); word: whether
    that went up, down, or cannot be told from where it was.
    """

    change: float | None
    own: float | None
    rival: float | None
    changeover: float | None
    low: float | None
    high: float | None
    word: Word
    mover: Mover


def lead_split(
    own: Movement,
    rival: Movement,
    changeover: float = 0.0,
    direction: Direction = Direction.HIGHER,
    best_to_best: Movement | None = None,
) -> LeadSplit:
    """From two movements over the same months: ours, and that of the operator who is the best rival at the end.

    changeover: from changeover_of; 0 for one and the same rival. best_to_best: from the best rival of the earlier month
    to the best one of the later, who are independent samples; without its limits the change has none. The interval is
    made from those of the two movements by the method of variance estimates recovery (Zou & Donner 2008, Stat Med
    27:1693-1702); for shares that is Newcombe's construction once more.
    """
    mover, limits = who_moved(own, rival), _limits(own, rival)
    if own.difference is None or rival.difference is None or limits is None or mover is Mover.UNKNOWN:
        return LeadSplit(None, None, None, None, None, None, Word.NO_DATA, Mover.UNKNOWN)
    sign = -1.0 if direction is Direction.LOWER else 1.0
    limits = limits if best_to_best is None else _limits(own, best_to_best)
    low, high = (None, None) if limits is None else sorted(sign * limit for limit in limits)
    ours, theirs = sign * own.difference, -sign * rival.difference
    return LeadSplit(
        change=ours + theirs + changeover,
        own=ours,
        rival=theirs,
        changeover=changeover,
        low=low,
        high=high,
        word=_word(low, high),
        mover=mover,
    )


def _word(low: float | None, high: float | None) -> Word:
    if low is None or high is None:
        return Word.NO_DATA
    return Word.UP if low > 0 else Word.DOWN if high < 0 else Word.NOT_DISTINGUISHABLE


def changeover_of(
    earlier: Mapping[str, float], former: str, present: str, direction: Direction = Direction.HIGHER
) -> float | None:
    """What the lead over the best rival owes to another operator being the best one now, 0 or above.

    earlier: values of the rivals in the earlier month. None when one of the two has no value there.
    """
    if former == present:
        return 0.0
    if former not in earlier or present not in earlier:
        return None
    return (earlier[former] - earlier[present]) * (-1.0 if direction is Direction.LOWER else 1.0)


def _limits(own: Movement, rival: Movement) -> tuple[float, float] | None:
    """Limits of own - rival, from how far each interval reaches below and above its difference."""
    if own.difference is None or own.low is None or own.high is None:
        return None
    if rival.difference is None or rival.low is None or rival.high is None:
        return None
    difference = own.difference - rival.difference
    down = math.hypot(own.difference - own.low, rival.high - rival.difference)
    up = math.hypot(own.high - own.difference, rival.difference - rival.low)
    return difference - down, difference + up
