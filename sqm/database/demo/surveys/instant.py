"""Two surveys without strata: callers asked right after a hotline call, and a web form that whoever likes fills in."""

import numpy as np

from sqm.database.connection import Cursor
from sqm.database.demo.company.calendar import MONTHS, WEB_START, Floats, Ints
from sqm.database.demo.company.world import BRAND_SHARE, World
from sqm.database.demo.noise import stream
from sqm.database.demo.surveys.opinion import Opinion
from sqm.database.demo.surveys.responses import Respondents, Sheet, add_responses, everywhere
from sqm.database.demo.surveys.scores import draw, moods

HOTLINE = "hotline_instant"
WEB = "web"

_CALLERS = 1_500
_WEB_ANSWERS = 1_150  # 30,000 in the 27 months since the launch
_WEB_BRANDS = np.array([0.25, 0.55, 0.20])  # the young fill in web forms


def add_hotline(cursor: Cursor, world: World, opinion: Opinion) -> int:
    """Callers of every month; returns the respondents added."""
    counts = np.round(_CALLERS * world.calendar.volume).astype(np.int64)
    return _add(cursor, world, opinion, HOTLINE, "H", counts, BRAND_SHARE, answered=0.95)


def add_web(cursor: Cursor, world: World, opinion: Opinion) -> int:
    """Web answers since the survey's first month; returns the respondents added."""
    surge = stream("web volume").uniform(0.7, 1.3, MONTHS)
    counts = np.where(np.arange(MONTHS) < WEB_START, 0, np.round(_WEB_ANSWERS * surge)).astype(np.int64)
    return _add(cursor, world, opinion, WEB, "W", counts, _WEB_BRANDS, answered=0.7)


def _add(
    cursor: Cursor,
    world: World,
    opinion: Opinion,
    survey: str,
    prefix: str,
    counts: Ints,
    brands: Floats,
    answered: float,
) -> int:
    random = stream(survey)
    month = np.repeat(np.arange(MONTHS), counts)
    rows = len(month)
    district = random.choice(len(world.districts), size=rows, p=world.district_share)
    brand = random.choice(len(brands), size=rows, p=brands)
    share = opinion.company(survey)[month] + opinion.district_effect(survey)[district]
    share += world.brand_mood[brand][:, None]
    scores = draw(random, share, moods(random, rows), opinion.halo(survey), answered)
    people = Respondents(
        months=month,
        stores=everywhere(rows),
        districts=district,
        operators=everywhere(rows, 0),
        channels=everywhere(rows, 0),
        brands=brand,
        weights=np.ones(rows),
        scores=scores,
    )
    sheet = Sheet(f"demo-{survey}", survey, opinion.method(survey), prefix, (survey,), opinion.items(survey))
    return add_responses(cursor, random, world, sheet, people)
