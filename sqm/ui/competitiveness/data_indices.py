"""Doors to indices of single questions: satisfaction index, net promoter score, top boxes, effort; and imported ones.

Each comes from one representative survey that asked it, and is never joined with another survey's. Figures of whole
operators, which everybody may see.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

import pandas as pd

from sqm.database.surveys import answers, score_counts, surveys
from sqm.database.surveys.answers import Asked
from sqm.rules.access import EVERYTHING
from sqm.rules.sampling import effective_n
from sqm.rules.surveys import box_scores, indices
from sqm.rules.surveys import promoters as promoters_of
from sqm.rules.surveys.box_scores import BoxScore, Effort
from sqm.rules.surveys.indices import Index
from sqm.rules.surveys.promoters import Nps
from sqm.ui.competitiveness.data_lead import is_rival
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, names, records
from sqm.ui.satisfaction import data_satisfaction
from sqm.ui.satisfaction.data_satisfaction import OVERALL, OWN, Held, Slice

RECOMMEND, EASY = "overall.recommend", "overall.made_easy"
THREE = (OVERALL, "overall.against_expectation", "overall.against_ideal")
"""The American index asks: satisfied overall, against what was expected, against the ideal."""
IMPORTED = "TCSI"


class Why(StrEnum):
    """Why an index cannot be worked out: nobody asked, or on another scale than its method wants."""

    NOT_ASKED = "not_asked"
    OTHER_SCALE = "other_scale"


@dataclass(frozen=True)
class Asking:
    """A survey that asked what an index needs, and whether its scale serves. scale: (lowest, highest) as asked."""

    survey_code: str
    scale: tuple[float, float]
    why: Why | None = None


@dataclass(frozen=True)
class Indices:
    """One month, by operator. Each dict is empty where its why says so. csat: top boxes of overall satisfaction."""

    month: date
    satisfaction: dict[str, Index]
    promoters: dict[str, Nps]
    csat: dict[str, BoxScore]
    effort: dict[str, BoxScore]
    sources: dict[str, Asking]


@lru_cache(maxsize=KEPT)
def _counts(at: Stamp, survey: str, items: tuple[str, ...], first: date, last: date) -> pd.DataFrame:
    found = score_counts.score_counts(database(), survey, items, first, last)
    found = found[[code == OWN or is_rival(code) for code in found["operator_code"]]]
    return found.assign(month=[each.date() for each in pd.to_datetime(found["month"])])


def _surveys(*items: str) -> list[Held]:
    """Representative surveys that ask our customers all of these questions, in the catalogue's order."""
    known = names().surveys
    return [
        each
        for each in data_satisfaction.held().values()
        if each.has_own and known.get(each.survey_code, {}).get("representative") and set(items) <= set(each.items)
    ]


@lru_cache(maxsize=KEPT)
def _asking(at: Stamp, item: str, scale: tuple[float, float] | None) -> Asking:
    """The first survey whose scale serves, else the first that asked at all, with why it does not serve."""
    first: Asking | None = None
    for held in _surveys(item):
        found = Asking(held.survey_code, _scale(at, held, item))
        if scale is None or found.scale == scale:
            return found
        first = first or replace(found, why=Why.OTHER_SCALE)
    return first or Asking("", (0, 0), Why.NOT_ASKED)


@lru_cache(maxsize=KEPT)
def _scale(at: Stamp, held: Held, item: str) -> tuple[float, float]:
    """As asked last, from the monthly sums."""
    asked = surveys.segment_sums(database(), EVERYTHING, Slice((held.survey_code,), (item,), held.first, held.last))
    latest = asked[asked["month"] == asked["month"].max()]
    return float(latest["scale_min"].min()), float(latest["scale_max"].max())


