"""The door to one store: its result and place in a window, the window before, its visits, and what it fails since when.

Everything here is the store's own; of others only how many there are and what the class is worth on average.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from sqm.database.stores import audits
from sqm.rules.access import Scope
from sqm.rules.audits import item_runs
from sqm.rules.audits.item_runs import Run
from sqm.rules.periods import add_months
from sqm.rules.stores.fair_ranks import FairTable
from sqm.rules.stores.points_to_gain import Bought, Gain, first_to_mend
from sqm.rules.stores.store_evidence import TOPICS
from sqm.rules.stores.store_results import Compared, StoreResult
from sqm.rules.stores.store_score import Definition, StoreScore, passes
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, records
from sqm.ui.store.doors import data_opinion
from sqm.ui.store.store_choice import Choice
from sqm.ui.stores.doors import data_blocks, data_scores, data_standards
from sqm.ui.stores.doors.data_scores import MONTHS, Place, Span

_CLASSES = 24


@dataclass(frozen=True)
class Visit:
    """One visit of the window. score: NaN where nothing applied; the minutes: NaN where they were not taken."""

    visit_id: str
    on: date
    month: date
    theme: str
    place: str
    score: float
    waited: float
    handled: float
    comment: str
    pass_mark: float | None

    @property
    def passes(self) -> bool | None:
        """None where there is nothing to judge."""
        return passes(self.score, self.pass_mark)


@dataclass(frozen=True)
class Card:
    """before: the composite of as many months before. class_mean: of the stores of the class that are ranked, None
    without any; class_size: how many these are. visits: of the window, the latest first. themes: by part of the
    composite, those of the window. texts: answers by text message, None where their number may not be told. runs: by
    item, over three years. short: item -> ids of the window's visits in which it earned less than all its points, the
    latest first. last_on, audits: up to the month, of all time."""

    record: Record
    district: Record
    first: date
    last: date
    definition: Definition
    result: StoreResult
    before: StoreScore | None
    place: Place | None
    class_mean: float | None
    class_size: int
    visits: tuple[Visit, ...]
    themes: Mapping[str, tuple[str, ...]]
    texts: int | None
    runs: Mapping[str, Run]
    short: Mapping[str, tuple[str, ...]]
    last_on: date | None
    audits: int

    @property
    def score(self) -> StoreScore:
        return self.result.score

    @property
    def gains(self) -> tuple[Gain, ...]:
        return self.result.gains

    @property
    def first_to_mend(self) -> tuple[Gain, ...]:
        return first_to_mend(self.gains)

    @property
    def judged(self) -> tuple[Visit, ...]:
        """Visits that the pass mark judges."""
        return tuple(each for each in self.visits if each.passes is not None)

    @property
    def passed(self) -> int:
        """How many of the judged visits reach the mark."""
        return sum(each.passes is True for each in self.judged)

    def minutes(self, what: str) -> tuple[float | None, int]:
        """(mean, visits) of ``waited`` or ``handled`` in the window."""
        known = [value for value in (getattr(each, what) for each in self.visits) if value == value]
        return (float(np.mean(known)), len(known)) if known else (None, 0)


@lru_cache(maxsize=_CLASSES)
def _last_visits(at: Stamp, month: date) -> dict[str, Record]:
    rows = records(audits.last_visits(database(), Scope(None, None), month))
    return {str(row["store_code"]): row for row in rows}


@lru_cache(maxsize=KEPT)
def _card(at: Stamp, scope: Scope, choice: Choice) -> Card | None:
    view = data_scores.view(scope, choice.month, choice.span)
    result, record = view.results.get(choice.store), data_scores.stores(scope).get(choice.store)
    history = data_scores.store_visits(scope, choice.store, choice.month)
    if result is None or record is None or history is None:
        return None
    back = data_scores.view(scope, add_months(choice.month, -MONTHS[choice.span]), choice.span)
    before = back.results.get(choice.store)
    table = view.tables[Compared.COMPOSITE].get(result.group)
    inside = history.visits[history.visits["month"] >= pd.Timestamp(view.first)]
    days = {
        str(visit): on.date()
        for visit, on in zip(history.visits["visit_id"], history.visits["visited_on"], strict=True)
    }
    visits = tuple(sorted(map(_visit, records(inside)), key=lambda each: (each.on, each.visit_id), reverse=True))
    told = _last_visits(at, choice.month).get(choice.store, {})
    return Card(
        record=record,
        district=data_names.places(scope).districts.get(str(record["district_code"]), {}),
        first=view.first,
        last=view.last,
        definition=view.definition,
        result=result,
        before=None if before is None else before.score,
        place=view.place(choice.store),
        class_mean=_mean(table),
        class_size=0 if table is None else len(table.stores),
        visits=visits,
        themes={
            place: tuple(sorted({each.theme for each in visits if each.place == place} - {""})) for place in TOPICS
        },
        texts=_texts(record, choice),
        runs=item_runs.runs(history.losses, days),
        short=_short(history.losses, visits),
        last_on=None if pd.isna(told.get("last_on")) else pd.Timestamp(told["last_on"]).date(),
        audits=int(told.get("visits", 0)),
    )


def card(scope: Scope, choice: Choice) -> Card | None:
    """None for a store that the viewer does not see."""
    return _card(stamp(), scope, choice)


def _visit(row: Record) -> Visit:
    month = row["month"].date()
    return Visit(
        visit_id=str(row["visit_id"]),
        on=row["visited_on"].date(),
        month=month,
        theme=str(row["theme"]),
        place=str(row["place"]),
        score=float(row["score"]),
        waited=float(row["minutes_waited"]),
        handled=float(row["minutes_handled"]),
        comment=str(row["comment"]),
        pass_mark=data_standards.pass_mark(month),
    )


def _texts(record: Record, choice: Choice) -> int | None:
    answers = data_blocks.of_store(str(record["district_code"]), choice.store, data_opinion.ITEMS)
    return answers.told(data_opinion.WHOLE, data_scores.CHANNEL, choice.first, choice.month)


def _short(losses: pd.DataFrame, visits: tuple[Visit, ...]) -> dict[str, tuple[str, ...]]:
    failed = losses[losses["points"] < losses["most"]]
    by_visit = failed.groupby("visit")["item"].apply(list).to_dict() if len(failed) else {}
    found: dict[str, list[str]] = {}
    for visit in visits:
        for item in by_visit.get(visit.visit_id, []):
            found.setdefault(str(item), []).append(visit.visit_id)
    return {item: tuple(ids) for item, ids in found.items()}


def _mean(table: FairTable | None) -> float | None:
    """Of the results as they are, not shrunk: what a manager compares with is what others were told."""
    return None if table is None else float(np.mean([each.shrunk.raw for each in table.stores]))


@lru_cache(maxsize=KEPT)
def _bought(at: Stamp, scope: Scope, choice: Choice) -> Bought | None:
    found = card(scope, choice)
    if found is None or not found.first_to_mend:
        return None
    points = sum(each.points for each in found.first_to_mend)
    return data_scores.places_bought(scope, choice.month, choice.span, choice.store, points)


def bought(scope: Scope, choice: Choice) -> Bought | None:
    """Which places the first items to mend would buy together."""
    return _bought(stamp(), scope, choice)


@lru_cache(maxsize=KEPT)
def _peers(at: Stamp, choice: Choice, item: str) -> tuple[Record, ...]:
    everybody = data_scores.stores(Scope(None, None))
    good = data_scores.praised(choice.month, Span.YEAR, choice.store, item)
    return tuple({**everybody[each.store], "visits": each.visits} for each in good)


def peers(choice: Choice, item: str) -> tuple[Record, ...]:
    """Stores of the class that passed the item in every visit of a year, with ``visits``. Praise is for everybody."""
    return _peers(stamp(), choice, item)
