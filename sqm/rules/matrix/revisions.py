"""What became different since a month was published, and since a viewer last looked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sqm.rules.targets import GUARD, Status

KEYS = ["indicator_code", "level", "scope_code"]
MOVED = [*KEYS, "value_before", "value_after"]
FLIPPED = [*KEYS, "status_before", "status_after"]


@dataclass(frozen=True)
class Revision:
    """moved: one row a number that is another one (MOVED; NaN: there was or is none). flipped: one row a conclusion
    that is another one (FLIPPED; '': the indicator did not or does not belong to the month)."""

    moved: pd.DataFrame
    flipped: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        """Nothing to publish anew."""
        return self.moved.empty and self.flipped.empty

    @property
    def indicators(self) -> tuple[str, ...]:
        """Codes of every indicator concerned, sorted."""
        return tuple(sorted({*self.moved["indicator_code"], *self.flipped["indicator_code"]}))


@dataclass(frozen=True)
class Since:
    """Indicator codes, sorted. new_red: missed now and not then. recovered: missed then, met or near now."""

    new_red: tuple[str, ...]
    recovered: tuple[str, ...]
    revised: tuple[str, ...]


def compare(published: pd.DataFrame, now: pd.DataFrame) -> Revision:
    """Two states of one month. In: KEYS, value, status, one row a key. Numbers are the same within 1e-9."""
    columns = [*KEYS, "value", "status"]
    both = published[columns].merge(now[columns], on=KEYS, how="outer", suffixes=("_before", "_after"))
    before, after = (both[name].to_numpy(dtype=float, na_value=np.nan) for name in ("value_before", "value_after"))
    same = (np.abs(before - after) <= GUARD) | (np.isnan(before) & np.isnan(after))
    both[["status_before", "status_after"]] = both[["status_before", "status_after"]].fillna("")
    turned = both["status_before"] != both["status_after"]
    return Revision(both.loc[~same, MOVED].reset_index(drop=True), both.loc[turned, FLIPPED].reset_index(drop=True))


def since(looked: Mapping[str, str], now: Mapping[str, str], revised: Iterable[str] = ()) -> Since:
    """What a viewer has not seen yet. looked, now: indicator code -> status; revised: codes that a revision moved.

    A viewer who never looked (empty) has missed nothing: all of it is news, none of it a change.
    """
    missed = {code for code, status in now.items() if status == Status.MISSED}
    was_missed = {code for code, status in looked.items() if status == Status.MISSED}
    fine = {code for code, status in now.items() if status in (Status.MET, Status.NEAR)}
    new_red = missed - was_missed if looked else set()
    return Since(tuple(sorted(new_red)), tuple(sorted(was_missed & fine)), tuple(sorted(set(revised))))
