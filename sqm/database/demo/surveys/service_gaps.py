"""Expectation, perception and their reasons: customers, managers and contact staff on five dimensions of each process.

In every process one of gaps 1-4 is planted to stand out, in what people say and in what the books show (PLANTED). The
books of gap 2 and 4 are data/catalogue/needs.csv and promises.csv; those of gap 3 are spot_checks.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sqm.database.connection import Cursor
from sqm.database.demo.company.calendar import LAST, Floats, Ints
from sqm.database.demo.company.world import World
from sqm.database.demo.noise import stream
from sqm.database.demo.surveys.responses import Respondents, Sheet, add_responses, everywhere
from sqm.rules.gaps.gap_units import Gap
from sqm.rules.gaps.servqual import Dimension

PLANTED: dict[str, Gap] = {
    "tariffs": Gap.KNOWLEDGE,
    "promotions": Gap.COMMUNICATION,
    "business_support": Gap.STANDARDS,
    "network": Gap.COMMUNICATION,
    "new_services": Gap.STANDARDS,
    "stores": Gap.COMMUNICATION,
    "hotline": Gap.DELIVERY,
    "e_channels": Gap.KNOWLEDGE,
    "group_customers": Gap.DELIVERY,
}
RISING = "promotions"  # its customers expect more every month and get no more: the ratchet
CEILING = ("network", Dimension.RELIABILITY)  # expected without compromise

SURVEY, MANAGERS, STAFF = "service_quality", "managers", "contact_staff"
_ROUNDS = 12  # months of customers' answers
_EVERY = 3  # months between two questionnaires inside
_CUSTOMERS, _MANAGERS, _STAFF = 60, 36, 45  # people a process and round
_DIMENSIONS = tuple(Dimension)
_WIDTH = len(_DIMENSIONS)
_ZONE_AT = _DIMENSIONS.index(Dimension.RESPONSIVENESS)
_MISSING = -1
_ANSWERED = 0.97  # of customers and staff; managers answer all they can
_SEVEN, _ELEVEN = (1, 7), (0, 10)

_EXPECTED, _RISE = 6.0, 0.085
_PERSON, _ANSWER = 0.55, 0.95  # spread among people, and of one answer
_SHORT = {  # how far perception stays behind expectation, by process
    "tariffs": 0.9, "promotions": 1.0, "business_support": 0.7, "network": 1.1, "new_services": 1.0,
    "stores": 0.6, "hotline": 1.0, "e_channels": 0.8, "group_customers": 0.9,
}  # fmt: skip
_WEIGHTS = np.array([0.05, 0.42, 0.26, 0.17, 0.10])  # what makes customers content, before each process turns it
_STATED = np.array([6.6, 5.9, 5.2, 4.5, 3.7])  # managers' importance, from the first to the last
_USUAL, _OPEN = {"estimate": -0.2, "standard": 5.7, "delivery": 5.6, "promise": 5.7}, 2.1


@dataclass(frozen=True)
class _Round:
    """Answers of one questionnaire on one process."""

    months: Ints
    scores: Floats


def add_service_gaps(cursor: Cursor, world: World) -> int:
    """Three surveys, each with one batch a process; returns the respondents added."""
    added = 0
    for place, process in enumerate(world.processes):
        if process not in PLANTED:
            continue  # a process of the operator's own has no story
        random = stream(f"service gaps {process}")
        expected = _expected(random, process)
        weights = np.roll(_WEIGHTS, place)
        added += _add(cursor, random, world, process, SURVEY, _customers(random, process, expected, weights))
        added += _add(cursor, random, world, process, MANAGERS, _managers(random, process, expected, weights))
        added += _add(cursor, random, world, process, STAFF, _staff(random, process))
    return added


def items_of(process: str, survey: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """The questionnaire of one process: item code and scale."""
    if survey == SURVEY:
        pairs = [(f"{process}.{each}.{facet}", _SEVEN) for facet in ("expectation", "perception") for each in Dimension]
        zone = [(f"{process}.{Dimension.RESPONSIVENESS}.{facet}", _SEVEN) for facet in ("adequate", "desired")]
        overall = ((f"{process}.overall", _SEVEN), (f"{process}.stay", _SEVEN), (f"{process}.recommend", _ELEVEN))
        return (*pairs, *zone, *overall)
    facets = ("estimate", "standard", "importance") if survey == MANAGERS else ("delivery", "promise")
    return tuple((f"{process}.{each}.{facet}", _SEVEN) for facet in facets for each in Dimension)


def _expected(random: np.random.Generator, process: str) -> Floats:
    """What customers of a process expect, (rounds, dimensions)."""
    level = _EXPECTED + random.uniform(-0.25, 0.25, _WIDTH) * np.ones((_ROUNDS, 1))
    if process == RISING:
        level = level - 0.75 + _RISE * np.arange(_ROUNDS)[:, None]
    if process == CEILING[0]:
        level[:, _DIMENSIONS.index(CEILING[1])] = 7.2
    return level


def _customers(random: np.random.Generator, process: str, expected: Floats, weights: Floats) -> _Round:
    """People say what they expect and what they get; the better of it counts by the weights."""
    rounds = np.repeat(np.arange(_ROUNDS), _CUSTOMERS)
    people = len(rounds)
    short = _SHORT[process] + random.uniform(-0.3, 0.3, _WIDTH)
    perceived = expected[0] + (0.35 if process == RISING else 0.0) - short
    mood = _PERSON * random.standard_normal((people, 1))
    wish = expected[rounds] + 0.5 * mood + 0.6 * _noise(random, people, _WIDTH)
    got = perceived + mood + _ANSWER * _noise(random, people, _WIDTH)
    content = perceived.mean() + 1.7 * ((got - perceived) @ weights) + 0.35 * _noise(random, people, 1)[:, 0]
    desired = wish[:, _ZONE_AT] + 0.2
    adequate = desired - np.abs(1.5 + 0.5 * _noise(random, people, 1)[:, 0])
    stay = content + 0.3 + 0.8 * _noise(random, people, 1)[:, 0]
    recommend = 1.55 * content + 0.4 + 1.2 * _noise(random, people, 1)[:, 0]
    scores = np.column_stack([wish, got, adequate, desired, content, stay, recommend])
    return _Round(LAST - _ROUNDS + 1 + rounds, scores)


def _managers(random: np.random.Generator, process: str, expected: Floats, weights: Floats) -> _Round:
    """Who does not know the customers misjudges the level of what they expect and the order of what matters."""
    rounds = _rounds(_MANAGERS)
    people, gap = len(rounds), PLANTED[process]
    off = -1.3 if gap is Gap.KNOWLEDGE else _USUAL["estimate"]
    order = np.argsort(np.argsort(-weights))  # place of each dimension in customers' order
    stated = _STATED[_WIDTH - 1 - order] if gap is Gap.KNOWLEDGE else _STATED[order]
    firm = _USUAL["standard"] - (_OPEN if gap is Gap.STANDARDS else 0.0)
    level = np.concatenate([np.zeros(_WIDTH), np.full(_WIDTH, firm), stated])
    scores = level + _habits(random, 3 * _WIDTH) + 0.8 * _noise(random, people, 3 * _WIDTH)
    scores[:, :_WIDTH] += expected[rounds - (LAST - _ROUNDS + 1)] + off
    if gap is Gap.STANDARDS:  # for some there is no standard at all
        scores[:, _WIDTH : 2 * _WIDTH][random.random((people, _WIDTH)) < 0.2] = np.nan
    return _Round(rounds, scores)


def _staff(random: np.random.Generator, process: str) -> _Round:
    rounds = _rounds(_STAFF)
    gap = PLANTED[process]
    able = _USUAL["delivery"] - (_OPEN if gap is Gap.DELIVERY else 0.0)
    kept = _USUAL["promise"] - (_OPEN if gap is Gap.COMMUNICATION else 0.0)
    level = np.repeat([able, kept], _WIDTH) + _habits(random, 2 * _WIDTH)
    return _Round(rounds, level + 0.9 * _noise(random, len(rounds), 2 * _WIDTH))


def _rounds(people: int) -> Ints:
    """The month of each who is asked inside: one round in each quarter, the last in the last month."""
    return np.repeat(np.arange(LAST - _ROUNDS + _EVERY, LAST + 1, _EVERY), people)


def _habits(random: np.random.Generator, items: int) -> Floats:
    return random.uniform(-0.2, 0.2, items)


def _noise(random: np.random.Generator, people: int, items: int) -> Floats:
    return random.standard_normal((people, items))


def _add(cursor: Cursor, random: np.random.Generator, world: World, process: str, survey: str, found: _Round) -> int:
    asked = items_of(process, survey)
    rows = len(found.months)
    outside = survey != MANAGERS  # managers answer for the company
    people = Respondents(
        months=found.months,
        stores=everywhere(rows),
        districts=random.choice(len(world.districts), size=rows, p=world.district_share)
        if outside
        else everywhere(rows),
        operators=everywhere(rows, 0),
        channels=everywhere(rows),
        brands=everywhere(rows),
        weights=np.ones(rows),
        scores=_rounded(random, found.scores, [scale for _, scale in asked], 1.0 if survey == MANAGERS else _ANSWERED),
    )
    items = tuple(code for code, _ in asked)
    sheet = Sheet(
        batch=f"demo-{survey}-{process}",
        survey=survey,
        method=f"{survey}-1",
        prefix=f"{survey[0].upper()}{world.processes.index(process) + 1}-",
        channels=(),
        items=items,
        scales=tuple(scale for _, scale in asked),
        missing=_MISSING,
    )
    return add_responses(cursor, random, world, sheet, people)


def _rounded(
    random: np.random.Generator, scores: Floats, scales: Sequence[tuple[int, int]], answered: float
) -> "np.ndarray[tuple[int, ...], np.dtype[np.int8]]":
    """Whole answers on their scales; a few are left out."""
    ends = np.array(scales, dtype=np.float64)
    whole = np.clip(np.round(scores), ends[:, 0], ends[:, 1])
    silent = np.isnan(whole) | (random.random(whole.shape) > answered)
    return np.where(silent, _MISSING, whole).astype(np.int8)
