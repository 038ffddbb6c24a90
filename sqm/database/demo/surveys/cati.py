"""The monthly telephone survey: 3,280 own customers stratified by district and brand, and 1,200 of each rival.

Nine processes are too much for one call: each respondent gets three of them, in one of the twelve lines of the affine
plane of order 3, so that every process is asked equally often and every pair of processes meets in some respondent.
"""

import numpy as np
from numpy.typing import NDArray

from sqm.database.connection import Cursor
from sqm.database.demo.company.calendar import METHOD_BREAK, MONTHS, Floats, Ints
from sqm.database.demo.company.world import BRAND_SHARE, RIVALS, World
from sqm.database.demo.noise import stream
from sqm.database.demo.surveys.opinion import Opinion
from sqm.database.demo.surveys.responses import Respondents, Sheet, add_responses, everywhere
from sqm.database.demo.surveys.scores import MISSING, draw, moods

SURVEY = "cati"
OWN_SAMPLE = 3_280
RIVAL_SAMPLE = 1_200  # enough to tell a move of four points within a year from chance
_FLATTER = 0.6  # strata get a share of the sample by population to this power: small districts stay readable
_RAKING = 0.12

_LINES = np.array(
    [
        [[0, 1, 2], [3, 4, 5], [6, 7, 8]],
        [[0, 3, 6], [1, 4, 7], [2, 5, 8]],
        [[0, 4, 8], [1, 5, 6], [2, 3, 7]],
        [[0, 5, 7], [1, 3, 8], [2, 4, 6]],
    ]
).reshape(12, 3)


def add_cati(cursor: Cursor, world: World, opinion: Opinion) -> int:
    """For each of the two questionnaires a sheet of our customers and one of the rivals'; returns the respondents."""
    random, of_rivals = stream("cati"), stream("cati rivals")
    added = 0
    for number, first, last in ((1, 0, METHOD_BREAK), (2, METHOD_BREAK, MONTHS)):
        months = np.arange(first, last)
        rivals = _joined(_rivals(of_rivals, world, opinion, months))
        for group, items, people, chance in (
            ("", opinion.items(SURVEY), _own(random, world, opinion, months), random),
            ("-rivals", _overalls(opinion), rivals, of_rivals),
        ):
            batch, method = f"demo-cati-{number}{group}", opinion.methods[number - 1]
            sheet = Sheet(batch, SURVEY, method, f"C{number}{group[1:2].upper()}-", (SURVEY,), items)
            added += add_responses(cursor, chance, world, sheet, people)
    return added


def strata(world: World) -> tuple[Ints, Ints, Floats]:
    """District, brand and weight of each of the 3,280 of one month. Weights have mean 1."""
    population = np.outer(world.district_share, BRAND_SHARE).reshape(-1)
    wish = population**_FLATTER
    wish = wish / wish.sum() * OWN_SAMPLE
    sizes = np.floor(wish).astype(np.int64)
    sizes[np.argsort(sizes - wish, kind="stable")[: OWN_SAMPLE - sizes.sum()]] += 1
    cell = np.repeat(np.arange(len(population)), sizes)
    weights = population[cell] / sizes[cell] * OWN_SAMPLE
    return cell // len(BRAND_SHARE), cell % len(BRAND_SHARE), weights


def _own(random: np.random.Generator, world: World, opinion: Opinion, months: Ints) -> Respondents:
    district, brand, weight = strata(world)
    districts, brands, weights = (
        np.tile(district, len(months)),
        np.tile(brand, len(months)),
        np.tile(weight, len(months)),
    )
    month = np.repeat(months, OWN_SAMPLE)
    share = opinion.company(SURVEY)[month] + opinion.district_effect(SURVEY)[districts]
    share += world.brand_mood[brands][:, None]
    scores = draw(random, share, moods(random, len(month)), opinion.halo(SURVEY))
    scores[~_asked(random, world, opinion, month)] = MISSING
    raked = weights * np.exp(_RAKING * random.standard_normal(len(month)))
    return Respondents(
        months=month,
        stores=everywhere(len(month)),
        districts=districts,
        operators=everywhere(len(month), 0),
        channels=everywhere(len(month), 0),
        brands=brands,
        weights=raked,
        scores=scores,
    )


def _asked(random: np.random.Generator, world: World, opinion: Opinion, month: Ints) -> NDArray[np.bool_]:
    """Which items each respondent hears: what belongs to no process always, a process's items if it is on the line.

    The first questionnaire asked everybody how every process is overall, and rotated only what lies behind.
    """
    lines = _LINES[random.integers(len(_LINES), size=len(month))]
    asked = np.zeros((len(month), len(world.processes) + 1), bool)
    np.put_along_axis(asked, lines, True, axis=1)
    asked[:, -1] = True
    heard = asked[:, opinion.process_places(SURVEY)]
    overall = np.isin(opinion.items(SURVEY), _overalls(opinion))
    return np.asarray(heard | ((month < METHOD_BREAK)[:, None] & overall))


def _rivals(random: np.random.Generator, world: World, opinion: Opinion, months: Ints) -> list[Respondents]:
    """Rivals' customers are asked the overall questions only; their district is known, their brand is not ours."""
    everyone = []
    for number, rival in enumerate(RIVALS, start=1):
        rows = RIVAL_SAMPLE * len(months)
        month = np.repeat(months, RIVAL_SAMPLE)
        asked = np.isin(opinion.items(SURVEY), _overalls(opinion))
        scores = draw(random, opinion.rival(rival)[month][:, asked], moods(random, rows), opinion.halo(SURVEY)[asked])
        everyone.append(
            Respondents(
                months=month,
                stores=everywhere(rows),
                districts=random.choice(len(world.districts), size=rows, p=world.district_share),
                operators=everywhere(rows, number),
                channels=everywhere(rows, 0),
                brands=everywhere(rows),
                weights=np.exp(_RAKING * random.standard_normal(rows)),
                scores=scores,
            )
        )
    return everyone


def _overalls(opinion: Opinion) -> tuple[str, ...]:
    """The overall questions, of the operator and of every process."""
    return tuple(code for code in opinion.items(SURVEY) if code.endswith(".overall"))


def _joined(groups: list[Respondents]) -> Respondents:
    names = list(Respondents.__dataclass_fields__)
    return Respondents(**{name: np.concatenate([getattr(group, name) for group in groups]) for name in names})
