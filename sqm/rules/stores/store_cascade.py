"""The stores of a company and of its districts taken together: the same score from the top down to one store.

A mean of stores weighs every store alike, large or small. Its change is taken between the same stores (paired), so that
stores that were scored in only one of two windows move nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from sqm.rules.audits.audit_visits import FULL_SCORE
from sqm.rules.sampling import Interval
from sqm.rules.stores.store_results import Compared, StoreResult
from sqm.rules.stores.store_score import passes
from sqm.rules.surveys.answers import mean_answer
from sqm.rules.targets import GUARD

Losses = Mapping[str, float]
"""Points lost by part (of the composite) or by theme (of the visits); they add up to 100 - score."""


@dataclass(frozen=True)
class Change:
    """Mean change of the stores that both windows scored. is_certain: chance is ruled out (95 %)."""

    points: float
    stores: int
    interval: Interval | None

    @property
    def is_certain(self) -> bool:
        return self.interval is not None and (self.interval.low > 0 or self.interval.high < 0)


@dataclass(frozen=True)
class Line:
    """One place of the cascade. stores: with a score, of ``of`` that exist. interval: t over the stores' scores, not
    cut at 0 and 100. below: stores under the pass mark, None where no mark was set. losses: means over the stores."""

    stores: int
    of: int
    mean: float | None
    interval: Interval | None
    below: int | None
    change: Change | None
    losses: Losses

    @property
    def weakest(self) -> str | None:
        """Where most points are lost."""
        worst = max(self.losses, key=lambda each: (self.losses[each], each), default=None)
        return worst if worst is not None and self.losses[worst] > GUARD else None

    @property
    def shown(self) -> Interval | None:
        """The interval as a page shows it: no score is below 0 or above 100."""
        if self.interval is None:
            return None
        return Interval(max(self.interval.low, 0.0), min(self.interval.high, FULL_SCORE))


def line(
    stores: Collection[str],
    scores: Mapping[str, float],
    before: Mapping[str, float],
    losses: Mapping[str, Losses],
    pass_mark: float | None,
) -> Line:
    """stores: all of the place; the mappings may hold others, too."""
    scored = [store for store in stores if store in scores]
    mean = mean_answer([scores[store] for store in scored]) if scored else None
    both = [store for store in scored if store in before]
    moved = mean_answer([scores[store] - before[store] for store in both]) if both else None
    return Line(
        stores=len(scored),
        of=len(stores),
        mean=None if mean is None else mean.mean,
        interval=None if mean is None else mean.interval,
        below=None if pass_mark is None else sum(passes(scores[store], pass_mark) is False for store in scored),
        change=None if moved is None else Change(moved.mean, moved.n, moved.interval),
        losses=_mean_losses([losses.get(store, {}) for store in scored]),
    )


def _mean_losses(each: Collection[Losses]) -> Losses:
    out: dict[str, float] = {}
    for lost in each:
        for part, points in lost.items():
            out[part] = out.get(part, 0.0) + points / len(each)
    return out


def compared(results: Mapping[str, StoreResult], what: Compared) -> dict[str, float]:
    """What a fair table compares, by store; stores without it, or with too little of it collected, are left out."""
    if what is Compared.AUDIT:
        return {store: each.visits.mean for store, each in results.items() if each.visits is not None}
    return {
        store: each.score.score
        for store, each in results.items()
        if each.score.is_ranked and each.score.score is not None
    }


def part_losses(results: Mapping[str, StoreResult]) -> dict[str, Losses]:
    """Points of the composite lost by part and store."""
    return {
        store: {part.code: part.lost for part in each.score.parts if part.effective > 0}
        for store, each in results.items()
    }


def theme_losses(visits: pd.DataFrame) -> dict[str, Losses]:
    """Points of a store's mean visit lost by theme. visits: store_evidence.Scored.visits."""
    known = visits[visits["score"].notna()]
    share = 1.0 / known.groupby("store_code")["score"].transform("size")
    rows = pd.DataFrame(
        {"lost": (FULL_SCORE - known["score"]) * share, "store": known["store_code"], "theme": known["theme"]}
    )
    sums = rows.groupby(["store", "theme"])["lost"].sum().reset_index()
    out: dict[str, dict[str, float]] = {}
    for store, theme, lost in zip(sums["store"], sums["theme"], sums["lost"], strict=True):
        out.setdefault(str(store), {})[str(theme)] = float(lost)
    return dict(out)
