"""Doors of the page of stores: company and districts, how items fail, funnels, last visits.

Totals are over all stores; what is said of one store is for those who may see it (data_scores masks the others).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.stores import audits
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.audits.audit_visits import fail_rates
from sqm.rules.periods import add_months
from sqm.rules.stores import store_cascade
from sqm.rules.stores.fair_ranks import FairTable, fair_shares
from sqm.rules.stores.funnel import Funnel, funnel
from sqm.rules.stores.shrinkage import beta_prior, shrink_shares
from sqm.rules.stores.store_cascade import Line, Losses
from sqm.rules.stores.store_results import Compared, Group
from sqm.rules.surveys.design_effect import clustered_n
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, records
from sqm.ui.stores.doors import data_scores, data_standards
from sqm.ui.stores.doors.data_scores import MONTHS, UNSEEN, Span
from sqm.ui.stores.views import Measure


@lru_cache(maxsize=KEPT)
def _districts(at: Stamp) -> dict[str, Record]:
    return {str(row["district_code"]): row for row in records(audits.districts(database()))}


def districts() -> dict[str, Record]:
    """All districts with names and outline, in their order."""
    return _districts(stamp())


def groups(scope: Scope) -> dict[Group, int]:
    """Classes with their number of stores, the largest first: a class is what its stores are compared within."""
    return _groups(stamp(), scope)


@lru_cache(maxsize=KEPT)
def _groups(at: Stamp, scope: Scope) -> dict[Group, int]:
    counts: dict[Group, int] = {}
    for row in data_scores.stores(scope).values():
        group = (str(row["class"]), str(row["size"]))
        counts[group] = counts.get(group, 0) + 1
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def first_compared(month: date, span: Span) -> Compared:
    """The composite, unless no class has enough of it collected to be compared by (only visits were uploaded)."""
    tables = data_scores.view(EVERYTHING, month, span).tables[Compared.COMPOSITE]
    return Compared.COMPOSITE if any(table is not None for table in tables.values()) else Compared.AUDIT


@dataclass(frozen=True)
class Cascade:
    """Company and the districts that the viewer sees, over a window and against the window before it."""

    first: date
    last: date
    before: tuple[date, date]
    pass_mark: float | None
    company: Line
    districts: Mapping[str, Line]


def cascade(scope: Scope, month: date, span: Span, what: Compared) -> Cascade:
    whole = _cascade(stamp(), month, span, what)
    seen = {code: line for code, line in whole.districts.items() if scope.sees_district(code)}
    return Cascade(whole.first, whole.last, whole.before, whole.pass_mark, whole.company, seen)


@lru_cache(maxsize=KEPT)
def _cascade(at: Stamp, month: date, span: Span, what: Compared) -> Cascade:
    now = data_scores.view(EVERYTHING, month, span)
    earlier = add_months(month, -MONTHS[span])
    then = data_scores.view(EVERYTHING, earlier, span)
    scores, before = (store_cascade.compared(each.results, what) for each in (now, then))
    is_audit = what is Compared.AUDIT
    losses = theme_losses(month, span) if is_audit else store_cascade.part_losses(now.results)
    mark = data_standards.pass_mark(month)
    members: dict[str, list[str]] = {code: [] for code in districts()}
    for code, row in data_scores.stores(EVERYTHING).items():
        members.setdefault(str(row["district_code"]), []).append(code)
    every = [store for stores in members.values() for store in stores]
    return Cascade(
        now.first,
        now.last,
        data_scores.window(earlier, span),
        mark,
        store_cascade.line(every, scores, before, losses, mark),
        {code: store_cascade.line(stores, scores, before, losses, mark) for code, stores in members.items() if stores},
    )


def theme_losses(month: date, span: Span) -> Mapping[str, Losses]:
    """Points of a store's mean visit lost by theme, of all stores: show only those of stores that the viewer sees."""
    return _theme_losses(stamp(), month, span)


@lru_cache(maxsize=KEPT)
def _theme_losses(at: Stamp, month: date, span: Span) -> Mapping[str, Losses]:
    return store_cascade.theme_losses(data_scores.scored_visits(EVERYTHING, month, span).visits)


def themes(month: date, span: Span) -> tuple[str, ...]:
    """Themes whose items were marked in the window, the one that fails most first; then '' for all."""
    losses = data_scores.scored_visits(EVERYTHING, month, span).losses
    share = losses[losses["points"].notna()].groupby("theme")["is_failed"].mean()
    found = sorted((str(each) for each in share.index), key=lambda each: (-share[each], each))
    if not found:
        return ()
    return (*(each for each in found if each), "")


@dataclass(frozen=True)
class Items:
    """rates: by item, worst first (audit_visits.fail_rates), with critical and stores. by_store: n and failed by store
    and item. totals: n, failed and visits of a store over all items. worst_first: stores by their share, pulled towards
    the others'. fair: shares of passed marks with the n that visits leave of them; None but for one class.
    Of all stores: a page shows only those that its viewer sees."""

    rates: pd.DataFrame
    by_store: pd.DataFrame
    totals: Mapping[str, tuple[int, int, int]]
    worst_first: tuple[str, ...]
    fair: FairTable | None


