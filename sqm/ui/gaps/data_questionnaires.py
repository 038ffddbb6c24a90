"""Doors to questionnaires that ask expectation and perception in pairs, and to the answers of people inside.

Figures of the whole company, which everybody may see; no answer of a single person leaves the gap model. Kept by their
arguments and shared by all viewers without a copy: nobody may change them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from sqm.database.surveys import answers
from sqm.database.surveys.answers import Asked
from sqm.rules.access import EVERYTHING
from sqm.rules.gaps.servqual import Dimension
from sqm.rules.periods import add_months
from sqm.rules.sampling import Floats
from sqm.rules.surveys.answers import row_means
from sqm.rules.surveys.instrument import OVERALL, Facet, Topic, pairs, topics
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import names
from sqm.ui.satisfaction import data_satisfaction
from sqm.ui.satisfaction.data_satisfaction import Held

WHOLE = ""
"""Stands for the process of pairs that belong to none."""
SEEN_MONTHS = 12
READ_MONTHS = 36
STAY, RECOMMEND = "stay", "recommend"


@dataclass(frozen=True)
class Questionnaire:
    """A survey of our customers with pairs. topics: by process, in the catalogue's order, WHOLE last."""

    held: Held
    topics: Mapping[str, tuple[Topic, ...]]

    @property
    def code(self) -> str:
        return self.held.survey_code

    @property
    def processes(self) -> tuple[str, ...]:
        return tuple(process for process in self.topics if process != WHOLE)

    def item(self, process: str, word: str) -> str:
        """The item that asks this of the process, else of the operator as a whole; '' if none does."""
        wanted = [f"{process}.{word}", f"{OVERALL}.{word}"] if word != OVERALL else [f"{process}.{word}"]
        return next((item for item in wanted if item in self.held.items), "")


@lru_cache(maxsize=KEPT)
def _questionnaires(at: Stamp) -> dict[str, Questionnaire]:
    found = {}
    for code, held in data_satisfaction.held().items():
        by_process = _by_process(held) if held.has_own else {}
        if by_process:
            found[code] = Questionnaire(held, by_process)
    return found


def questionnaires() -> dict[str, Questionnaire]:
    """By survey; those that ask by process first."""
    found = _questionnaires(stamp())
    return dict(sorted(found.items(), key=lambda each: not each[1].processes))


@lru_cache(maxsize=KEPT)
def _inside(at: Stamp) -> dict[Facet, dict[str, tuple[str, str]]]:
    found: dict[Facet, dict[str, tuple[str, str]]] = {}
    for code, held in data_satisfaction.held().items():
        for topic in topics(_asked(held)) if held.has_own else ():
            for facet, item in topic.items.items():
                found.setdefault(facet, {})[topic.stem] = (code, item)
    return found


def inside(facet: Facet, found: Sequence[Topic], last: date, first: date, until: date) -> Floats | None:
    """What people inside answered to one facet of these topics between two months: people x dimensions.

    Whoever was asked anything about the topics is a row, so that NaN can mean that no standard exists. None when
    nobody asks it. last: end of the months that are read at once.
    """
    held = _inside(stamp())
    places = {topic.stem: held.get(facet, {}).get(topic.stem) for topic in found}
    survey = next((place[0] for place in places.values() if place), "")
    if not survey:
        return None
    everything = [
        item for each in held.values() for stem, (code, item) in each.items() if code == survey and stem in places
    ]
    rows = people(survey, list(dict.fromkeys(everything)), last).between(everything, first, until)
    columns = [place[1] if place and place[0] == survey else "" for place in places.values()]
    return by_dimension(rows.table(columns), found) if len(rows) else None


def by_dimension(answers_of: Floats, found: Sequence[Topic]) -> Floats:
    """people x topics -> people x dimensions: the mean of what each answered."""
    held = np.array([dimension_of(topic) for topic in found])
    return np.column_stack([row_means(answers_of[:, held == each]) for each in order_of(found)])


def dimension_of(topic: Topic) -> str:
    """One of the five dimensions if the topic is one, else the topic itself."""
    last = topic.stem.rpartition(".")[2]
    return last if last in set(Dimension) else topic.stem


