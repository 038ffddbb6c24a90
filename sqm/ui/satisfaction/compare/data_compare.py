"""Doors to comparisons: questions by wave against another operator, districts against the rest of them.

Worked out once per state of the data, scope and choice, and kept; shared by all viewers, so nobody may change them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from sqm.rules.access import Scope
from sqm.rules.periods import add_months, month_range
from sqm.rules.rivals import lead as leads
from sqm.rules.rivals import lead_rank
from sqm.rules.rivals.lead import Lead
from sqm.rules.rivals.lead_rank import Place
from sqm.rules.sampling import Showing
from sqm.rules.surveys import parts_of_whole, trends
from sqm.rules.surveys.trends import Movement
from sqm.ui.doors.data import Stamp, stamp
from sqm.ui.doors.data_names import Record, names, places
from sqm.ui.satisfaction import data_satisfaction
from sqm.ui.satisfaction.compare.benchmarks import is_benchmark
from sqm.ui.satisfaction.data_satisfaction import OWN, Points, Slice
from sqm.ui.satisfaction.drivers import driver_topics
from sqm.ui.satisfaction.satisfaction_choice import BEST_RIVAL, Choice

MOST_ITEMS, HEAT_MONTHS = 24, 6
_KEPT = 100


@dataclass(frozen=True)
class Beside:
    """One question in one wave. other_code: whom we are held against, '' when nobody else was asked."""

    own: Record | None
    other: Record | None
    other_code: str
    lead: Lead


@dataclass(frozen=True)
class ItemLine:
    """waves: as many as the table has, oldest first. place: among all operators in the last wave. moved: ours since the
    first wave."""

    item: str
    waves: tuple[Beside, ...]
    place: Place | None
    moved: Movement


@dataclass(frozen=True)
class ItemTable:
    waves: tuple[date, ...]
    lines: tuple[ItemLine, ...]
    has_others: bool


@dataclass(frozen=True)
class DistrictMonth:
    """A district in one month: its point, its share of the weights of the districts shown, and its lead over the rest
    of them."""

    point: Record | None
    weight: float | None
    lead: Lead


@dataclass(frozen=True)
class DistrictTable:
    """rows: by district in the register's order, one entry a month. totals: the weighted mean of what is shown."""

    months: tuple[date, ...]
    rows: dict[str, tuple[DistrictMonth, ...]]
    totals: tuple[float | None, ...]


@lru_cache(maxsize=_KEPT)
def _items(at: Stamp, scope: Scope, choice: Choice) -> ItemTable:
    held = choice.held
    asked = driver_topics.scored(held, names())
    chosen = Slice((held.survey_code,), asked, held.first, choice.month)
    index = data_satisfaction.indexed(scope, chosen)
    both = [item for item in asked if len(index.get((item, ""), {})) > 1]
    shown = (both or list(asked))[:MOST_ITEMS]
    waves = _waves([index.get((item, ""), {}) for item in shown], choice)
    lines = tuple(_line(item, index.get((item, ""), {}), waves, choice) for item in shown)
    return ItemTable(waves, lines, bool(both))


def items(scope: Scope, choice: Choice) -> ItemTable:
    """The questions that others were asked too (all of them where nobody else was asked), by wave."""
    return _items(stamp(), scope, choice)


def _waves(series: Sequence[Points], choice: Choice) -> tuple[date, ...]:
    """The chosen month, the wave before it and the one of a year before (or the nearest after that)."""
    with_answers = {month for points in series for month in points.get(choice.strong, {}) if month <= choice.month}
    past = sorted(month for month in with_answers if month < choice.month)
    year_ago = [month for month in past if month >= add_months(choice.month, -12)]
    return tuple(sorted({*past[-1:], *year_ago[:1], choice.month}))


