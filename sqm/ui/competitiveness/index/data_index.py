"""Doors to the competitiveness index: each operator in each month, by the weights in force in that month."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqm.rules.periods import month_range
from sqm.rules.rivals import competitiveness, index_parts, index_weights, lead_rank, weight_sensitivity
from sqm.rules.rivals.competitiveness import Change, Composite, Definition
from sqm.rules.rivals.index_parts import Measured
from sqm.rules.rivals.index_weights import Part, Version
from sqm.rules.rivals.lead import Share
from sqm.rules.rivals.lead_rank import Place
from sqm.rules.rivals.weight_sensitivity import RankDoubt
from sqm.rules.surveys import trends
from sqm.rules.surveys.promoters import Nps
from sqm.ui.competitiveness import data_indices, data_lead
from sqm.ui.competitiveness.data_lead import PROCESS_ROLE, is_rival
from sqm.ui.decisions import data_decisions
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import names
from sqm.ui.satisfaction import data_satisfaction
from sqm.ui.satisfaction.data_satisfaction import OVERALL, OWN, Points

TOGETHER = (frozenset({Part.PROCESSES.value, Part.BENCHMARK.value}),)
"""The same people say how satisfied they are with processes and with the operator."""


@dataclass(frozen=True)
class Parts:
    """What one operator's index is made of in one month; None for what was not asked (or of too few)."""

    measured: dict[str, Measured | None]

    @property
    def values(self) -> dict[str, float | None]:
        return {code: None if each is None else each.value for code, each in self.measured.items()}


@dataclass(frozen=True)
class IndexMonth:
    """parts and made by operator, ours first. method: of the survey that asks about processes, '' without answers."""

    month: date
    method: str
    version: Version
    parts: dict[str, Parts]
    made: dict[str, Composite]
    margins: dict[str, float | None]

    @property
    def place(self) -> Place | None:
        """Our rank, and the ranks that chance leaves open; None without an index of ours or of another."""
        known = {code: (each.arithmetic, self.margins[code] or 0.0) for code, each in self.made.items()}
        own, own_margin = known.pop(OWN, (None, 0.0))
        if own is None:
            return None
        over = {
            code: index_parts.index_lead(own, own_margin, value, margin)
            for code, (value, margin) in known.items()
            if value is not None
        }
        return lead_rank.place_of(over)

    @property
    def own(self) -> Composite | None:
        return self.made.get(OWN)


@lru_cache(maxsize=KEPT)
def _versions(at: Stamp) -> tuple[Version, ...]:
    return index_weights.versions(data_decisions.log())


def versions() -> tuple[Version, ...]:
    """The default, then every version that stands, by its first month."""
    return _versions(stamp())


@lru_cache(maxsize=KEPT)
def _parts(at: Stamp, survey: str) -> dict[date, tuple[str, dict[str, Parts]]]:
    """By month: the method, and the parts by operator."""
    held, roles = data_satisfaction.held()[survey], names().items
    asked = data_lead.asked_of_rivals(survey)
    processes = tuple(item for item in asked if roles.get(item, {}).get("role") == PROCESS_ROLE)
    found = data_lead.points(survey, asked)
    operators = [code for code in held.operators if code == OWN or is_rival(code)]
    promoters = data_indices.promoters()
    made = {}
    for month in month_range(held.first, held.last):
        method = _method(found.get(OVERALL, {}), month)
        rated = {
            code: index_parts.process_mean([_share(found[item], code, month) for item in processes])
            for code in operators
        }
        ahead = index_parts.benchmark_leads({code: _share(found.get(OVERALL, {}), code, month) for code in operators})
        said: dict[str, Nps | None] = {code: promoters.get((month, code)) for code in operators}
        told = index_parts.promoter_leads(said)
        made[month] = (
            method,
            {
                code: Parts(
                    {
                        Part.PROCESSES.value: rated[code],
                        Part.BENCHMARK.value: ahead[code],
                        Part.WORD_OF_MOUTH.value: told[code],
                    }
                )
                for code in operators
            },
        )
    return made


def _method(points: Points, month: date) -> str:
    own = trends.newest(points.get(OWN, {}).get(month, ()))
    return "" if own is None else str(own["method_code"])


def _share(points: Points, operator: str, month: date) -> Share | None:
    point = trends.newest(points.get(operator, {}).get(month, ()))
    return None if point is None else trends.share_of(point)


def weighed(parts: dict[str, Parts], definition: Definition) -> dict[str, Composite]:
    """Every operator's index by some definition, also one that nobody has decided yet."""
    return {code: competitiveness.composite(each.values, definition) for code, each in parts.items()}


@lru_cache(maxsize=KEPT)
def _months(at: Stamp, survey: str) -> tuple[IndexMonth, ...]:
    known = _versions(at)
    return tuple(
        _month(month, method, index_weights.held_in(known, month), parts)
        for month, (method, parts) in _parts(at, survey).items()
    )


def months(survey: str, until: date) -> tuple[IndexMonth, ...]:
    """Every month up to one, oldest first, each by the weights that were in force in it."""
    return tuple(each for each in _months(stamp(), survey) if each.month <= until)


def _month(month: date, method: str, version: Version, parts: dict[str, Parts]) -> IndexMonth:
    made = weighed(parts, version.definition)
    margins = {
        code: index_parts.margin(
            each,
            version.definition,
            {part: found.half for part, found in parts[code].measured.items() if found is not None},
            TOGETHER,
        )
        for code, each in made.items()
    }
    return IndexMonth(month, method, version, parts, made, margins)


def change(before: IndexMonth, after: IndexMonth) -> Change | None:
    """Our index between two months, component by component, both by the weights of the later month: a new weight is no
    better service. None when the survey's method changed between them."""
    if before.method != after.method or OWN not in before.parts or OWN not in after.parts:
        return None
    first, last = (
        competitiveness.composite(each.parts[OWN].values, after.version.definition) for each in (before, after)
    )
    return competitiveness.change(first, last)


@lru_cache(maxsize=KEPT)
def _doubt(at: Stamp, survey: str, month: date) -> dict[str, RankDoubt]:
    found = next(each for each in _months(at, survey) if each.month == month)
    order = [each.code for each in found.version.definition.components]
    scores = {code: [made.scores[part] for part in order] for code, made in found.made.items()}
    weights = found.version.definition.weights
    return weight_sensitivity.rank_doubt(scores, [weights[part] for part in order])


def doubt(survey: str, month: date) -> dict[str, RankDoubt]:
    """How often each operator would take each rank, had every weight been up to half smaller or larger."""
    return _doubt(stamp(), survey, month)
