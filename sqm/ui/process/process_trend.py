"""Satisfaction with one process over two years: a small drawing with its target, and the way to the details."""

from datetime import date

import pandas as pd

from sqm.charts.trends.mini_trend import mini_trend, panel_of, shared_range
from sqm.database.indicators.indicators import Place
from sqm.rules.access import Scope
from sqm.rules.periods import add_months, month_range
from sqm.ui import formats, links, status_style
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.markup import Html, block_title, div, el, empty, join, picture, span
from sqm.ui.matrix.data_matrix import MonthView, judged_months
from sqm.ui.process import data_process
from sqm.ui.satisfaction import data_satisfaction, satisfaction_now
from sqm.ui.satisfaction.data_satisfaction import OWN, Held, Slice
from sqm.ui.words import _, name

TREND_MONTHS = 25


def block(process: str, scope: Scope, view: MonthView, names: Names, place: Place) -> Html:
    """What the process's overall question says; an empty state when nobody was asked."""
    record = data_process.overall(names, process)
    held = None if record is None else data_satisfaction.held().get(str(record["survey_code"]))
    if record is None or held is None or record["item_code"] not in held.items or view.month < held.first:
        missing = empty(_("No survey has asked about this process yet."), _("An analyst uploads a survey file."))
        return join([block_title(_("Satisfaction")), missing])
    item, chosen = str(record["item_code"]), _asked(held, names, place)
    now = satisfaction_now.standings(data_satisfaction.indexed(scope, chosen).get((item, ""), {}), view.month)
    note = texts.movement_in_a_year(now.year_move)
    unit = _("{survey}: satisfied customers, %; dark step: target", survey=name(names.surveys[held.survey_code]))
    if len(held.operators) > 1:
        unit += _("; grey: rivals")
    months = month_range(max(held.first, add_months(view.month, 1 - TREND_MONTHS)), view.month)
    alt = f"{_('Satisfaction')}: {satisfaction_now.value(now.own, now.measure)}, {note}"
    figure = el("figure", picture(_drawing(scope, chosen, record, place, months), alt), css="sqm-trend")
    part = {"by": "district", "part": place.code} if place.code else {"by": "", "part": ""}
    way = links.link(
        _("Satisfaction in detail"), "satisfaction", css="sqm-way", survey=held.survey_code, item=item, **part
    )
    return join([block_title(_finding(view, record, now), unit), figure, div("sqm-line sqm-note", span("", note), way)])


def _asked(held: Held, names: Names, place: Place) -> Slice:
    """Every process's overall question in all months of a survey, so that it is asked once for all of them."""
    items = tuple(item for item in held.items if names.items.get(item, {}).get("role") == data_process.OVERALL_ROLE)
    districts = (place.code,) if place.code else ()
    return Slice((held.survey_code,), items, held.first, held.last, districts=districts)


def _finding(view: MonthView, record: Record, now: satisfaction_now.Standings) -> str:
    """Satisfied: 61.2 ± 1.6 %, missed"""
    row = view.rows.get(str(record["indicator_code"]))
    if now.own is None or row is None:
        return _("Satisfaction: no answers in {month}", month=formats.month(view.month))
    return _(
        "Satisfied: {value}, {status}",
        value=satisfaction_now.value(now.own, now.measure),
        status=status_style.word(texts.status(row)),
    )


def _drawing(scope: Scope, chosen: Slice, record: Record, place: Place, months: tuple[date, ...]) -> str:
    points = data_satisfaction.points(scope, chosen)
    shown = (points["item_code"] == record["item_code"]) & points["month"].isin(pd.to_datetime(list(months)))
    points = points[shown]
    own, rivals = points["operator_code"] == OWN, ~points["operator_code"].isin([OWN, ""])
    panel = panel_of(months, points[own], points[rivals], target_steps(scope, record, place, months))
    return mini_trend(panel, months, shared_range([panel]), dark=status_style.is_dark())


def target_steps(scope: Scope, record: Record, place: Place, months: tuple[date, ...]) -> list[float]:
    """The target of each month on this place, as 0-100."""
    judged = judged_months(scope, place)
    if judged.empty:
        return [float("nan")] * len(months)
    rows = judged[judged["indicator_code"] == record["indicator_code"]].set_index("month")
    return [float(bound) * 100 for bound in rows["target_low"].reindex(pd.to_datetime(list(months)))]
