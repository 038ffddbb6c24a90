"""The door to what a store's customers answered: five items by channel, never blended, beside as many months before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.rules.access import Scope
from sqm.rules.periods import add_months
from sqm.rules.rivals.lead import Share, newcombe
from sqm.rules.sampling import Interval, Showing, effective_n, showing_of, wilson
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import records
from sqm.ui.store.store_choice import Choice
from sqm.ui.stores.doors import data_blocks, data_scores
from sqm.ui.stores.doors.data_scores import CHANNEL, MONTHS

WHOLE, WAITING = "stores.overall", "stores.waiting"
ITEMS = (WHOLE, "stores.environment", WAITING, "stores.staff", "stores.handling")
CHANNELS = data_blocks.CHANNELS
"""The text message first: it alone enters the composite."""


@dataclass(frozen=True)
class Opinion:
    """Share of satisfied customers, 0-1. change: since the window before, with its interval (Newcombe); None when there
    were no answers then or another questionnaire asked."""

    share: float
    n: int
    n_eff: float
    interval: Interval | None
    showing: Showing
    change: float | None = None
    change_limits: tuple[float, float] | None = None

    @property
    def is_moved(self) -> bool:
        """The change is more than chance, on enough answers."""
        limits = self.change_limits
        return self.showing is Showing.SHOWN and limits is not None and not limits[0] <= 0.0 <= limits[1]


_TOO_FEW = Opinion(float("nan"), 0, 0.0, None, Showing.HIDDEN)


@dataclass(frozen=True)
class WaitMonth:
    """A month in which minutes were measured and customers asked by text message."""

    month: date
    minutes: float
    visits: int
    satisfied: Opinion


@dataclass(frozen=True)
class Opinions:
    """found: by item and channel. mean: by channel, the plain mean of the four items beside the whole, as the sources
    work out the result of a store; only where all four may be shown. waits: oldest first."""

    found: Mapping[tuple[str, str], Opinion]
    mean: Mapping[str, float]
    waits: tuple[WaitMonth, ...]

    @property
    def channels(self) -> tuple[str, ...]:
        return tuple(each for each in CHANNELS if any(channel == each for _, channel in self.found))


@lru_cache(maxsize=KEPT)
def _opinions(at: Stamp, scope: Scope, choice: Choice) -> Opinions:
    record = data_scores.stores(scope).get(choice.store)
    if record is None:
        return Opinions({}, {}, ())
    answers = data_blocks.of_store(str(record["district_code"]), choice.store, ITEMS)
    first = choice.first
    back = add_months(first, -MONTHS[choice.span])
    sums = answers.sums[answers.sums["month"] <= pd.Timestamp(choice.month)]
    found: dict[tuple[str, str], Opinion] = {}
    for channel in CHANNELS:
        now, then = (
            pd.concat([answers.counted(item, channel, *window) for item in ITEMS])
            for window in ((first, choice.month), (back, add_months(first, -1)))
        )
        asked = sums[(sums["channel_code"] == channel) & (sums["month"] >= pd.Timestamp(first)) & (sums["n"] > 0)]
        found |= {(item, channel): _TOO_FEW for item in ITEMS if item in set(asked["item_code"])}
        found |= {(item, channel): opinion for item, opinion in _compared(now, then).items()}
    texts = answers.alone(WAITING, CHANNEL)
    since, last = pd.Timestamp(add_months(choice.month, -35)), pd.Timestamp(choice.month)
    waits = _waits(texts[texts["month"].between(since, last)], scope, choice)
    return Opinions(found, _means(found), waits)


def opinions(scope: Scope, choice: Choice) -> Opinions:
    return _opinions(stamp(), scope, choice)


def _compared(now: pd.DataFrame, then: pd.DataFrame) -> dict[str, Opinion]:
    """Only the latest method of the window counts, and it is compared with itself alone."""
    if now.empty:
        return {}
    method = now.sort_values("month")["method_code"].iloc[-1]
    shares, before = (_shares(each[each["method_code"] == method], "item_code") for each in (now, then))
    return {item: _changed(share, before.get(item)) for item, share in shares.items()}


def _shares(sums: pd.DataFrame, by: str) -> dict[str, Opinion]:
    rows = sums.groupby(by)[["n", "w", "ww", "ws"]].sum().astype(float)
    rows = rows[rows["w"] > 0]
    found = {}
    for row in records(rows.reset_index()):
        share, n_eff = row["ws"] / row["w"], float(effective_n(row["w"], row["ww"]))
        showing = Showing(str(showing_of(row["n"], n_eff)))
        found[str(row[by])] = Opinion(share, int(row["n"]), n_eff, wilson(share * n_eff, n_eff), showing)
    return found


def _changed(now: Opinion, then: Opinion | None) -> Opinion:
    if then is None or Showing.HIDDEN in (now.showing, then.showing):
        return now
    limits = newcombe(Share(now.share, now.n_eff), Share(then.share, then.n_eff))
    return Opinion(now.share, now.n, now.n_eff, now.interval, now.showing, now.share - then.share, limits)


def _means(found: Mapping[tuple[str, str], Opinion]) -> dict[str, float]:
    means = {}
    for channel in CHANNELS:
        four = [found.get((item, channel)) for item in ITEMS if item != WHOLE]
        shown = [each.share for each in four if each is not None and each.showing is not Showing.HIDDEN]
        if len(shown) == len(four):
            means[channel] = sum(shown) / len(shown)
    return means


def _waits(sums: pd.DataFrame, scope: Scope, choice: Choice) -> tuple[WaitMonth, ...]:
    told = _shares(sums.assign(unit=sums["month"].dt.strftime("%Y-%m-%d")), "unit")
    found = []
    for each in data_scores.history(scope, choice.store, choice.month):
        opinion = told.get(each.month.isoformat())
        if each.waited is not None and opinion is not None and opinion.showing is not Showing.HIDDEN:
            found.append(WaitMonth(each.month, each.waited, each.visits, opinion))
    return tuple(found)
