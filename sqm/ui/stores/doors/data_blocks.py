"""The door to which months of a store's answers are counted together, so that no two windows differ by a few people.

A store's channels share their blocks, because the page of an indicator shows the store's total month by month. The text
message gives way last: it alone enters the score. Another questionnaire is another part: its answers are never
counted with these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from sqm.database.surveys import surveys
from sqm.database.surveys.surveys import Slice
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.sampling import HIDDEN_BELOW
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


def texts_counted(sums: pd.DataFrame, item: str, first: date, last: date, is_monthly: bool = False) -> pd.DataFrame:
    """Of the text messages' monthly sums by store those that a window may count; is_monthly: of windows of one month
    each."""
    found = of_texts(item)
    if not found or sums.empty:
        return sums
    kept = np.ones(len(sums), bool)
    for at in np.flatnonzero(sums["store_code"].isin(found).to_numpy()):
        row = sums.iloc[at]
        month = pd.Timestamp(row["month"]).date()
        blocks = found[str(row["store_code"])].get(str(row["method_code"]), ())
        window = (month, month) if is_monthly else (first, last)
        kept[at] = any(each.first <= month <= each.last for each in small_periods.inside(blocks, *window))
    return sums[kept]


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


def of_texts(item: str) -> Mapping[str, Mapping[str, Blocks]]:
    """By store and method the blocks of the text message, only of stores where some months may be no blocks by
    themselves."""
    return _of_texts(stamp(), item)


@lru_cache(maxsize=8)
def _of_texts(at: Stamp, item: str) -> Mapping[str, Mapping[str, Blocks]]:
    """Few stores are worked out: text messages give way only where some of their months are small, or where all the
    others of a month together are."""
    keys = ["store_code", "method_code", "month"]
    texts, total = _sums(EVERYTHING, (item,), (SPARED,)), _sums(EVERYTHING, (item,))
    if texts.empty:
        return {}
    small = texts.groupby(keys)["n"].sum().between(1, HIDDEN_BELOW - 1)
    whole, of_texts = (rows.groupby(keys[::2])["n"].sum() for rows in (total, texts))
    others = whole.sub(of_texts, fill_value=0).between(1, HIDDEN_BELOW - 1)
    stores = {str(each[0]) for each in [*small[small].index, *others[others].index]}
    if not stores:
        return {}
    rows = _sums(Scope(None, frozenset(stores)), (item,), by_channel=True)
    return {str(store): _settled(mine).get(SPARED, {}) for store, mine in rows.groupby("store_code", sort=True)}


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
    found: dict[date, int] = {}
    for month, n in zip(rows["month"], rows["n"].tolist(), strict=True):
        when = pd.Timestamp(month).date()
        found[when] = found.get(when, 0) + int(n)
    return found
