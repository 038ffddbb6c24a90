"""The history of one indicator and the months ahead: the target in force goes on, the proposed one beside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from sqm.charts import theme
from sqm.charts.plot import EndLabel, Layer, Plot, Step
from sqm.charts.trends.history import HistoryWords, Style, history
from sqm.rules.periods import add_months, month_range

AHEAD = 5
"""Months drawn after the last step, so that its end can be seen."""


@dataclass(frozen=True)
class Bounds:
    """From which month on, lower and upper bound in the indicator's own unit (None: not judged by it)."""

    start: date
    low: float | None
    high: float | None

    def sides(self) -> tuple[float | None, float | None]:
        return self.low, self.high


def proposed(rows: pd.DataFrame, steps: Sequence[Bounds], word: str, words: HistoryWords, style: Style) -> Plot:
    """rows, words, style: as history takes them. steps: oldest first; before the first one its last level is drawn
    faintly, because that is what past months are held against. word: what the proposed line is called."""
    until = add_months(steps[-1].start, AHEAD)
    last = pd.to_datetime(rows["month"]).max().date()
    ahead = pd.DataFrame({"month": pd.to_datetime(list(month_range(add_months(last, 1), until))), "status": "no_data"})
    extended = pd.concat([rows, _with_target(ahead, rows)], ignore_index=True) if len(ahead) else rows
    plot = history(extended, words, style)
    colour = theme.palette(style.dark).own
    layers: list[Layer] = []
    labels: list[EndLabel] = []
    for place in (0, 1):
        final = steps[-1].sides()[place]
        if final is None:
            continue
        end = final * style.scale
        values = tuple(_level(month, steps, place) * style.scale for month in plot.months)
        past = tuple(end if month < steps[0].start else math.nan for month in plot.months)
        layers += [Step(past, colour, 1.0, "1 5"), Step(values, colour, 2.0, "6 3")]
        labels.append(EndLabel(f"{word} {end:g}", end, colour, is_strong=True))
    known = [*plot.axis[:2], *(value * style.scale for each in steps for value in each.sides() if value is not None)]
    floor = 0.0 if plot.axis[0] >= 0 and min(known) >= 0 else None
    low, high, ticks = theme.nice_range(known, 0.0, floor)
    note = words.axis_from.format(start=f"{low:g}") if low > 0 else ""
    return replace(
        plot, axis=(low, high, ticks), layers=(*plot.layers, *layers), labels=(*plot.labels, *labels), note=note
    )


def _with_target(ahead: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Months ahead are judged by the target of the newest month until something else is agreed."""
    newest = rows.sort_values("month").iloc[-1]
    return ahead.assign(**{name: newest[name] for name in ("target_low", "target_high")})


def _level(month: date, steps: Sequence[Bounds], place: int) -> float:
    started = [each.sides()[place] for each in steps if each.start <= month]
    level = started[-1] if started else None
    return math.nan if level is None else level
