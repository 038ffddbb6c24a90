"""The door to a store's audited months: the score of each, the limits of chance, and what the rules say of the latest.

A store is not audited every month, so its audited months follow each other as the points of the chart do: a change is
one from audit to audit. Months of which too little was collected have no point.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from sqm.rules.access import Scope
from sqm.rules.targets import Direction, Status
from sqm.rules.values import Kind
from sqm.rules.watching.behaviour import Behaviour, behaviours
from sqm.rules.watching.watch import Monthly, Watch, watch
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.store.store_choice import Choice
from sqm.ui.stores.doors import data_scores
from sqm.ui.stores.doors.data_scores import StoreMonth


@dataclass(frozen=True)
class Trend:
    """points: audited months with enough of the score, oldest first; left_out: months with a part of it only. watch:
    None without points. limits: (low, centre, high) of the latest, None while there are too few points."""

    points: tuple[StoreMonth, ...]
    left_out: int
    watched: Watch | None
    behaviour: Behaviour

    @property
    def limits(self) -> tuple[float, float, float] | None:
        if self.watched is None or bool(self.watched.too_few[0]):
            return None
        found = self.watched.limits
        return float(found.lower[0, -1]), float(found.centre[0, -1]), float(found.upper[0, -1])

    @property
    def is_trial(self) -> bool:
        """Fewer points than make firm limits."""
        return self.watched is not None and bool(self.watched.trial[0, -1])

    @property
    def signals(self) -> dict[date, str]:
        """Month -> improvement or concern, where a point is more than chance."""
        if self.watched is None:
            return {}
        kinds = (str(kind) for kind in self.watched.variation_of_points[0])
        marked = zip(self.points, kinds, strict=True)
        return {each.month: kind for each, kind in marked if kind in ("improvement", "concern")}


@lru_cache(maxsize=KEPT)
def _trend(at: Stamp, scope: Scope, choice: Choice) -> Trend:
    months = data_scores.history(scope, choice.store, choice.month)
    points = tuple(each for each in months if each.score.is_ranked and each.score.score is not None and each.visits)
    if not points:
        return Trend((), len(months), None, Behaviour.NO_DATA)
    values = np.array([[each.score.score for each in points]], dtype=float)
    found = watch(Monthly(values, [Direction.HIGHER.value], [Kind.MEAN.value]))
    said = Behaviour(str(behaviours([Status.NO_TARGET.value], found)[0]))
    return Trend(points, len(months) - len(points), found, said)


def trend(scope: Scope, choice: Choice) -> Trend:
    """Up to three years that end with the chosen month."""
    return _trend(stamp(), scope, choice)
