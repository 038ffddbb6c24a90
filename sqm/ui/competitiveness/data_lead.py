"""Doors to leads: over the best rival, over the province, our place among rivals, and who moved between two months.

Figures of whole operators, which everybody may see. Kept by their arguments and shared: nobody may change them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqm.database.surveys import surveys
from sqm.rules.access import Scope
from sqm.rules.periods import month_range
from sqm.rules.rivals import lead as leads
from sqm.rules.rivals import lead_rank, lead_split
from sqm.rules.rivals.lead import Lead
from sqm.rules.rivals.lead_rank import Place
from sqm.rules.rivals.lead_split import LeadSplit
from sqm.rules.sampling import Showing
from sqm.rules.surveys import trends
from sqm.rules.surveys.trends import Movement
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, names
from sqm.ui.satisfaction import data_satisfaction
from sqm.ui.satisfaction.compare.benchmarks import first_of, is_benchmark
from sqm.ui.satisfaction.data_satisfaction import OVERALL, OWN, Held, Points, Slice

PROCESS_ROLE = "process"


@dataclass(frozen=True)
class LeadMonth:
    """One question in one month. rivals: by code, best first. best: code of the best rival, '' when there is none.

    lead: over it; place: among the rivals that have enough answers; method: of our survey in this month.
    """

    month: date
    own: Record | None
    rivals: dict[str, Record]
    best: str
    lead: Lead
    place: Place | None
    province: Lead
    method: str


@dataclass(frozen=True)
class Split:
    """Between two months. own, rival: the movements; rival_code: the best rival now, former_code: then.

    found.low, high and word are of the whole change, also where another rival is the best one now.
    """

    since: date
    month: date
    found: LeadSplit
    own: Movement
    rival: Movement
    rival_code: str
    former_code: str
    before: LeadMonth
    after: LeadMonth


def is_rival(operator: str) -> bool:
    """Neither we, nor answers without an operator, nor the province: our customers are in that."""
    return operator not in (OWN, "") and not is_benchmark(operator)


def compared() -> Held | None:
    """The survey that compares: the one that speaks for all customers, if it asked rivals' too, else the first that
    did; never a self-selected one."""
    main, known = data_satisfaction.main_survey(), names().surveys
    held = data_satisfaction.held().values()
    found = [each for each in held if known.get(each.survey_code, {}).get("representative") and each.has_own]
    first = [main] if main is not None else []
    return next((each for each in [*first, *found] if asked_of_rivals(each.survey_code)), None)


@lru_cache(maxsize=KEPT)
def _asked(at: Stamp, survey: str) -> tuple[str, ...]:
    rows = surveys.contents(database())
    rows = rows[rows["survey_code"] == survey]
    ours = set(rows[rows["operator_code"] == OWN]["item_code"])
    theirs = set(rows[[is_rival(str(code)) for code in rows["operator_code"]]]["item_code"])
    return tuple(item for item in data_satisfaction.held()[survey].items if item in ours & theirs)


def asked_of_rivals(survey: str) -> tuple[str, ...]:
    """Questions of a survey that a rival's customers were asked too; overall and processes first."""
    roles, found = names().items, _asked(stamp(), survey)
    general = [item for item in found if item == OVERALL or roles.get(item, {}).get("role") == PROCESS_ROLE]
    return (*general, *(item for item in found if item not in general))


@lru_cache(maxsize=KEPT)
def _points(at: Stamp, survey: str, items: tuple[str, ...]) -> dict[str, Points]:
    """By question. Of the whole company, so no viewer's scope limits them."""
    held = data_satisfaction.held()[survey]
    chosen = Slice((survey,), items, held.first, held.last)
    return {item: points for (item, _part), points in data_satisfaction.indexed(_ALL, chosen).items()}


_ALL = Scope(None, None)


def points(survey: str, items: tuple[str, ...]) -> dict[str, Points]:
    """Monthly points of questions, by operator and month; all months that the survey holds."""
    return _points(stamp(), survey, items)


@lru_cache(maxsize=KEPT)
def _months(at: Stamp, survey: str, item: str) -> tuple[LeadMonth, ...]:
    held = data_satisfaction.held()[survey]
    found = _points(at, survey, asked_of_rivals(survey)).get(item, {})
    return tuple(_month(found, month) for month in month_range(held.first, held.last))


def months(survey: str, item: str, until: date) -> tuple[LeadMonth, ...]:
    """Every month up to one, oldest first; a month without answers has no own point."""
    return tuple(each for each in _months(stamp(), survey, item) if each.month <= until)


def _month(found: Mapping[str, Mapping[date, Sequence[Record]]], month: date, method: str = "") -> LeadMonth:
    now = {
        code: point
        for code, held in found.items()
        if (point := trends.newest(held.get(month, ()), method=method)) is not None
    }
    own, province = now.get(OWN), now.get(first_of(now))
    ranked = sorted(((code, each) for code, each in now.items() if is_rival(code)), key=lambda each: -each[1]["share"])
    enough = {code: each for code, each in ranked if each["showing"] == Showing.SHOWN}
    over = {code: _lead(own, each) for code, each in enough.items()}
    best = leads.best_rival({code: trends.share_of(each) for code, each in enough.items()}) or ""
    is_ranked = own is not None and own["showing"] == Showing.SHOWN
    return LeadMonth(
        month=month,
        own=own,
        rivals=dict(ranked),
        best=best,
        lead=over.get(best, leads.NOTHING),
        place=lead_rank.place_of(over) if is_ranked else None,
        province=_lead(own, province),
        method="" if own is None else str(own["method_code"]),
    )


def _lead(own: Record | None, other: Record | None) -> Lead:
    if own is None or other is None:
        return leads.NOTHING
    return leads.lead_of_shares(trends.share_of(own), trends.share_of(other))


@lru_cache(maxsize=KEPT)
def _split(at: Stamp, survey: str, item: str, since: date, month: date) -> Split:
    found = _points(at, survey, asked_of_rivals(survey)).get(item, {})
    method = _shared_method(found.get(OWN, {}), since, month)
    before, after = _month(found, since, method), _month(found, month, method)

    def moved(operator: str) -> Movement:
        held = found.get(operator, {})
        return trends.movement_between(held.get(since, ()), held.get(month, ()))

    own, rival = moved(OWN), moved(after.best)
    values = {code: float(each["share"]) for code, each in before.rivals.items()}
    changed = lead_split.changeover_of(values, before.best, after.best) if before.best and after.best else None
    if changed is None or since == month:
        made = lead_split.lead_split(trends.movement_between((), ()), rival)
    else:
        then, now = found[before.best].get(since, ()), found[after.best].get(month, ())
        made = lead_split.lead_split(
            own, rival, changed, best_to_best=trends.movement_between(then, now) if changed else None
        )
    return Split(since, month, made, own, rival, after.best, before.best, before, after)


def split(survey: str, item: str, since: date, month: date) -> Split:
    """The change of the lead between two months, and whose movement it was."""
    return _split(stamp(), survey, item, since, month)


def _shared_method(own: Mapping[date, Sequence[Record]], since: date, month: date) -> str:
    """The later of the methods that both months have; '' when there is none, and then nothing is split."""
    first, last = ({str(each["method_code"]) for each in own.get(at, ())} for at in (since, month))
    return max(first & last, default="")