@lru_cache(maxsize=KEPT)
def _promoters(at: Stamp) -> dict[tuple[date, str], Nps]:
    asking = _asking(at, RECOMMEND, (0.0, 10.0))
    if asking.why is not None:
        return {}
    held = data_satisfaction.held()[asking.survey_code]
    rows = _counts(at, held.survey_code, (RECOMMEND,), held.first, held.last)
    found: dict[tuple[date, str], Nps] = {}
    for _group, part in rows.groupby(["month", "operator_code"]):
        month, operator = part["month"].iloc[0], str(part["operator_code"].iloc[0])
        latest = part[part["method_code"] == part["method_code"].max()]
        counted = promoters_of.counts_of(latest["score"], latest["w"])
        score = promoters_of.nps(counted, _n_eff(latest))
        if score is not None:
            found[(month, operator)] = score
    return found


def promoters() -> dict[tuple[date, str], Nps]:
    """Net promoter score by month and operator, from the survey that asks 0 to 10; empty without one."""
    return _promoters(stamp())


def _n_eff(rows: pd.DataFrame) -> float:
    """Kish's, from the counts of each score; never more than the answers."""
    return min(float(effective_n(rows["w"].sum(), rows["ww"].sum())), float(rows["n"].sum()))


@lru_cache(maxsize=KEPT)
def _month(at: Stamp, month: date) -> Indices:
    wanted = {RECOMMEND: (0.0, 10.0), OVERALL: None, EASY: (1.0, 7.0)}
    sources = {item: _asking(at, item, scale) for item, scale in wanted.items()}
    three = _surveys(*THREE)
    sources["satisfaction"] = Asking(three[0].survey_code, (0, 0)) if three else Asking("", (0, 0), Why.NOT_ASKED)
    return Indices(
        month=month,
        satisfaction=_satisfaction(three[0].survey_code, month) if three else {},
        promoters={code: each for (at_month, code), each in _promoters(at).items() if at_month == month},
        csat=_boxes(at, sources[OVERALL], OVERALL, month),
        effort=_boxes(at, sources[EASY], EASY, month),
        sources=sources,
    )


def of_month(month: date) -> Indices:
    return _month(stamp(), month)


def _boxes(at: Stamp, asking: Asking, item: str, month: date) -> dict[str, BoxScore]:
    """Top boxes by operator: of the effort question the share that agrees, else the two best answers."""
    if asking.why is not None:
        return {}
    rows = _counts(at, asking.survey_code, (item,), month, month)
    found = {}
    for operator, part in rows.groupby("operator_code"):
        latest = part[part["method_code"] == part["method_code"].max()]
        counted = {int(score): float(w) for score, w in zip(latest["score"], latest["w"], strict=True)}
        low, high = (int(latest[end].iloc[0]) for end in ("scale_min", "scale_max"))
        made = (
            box_scores.customer_effort(counted, Effort.AGREEMENT, _n_eff(latest))
            if item == EASY
            else box_scores.csat(counted, low, high, _n_eff(latest))
        )
        if made is not None:
            found[str(operator)] = made
    return found


def _satisfaction(survey: str, month: date) -> dict[str, Index]:
    """The index of three questions with equal weights; it needs answers person by person, but gives none away: what
    comes out is of the whole company."""
    held = answers.answers(database(), EVERYTHING, Asked(survey, THREE, month, month, ()))
    if set(held.scales) != set(THREE) or len(set(held.scales.values())) > 1:
        return {}
    low, high = held.scales[OVERALL]
    found = {}
    for operator, part in held.people.groupby("operator_code"):
        made = indices.weighted_index(part[list(THREE)], None, low, high, part["weight"].to_numpy(float))
        if made is not None and (operator == OWN or is_rival(str(operator))):
            found[str(operator)] = made
    return found


@lru_cache(maxsize=KEPT)
def _imported(at: Stamp, first: date, last: date) -> tuple[Record, ...]:
    return tuple(records(score_counts.imported(database(), IMPORTED, first, last)))


def imported(first: date, last: date) -> tuple[Record, ...]:
    """The latest uploaded value of each imported index and operator between two months: a record with value."""
    latest: dict[tuple[str, str], Record] = {}
    for row in _imported(stamp(), first, last):
        if row["denominator"]:
            value = float(row["numerator"]) / float(row["denominator"])
            latest[(str(row["indicator_code"]), str(row["scope_code"]))] = {**row, "value": value}
    return tuple(latest.values())
