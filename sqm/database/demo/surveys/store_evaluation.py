"""What visitors say about a store: at the counter, in a call afterwards, in a text message. Some leave a comment."""

import numpy as np
import pyarrow as pa

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.company.calendar import MONTHS, Floats, Ints
from sqm.database.demo.company.cast import TINY_STORE, TINY_STORE_VISITORS
from sqm.database.demo.company.world import BRAND_SHARE, World
from sqm.database.demo.noise import stream
from sqm.database.demo.surveys.comments import PRAISE, REMARKS
from sqm.database.demo.surveys.opinion import Opinion
from sqm.database.demo.surveys.responses import Respondents, Sheet, add_responses, everywhere
from sqm.database.demo.surveys.scores import MISSING, Scores, draw, moods

SURVEY = "store_evaluation"
BATCH = "demo-store_evaluation"
CHANNELS = ("front_desk", "outbound_call", "sms")

_VISITORS = 45.0  # evaluations of a medium store in an ordinary month
_CHANNEL_SHARE = np.array([0.40, 0.15, 0.45])
_CHANNEL_MOOD = np.array([0.035, -0.012, -0.027])  # people are kind while the clerk looks on
_COMMENTS = 0.06


def add_store_evaluation(cursor: Cursor, world: World, opinion: Opinion) -> int:
    """One sheet for all stores and months; returns the respondents added."""
    random = stream(SURVEY)
    store, month = _visits(random, world)
    rows = len(store)
    channel = random.choice(len(CHANNELS), size=rows, p=_CHANNEL_SHARE)
    brand = random.choice(len(BRAND_SHARE), size=rows, p=BRAND_SHARE)
    share = opinion.company(SURVEY)[month] + opinion.store_effect()[month, store]
    share += (world.brand_mood[brand] + (_CHANNEL_MOOD - (_CHANNEL_MOOD * _CHANNEL_SHARE).sum())[channel])[:, None]
    scores = draw(random, share, moods(random, rows), opinion.halo(SURVEY))
    people = Respondents(
        months=month,
        stores=store,
        districts=world.store_district[store],
        operators=everywhere(rows, 0),
        channels=channel,
        brands=brand,
        weights=np.ones(rows),
        scores=scores,
    )
    sheet = Sheet(BATCH, SURVEY, opinion.method(SURVEY), "S", CHANNELS, opinion.items(SURVEY))
    added = add_responses(cursor, random, world, sheet, people)
    _add_comments(cursor, random, world, people, opinion)
    return added


def _visits(random: np.random.Generator, world: World) -> tuple[Ints, Ints]:
    """Store and month of each evaluation, stores with many visitors having more."""
    expected = _VISITORS * world.calendar.volume[:, None] * world.store_size[None, :]
    counts = random.poisson(expected)
    counts[:, world.store(TINY_STORE)] = np.resize(TINY_STORE_VISITORS, MONTHS)
    flat = counts.reshape(-1)
    cell = np.repeat(np.arange(len(flat)), flat)
    return cell % len(world.stores), cell // len(world.stores)


def _worst(scores: Scores) -> Ints:
    """Which item a visitor would talk about: the lowest answered one."""
    return np.asarray(np.argmin(np.where(scores == MISSING, 99, scores), axis=1), dtype=np.int64)


def _add_comments(
    cursor: Cursor, random: np.random.Generator, world: World, people: Respondents, opinion: Opinion
) -> None:
    lowest = np.where(people.scores == MISSING, 99, people.scores).min(axis=1)
    eager = _COMMENTS * np.where(lowest <= 5, 2.5, np.where(lowest >= 9, 0.7, 0.5))
    rows = np.flatnonzero((random.random(len(lowest)) < eager) & (lowest < 99))
    words = [words for code in opinion.items(SURVEY) for words in REMARKS[code]] + list(PRAISE)
    starts, sizes = _offsets(opinion.items(SURVEY))
    topic = np.where(lowest[rows] >= 8, len(starts) - 1, _worst(people.scores[rows]))
    chosen = starts[topic] + (random.random(len(rows)) * sizes[topic]).astype(np.int64)
    once = np.zeros(len(rows), np.int64)
    tables.insert(
        cursor,
        "comments",
        {
            "batch_id": tables.coded([BATCH], once),
            "source_row": pa.array((rows + 1).astype(np.int32)),
            "survey_code": tables.coded([SURVEY], once),
            "month": tables.months(world.calendar, people.months[rows]),
            "store_code": tables.coded(world.stores, people.stores[rows]),
            "comment": tables.coded(words, chosen),
        },
    )


def _offsets(items: tuple[str, ...]) -> tuple[Ints, Floats]:
    """Where each topic's remarks start in the list of all, and how many there are; praise comes last."""
    sizes = np.array([len(REMARKS[code]) for code in items] + [len(PRAISE)])
    return np.cumsum(sizes) - sizes, sizes.astype(np.float64)
