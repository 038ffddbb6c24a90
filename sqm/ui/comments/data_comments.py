"""Doors to what customers wrote. Texts are large: few answers are kept, and what is drawn is cut from them.

Shared by all viewers of a scope without a copy: nobody may change them.
"""

from collections import Counter
from dataclasses import dataclass, replace
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
from sqm.rules.surveys.small_periods import Block
from sqm.ui.comments import data_months
from sqm.ui.comments.choice import Choice
from sqm.ui.comments.data_months import COMPANY, DISTRICT, STORE, Home
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
    """Comments that a choice selects, in whole blocks of months (data_months).

    n: how many, before topic and words are looked for; told: of them, those whose writers answered the question for the
    whole; unsatisfied: of told, those who are not satisfied. topics: in how many of the n. rows: those that may be
    listed, after topic and words, each with its ``home``: what may be said of place and months. unlisted: of the n,
    those that stand only in a larger place. counted: first and last month that is counted, None for the whole period.
    is_hidden: fewer than 5; then nothing else is filled in. is_cut: there are more than are read. wide: places where
    channel and brand may be named."""

    n: int
    told: int
    unsatisfied: int
    topics: dict[Topic, int]
    rows: tuple[Record, ...]
    wide: frozenset[str]
    unlisted: int = 0
    counted: tuple[date, date] | None = None
    is_hidden: bool = False
    is_cut: bool = False


_HIDDEN = Group(0, 0, 0, {}, (), frozenset(), is_hidden=True)


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
def _counted(at: Stamp, scope: Scope, wanted: Wanted) -> pd.DataFrame:
    """What a window counts, with ``home`` (data_months.Home; None: not listed here), and first and last of its block.

    is_short in attrs: some of the window are left out.
    """
    rows, known = _found(at, scope, wanted), data_months.months(wanted.survey)
    level = data_months.level_of(scope, wanted.district, wanted.store)
    kinds = {STORE: (STORE,), DISTRICT: (STORE, DISTRICT)}.get(level, (STORE, DISTRICT, COMPANY))
    cells: dict[tuple[str, str, pd.Timestamp], tuple[Block | None, Home | None]] = {}
    keys = list(zip(rows["district_code"], rows["store_code"], rows["month"], strict=True))
    for key in dict.fromkeys(keys):
        district, store, month = key[0], key[1], pd.Timestamp(key[2]).date()
        block, home = known.block(level, district, store, month), known.home(scope, district, store, month)
        is_inside = block is not None and wanted.first <= block.first and block.last <= wanted.last
        cells[key] = (block if is_inside else None, home if home is not None and home.kind in kinds else None)
    counts = np.array([cells[key][0] is not None for key in keys], bool)
    blocks = [cells[key][0] for key in keys]
    out = rows.assign(home=pd.Series([cells[key][1] for key in keys], rows.index, dtype=object))[counts]
    held = [block for block in blocks if block is not None]
    out.attrs["span"] = (min(each.first for each in held), max(each.last for each in held)) if held else None
    out.attrs["is_short"] = not bool(counts.all())
    return out


@lru_cache(maxsize=_FEW)
def _group(at: Stamp, scope: Scope, chosen: Choice, back: int) -> Group:
    first, last = (add_months(month, -back * chosen.span) for month in (chosen.first, chosen.month))
    wanted = Wanted(chosen.survey, first, last, chosen.district, chosen.store)
    whole = _counted(at, scope, wanted)
    rows = _narrowed(whole, chosen)
    if len(rows) < sampling.HIDDEN_BELOW:
        return _HIDDEN
    told = rows["satisfied"].notna()
    listed = rows[rows["home"].notna()]
    unlisted = len(rows) - len(listed)
    if chosen.search and not back:
        searched = _narrowed(_counted(at, scope, replace(wanted, search=chosen.search)), chosen)
        listed = searched[searched["home"].notna()]
    if chosen.topic:
        listed = listed[np.array([chosen.topic in topics for topics in listed["topics"]], bool)]
    sizes = Counter(home.code for home in whole["home"] if home is not None and home.code)
    return Group(
        n=len(rows),
        told=int(told.sum()),
        unsatisfied=sum(each is False for each in rows["satisfied"]),
        topics=comment_topics.counted(rows["topics"]),
        rows=tuple(records(listed)) if not back else (),
        wide=frozenset(code for code, n in sizes.items() if n >= small_places.FACTS_FROM),
        unlisted=unlisted,
        counted=whole.attrs["span"] if whole.attrs["is_short"] else None,
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
