"""Doors to satisfaction: which surveys there are, and their monthly points with intervals.

Kept by their arguments (look-up: a microsecond) and shared by all viewers without a copy: nobody may change them.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.surveys import surveys
from sqm.database.surveys.surveys import Slice
from sqm.rules.access import Scope
from sqm.rules.surveys import trends
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, names, records
from sqm.ui.satisfaction import small_parts

__all__ = ["OVERALL", "OWN", "Held", "Slice", "held", "main_survey", "points"]

OWN = "own"
OVERALL = "overall.overall"
BREAKDOWNS = {
    "channel": "channel_code",
    "district": "district_code",
    "brand": "brand_code",
    "operator": "operator_code",
}


@dataclass(frozen=True)
class Held:
    """What the marts hold of one survey. items in the catalogue's order; operators with ours first."""

    survey_code: str
    items: tuple[str, ...]
    operators: tuple[str, ...]
    first: date
    last: date

    @property
    def has_own(self) -> bool:
        return OWN in self.operators


@lru_cache(maxsize=KEPT)
def _held(at: Stamp) -> dict[str, Held]:
    rows = surveys.contents(database())
    known = names()
    places = {code: place for place, code in enumerate(known.items)}
    order = {code: place for place, code in enumerate(known.surveys)}
    found = {}
    for code, part in rows.groupby("survey_code"):
        items = sorted(set(part["item_code"]), key=lambda item: (places.get(item, len(places)), item))
        operators = sorted(set(part["operator_code"]), key=lambda each: (each != OWN, each))
        first, last = pd.to_datetime(part["first_month"]).min(), pd.to_datetime(part["last_month"]).max()
        found[str(code)] = Held(str(code), tuple(items), tuple(operators), first.date(), last.date())
    return dict(sorted(found.items(), key=lambda each: (order.get(each[0], len(order)), each[0])))


def held() -> dict[str, Held]:
    """Every survey with answers, by code, in the catalogue's order; also one that asked only rivals' customers."""
    return _held(stamp())


def main_survey() -> Held | None:
    """The survey that speaks for all customers: representative, ours, with the overall question."""
    known = names().surveys
    ours = [each for each in held().values() if each.has_own and known.get(each.survey_code, {}).get("representative")]
    return next((each for each in ours if OVERALL in each.items), None)


@lru_cache(maxsize=KEPT)
def _points(at: Stamp, scope: Scope, chosen: Slice, by: str) -> pd.DataFrame:
    return small_parts.hide(_measured(scope, chosen, by), chosen, by)


def _measured(scope: Scope, chosen: Slice, by: str) -> pd.DataFrame:
    db = database()
    sums = surveys.segment_sums(db, scope, chosen)
    keys = list(dict.fromkeys(["item_code", "operator_code", *([BREAKDOWNS[by]] if by else [])]))
    own = sums[sums["operator_code"] == OWN]
    stores = _store_sums(scope, chosen, by) if by != "brand" and not chosen.brands and len(own) else own.iloc[:0]
    if len(stores) == 0 or int(stores["n"].sum()) != int(own["n"].sum()):
        return _of_shares(trends.points(sums, keys))
    others = sums[sums["operator_code"] != OWN]
    both = [trends.points(stores.assign(operator_code=OWN), keys, cluster="store_code")]
    both += [trends.points(others, keys)] if len(others) else []
    return _of_shares(pd.concat(both, ignore_index=True))


Points = dict[str, dict[date, tuple[Record, ...]]]
"""By operator and month: one record of trends.points, or one per method where two methods overlap."""


@lru_cache(maxsize=KEPT)
def _indexed(at: Stamp, scope: Scope, chosen: Slice, by: str) -> dict[tuple[str, str], Points]:
    found: dict[tuple[str, str], dict[str, dict[date, list[Record]]]] = {}
    for point in records(_points(at, scope, chosen, by)):
        part = str(point[BREAKDOWNS[by]]) if by and by != "operator" else ""
        operators = found.setdefault((str(point["item_code"]), part), {})
        operators.setdefault(str(point["operator_code"]), {}).setdefault(point["month"].date(), []).append(point)
    return {
        key: {code: {month: tuple(each) for month, each in months.items()} for code, months in operators.items()}
        for key, operators in found.items()
    }


def indexed(scope: Scope, chosen: Slice, by: str = "") -> dict[tuple[str, str], Points]:
    """The points by question and part ('' without a breakdown, and for operators, which are the inner key)."""
    return _indexed(stamp(), scope, chosen, by)


def _store_sums(scope: Scope, chosen: Slice, by: str) -> pd.DataFrame:
    """Answers that were collected store by store resemble each other within a store: the interval must know."""
    if by != "channel":
        return surveys.store_sums(database(), scope, chosen)
    channels = chosen.channels or tuple(code for kind, code in names().labels if kind == "channel")
    parts = [
        surveys.store_sums(database(), scope, _only_channel(chosen, code)).assign(channel_code=code)
        for code in channels
    ]
    return pd.concat(parts, ignore_index=True)


def _only_channel(chosen: Slice, code: str) -> Slice:
    return Slice(chosen.surveys, chosen.items, chosen.first, chosen.last, (OWN,), (code,), chosen.districts)


def _of_shares(points: pd.DataFrame) -> pd.DataFrame:
    return points.sort_values([*(name for name in points.columns if name.endswith("_code")), "month"]).reset_index(
        drop=True
    )


def points(scope: Scope, chosen: Slice, by: str = "") -> pd.DataFrame:
    """Monthly points (trends.points) per survey, method, item, operator and, if asked, channel, district or brand."""
    return _points(stamp(), scope, chosen, by)
