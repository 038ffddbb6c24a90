"""Satisfaction of one month: our share with its interval, the lead over the best rival, and who moved."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqm.rules.periods import add_months
from sqm.rules.rivals import lead as leads
from sqm.rules.rivals.lead import Lead, Standing
from sqm.rules.sampling import Showing
from sqm.rules.surveys import trends
from sqm.rules.surveys.trends import Movement, Mover
from sqm.ui import formats
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.satisfaction.compare.benchmarks import is_benchmark
from sqm.ui.satisfaction.data_satisfaction import OWN, Points
from sqm.ui.words import N_, _

_STANDINGS = {
    Standing.AHEAD: N_("ahead of {rival}"),
    Standing.BEHIND: N_("behind {rival}"),
    Standing.NOT_DISTINGUISHABLE: N_("not distinguishable from {rival}"),
    Standing.NO_INTERVAL: N_("against {rival}, without an interval"),
    Standing.NO_DATA: N_("no rival to compare with"),
}
_MOVERS = {
    Mover.OWN: N_("we moved ({own}), {rival} did not"),
    Mover.RIVAL: N_("{rival} moved ({theirs}), we did not"),
    Mover.BOTH: N_("both moved: we {own}, {rival} {theirs}"),
    Mover.NEITHER: N_("neither we nor {rival} moved beyond chance"),
    Mover.UNKNOWN: N_("no earlier month of the same method to compare with"),
}


@dataclass(frozen=True)
class Standings:
    """One item in one month. strong: the operator that is followed, ours where the survey asked our customers.
    back: the month that who moved is judged against. measure: share or mean."""

    own: Record | None
    rival_code: str
    lead: Lead
    month_move: Movement
    year_move: Movement
    month: date
    back: date
    mover: Mover
    rival_move: Movement
    measure: str


def standings(by_operator: Points, month: date, measure: str = "share", strong: str = OWN) -> Standings:
    """by_operator: one question's points by operator and month (data_satisfaction.Points).

    A rival of whom too few were asked is shown and not ranked: nobody is led by five people's operator.
    """
    now = {code: point for code, points in by_operator.items() if (point := _known(points.get(month, ()), measure))}
    own = now.get(strong)
    rivals = {
        code: point for code, point in now.items() if code != strong and not is_benchmark(code) and _is_ranked(point)
    }
    best = leads.best_rival({code: trends.share_of(point) for code, point in rivals.items()}) or ""
    before, back = add_months(month, -1), add_months(month, -12)

    def moved(operator: str, since: date) -> Movement:
        points = by_operator.get(operator, {})
        return trends.movement_between(points.get(since, ()), points.get(month, ()), measure)

    year_move, rival_move = moved(strong, back), moved(best, back)
    return Standings(
        own=own,
        rival_code=best,
        lead=_lead(own, now.get(best), measure),
        month_move=moved(strong, before),
        year_move=year_move,
        month=month,
        back=back,
        mover=trends.who_moved(year_move, rival_move),
        rival_move=rival_move,
        measure=measure,
    )


def _is_ranked(point: Record) -> bool:
    return bool(point["showing"] == Showing.SHOWN)


def _known(points: Sequence[Record], measure: str) -> Record | None:
    """The point of a month; where two methods overlap, that of the later one."""
    with_value = [point for point in points if math.isfinite(point[measure])]
    return max(with_value, key=lambda point: str(point["method_code"]), default=None)


def _lead(own: Record | None, rival: Record | None, measure: str) -> Lead:
    if own is None or rival is None:
        return leads.NOTHING
    if measure == "mean":
        return leads.lead_of_means(trends.mean_of(own), trends.mean_of(rival))
    return leads.lead_of_shares(trends.share_of(own), trends.share_of(rival))


def value(point: Record | None, measure: str) -> str:
    """81.2 ± 0.9 % for shares, 79.4 ± 0.6 for means on 0-100."""
    if point is None:
        return formats.MISSING
    if measure == "share":
        return formats.share_interval(float(point["share"]), float(point["low"]), float(point["high"]))
    half = (float(point["mean_high"]) - float(point["mean_low"])) / 2
    mean = formats.number(float(point["mean"]), 1)
    return mean if math.isnan(half) else f"{mean} ± {formats.number(half, 1)}"


def lead_number(now: Standings) -> str:
    """+1.8 ± 2.9 pp; points for means."""
    if now.lead.difference is None:
        return formats.MISSING
    factor = 100.0 if now.measure == "share" else 1.0
    number = formats.number(now.lead.difference * factor, 1, signed=True)
    if now.lead.low is not None and now.lead.high is not None:
        number += f" ± {formats.number((now.lead.high - now.lead.low) / 2 * factor, 1)}"
    return _("{points} pp", points=number) if now.measure == "share" else _("{number} points", number=number)


def lead_words(now: Standings, names: Names) -> str:
    return _(_STANDINGS[now.lead.standing], rival=names.label("operator", now.rival_code))


def mover_words(now: Standings, names: Names) -> str:
    """Since when the lead moved, and whose change did it."""
    if not now.rival_code:
        return ""
    said = _(
        _MOVERS[now.mover],
        own=texts.difference(now.year_move, now.measure),
        theirs=texts.difference(now.rival_move, now.measure),
        rival=names.label("operator", now.rival_code),
    )
    return _("Since {month}: {said}", month=formats.month(now.back), said=said)


def month_words(now: Standings) -> str:
    return texts.movement(now.month_move, add_months(now.month, -1), now.measure)


def year_words(now: Standings) -> str:
    return texts.movement(now.year_move, now.back, now.measure)
