"""Satisfaction of one month: our share with its interval, the lead over the best rival, and who moved."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from sqm.rules import lead as leads
from sqm.rules import trends
from sqm.rules.lead import Lead, Share, Standing
from sqm.rules.periods import add_months
from sqm.rules.trends import Movement, Mover
from sqm.ui import formats
from sqm.ui import indicator_texts as texts
from sqm.ui.data_names import Names
from sqm.ui.data_satisfaction import OWN
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

    own: pd.Series | None
    rival_code: str
    lead: Lead
    month_move: Movement
    year_move: Movement
    month: date
    back: date
    mover: Mover
    rival_move: Movement
    measure: str


def standings(points: pd.DataFrame, month: date, measure: str = "share", strong: str = OWN) -> Standings:
    """points: one item of one survey, all operators (trends.points by operator_code)."""
    now = points[(points["month"] == pd.Timestamp(month)) & points[measure].notna()]
    by_operator = {str(row["operator_code"]): row for _place, row in now.iterrows()}
    rivals: dict[str, Share | None] = {code: _share(row) for code, row in by_operator.items() if code != strong}
    own = by_operator.get(strong)
    best = leads.best_rival(rivals) or ""
    mine, theirs = points[points["operator_code"] == strong], points[points["operator_code"] == best]
    back = add_months(month, -12)
    year_move = trends.movement(mine, back, month, measure)
    rival_move = trends.movement(theirs, back, month, measure)
    return Standings(
        own=own,
        rival_code=best,
        lead=_lead(own, by_operator.get(best), measure),
        month_move=trends.movement(mine, add_months(month, -1), month, measure),
        year_move=year_move,
        month=month,
        back=back,
        mover=trends.who_moved(year_move, rival_move),
        rival_move=rival_move,
        measure=measure,
    )


def _lead(own: pd.Series | None, rival: pd.Series | None, measure: str) -> Lead:
    if own is None or rival is None:
        return leads.NOTHING
    if measure == "mean":
        return leads.lead_of_means(trends.mean_of(own), trends.mean_of(rival))
    return leads.lead_of_shares(_share(own), _share(rival))


def value(point: pd.Series | None, measure: str) -> str:
    """81.2 ± 0.9 % for shares, 79.4 ± 0.6 for means on 0-100."""
    if point is None:
        return formats.MISSING
    if measure == "share":
        return formats.share_interval(float(point["share"]), float(point["low"]), float(point["high"]))
    half = (float(point["mean_high"]) - float(point["mean_low"])) / 2
    return f"{formats.number(float(point['mean']), 1)} ± {formats.number(half, 1)}"


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


def _share(row: pd.Series) -> Share:
    return Share(float(row["share"]), float(row["n_eff"]))
