"""Doors to what customers wrote. Texts are large: few answers are kept, and what is drawn is cut from them.

Shared by all viewers of a scope without a copy: nobody may change them.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from sqm.database.surveys import comments
from sqm.database.surveys.comments import MOST, Wanted
from sqm.rules import sampling
from sqm.rules.access import Scope
from sqm.rules.periods import add_months
from sqm.rules.surveys import comment_topics, small_places
from sqm.rules.surveys.comment_topics import Topic
from sqm.ui.comments.choice import Choice
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, records

__all__ = ["MOST", "Group", "Held", "group", "held"]

_FEW = 16  # of up to MOST comments each


@dataclass(frozen=True)
class Held:
    """One survey's comments: from when to when."""

    survey_code: str
    first: date
    last: date


@dataclass(frozen=True)
class Group:
    """Comments that a choice selects. n: how many, before topic and words are looked for; told: of them, those whose
    writers answered the question for the whole; unsatisfied: of told, those who are not satisfied. topics: in how many
    of the n. rows: after topic and words. is_hidden: fewer than 5; then nothing else is filled in. is_cut: there are
    more than are read. stores, districts: places that may be named; wide: those where channel and brand may be too."""

    n: int
    told: int
    unsatisfied: int
    topics: dict[Topic, int]
    rows: tuple[Record, ...]
    stores: frozenset[str]
    districts: frozenset[str]
    wide: frozenset[str]
    is_hidden: bool = False
    is_cut: bool = False


@lru_cache(maxsize=KEPT)
def _held(at: Stamp) -> dict[str, Held]:
    rows = comments.contents(database())
    return {
        str(row["survey_code"]): Held(
            str(row["survey_code"]), pd.Timestamp(row["first_month"]).date(), pd.Timestamp(row["last_month"]).date()
        )
        for row in records(rows)
    }


def held() -> dict[str, Held]:
    """The surveys that have comments, by code."""
    return _held(stamp())


@lru_cache(maxsize=_FEW)
def _found(at: Stamp, scope: Scope, wanted: Wanted) -> pd.DataFrame:
    rows = comments.found(database(), scope, wanted)
    scores = zip(rows["score"].tolist(), rows["scale_min"].tolist(), rows["scale_max"].tolist(), strict=True)
    satisfied = [None if score != score else sampling.is_satisfied(score, low, high) for score, low, high in scores]
    topics = [comment_topics.topics_of(text) for text in rows["comment"]]
    return rows.assign(satisfied=pd.Series(satisfied, dtype=object), topics=pd.Series(topics, dtype=object))


@lru_cache(maxsize=_FEW)
def _places(at: Stamp, scope: Scope, survey: str, first: date, last: date) -> tuple[frozenset[str], ...]:
    """Stores, districts, and places with enough people for further facts: of the whole period, whatever is chosen."""
    rows = _found(at, scope, Wanted(survey, first, last))
    by_store: dict[str, dict[str, int]] = {}
    by_district: dict[str, int] = {}
    for district, store in zip(rows["district_code"], rows["store_code"], strict=True):
        if district:
            by_district[district] = by_district.get(district, 0) + 1
        if store:
            held_here = by_store.setdefault(district, {})
            held_here[store] = held_here.get(store, 0) + 1
    stores = frozenset(store for counts in by_store.values() for store in small_places.nameable(counts))
    districts = small_places.nameable(by_district)
    sizes = by_district | {store: n for counts in by_store.values() for store, n in counts.items()}
    wide = frozenset(code for code, n in sizes.items() if n >= small_places.FACTS_FROM)
    return stores, districts, wide


@lru_cache(maxsize=_FEW)
def _group(at: Stamp, scope: Scope, chosen: Choice, back: int) -> Group:
    first, last = (add_months(month, -back * chosen.span) for month in (chosen.first, chosen.month))
    stores, districts, wide = _places(at, scope, chosen.survey, first, last)
    wanted = Wanted(chosen.survey, first, last, chosen.district, chosen.store)
    rows = _narrowed(_found(at, scope, wanted), chosen)
    may_name = chosen.store in stores if chosen.store else not chosen.district or chosen.district in districts
    if len(rows) < sampling.HIDDEN_BELOW or not may_name:
        return Group(0, 0, 0, {}, (), stores, districts, wide, is_hidden=True)
    told = rows["satisfied"].notna()
    listed = rows
    if chosen.search and not back:
        searched = _found(at, scope, Wanted(chosen.survey, first, last, chosen.district, chosen.store, chosen.search))
        listed = _narrowed(searched, chosen)
    if chosen.topic:
        listed = listed[np.array([chosen.topic in topics for topics in listed["topics"]], bool)]
    return Group(
        n=len(rows),
        told=int(told.sum()),
        unsatisfied=sum(each is False for each in rows["satisfied"]),
        topics=comment_topics.counted(rows["topics"]),
        rows=tuple(records(listed)) if not back else (),
        stores=stores,
        districts=districts,
        wide=wide,
        is_cut=len(rows) >= MOST,
    )


def _narrowed(rows: pd.DataFrame, chosen: Choice) -> pd.DataFrame:
    if chosen.process:
        rows = rows[rows["process_code"] == chosen.process]
    if chosen.is_unsatisfied:
        rows = rows[np.array([satisfied is False for satisfied in rows["satisfied"]], bool)]
    return rows


def group(scope: Scope, chosen: Choice, back: int = 0) -> Group:
    """What the choice selects; back=1: in as many months before, without the rows."""
    return _group(stamp(), scope, chosen, back)