def order_of(found: Sequence[Topic]) -> tuple[str, ...]:
    """The dimensions of these topics, the five in the order of the literature."""
    held = list(dict.fromkeys(dimension_of(topic) for topic in found))
    five = [str(each) for each in Dimension if each in held]
    return (*five, *(each for each in held if each not in five))


@dataclass(frozen=True, eq=False)
class People:
    """The answers of a survey as one table, because every process takes its part of it: people x items, NaN where not
    answered. months: whole months since 1970, one a person."""

    columns: Mapping[str, int]
    answers: Floats
    months: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]"
    weights: Floats
    scales: Mapping[str, tuple[float, float]]

    def table(self, items: Sequence[str]) -> Floats:
        """people x items; an item that nobody was asked, or '', is a column of NaN."""
        held = [self.columns.get(item, -1) for item in items]
        return np.where(np.array(held) < 0, np.nan, self.answers[:, held])

    def between(self, items: Sequence[str], first: date, last: date) -> "People":
        """Who answered at least one of the items in these months."""
        asked = [self.columns[item] for item in items if item in self.columns]
        low, high = (int(np.datetime64(month, "M").astype(np.int64)) for month in (first, last))
        in_time = np.flatnonzero((self.months >= low) & (self.months <= high))
        chosen = in_time[np.isfinite(self.answers[in_time][:, asked]).any(axis=1)]
        return replace(self, answers=self.answers[chosen], months=self.months[chosen], weights=self.weights[chosen])

    def __len__(self) -> int:
        return len(self.months)


@lru_cache(maxsize=KEPT)
def _people(at: Stamp, survey: str, items: tuple[str, ...], first: date, last: date) -> People:
    found = answers.answers(database(), EVERYTHING, Asked(survey, items, first, last))
    columns = [item for item in items if item in found.people.columns]
    rows = found.people.reindex(columns=["month", "weight", *columns])
    return People(
        columns={item: place for place, item in enumerate(columns)},
        answers=rows[columns].to_numpy(dtype=np.float64),
        months=pd.to_datetime(rows["month"]).to_numpy().astype("datetime64[M]").astype(np.int64),
        weights=rows["weight"].to_numpy(dtype=np.float64),
        scales=found.scales,
    )


def people(survey: str, items: Sequence[str], last: date) -> People:
    """The answers to some items in at least the twelve months up to one; recent months are read once for all."""
    end = data_satisfaction.held()[survey].last
    first = add_months(end, 1 - READ_MONTHS)
    if last > end or add_months(last, 1 - SEEN_MONTHS) < first:
        first, end = add_months(last, 1 - SEEN_MONTHS), last
    return _people(stamp(), survey, tuple(items), first, end)


def customers(form: Questionnaire, process: str, last: date) -> People:
    """The answers of our customers on one process."""
    asked = [item for topic in form.topics[process] for item in topic.items.values()]
    general = (form.item(process, word) for word in (OVERALL, STAY, RECOMMEND))
    return people(form.code, list(dict.fromkeys([*asked, *(item for item in general if item)])), last)


def _by_process(held: Held) -> dict[str, tuple[Topic, ...]]:
    known = names().processes
    found: dict[str, list[Topic]] = {}
    for topic in pairs(topics(_asked(held))):
        found.setdefault(topic.process if topic.process in known else WHOLE, []).append(topic)
    parts = {process: _finest(process, each) for process, each in found.items()}
    return {process: parts[process] for process in (*known, WHOLE) if process in parts}


def _finest(process: str, found: list[Topic]) -> tuple[Topic, ...]:
    """A process that is asked in parts is not asked as a whole as well: the whole would count twice."""
    finer = [topic for topic in found if topic.stem != process]
    return tuple(finer or found)


def _asked(held: Held) -> list[tuple[str, str, str]]:
    known = names().items
    return [(item, _role(item), str(known.get(item, {}).get("process_code", ""))) for item in held.items]


def _role(item: str) -> str:
    return str(names().items.get(item, {}).get("role", ""))


def columns_of(answers_of: ArrayLike) -> Iterable[Floats]:
    """people x items as one column an item."""
    return iter(np.asarray(answers_of, dtype=np.float64).T)
