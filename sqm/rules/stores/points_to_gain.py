"""What to mend first: which items cost a store most points of its composite, and which places mending them would buy.

Each part's effective weight x what each item of it lost. Together the points are exactly 100 - score, so nothing is
lost out of sight and nothing counted twice. Under the province's fixed weights only: nobody chooses them to look good.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqm.rules.stores.fair_ranks import RankedStore, fair_scores
from sqm.rules.stores.shrinkage import Between, between
from sqm.rules.stores.store_score import FULL_SCORE, StoreScore
from sqm.rules.targets import GUARD

MOST_SHOWN = 5
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Loss:
    """What an item cost its part, in points of the part's 0-100. alone: what mending this item only would bring back;
    less than ``lost`` where a failed critical item still holds the visit down. failed of visits in which it applied."""

    item: str
    lost: float
    alone: float
    visits: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Gain:
    """The same in points of the composite. item is '' for a part that has no items (minutes, text message answers)."""

    part: str
    item: str
    points: float
    alone: float
    visits: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Bought:
    """The store's place now and with the points. Places hold within a class and with everybody else as they are."""

    now: RankedStore
    then: RankedStore

    @property
    def is_certain(self) -> bool:
        """Even the worst place that chance leaves open then is better than the best one now."""
        return self.then.high < self.now.low


def gains(score: StoreScore, losses: Mapping[str, Sequence[Loss]]) -> tuple[Gain, ...]:
    """All that the store lost, most points first; they add up to 100 - score.

    losses: per part, of its items (audit_visits.mean_losses); what they leave of the part's loss stands with the part
    itself. An error if they say more than the part lost: then they belong to another month or another version.
    """
    out = []
    for part in score.parts:
        if part.score is None or part.effective <= 0:
            continue
        share = part.effective / FULL_SCORE
        items = losses.get(part.code, ())
        rest = FULL_SCORE - part.score - math.fsum(each.lost for each in items)
        if rest < -_ROUNDING:
            raise ValueError(f"the items of {part.code} lost more than the part")
        out += [
            Gain(part.code, each.item, share * each.lost, share * each.alone, each.visits, each.failed)
            for each in items
        ]
        if rest > _ROUNDING:
            out.append(Gain(part.code, "", share * rest, share * rest))
    lost = (each for each in out if each.points > GUARD or each.alone > GUARD)
    return tuple(sorted(lost, key=lambda each: (-each.points, -each.alone, each.part, each.item)))


def first_to_mend(found: Sequence[Gain], most: int = MOST_SHOWN) -> tuple[Gain, ...]:
    """The few items to begin with; gains gives them in that order."""
    return tuple(found[:most])


def bought(
    scores: Mapping[str, float], variances: Mapping[str, float], code: str, points: float, found: Between | None = None
) -> Bought | None:
    """Which places ``points`` more of the composite would buy a store, all others as they are.

    scores, variances: of the store's class, as for fair_scores. The spread between stores stays as it is today (found,
    if already known). None when the store has no place, with or without the points.
    """
    known = [each for each in scores if variances.get(each, 0.0) > 0]
    if code not in known or points < 0:
        return None
    spread = found or between([scores[each] for each in known], [variances[each] for each in known])
    if spread is None:
        return None
    better = {**scores, code: min(scores[code] + points, FULL_SCORE)}
    tables = [fair_scores(each, variances, spread) for each in (scores, better)]
    now, then = (None if table is None else table.store(code) for table in tables)
    return None if now is None or then is None else Bought(now, then)
