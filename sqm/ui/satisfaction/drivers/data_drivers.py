"""Doors to what goes with satisfaction: drivers, the importance-performance map and features, from single answers.

Worked out once per state of the data, scope and choice, and kept; shared by all viewers, so nobody may change them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.surveys import answers
from sqm.database.surveys.answers import Answers, Asked
from sqm.rules.access import Scope
from sqm.rules.drivers.drivers import KeyDrivers, drivers_of_all
from sqm.rules.drivers.importance import Attribute, ImportanceMap, importance_map
from sqm.rules.drivers.kano import Kano, kano_of_answers
from sqm.rules.periods import add_months
from sqm.rules.sampling import GREY_BELOW, Interval
from sqm.rules.surveys.answers import mean_answer
from sqm.rules.surveys.instrument import Facet, Topic
from sqm.ui.doors.data import Stamp, database, stamp
from sqm.ui.doors.data_names import names
from sqm.ui.satisfaction.data_satisfaction import Held
from sqm.ui.satisfaction.drivers import driver_topics

WINDOW = 12
"""Months looked at, of one method."""
_KEPT = 60
_KANO_SCALE = (1.0, 5.0)
_STORE, _WEIGHT = "store_code", "weight"
_ABOUT = ("month", "method_code", _STORE)


@dataclass(frozen=True)
class DriversView:
    """first, last: months with answers, all of one method. is_stated: importance is what customers said (0-100), else
    what goes with the outcome (per cent of the explained part). is_flat: it was asked, but nothing stood out.
    performance in the map: mean on 0-100."""

    found: KeyDrivers
    first: date
    last: date
    method: str
    map: ImportanceMap
    is_stated: bool
    is_flat: bool


@dataclass(frozen=True)
class Feature:
    """What people think of one feature, from their pairs of answers."""

    topic: Topic
    kano: Kano


@lru_cache(maxsize=_KEPT)
def _drivers(at: Stamp, scope: Scope, held: Held, outcome: str, month: date) -> DriversView | None:
    known = names()
    asked = driver_topics.drivers_of(outcome, held, known)
    stated = {item: code for item, code in driver_topics.importance_items(held, known).items() if item in asked}
    everything = _answers(scope, held, (outcome, *asked, *stated.values()), month)
    people = _of_last_method(everything.people)
    if people.empty or outcome not in everything.scales:
        return None
    places = [item for item in asked if item in everything.scales]
    cluster = _STORE if bool((people[_STORE] != "").all()) else ""
    people = people.assign(**{_STORE: pd.factorize(people[_STORE])[0]})  # numbers are compared faster than text
    found = drivers_of_all(people, outcome, places, _WEIGHT, cluster)
    performance = {item: _means(people, item, everything, cluster) for item in places}
    said = {item: _means(people, code, everything, cluster) for item, code in stated.items()}
    derived = {each.code: (each.share * 100, _per_cent(each.interval)) for each in found.drivers}
    by_word = importance_map(_attributes(places, said, performance)) if len(said) >= len(places) else None
    is_flat = bool(by_word and by_word.is_flat)
    is_stated = by_word is not None and not (is_flat and derived)
    placed = by_word if by_word is not None and is_stated else importance_map(_attributes(places, derived, performance))
    months = pd.to_datetime(people["month"])
    first, last, method = months.min().date(), months.max().date(), str(people["method_code"].iloc[0])
    return DriversView(found, first, last, method, placed, is_stated, is_flat)


def drivers(scope: Scope, held: Held, outcome: str, month: date) -> DriversView | None:
    """None where the viewer sees no answer to the outcome in the twelve months up to this one."""
    return _drivers(stamp(), scope, held, outcome, month)


@lru_cache(maxsize=_KEPT)
def _features(at: Stamp, scope: Scope, held: Held, month: date) -> tuple[Feature, ...]:
    topics = driver_topics.features(held, names())
    if not topics:
        return ()
    halves = [(each.items[Facet.FUNCTIONAL], each.items[Facet.DYSFUNCTIONAL]) for each in topics]
    everything = _answers(scope, held, [item for pair in halves for item in pair], month)
    people = _of_last_method(everything.people)
    found = []
    for topic, pair in zip(topics, halves, strict=True):
        if people.empty or any(everything.scales.get(item) != _KANO_SCALE for item in pair):
            continue
        with_it, without_it = (people[item].where(people[item] % 1 == 0) for item in pair)
        weights = people[_WEIGHT].to_numpy(dtype=float)
        found.append(Feature(topic, kano_of_answers(with_it.to_numpy(), without_it.to_numpy(), weights)))
    return tuple(found)


def features(scope: Scope, held: Held, month: date) -> tuple[Feature, ...]:
    """The features of a survey in its order; none where it has no pairs on the scale of five answers."""
    return _features(stamp(), scope, held, month)


def _answers(scope: Scope, held: Held, items: Sequence[str], month: date) -> Answers:
    first = add_months(month, 1 - WINDOW)
    return answers.answers(
        database(), scope, Asked(held.survey_code, tuple(dict.fromkeys(items)), first, month, about=_ABOUT)
    )


def _of_last_method(people: pd.DataFrame) -> pd.DataFrame:
    """Answers of two methods are never put together: those of the method of the latest month."""
    if people.empty:
        return people
    newest = people["method_code"].iloc[int(people["month"].argmax())]
    chosen: pd.DataFrame = people[people["method_code"] == newest]
    return chosen


Estimated = tuple[float, Interval | None]


def _means(people: pd.DataFrame, item: str, everything: Answers, cluster: str) -> Estimated | None:
    """The mean on 0-100 with its interval; None where too few answered to be shown without a warning."""
    if item not in everything.scales:
        return None
    low, high = everything.scales[item]
    given = people[people[item].notna()]
    scores = (given[item].to_numpy(dtype=float) - low) * 100.0 / (high - low)
    clusters = given[cluster].tolist() if cluster else None
    found = mean_answer(scores, given[_WEIGHT].to_numpy(dtype=float), clusters) if len(given) >= GREY_BELOW else None
    return None if found is None else (found.mean, found.interval)


def _per_cent(interval: Interval) -> Interval:
    return Interval(interval.low * 100, interval.high * 100)


def _attributes(
    items: Sequence[str], importance: Mapping[str, Estimated | None], performance: Mapping[str, Estimated | None]
) -> list[Attribute]:
    nothing = (None, None)
    return [
        Attribute(item, first[0], second[0], first[1], second[1])
        for item in items
        for first, second in [(importance.get(item) or nothing, performance.get(item) or nothing)]
    ]