def _line(item: str, points: Points, waves: tuple[date, ...], choice: Choice) -> ItemLine:
    beside = tuple(_beside(points, wave, choice) for wave in waves)
    now = _of_month(points, choice.month, choice.measure)
    own = now.get(choice.strong)
    rivals = {code: _lead(own, point, choice.measure) for code, point in now.items() if _is_rival(code, choice, point)}
    first, last = (points.get(choice.strong, {}).get(wave, ()) for wave in (waves[0], waves[-1]))
    return ItemLine(
        item,
        beside,
        lead_rank.place_of(rivals) if is_judged(own) else None,
        trends.movement_between(first, last, choice.measure),
    )


def _beside(points: Points, wave: date, choice: Choice) -> Beside:
    now = _of_month(points, wave, choice.measure)
    own = now.get(choice.strong)
    rivals = {code: float(point[choice.measure]) for code, point in now.items() if _is_rival(code, choice, point)}
    code = (leads.best_of(rivals) or "") if choice.against == BEST_RIVAL else choice.against
    return Beside(own, now.get(code), code, _lead(own, now.get(code), choice.measure))


def _is_rival(code: str, choice: Choice, point: Record) -> bool:
    return code != choice.strong and not is_benchmark(code) and is_judged(point)


def _of_month(points: Points, month: date, measure: str) -> dict[str, Record]:
    """The point of each operator that has a value; where two methods overlap, that of the later one."""
    now = {code: trends.newest(months.get(month, ()), measure) for code, months in points.items()}
    return {code: point for code, point in now.items() if point is not None}


def is_judged(point: Record | None) -> bool:
    """Below 30 answers (or with a width that says nothing) a value is shown in grey, and neither ranked nor judged."""
    return point is not None and bool(point["showing"] == Showing.SHOWN)


def _lead(own: Record | None, other: Record | None, measure: str) -> Lead:
    """Without an interval where one of the two is not judged."""
    if own is None or other is None:
        return leads.NOTHING
    if not (is_judged(own) and is_judged(other)):
        return leads.lead_of_values(float(own[measure]), float(other[measure]))
    if measure == "mean":
        return leads.lead_of_means(trends.mean_of(own), trends.mean_of(other))
    return leads.lead_of_shares(trends.share_of(own), trends.share_of(other))


@lru_cache(maxsize=_KEPT)
def _districts(at: Stamp, scope: Scope, choice: Choice) -> DistrictTable:
    first = max(choice.held.first, add_months(choice.month, 1 - HEAT_MONTHS))
    months = month_range(first, choice.month)
    chosen = Slice((choice.held.survey_code,), (choice.item,), first, choice.month, operators=(OWN,), by_district=True)
    index = data_satisfaction.indexed(scope, chosen, "district")
    codes = [code for code in places(scope).districts if (choice.item, code) in index]
    own = {code: index[choice.item, code].get(OWN, {}) for code in codes}
    by_month = [{code: _newest(own[code].get(month, ())) for code in codes} for month in months]
    measured = [{code: point for code, point in parts.items() if point is not None} for parts in by_month]
    weights = [parts_of_whole.weights(parts, choice.measure) for parts in measured]
    rows = {
        code: tuple(
            DistrictMonth(
                measured[at_month].get(code),
                weights[at_month].get(code),
                _beside_rest(measured[at_month], code, choice.measure),
            )
            for at_month in range(len(months))
        )
        for code in codes
    }
    totals = tuple(parts_of_whole.weighted_mean(parts, choice.measure) for parts in measured)
    return DistrictTable(
        months, {code: cells for code, cells in rows.items() if any(cell.point for cell in cells)}, totals
    )


def districts(scope: Scope, choice: Choice) -> DistrictTable:
    """The districts that the viewer sees, over the last months; no rows where the survey does not tell districts."""
    return _districts(stamp(), scope, replace(choice, by="", part="", against=BEST_RIVAL))


def _beside_rest(parts: dict[str, Record], code: str, measure: str) -> Lead:
    return parts_of_whole.against_rest(parts, code, measure) if is_judged(parts.get(code)) else leads.NOTHING


def _newest(points: Sequence[Record]) -> Record | None:
    return max(points, key=lambda point: str(point["method_code"]), default=None)
