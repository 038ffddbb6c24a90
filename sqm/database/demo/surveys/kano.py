"""A one-off telephone survey of 300 people who took part in a promotion: five of its features after Kano.

For each feature people say how they would feel with it and without it, 1 like .. 5 dislike. What each feature is, is
planted: rules in the message and money back in time are only missed, a gift one may choose delights. Nothing else in
the demo hangs on it.
"""

import numpy as np

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.company.calendar import MONTHS
from sqm.database.demo.company.world import BRAND_SHARE, World
from sqm.database.demo.noise import stream
from sqm.database.demo.surveys.responses import Respondents, Sheet, add_responses, everywhere
from sqm.database.demo.surveys.scores import Scores, draw, moods
from sqm.rules.drivers.kano import TABLE, Category

SURVEY, METHOD = "promotion_features", "promotion_features-1"
PEOPLE = 300
_PROCESS, _OVERALL, _SATISFIED, _FIRST_PLACE = "promotions", "promotions.overall", 0.66, 901
_NOTE = (
    "One promotion: each person says of five features how they would feel with them and without them.",
    "针对一次促销活动,请参与客户就五项特性分别回答有、无该特性时的感受。",
)

# code, names, shares of people by category
_FEATURES: tuple[tuple[str, str, str, dict[Category, float]], ...] = (
    ("clear_rules", "Clear rules in the message", "短信写明规则", {
        Category.MUST_BE: 0.56, Category.ONE_DIMENSIONAL: 0.22, Category.ATTRACTIVE: 0.06, Category.INDIFFERENT: 0.16}),
    ("credited_in_time", "Credited on the promised day", "赠费按期到账", {
        Category.MUST_BE: 0.34, Category.ONE_DIMENSIONAL: 0.47, Category.ATTRACTIVE: 0.09, Category.INDIFFERENT: 0.10}),
    ("own_choice", "A gift one may choose", "礼品自选", {
        Category.MUST_BE: 0.06, Category.ONE_DIMENSIONAL: 0.17, Category.ATTRACTIVE: 0.52, Category.INDIFFERENT: 0.25}),
    ("bonus_data", "Bonus data", "赠送流量", {
        Category.MUST_BE: 0.10, Category.ONE_DIMENSIONAL: 0.37, Category.ATTRACTIVE: 0.35, Category.INDIFFERENT: 0.18}),
    ("prize_draw", "Prize draw", "抽奖", {
        Category.MUST_BE: 0.02, Category.ONE_DIMENSIONAL: 0.08, Category.ATTRACTIVE: 0.24, Category.INDIFFERENT: 0.56,
        Category.REVERSE: 0.10}),
)  # fmt: skip
_SIDES = (("functional", "with it", "有"), ("dysfunctional", "without it", "无"))
_QUESTIONABLE = 0.02


def add_kano(cursor: Cursor, world: World, batch_id: str) -> int:
    """The survey, its questions and answers; returns the respondents added. batch_id: of codes only the demo has."""
    _name(cursor, world, batch_id)
    random = stream("promotion features")
    overall = draw(random, np.full((PEOPLE, 1), _SATISFIED), moods(random, PEOPLE), np.array([0.5]))
    scores = np.column_stack([overall, *(_pairs(random, shares) for *_names, shares in _FEATURES)])
    people = Respondents(
        months=np.full(PEOPLE, MONTHS - 1),
        stores=everywhere(PEOPLE),
        districts=random.choice(len(world.districts), size=PEOPLE, p=world.district_share),
        operators=everywhere(PEOPLE, 0),
        channels=everywhere(PEOPLE, 0),
        brands=random.choice(len(BRAND_SHARE), size=PEOPLE, p=BRAND_SHARE),
        weights=np.ones(PEOPLE),
        scores=scores.astype(np.int8),
    )
    codes = (_OVERALL, *(code for code, *_rest in _items()))
    scales = ((1, 10), *((1, 5),) * (len(codes) - 1))
    sheet = Sheet(f"demo-{SURVEY}", SURVEY, METHOD, "K", ("outbound_call",), codes, scales)
    return add_responses(cursor, random, world, sheet, people)


def _pairs(random: np.random.Generator, shares: dict[Category, float]) -> Scores:
    """(people, 2): answers with and without the feature, any of the pairs that the table puts into the category."""
    places = {
        category: np.array([(row + 1, column + 1) for row in range(5) for column in range(5)
                            if TABLE[row][column] == category])
        for category in Category
    }  # fmt: skip
    categories = list(shares)
    drawn = random.choice(len(categories), size=PEOPLE, p=np.array(list(shares.values())))
    out = np.empty((PEOPLE, 2), np.int8)
    for place, category in enumerate(categories):
        mine = drawn == place
        out[mine] = places[category][random.integers(len(places[category]), size=int(mine.sum()))]
    confused = random.random(PEOPLE) < _QUESTIONABLE
    out[confused] = (1, 1)
    return out


def _items() -> list[tuple[str, str, str, str]]:
    """Code, role and names of every half of a pair."""
    return [
        (f"{_PROCESS}.{code}.{role}", role, f"{english}: {side_en}", f"{chinese}:{side_zh}")
        for code, english, chinese, _shares in _FEATURES
        for role, side_en, side_zh in _SIDES
    ]


def _name(cursor: Cursor, world: World, batch_id: str) -> None:
    survey: dict[str, list[object]] = {
        "survey_code": [SURVEY], "position": [9], "name_en": ["Features of a promotion (Kano)"],
        "name_zh": ["促销活动特性测评(Kano)"], "representative": [True], "batch_id": [batch_id],
    }  # fmt: skip
    method: dict[str, list[object]] = {
        "survey_code": [SURVEY], "method_code": [METHOD], "valid_from": [world.calendar.months[MONTHS - 1]],
        "note_en": [_NOTE[0]], "note_zh": [_NOTE[1]], "batch_id": [batch_id],
    }  # fmt: skip
    new = _items()
    items: dict[str, list[object]] = {
        "item_code": [row[0] for row in new],
        "position": [_FIRST_PLACE + place for place in range(len(new))],
        "process_code": [_PROCESS] * len(new),
        "role": [row[1] for row in new],
        "name_en": [row[2] for row in new],
        "name_zh": [row[3] for row in new],
        "batch_id": [batch_id] * len(new),
    }
    for table, columns in (("surveys", survey), ("methods", method), ("items", items)):
        tables.insert(cursor, table, tables.plain(columns))
