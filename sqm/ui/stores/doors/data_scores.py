"""Doors to store scores: every store's result over a window, its place in its class, and a store's months.

A place in a class needs all stores of the class, so results are worked out for all of them once, and a viewer gets
those of the own scope; of the others only what a place needs, without their codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

import pandas as pd

from sqm.database.safety import trail
from sqm.database.stores import audits
from sqm.database.surveys import surveys
from sqm.database.surveys.surveys import Slice
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.audits.audit_corrections import holding
from sqm.rules.periods import add_months, month_range
from sqm.rules.stores import store_results
from sqm.rules.stores.fair_ranks import FairTable, RankedStore
from sqm.rules.stores.points_to_gain import Bought
from sqm.rules.stores.store_evidence import Answers, Scored, scored, sms_answers
from sqm.rules.stores.store_results import Compared, Group, StoreResult
from sqm.rules.stores.store_score import Definition, StoreScore, in_force
from sqm.ui.decisions import data_decisions
from sqm.ui.doors.data import Stamp, database, stamp
from sqm.ui.doors.data_names import Record, records
from sqm.ui.stores.doors import data_blocks, data_standards

SURVEY, CHANNEL, ITEM = data_blocks.SURVEY, data_blocks.SPARED, "stores.overall"
_FEW = 24  # windows of all stores that are kept
UNSEEN = ""
"""Stands for the code of a store that the viewer may not see."""


class Span(StrEnum):
    """How many months end with the chosen one. Three months see all six themes; a year tells stores apart."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


@dataclass(frozen=True)
class Place:
    """A store's place in its class. of: stores in the table. are_alike: the class cannot be told apart."""

    ranked: RankedStore
    of: int
    are_alike: bool


@dataclass(frozen=True)
class StoresView:
    """results: of the stores that the viewer sees, by code, also those never visited. tables: the class of each group
    by what is compared; a store that the viewer does not see has the code UNSEEN."""

    first: date
    last: date
    definition: Definition
    results: Mapping[str, StoreResult]
    tables: Mapping[Compared, Mapping[Group, FairTable | None]]

    def place(self, store: str, what: Compared = Compared.COMPOSITE) -> Place | None:
        """None when the store has nothing to be ranked by."""
        result = self.results.get(store)
        table = None if result is None else self.tables[what].get(result.group)
        ranked = None if table is None else table.store(store)
        return None if table is None or ranked is None else Place(ranked, len(table.stores), table.are_alike)


@lru_cache(maxsize=4)
def _stores(at: Stamp) -> tuple[Record, ...]:
    return tuple(records(audits.stores(database(), EVERYTHING)))


def stores(scope: Scope) -> dict[str, Record]:
    """The stores that the viewer sees, by code: names, district_code, class, size, longitude, latitude."""
    seen = (row for row in _stores(stamp()) if scope.sees_store(str(row["store_code"]), str(row["district_code"])))
    return {str(row["store_code"]): row for row in seen}


@lru_cache(maxsize=4)
def _months(at: Stamp) -> tuple[date, ...]:
    held = audits.contents(database())
    held = held[held["source"] == audits.THIRD_PARTY]
    if held.empty:
        return ()
    first, last = (pd.Timestamp(held[column].iloc[0]).date() for column in ("first_month", "last_month"))
    return month_range(first, last)


def months() -> tuple[date, ...]:
    """Months from the first scored visit to the last; () without any."""
    return _months(stamp())


@dataclass(frozen=True)
class _Whole:
    scored: Scored
    answers: Mapping[str, Answers]
    results: Mapping[str, StoreResult]
    tables: Mapping[Compared, Mapping[Group, FairTable | None]]
    definition: Definition


def score_stamp() -> Stamp:
    """The last change that can move a score. Thousands of stores are not worked out anew when an action is opened."""
    db = database()
    return Stamp(db.path, trail.last_score_change(db))


@lru_cache(maxsize=_FEW)
def _whole(at: Stamp, first: date, last: date) -> _Whole:
    found = _scored(first, last, "")
    answers = sms_answers(text_sums(EVERYTHING, first, last), "store_code")
    groups = {str(row["store_code"]): (str(row["class"]), str(row["size"])) for row in _stores(stamp())}
    definition = _definition(last)
    results = store_results.store_results(found, answers, groups, definition)
    tables = {what: store_results.fair_tables(results, what) for what in Compared}
    return _Whole(found, answers, results, tables, definition)


def _scored(first: date, last: date, store: str) -> Scored:
    db = database()
    visits = audits.visits(db, EVERYTHING, first, last, store=store)
    marks = audits.marks(db, EVERYTHING, first, last, store=store)
    visits, marks = holding(visits, marks, data_decisions.log())
    return scored(visits, marks, data_standards.standards(), data_standards.turns())


def text_sums(scope: Scope, first: date, last: date) -> pd.DataFrame:
    """Monthly sums of what was answered by text message, all of it, as the score counts it."""
    return surveys.store_sums(database(), scope, Slice((SURVEY,), (ITEM,), first, last, channels=(CHANNEL,)))


def _definition(month: date) -> Definition:
    listed = data_standards.definitions()
    return in_force(listed, month) or listed[0]


