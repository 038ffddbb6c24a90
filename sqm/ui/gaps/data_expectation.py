"""Doors to expectation control: what customers of a process expect and perceive, month by month, where they stand in
their zone of tolerance, and on which rung of the ladder."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqm.rules.gaps.expectation import GapMove, Ladder, Scored, ladder, moved, why_moved
from sqm.rules.gaps.tolerance import Zones, zones
from sqm.rules.periods import month_range
from sqm.rules.sampling import Floats
from sqm.rules.surveys.answers import mean_answer, row_means
from sqm.rules.surveys.design_effect import Estimate
from sqm.rules.surveys.instrument import OVERALL, Facet, Topic
from sqm.rules.surveys.trends import Movement
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.gaps import data_questionnaires as asked
from sqm.ui.gaps.data_gaps import Period, Span, before, period_of
from sqm.ui.gaps.data_questionnaires import People, Questionnaire

_QUARTER, _BACK = 3, 3  # the window, and how many windows lie between the two that are compared


@dataclass(frozen=True)
class Both:
    """Mean expectation and perception of the same people; each person counts once."""

    expectation: Estimate | None
    perception: Estimate | None
    gap: Estimate | None


@dataclass(frozen=True)
class ExpectationView:
    """compared, against: the three months up to the period's end, and the first three of the year that is shown; the
    period and the one before where that year is not there yet. months: with what was answered in each. zones: by
    topic, where the zone was asked. ladder: None without an overall score."""

    compared: Period
    against: Period
    expectation: Movement
    perception: Movement
    why: GapMove
    months: tuple[tuple[date, Both], ...]
    scale: tuple[float, float]
    zones: tuple[tuple[Topic, Zones], ...]
    ladder: Ladder | None


@lru_cache(maxsize=KEPT)
def _view(at: Stamp, survey: str, process: str, span: Span, month: date) -> ExpectationView:
    form = asked.questionnaires()[survey]
    period = period_of(span, month, form.held.last)
    people = asked.customers(form, process, period.last)
    compared, against = Period(*period.window(_QUARTER)), Period(*period.window(_QUARTER, _BACK))
    if _both(people, form, process, against).gap is None:
        compared, against = period, before(span, period)
    now, was = (_both(people, form, process, each) for each in (compared, against))
    first, second = moved(was.expectation, now.expectation), moved(was.perception, now.perception)
    months = month_range(max(form.held.first, period.window(asked.SEEN_MONTHS)[0]), period.last)
    ends = [
        people.scales[item] for topic in form.topics[process] for item in topic.items.values() if item in people.scales
    ]
    return ExpectationView(
        compared=compared,
        against=against,
        expectation=first,
        perception=second,
        why=why_moved(first, second),
        months=tuple((each, _both(people, form, process, Period(each, each))) for each in months),
        scale=(min((low for low, _ in ends), default=1.0), max((high for _, high in ends), default=7.0)),
        zones=_zones(people, form, process, period),
        ladder=_ladder(people, form, process, period),
    )


def view(survey: str, process: str, span: Span, month: date) -> ExpectationView:
    """process: WHOLE for pairs that belong to none."""
    return _view(stamp(), survey, process, span, month)


def _pairs(people: People, form: Questionnaire, process: str, period: Period) -> tuple[People, Floats, Floats]:
    found = form.topics[process]
    columns = [[topic.items[facet] for topic in found] for facet in (Facet.EXPECTATION, Facet.PERCEPTION)]
    rows = people.between([*columns[0], *columns[1]], period.first, period.last)
    expected, perceived = (row_means(rows.table(items)) if len(rows) else rows.weights for items in columns)
    return rows, expected, perceived


def _both(people: People, form: Questionnaire, process: str, period: Period) -> Both:
    rows, expected, perceived = _pairs(people, form, process, period)
    if not len(rows):
        return Both(None, None, None)
    parts = (expected, perceived, perceived - expected)
    return Both(*(mean_answer(part, rows.weights) for part in parts))


def _zones(people: People, form: Questionnaire, process: str, period: Period) -> tuple[tuple[Topic, Zones], ...]:
    found = []
    for topic in form.topics[process]:
        if not topic.has(Facet.ADEQUATE, Facet.DESIRED, Facet.PERCEPTION):
            continue
        items = [topic.items[facet] for facet in (Facet.ADEQUATE, Facet.DESIRED, Facet.PERCEPTION)]
        rows = people.between(items, period.first, period.last)
        adequate, desired, perceived = rows.table(items).T
        if len(rows):
            found.append((topic, zones(adequate, desired, perceived, rows.weights)))
    return tuple(found)


def _ladder(people: People, form: Questionnaire, process: str, period: Period) -> Ladder | None:
    overall, stay, recommend = (form.item(process, word) for word in (OVERALL, asked.STAY, asked.RECOMMEND))
    rows, expected, perceived = _pairs(people, form, process, period)
    if not overall or overall not in people.scales or not len(rows):
        return None
    answers = {item: rows.table([item])[:, 0] for item in (overall, stay, recommend) if item}
    scored = {item: Scored(each, *people.scales[item]) for item, each in answers.items() if item in people.scales}
    return ladder(
        perceived - expected,
        scored[overall],
        scored.get(stay),
        scored.get(recommend),
        rows.weights,
    )
