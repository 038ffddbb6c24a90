"""Doors to the gap model: the evidence of every process in a period and before it, weighed, once per state of the data.

Gap 5 is asked in the period itself; the inside questionnaires, audits and promises of the three months up to its end
stand beside it, and derived importance needs six months of customers. Kept and shared: nobody may change them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd

from sqm.database.surveys import gaps
from sqm.rules.gaps.gap_changes import largest_asked, largest_observed
from sqm.rules.gaps.gap_ledger import Derived, Evidence, Promise, Weighed, derived_importance, weigh
from sqm.rules.gaps.gap_proxies import Need
from sqm.rules.gaps.gap_units import Gap
from sqm.rules.gaps.servqual import Pairs
from sqm.rules.periods import add_months
from sqm.rules.sampling import Floats
from sqm.rules.surveys.answers import mean_answer
from sqm.rules.surveys.instrument import OVERALL, Facet
from sqm.rules.targets import Direction
from sqm.rules.values import value_of
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, records
from sqm.ui.gaps import data_questionnaires as asked
from sqm.ui.gaps.data_questionnaires import People, Questionnaire

WINDOW = 3
DERIVED_WINDOW = 6


class Span(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True)
class Period:
    """first, last: months of customers' answers; a quarter may be cut off by the last month with answers."""

    first: date
    last: date

    def window(self, months: int, back: int = 0) -> tuple[date, date]:
        """So many months up to the end, or the ``back``-th such window before it."""
        last = add_months(self.last, -months * back)
        return add_months(last, 1 - months), last


@dataclass(frozen=True)
class ProcessGaps:
    """One process now and before. items: what was audited, in the order of Weighed.lost_by_item. topics: by
    the part of an item before its dot."""

    now: Weighed
    before: Weighed
    items: tuple[str, ...]
    topics: Mapping[str, Record]
    needs: tuple[Record, ...]


@dataclass(frozen=True)
class GapView:
    """processes: in the catalogue's order. largest_*: the gap that stands out; promises: records by code."""

    period: Period
    before: Period
    processes: Mapping[str, ProcessGaps]
    largest_asked: Mapping[str, Gap | None]
    largest_observed: Mapping[str, Gap | None]
    promises: Mapping[str, Record]


def period_of(span: Span, month: date, last: date) -> Period:
    """The month, or the calendar quarter that it belongs to, up to the last month with answers."""
    if span is Span.MONTH:
        return Period(month, month)
    first = add_months(month, -((month.month - 1) % 3))
    return Period(first, min(add_months(first, 2), max(last, month)))


def before(span: Span, period: Period) -> Period:
    """The month, or the whole quarter, before."""
    if span is Span.MONTH:
        earlier = add_months(period.first, -1)
        return Period(earlier, earlier)
    return Period(add_months(period.first, -3), add_months(period.first, -1))


@lru_cache(maxsize=60)
def _view(at: Stamp, survey: str, span: Span, month: date) -> GapView:
    form = asked.questionnaires()[survey]
    period = period_of(span, month, form.held.last)
    earlier = before(span, period)
    books = (_Books.of(period, 0), _Books.of(period, 1))
    found = {}
    for process in form.processes:
        now, was = (
            weigh(_evidence(form, process, each, period, back, books[back]))
            for back, each in enumerate((period, earlier))
        )
        needs = tuple(row for row in books[0].needs if row["process_code"] == process)
        found[process] = ProcessGaps(now, was, books[0].items(process), books[0].topics(), needs)
    ledgers = [each.now.ledger for each in found.values()]
    return GapView(
        period,
        earlier,
        found,
        largest_asked(ledgers),
        largest_observed(ledgers),
        {str(row["promise_code"]): row for row in _promises(at)},
    )


def view(survey: str, span: Span, month: date) -> GapView:
    """Every process of a questionnaire that asks by process."""
    return _view(stamp(), survey, span, month)


@lru_cache(maxsize=KEPT)
def _promises(at: Stamp) -> tuple[Record, ...]:
    return tuple(records(gaps.promises(database())))


@dataclass(frozen=True)
class _Books:
    """What the books hold of one window: audits, deliveries, needs."""

    audited: pd.DataFrame
    delivered: Mapping[str, tuple[float, ...]]
    needs: tuple[Record, ...]
    promises: tuple[Record, ...]

    @classmethod
    def of(cls, period: Period, back: int) -> "_Books":
        first, last = period.window(WINDOW, back)
        promises = tuple(row for row in _promises(stamp()) if row["valid_from"].date() <= last)
        rows = gaps.delivered(database(), [str(row["indicator_code"]) for row in promises], first, last)
        found: dict[str, tuple[float, ...]] = {}
        for row in promises:
            mine = rows[rows["indicator_code"] == row["indicator_code"]]
            values = [
                value_of(float(numerator), float(denominator), row["kind"], float(row["per"]))
                for numerator, denominator in zip(mine["numerator"], mine["denominator"], strict=True)
            ]
            found[str(row["promise_code"])] = tuple(value for value in values if value is not None)
        needs = tuple(records(gaps.needs(database(), last)))
        return cls(gaps.audited(database(), first, last), found, needs, promises)

    def items(self, process: str) -> tuple[str, ...]:
        return tuple(sorted(set(self.audited.loc[self.audited["process_code"] == process, "item_code"])))

    def topics(self) -> dict[str, Record]:
        """Names of what was audited, by topic."""
        named = self.audited[["topic", "name_en", "name_zh"]].drop_duplicates("topic")
        return {str(row["topic"]): row for row in records(named)}

    def visits(self, process: str) -> tuple[Floats, Floats, tuple[str, ...]] | None:
        """Possible and scored points, visits x items, and the store of each visit."""
        rows = self.audited[self.audited["process_code"] == process]
        if rows.empty:
            return None
        visits, ids = pd.factorize(rows["visit_id"])
        places = np.searchsorted(np.array(self.items(process)), rows["item_code"].to_numpy(dtype=str))
        possible, scored = (np.full((len(ids), len(self.items(process))), np.nan) for _ in range(2))
        possible[visits, places], scored[visits, places] = rows["max_points"], rows["points"]
        return possible, scored, tuple(rows["store_code"].iloc[np.unique(visits, return_index=True)[1]])


