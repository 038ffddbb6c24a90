"""One survey's respondents as columns, and how they enter the database with their questionnaire."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.company.calendar import Floats, Ints
from sqm.database.demo.company.world import BRANDS, OWN, RIVALS, World
from sqm.database.demo.surveys.scores import MISSING, Scores

OPERATORS = (OWN, *RIVALS)
NOWHERE = -1  # a place of -1 is a code of ''


@dataclass(frozen=True)
class Respondents:
    """Places index the world's tuples; NOWHERE where the survey does not know. scores: (respondents, items)."""

    months: Ints
    stores: Ints
    districts: Ints
    operators: Ints
    channels: Ints
    brands: Ints
    weights: Floats
    scores: Scores


@dataclass(frozen=True)
class Sheet:
    """A batch of one survey and method, and what its list of scores holds in which order.

    scales: lowest and highest answer of each item, 1 to 10 for all of them if (). missing: the score that stands for
    no answer, below every scale.
    """

    batch: str
    survey: str
    method: str
    prefix: str
    channels: tuple[str, ...]
    items: tuple[str, ...]
    scales: tuple[tuple[int, int], ...] = ()
    missing: int = int(MISSING)


def everywhere(rows: int, place: int = NOWHERE) -> Ints:
    """The same place for all respondents."""
    return np.full(rows, place, np.int64)


def add_responses(cursor: Cursor, random: np.random.Generator, world: World, sheet: Sheet, people: Respondents) -> int:
    """Questions and responses of one sheet into the database; returns the respondents added."""
    width, rows = len(sheet.items), len(people.months)
    scales = sheet.scales or ((1, 10),) * width
    tables.insert(
        cursor,
        "questions",
        {
            "batch_id": pa.array([sheet.batch] * width),
            "position": pa.array(range(1, width + 1), pa.int32()),
            "item_code": pa.array(sheet.items),
            "column_name": pa.array(sheet.items),
            "scale_min": pa.array([low for low, _high in scales]),
            "scale_max": pa.array([high for _low, high in scales]),
        },
    )
    lengths = world.calendar.lengths[people.months]
    answered = world.calendar.starts[people.months] + (random.random(rows) * lengths).astype(np.int64)
    once = np.zeros(rows, np.int64)
    return tables.insert(
        cursor,
        "responses",
        {
            "batch_id": tables.coded([sheet.batch], once),
            "source_row": pa.array(np.arange(1, rows + 1, dtype=np.int32)),
            "survey_code": tables.coded([sheet.survey], once),
            "method_code": tables.coded([sheet.method], once),
            "respondent_id": _respondent_ids(sheet.prefix, rows),
            "answered_on": tables.days(answered),
            "month": tables.months(world.calendar, people.months),
            "store_code": tables.coded_or_blank(world.stores, people.stores),
            "district_code": tables.coded_or_blank(world.districts, people.districts),
            "operator_code": tables.coded_or_blank(OPERATORS, people.operators),
            "channel_code": tables.coded_or_blank(sheet.channels, people.channels),
            "brand_code": tables.coded_or_blank(BRANDS, people.brands),
            "weight": pa.array(np.round(people.weights, 4)),
            "scores": tables.score_lists(people.scores, sheet.missing),
        },
    )


def _respondent_ids(prefix: str, rows: int) -> pa.Array:
    """W0000001 and so on: unique in its survey, and no trace of a person."""
    return pa.array(np.char.add(prefix, np.char.zfill(np.arange(1, rows + 1).astype("U7"), 7)))