def items(month: date, span: Span, theme: str, district: str, group: Group | None) -> Items:
    """theme: '' is all."""
    return _items(stamp(), month, span, theme, district, group)


@lru_cache(maxsize=KEPT)
def _items(at: Stamp, month: date, span: Span, theme: str, district: str, group: Group | None) -> Items:
    losses = data_scores.scored_visits(EVERYTHING, month, span).losses
    known = data_scores.stores(EVERYTHING)
    chosen = {code for code, row in known.items() if _is_chosen(row, district, group)}
    losses = losses[losses["store"].isin(chosen) & losses["points"].notna()]
    losses = losses[losses["theme"] == theme] if theme else losses
    rates = fail_rates(losses)
    by_item = losses.groupby("item").agg(critical=("is_critical", "any"), stores=("store", "nunique"))
    rates = rates.join(by_item).sort_values(["share", "visits"], ascending=False)
    by_store = losses.groupby(["store", "item"]).agg(n=("points", "size"), failed=("is_failed", "sum"))
    sums = by_store.groupby(level="store").sum()
    visits = losses.groupby("store")["visit"].nunique()
    totals = {str(store): (int(n), int(failed), int(visits[store])) for store, n, failed in sums.itertuples(name=None)}
    effect = _visit_effect(losses)
    passed = {code: (n - failed) / effect for code, (n, failed, _visits) in totals.items()}
    size = {code: each[0] / effect for code, each in totals.items()}
    fair = None if group is None else fair_shares(passed, size)
    return Items(rates, by_store, totals, _worst_first(passed, size), fair)


def _worst_first(passed: Mapping[str, float], size: Mapping[str, float]) -> tuple[str, ...]:
    """By the share passed, pulled towards the others: one bad visit alone puts no store on top."""
    codes = list(size)
    counts, n = ([each[code] for code in codes] for each in (passed, size))
    prior = beta_prior(counts, n) if len(codes) > 1 else None
    share = [k / each for k, each in zip(counts, n, strict=True)]
    if prior is not None:
        share = [each.value for each in shrink_shares(counts, n, prior.alpha, prior.beta)]
    return tuple(code for _share, code in sorted(zip(share, codes, strict=True)))


def _visit_effect(losses: pd.DataFrame) -> float:
    """Design effect of marks that come visit by visit: the items of one visit resemble each other."""
    sums = losses.groupby("visit").agg(n=("points", "size"), failed=("is_failed", "sum")).reset_index()
    if sums.empty:
        return 1.0
    sums = sums.assign(all="", w=sums["n"], ww=sums["n"], failed_squares=sums["failed"])
    return float(clustered_n(sums, ["all"], "visit", "failed")["deff"].iloc[0])


def _is_chosen(row: Record, district: str, group: Group | None) -> bool:
    return (not district or row["district_code"] == district) and (
        group is None or (str(row["class"]), str(row["size"])) == group
    )


@dataclass(frozen=True)
class StoreFunnel:
    """codes: one a point of the funnel; UNSEEN for a store that the viewer does not see."""

    found: Funnel
    codes: tuple[str, ...]


def store_funnel(scope: Scope, month: date, span: Span, measure: Measure, group: Group) -> StoreFunnel | None:
    """The stores of a class; None when none has any data."""
    whole = _store_funnel(stamp(), month, span, measure, group)
    if whole is None or scope.is_everything:
        return whole
    seen = data_scores.stores(scope)
    return StoreFunnel(whole.found, tuple(code if code in seen else UNSEEN for code in whole.codes))


@lru_cache(maxsize=KEPT)
def _store_funnel(at: Stamp, month: date, span: Span, measure: Measure, group: Group) -> StoreFunnel | None:
    results = data_scores.view(EVERYTHING, month, span).results
    stores = {store for store, each in results.items() if each.group == group}
    if measure is Measure.SMS:
        given = data_scores.text_answers(month, span)
        pairs = {store: (given[store].share * given[store].n_eff, given[store].n_eff) for store in stores & set(given)}
    else:
        losses = data_scores.scored_visits(EVERYTHING, month, span).losses
        losses = losses[losses["points"].notna() & losses["store"].isin(stores)]
        sums = losses.groupby("store")["is_failed"].agg(["size", "sum"])
        pairs = {str(store): (float(n - failed), float(n)) for store, n, failed in sums.itertuples(name=None)}
    codes = sorted(pairs)
    found = funnel([pairs[code][0] for code in codes], [pairs[code][1] for code in codes]) if codes else None
    return None if found is None else StoreFunnel(found, tuple(codes))


@lru_cache(maxsize=KEPT)
def _last_visits(at: Stamp, scope: Scope, month: date) -> dict[str, date]:
    rows = audits.last_visits(database(), scope, month)
    rows = rows[rows["last_on"].notna()]
    return {
        str(store): pd.Timestamp(day).date() for store, day in zip(rows["store_code"], rows["last_on"], strict=True)
    }


def last_visits(scope: Scope, month: date) -> dict[str, date]:
    """The day of the last scored visit up to the end of a month; stores never visited are left out."""
    return _last_visits(stamp(), scope, month)
