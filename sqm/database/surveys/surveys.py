"""Surveys: what was asked, and the monthly sums of the answers."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from sqm.database.connection import Database
from sqm.database.queries import query
from sqm.database.scopes import scope_parameters
from sqm.rules.access import Scope


@dataclass(frozen=True)
class Slice:
    """Which answers to add up. An empty tuple means no filter; by_* keeps that column apart in the result.

    Hashable, so that it can be part of a cache key.
    """

    surveys: tuple[str, ...]
    items: tuple[str, ...]
    first: date
    last: date
    operators: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    by_channel: bool = False
    by_district: bool = False
    by_brand: bool = False


def surveys(db: Database) -> pd.DataFrame:
    """survey_code, position, name_en, name_zh, representative."""
    return db.frame(query("surveys", "surveys"))


def methods(db: Database) -> pd.DataFrame:
    """survey_code, method_code, valid_from, note_en, note_zh; series of different methods are never joined."""
    return db.frame(query("surveys", "methods"))


def items(db: Database) -> pd.DataFrame:
    """item_code, position, process_code, role, name_en, name_zh."""
    return db.frame(query("surveys", "items"))


def labels(db: Database) -> pd.DataFrame:
    """kind (operator, brand, channel), code, position, name_en, name_zh."""
    return db.frame(query("surveys", "labels"))


def contents(db: Database) -> pd.DataFrame:
    """Which survey, method, operator and item the marts hold, from when to when, with n."""
    return db.frame(query("surveys", "contents"))


def segment_sums(db: Database, scope: Scope, chosen: Slice) -> pd.DataFrame:
    """n, w, ww, wx, wxx, ws by survey, method, operator, month, item and scale, and by what the slice keeps apart."""
    parameters = {
        "by_channel": chosen.by_channel,
        "by_district": chosen.by_district,
        "by_brand": chosen.by_brand,
        "wanted_brands": list(chosen.brands),
        "operators": list(chosen.operators),
        **_shared(chosen),
        **scope_parameters(scope),
    }
    parameters.pop("all_stores")
    parameters.pop("stores")
    return db.frame(query("surveys", "segment_sums"), parameters)


def store_sums(db: Database, scope: Scope, chosen: Slice) -> pd.DataFrame:
    """The same sums by store, kept apart by channel if the slice says so (own operator only; brands are not)."""
    parameters = {"by_channel": chosen.by_channel, **_shared(chosen), **scope_parameters(scope)}
    return db.frame(query("surveys", "store_sums"), parameters)


def _shared(chosen: Slice) -> dict[str, object]:
    return {
        "surveys": list(chosen.surveys),
        "items": list(chosen.items),
        "first": chosen.first,
        "last": chosen.last,
        "wanted_channels": list(chosen.channels),
        "wanted_districts": list(chosen.districts),
    }