def window(month: date, span: Span) -> tuple[date, date]:
    """First and last month of the window that ends with a month."""
    return add_months(month, 1 - MONTHS[span]), month


def view(scope: Scope, month: date, span: Span) -> StoresView:
    """The results of a window for the stores that the viewer sees."""
    return _view(stamp(), scope, month, span)


@lru_cache(maxsize=_FEW)
def _view(at: Stamp, scope: Scope, month: date, span: Span) -> StoresView:
    first, last = window(month, span)
    whole = _whole(score_stamp(), first, last)
    seen = stores(scope)
    tables = whole.tables
    if not scope.is_everything:
        tables = {what: {group: _masked(table, seen) for group, table in each.items()} for what, each in tables.items()}
    results = {store: result for store, result in whole.results.items() if store in seen}
    return StoresView(first, last, whole.definition, results, tables)


def _masked(table: FairTable | None, seen: Mapping[str, Record]) -> FairTable | None:
    if table is None:
        return None
    listed = tuple(each if each.code in seen else replace(each, code=UNSEEN) for each in table.stores)
    return replace(table, stores=listed)


def scored_visits(scope: Scope, month: date, span: Span) -> Scored:
    """Visits and item losses of the window, of the stores that the viewer sees."""
    return _scored_visits(stamp(), scope, month, span)


@lru_cache(maxsize=_FEW)
def _scored_visits(at: Stamp, scope: Scope, month: date, span: Span) -> Scored:
    found = _whole(score_stamp(), *window(month, span)).scored
    if scope.is_everything:
        return found
    seen = stores(scope)
    return Scored(found.visits[found.visits["store_code"].isin(seen)], found.losses[found.losses["store"].isin(seen)])


def text_answers(month: date, span: Span) -> Mapping[str, Answers]:
    """SMS answers of the window by store, of all stores: for totals, and for funnels, which mask the others' codes."""
    return _whole(score_stamp(), *window(month, span)).answers


def places_bought(scope: Scope, month: date, span: Span, store: str, points: float) -> Bought | None:
    """Which places of its class more points would buy a store that the viewer sees."""
    if store not in stores(scope):
        return None
    return store_results.places_bought(_whole(score_stamp(), *window(month, span)).results, store, points)


@dataclass(frozen=True)
class Praise:
    """A store of the same class that passed an item in every visit. Praise may be named to everybody; blame may not."""

    store: str
    visits: int


def praised(month: date, span: Span, store: str, item: str, most: int = 3) -> tuple[Praise, ...]:
    """Other stores of the class that passed the item in all of at least two visits, those with most visits first."""
    whole = _whole(score_stamp(), *window(month, span))
    group = whole.results[store].group if store in whole.results else None
    rows = whole.scored.losses
    rows = rows[(rows["item"] == item) & rows["points"].notna()]
    counts = rows.groupby("store")["is_failed"].agg(["size", "sum"])
    good = [
        Praise(str(code), int(visits))
        for code, visits, failed in counts.itertuples(name=None)
        if visits > 1 and not failed and code != store and whole.results[str(code)].group == group
    ]
    return tuple(sorted(good, key=lambda each: (-each.visits, each.store))[:most])


def store_visits(scope: Scope, store: str, last: date, count: int = 36) -> Scored | None:
    """Visits and item losses of one store in the months up to one; None for a store that the viewer does not see."""
    return _store_visits(stamp(), scope, store, last, count)


@lru_cache(maxsize=200)
def _store_visits(at: Stamp, scope: Scope, store: str, last: date, count: int) -> Scored | None:
    return _scored(add_months(last, 1 - count), last, store) if store in stores(scope) else None


@dataclass(frozen=True)
class StoreMonth:
    """One month of one store."""

    month: date
    score: StoreScore
    waited: float | None
    handled: float | None
    visits: int


def history(scope: Scope, store: str, last: date, count: int = 36) -> tuple[StoreMonth, ...]:
    """A store's own months up to one, oldest first; months without visits and answers are left out. () for a store that
    the viewer does not see."""
    return _history(stamp(), scope, store, last, count)


@lru_cache(maxsize=200)
def _history(at: Stamp, scope: Scope, store: str, last: date, count: int) -> tuple[StoreMonth, ...]:
    seen, found = stores(scope), store_visits(scope, store, last, count)
    if found is None:
        return ()
    first = add_months(last, 1 - count)
    found = replace(found, visits=found.visits.assign(unit=found.visits["month"].dt.strftime("%Y-%m-%d")))
    only = Scope(frozenset({str(seen[store]["district_code"])}), frozenset({store}))
    sums = text_sums(only, first, last)
    answers = sms_answers(sums.assign(unit=pd.to_datetime(sums["month"]).dt.strftime("%Y-%m-%d")), "unit")
    scores = store_results.compare(found, answers, _definition(last), "unit")
    by_month = found.visits.groupby("unit")
    means = by_month[["minutes_waited", "minutes_handled"]].mean().astype(float)
    waited, handled = (means[column].dropna().to_dict() for column in means.columns)
    sizes = by_month.size()
    return tuple(
        StoreMonth(date.fromisoformat(unit), score, waited.get(unit), handled.get(unit), int(sizes.get(unit, 0)))
        for unit, score in sorted(scores.items())
    )
