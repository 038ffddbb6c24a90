"""The door to which months of a store's answers are counted together, so that no two windows differ by a few people.

A store's channels share their blocks, because the page of an indicator shows the store's total month by month. The text
message gives way last: it alone enters the score. The score itself counts every message, few or not (methods 4.1); how
many they were is told only where a window holds whole groups of months. Another questionnaire is another part: its
answers are never counted with these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from sqm.database.surveys import surveys
from sqm.database.surveys.surveys import Slice
from sqm.rules.access import Scope
from sqm.rules.surveys import small_periods
from sqm.rules.surveys.small_periods import Blocks
from sqm.ui.doors.data import Stamp, database, stamp

EVER = (date(1900, 1, 1), date(9999, 12, 1))
SURVEY, SPARED = "store_evaluation", "sms"
CHANNELS = (SPARED, "front_desk", "outbound_call")
_FEW = 100
Counts = dict[str, dict[date, int]]
Key = tuple[str, str]


def _counted(sums: pd.DataFrame, found: Mapping[str, Blocks], first: date, last: date) -> pd.DataFrame:
    """Of monthly sums of one store, channel and item those of whole blocks in a window. found: by method."""
    inside = {method: small_periods.inside(blocks, first, last) for method, blocks in found.items()}
    kept = [
        any(block.first <= pd.Timestamp(month).date() <= block.last for block in inside.get(str(method), ()))
        for method, month in zip(sums["method_code"], sums["month"], strict=True)
    ]
    return sums[np.array(kept, bool)]


@dataclass(frozen=True)
class StoreAnswers:
    """One store's monthly sums of all its months, by channel_code and item_code, and by item and channel the blocks of
    each method. Of everybody who answered, whoever looks."""

    sums: pd.DataFrame = field(compare=False)
    blocks: Mapping[Key, Mapping[str, Blocks]] = field(compare=False)

    def counted(self, item: str, channel: str, first: date, last: date) -> pd.DataFrame:
        """The monthly sums that a window may count."""
        rows = self.sums[(self.sums["item_code"] == item) & (self.sums["channel_code"] == channel)]
        return _counted(rows, self.blocks.get((item, channel), {}), first, last)

    def told(self, item: str, channel: str, first: date, last: date) -> int | None:
        """How many answered in a window, all of them; None where some months of it may not be told, or nobody did."""
        rows = self.sums[(self.sums["item_code"] == item) & (self.sums["channel_code"] == channel)]
        months = rows["month"].between(pd.Timestamp(first), pd.Timestamp(last))
        n, counted = int(rows["n"][months].sum()), int(self.counted(item, channel, first, last)["n"].sum())
        return n if n and n == counted else None

    def alone(self, item: str, channel: str) -> pd.DataFrame:
        """Months that are a block by themselves."""
        rows = self.sums[(self.sums["item_code"] == item) & (self.sums["channel_code"] == channel)]
        found = self.blocks.get((item, channel), {})
        single = {method: tuple(each for each in blocks if each.first == each.last) for method, blocks in found.items()}
        return _counted(rows, single, *EVER)


def of_store(district: str, store: str, items: tuple[str, ...]) -> StoreAnswers:
    """For a store that the viewer was found to see."""
    return _of_store(stamp(), district, store, items)


@lru_cache(maxsize=_FEW)
def _of_store(at: Stamp, district: str, store: str, items: tuple[str, ...]) -> StoreAnswers:
    sums = _sums(Scope(frozenset({district}), frozenset({store})), items, by_channel=True)
    sums = sums.assign(month=pd.to_datetime(sums["month"]))
    found: dict[Key, Mapping[str, Blocks]] = {}
    for item in items:
        for code, blocks in _settled(sums[sums["item_code"] == item]).items():
            found[item, code] = blocks
    return StoreAnswers(sums, found)


def _sums(
    scope: Scope, items: tuple[str, ...], channels: tuple[str, ...] = (), by_channel: bool = False
) -> pd.DataFrame:
    return surveys.store_sums(
        database(), scope, Slice((SURVEY,), items, *EVER, channels=channels, by_channel=by_channel)
    )


def _settled(rows: pd.DataFrame) -> dict[str, dict[str, Blocks]]:
    """By channel and method, of one store and item. Channels that the page does not show are left over."""
    named: Counts = {}
    shown = rows[rows["channel_code"].isin(CHANNELS)]
    for (code, method), mine in shown.groupby(["channel_code", "method_code"], sort=True):
        named[f"{code}\0{method}"] = _by_month(mine)
    units = small_periods.blocks(_by_month(rows))
    spared = [name for name in named if name.startswith(f"{SPARED}\0")]
    found: dict[str, dict[str, Blocks]] = {}
    for name, blocks in small_periods.together(units, named, spared).items():
        code, _, method = name.partition("\0")
        found.setdefault(code, {})[method] = blocks
    return found


def _by_month(rows: pd.DataFrame) -> dict[date, int]:
    return small_periods.by_month(pd.to_datetime(rows["month"]).dt.date, rows["n"].tolist())