def _evidence(form: Questionnaire, process: str, period: Period, whole: Period, back: int, books: _Books) -> Evidence:
    """period: of gap 5. back: 0 for the windows up to the end of ``whole``, 1 for those before them."""
    found = form.topics[process]
    people = asked.customers(form, process, whole.last)
    first, last = whole.window(WINDOW, back)
    recent = pairs_of(form, process, people, first, last)
    visits = books.visits(process)
    inside = {facet: asked.inside(facet, found, whole.last, first, last) for facet in _INSIDE}
    return Evidence(
        process=process,
        month=period.last,
        customers=pairs_of(form, process, people, period.first, period.last),
        recent=None if recent is None else asked.by_dimension(np.asarray(recent.expectations), found),
        estimates=inside[Facet.ESTIMATE],
        standards=inside[Facet.STANDARD],
        abilities=inside[Facet.DELIVERY],
        promises_kept=inside[Facet.PROMISE],
        top=7.0 if recent is None else recent.scale_max,
        scale="" if recent is None else f"{recent.scale_min:g}-{recent.scale_max:g}",
        declared=_declared(inside[Facet.IMPORTANCE], asked.order_of(found)),
        derived=_derived(form, process, people, whole.window(DERIVED_WINDOW, back)),
        needs=tuple(_need(row) for row in books.needs if row["process_code"] == process),
        possible=visits[0] if visits else None,
        scored=visits[1] if visits else None,
        stores=visits[2] if visits else (),
        promises=tuple(_promise(row, books) for row in books.promises if row["process_code"] == process),
    )


_INSIDE = (Facet.ESTIMATE, Facet.STANDARD, Facet.DELIVERY, Facet.PROMISE, Facet.IMPORTANCE)


def pairs_of(
    form: Questionnaire, process: str, people: People, first: date, last: date, as_one: bool = False
) -> Pairs | None:
    """The pairs that people answered between two months; None without any. as_one: all pairs are one dimension."""
    found = form.topics[process]
    columns = {facet: [topic.items[facet] for topic in found] for facet in (Facet.EXPECTATION, Facet.PERCEPTION)}
    ends = [people.scales[item] for items in columns.values() for item in items if item in people.scales]
    rows = people.between([*columns[Facet.EXPECTATION], *columns[Facet.PERCEPTION]], first, last)
    if not len(rows) or not ends:
        return None
    return Pairs(
        expectations=rows.table(columns[Facet.EXPECTATION]),
        perceptions=rows.table(columns[Facet.PERCEPTION]),
        dimensions=[process if as_one else asked.dimension_of(topic) for topic in found],
        scale_min=min(low for low, _high in ends),
        scale_max=max(high for _low, high in ends),
        order=(process,) if as_one else asked.order_of(found),
        weights=rows.weights,
    )


def _declared(importance: Floats | None, order: tuple[str, ...]) -> dict[str, float] | None:
    """Mean importance that managers gave each dimension."""
    if importance is None:
        return None
    found = {name: mean_answer(column) for name, column in zip(order, importance.T, strict=True)}
    return {name: each.mean for name, each in found.items() if each is not None}


def _derived(form: Questionnaire, process: str, people: People, window: tuple[date, date]) -> Derived | None:
    """What goes with customers' overall score of the process, by dimension."""
    outcome, found = form.item(process, OVERALL), form.topics[process]
    if not outcome:
        return None
    perceived = [topic.items[Facet.PERCEPTION] for topic in found]
    rows = people.between([*perceived, outcome], *window)
    scores = rows.table([outcome])[:, 0]
    return derived_importance(asked.by_dimension(rows.table(perceived), found), scores, asked.order_of(found))


def _need(row: Record) -> Need:
    standing = (bool(row[part]) for part in ("has_standard", "has_indicator", "has_target"))
    return Need(str(row["need_code"]), -float(row["position"]), *standing)


def _promise(row: Record, books: _Books) -> Promise:
    code = str(row["promise_code"])
    direction = Direction(str(row["direction"]))
    return Promise(code, float(row["promised"]), str(row["unit"]), direction, books.delivered.get(code, ()))
