"""The monthly reputation survey: what our customers and the rivals' say of their operator as a whole, and to others.

By telephone since the 15th month: the three questions of an American-type satisfaction index (1-10), how likely one
recommends the operator (0-10), and how easy it made things (1-7). Nothing else in the demo hangs on it.
"""

import numpy as np

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.company.calendar import MONTHS, Ints
from sqm.database.demo.company.world import RIVALS, World
from sqm.database.demo.noise import drift, stream
from sqm.database.demo.surveys.cati import SURVEY as CATI
from sqm.database.demo.surveys.opinion import OVERALL, Opinion
from sqm.database.demo.surveys.responses import Respondents, Sheet, add_responses, everywhere
from sqm.database.demo.surveys.scores import MISSING, Scores, draw, moods

SURVEY, METHOD, START = "reputation", "reputation-1", 14
OWN_SAMPLE, RIVAL_SAMPLE = 900, 600
_NO_ANSWER = -1  # 0 is an answer to the question about recommending
_RAKING = 0.12

# code, scale, points below overall satisfaction, how often an answer follows the general mood, names if it is new
_ITEMS = (
    (OVERALL, (1, 10), 0.0, 0.75, "", ""),
    ("overall.against_expectation", (1, 10), 0.05, 0.75, "Service against expectation", "服务与期望相比"),
    ("overall.against_ideal", (1, 10), 0.12, 0.75, "Service against the ideal operator", "服务与理想运营商相比"),
    ("overall.recommend", (0, 10), 0.03, 0.70, "", ""),
    ("overall.made_easy", (1, 7), 0.02, 0.55, "Made it easy to get things done (1 to 7)", "办事省力程度(1至7分)"),
)
_RECOMMENDED_LESS = {"rival_a": 0.012, "rival_b": -0.015}  # than its satisfaction says
_EASE = np.array([0, 1, 1, 2, 3, 4, 4, 5, 6, 6, 7], np.int8)  # a score of 1-10 as one of 1-7


def add_reputation(cursor: Cursor, world: World, opinion: Opinion, batch_id: str) -> int:
    """The survey, its questions and answers; returns the respondents added. batch_id: of codes only the demo has."""
    _name(cursor, world, batch_id)
    random = stream(SURVEY)
    groups = [_people(random, world, opinion, 0, OWN_SAMPLE)]
    groups += [_people(random, world, opinion, place, RIVAL_SAMPLE) for place in range(1, len(RIVALS) + 1)]
    fields = list(Respondents.__dataclass_fields__)
    people = Respondents(**{name: np.concatenate([getattr(each, name) for each in groups]) for name in fields})
    codes, scales = tuple(item[0] for item in _ITEMS), tuple(item[1] for item in _ITEMS)
    sheet = Sheet(f"demo-{SURVEY}", SURVEY, METHOD, "R", (CATI,), codes, scales, _NO_ANSWER)
    return add_responses(cursor, random, world, sheet, people)


def _name(cursor: Cursor, world: World, batch_id: str) -> None:
    survey: dict[str, list[object]] = {
        "survey_code": [SURVEY],
        "position": [5],
        "name_en": ["Reputation survey (own and rivals)"],
        "name_zh": ["口碑对标调查"],
        "representative": [True],
        "batch_id": [batch_id],
    }
    method: dict[str, list[object]] = {
        "survey_code": [SURVEY],
        "method_code": [METHOD],
        "valid_from": [world.calendar.months[START]],
        "note_en": ["Customers of all operators score their own operator by telephone."],
        "note_zh": ["电话访问本公司及竞争对手客户，由客户评价所用运营商。"],
        "batch_id": [batch_id],
    }
    fresh = [item for item in _ITEMS if item[0] not in world.items]
    items: dict[str, list[object]] = {
        "item_code": [item[0] for item in fresh],
        "position": [900 + place for place in range(len(fresh))],
        "process_code": [""] * len(fresh),
        "role": ["other"] * len(fresh),
        "name_en": [item[4] for item in fresh],
        "name_zh": [item[5] for item in fresh],
        "batch_id": [batch_id] * len(fresh),
    }
    for table, columns in (("surveys", survey), ("methods", method), ("items", items)):
        tables.insert(cursor, table, tables.plain(columns))


def _people(random: np.random.Generator, world: World, opinion: Opinion, place: int, count: int) -> Respondents:
    """place: 0 for our customers, then the rivals. Overall satisfaction is what the telephone sample says it is."""
    place_of = opinion.items(CATI).index(OVERALL)
    months = np.repeat(np.arange(START, MONTHS), count)
    path = (opinion.rival(RIVALS[place - 1]) if place else opinion.company(CATI))[:, place_of]
    below = np.array([item[2] for item in _ITEMS]) + drift(random, len(_ITEMS), 0.004)
    if place:
        below[:, 3] += _RECOMMENDED_LESS[RIVALS[place - 1]]
    share = path[months, None] - below[months]
    scores = draw(random, share, moods(random, len(months)), np.array([item[3] for item in _ITEMS]))
    return Respondents(
        months=months,
        stores=everywhere(len(months)),
        districts=random.choice(len(world.districts), size=len(months), p=world.district_share),
        operators=everywhere(len(months), place),
        channels=everywhere(len(months), 0),
        brands=everywhere(len(months)),
        weights=np.exp(_RAKING * random.standard_normal(len(months))),
        scores=_scaled(random, scores, months),
    )


def _scaled(random: np.random.Generator, scores: Scores, months: Ints) -> Scores:
    """Scores of 1-10 as answers on each question's own scale: half of the ones become 0 where 0 may be said."""
    answered = scores != MISSING
    given = scores.copy()
    zeros = (scores[:, 3] == 1) & (random.random(len(months)) < 0.5)
    given[zeros, 3] = 0
    given[:, 4] = _EASE[scores[:, 4]]
    return np.where(answered, given, np.int8(_NO_ANSWER))
