"""The chart of a proposal: what has been measured, the target in force, and the proposed one into the months ahead."""

from datetime import date

import pandas as pd

from sqm.charts.plot import figure
from sqm.charts.trends.proposed import Bounds, proposed
from sqm.database.indicators.indicators import Place
from sqm.rules.access import Scope
from sqm.rules.matrix.agreements import LOOK_BACK, Step
from sqm.ui.doors.data_names import Record
from sqm.ui.indicator import data_indicator, history_chart
from sqm.ui.markup import NOTHING, Html
from sqm.ui.watch import data_watch
from sqm.ui.words import _


def drawn(scope: Scope, record: Record, place: Place, steps: tuple[Step, ...], newest: date | None, alt: str) -> Html:
    """The months that the proposal is held against and those ahead; nothing where there is no value, or no bound.

    alt: the chart in a sentence, for those who cannot see it.
    """
    if newest is None or not steps or all(each.low is None and each.high is None for each in steps):
        return NOTHING
    code = str(record["indicator_code"])
    rows = data_indicator.history(scope, code, place)
    rows = rows[rows["month"] > pd.Timestamp(newest) - pd.DateOffset(months=LOOK_BACK)]
    watched = data_watch.one(scope, code, place, newest)
    if watched is not None:
        rows = rows.merge(watched.line(code), on="month", how="left")
    bounds = [Bounds(each.valid_from, each.low, each.high) for each in steps]
    return Html(figure(proposed(rows, bounds, _("Proposed"), history_chart.words(), history_chart.style(record)), alt))
