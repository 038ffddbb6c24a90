"""Many small satisfaction trends side by side, on one scale, each with its finding in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.charts.trends.mini_trend import mini_trend, panel_of, shared_range
from sqm.database.indicators.indicators import COMPANY
from sqm.rules.access import Scope
from sqm.rules.periods import month_range
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.doors import data
from sqm.ui.doors.data_names import names
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.markup import NOTHING, Html, div, el, picture, span
from sqm.ui.matrix.data_matrix import judged_months
from sqm.ui.satisfaction.data_satisfaction import BREAKDOWNS, OWN, Slice, indexed, points
from sqm.ui.satisfaction.satisfaction_now import Standings, standings, value
from sqm.ui.words import _


@dataclass(frozen=True)
class Drawn:
    """One small trend. part: the channel, district or brand, '' when there is no breakdown. status: against the
    target of the indicator that the item measures (only without a breakdown)."""

    item: str
    part: str
    svg: str
    now: Standings
    status: Status

    @property
    def judged(self) -> bool:
        """Whether there is a target to hold it against."""
        return self.status is not Status.NO_TARGET


def drawn(scope: Scope, chosen: Slice, by: str = "", measure: str = "share") -> tuple[Drawn, ...]:
    """The trends of a slice, item by item and part by part, all on one scale; drawn once per state of the data."""
    return _drawn(data.stamp(), scope, chosen, by, measure, status_style.is_dark())


def wall(
    trends: tuple[Drawn, ...],
    title: Callable[[Drawn], str],
    choices: Callable[[Drawn], dict[str, str]],
) -> Html:
    """A grid that wraps. title and choices name each tile and say where a click leads."""
    return div("sqm-wall", *(_figure(each, title(each), choices(each)) for each in trends))


def item_targets(scope: Scope, survey: str, item: str) -> pd.DataFrame:
    """The judged months (see series.judge_months) of the indicator that an item measures; empty when none does."""
    known = names().indicators.values()
    code = next(
        (row["indicator_code"] for row in known if (row["survey_code"], row["item_code"]) == (survey, item)), ""
    )
    judged = judged_months(scope, COMPANY)
    return judged[judged["indicator_code"] == code] if len(judged) else judged


@lru_cache(maxsize=100)
def _drawn(at: data.Stamp, scope: Scope, chosen: Slice, by: str, measure: str, dark: bool) -> tuple[Drawn, ...]:
    months = month_range(chosen.first, chosen.last)
    all_points, index = points(scope, chosen, by), indexed(scope, chosen, by)
    panels, facts = [], []
    for item in chosen.items:
        of_item = all_points[all_points["item_code"] == item]
        judged = item_targets(scope, chosen.surveys[0], item)
        targets = _targets(judged if measure == "share" and not by else judged.iloc[:0], months)
        for part in _parts(of_item, by):
            rows = of_item[of_item[BREAKDOWNS[by]] == part] if by else of_item
            strong = part if by == "operator" else OWN
            own, rivals = rows["operator_code"] == strong, ~rows["operator_code"].isin([strong, ""])
            panels.append(panel_of(months, rows[own], rows[rivals], targets, measure))
            status = _status(judged, chosen.last, by)
            facts.append(
                (
                    item,
                    part,
                    standings(index.get((item, "" if by == "operator" else part), {}), chosen.last, measure, strong),
                    status,
                )
            )
    if not panels:
        return ()
    scale = shared_range(panels)
    return tuple(
        Drawn(item, part, mini_trend(panel, months, scale, dark=dark), now, status)
        for panel, (item, part, now, status) in zip(panels, facts, strict=True)
    )


def _parts(of_item: pd.DataFrame, by: str) -> list[str]:
    """Parts in the catalogue's order, unnamed ones last; answers without the code ('') are no part."""
    if not by:
        return [""]
    found = {str(part) for part in of_item[BREAKDOWNS[by]]} - {""}
    known = [code for kind, code in names().labels if kind == by]
    return sorted(found, key=lambda part: (known.index(part) if part in known else len(known), part))


def _targets(judged: pd.DataFrame, months: tuple[date, ...]) -> list[float]:
    """The target of each month, as 0-100."""
    if judged.empty:
        return [float("nan")] * len(months)
    bounds = judged.set_index("month")["target_low"].reindex(pd.to_datetime(list(months)))
    return [float(bound) * 100 for bound in bounds]


def _status(judged: pd.DataFrame, month: date, by: str) -> Status:
    rows = judged[judged["month"] == pd.Timestamp(month)] if len(judged) else judged
    return Status.NO_TARGET if by or rows.empty else Status(str(rows["status"].iloc[0]))


def _figure(each: Drawn, title: str, choices: dict[str, str]) -> Html:
    note = _note(each.now)
    mark = span(f"sqm-status sqm-{each.status}", status_style.label(each.status)) if each.judged else NOTHING
    link = links.link(title, "satisfaction", **{"view": "", **choices})
    caption = el("figcaption", link, div("sqm-note", note, " ", mark))
    return el("figure", caption, picture(each.svg, f"{title}: {note}"))


def _note(now: Standings) -> str:
    """81.2 ± 0.9 % · n = 1,090 · +0.4 pp in a year, a rise"""
    if now.own is None:
        return _("no answers in {month}", month=formats.month(now.month))
    n = formats.sample(float(now.own["n"]))
    return f"{value(now.own, now.measure)} · {n} · {texts.movement_in_a_year(now.year_move, now.measure)}"
