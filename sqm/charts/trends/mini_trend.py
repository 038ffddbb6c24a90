"""A small trend for a wall of them: own line with its band, target step, rivals thin and grey, a few axis labels.

Written by hand like the sparkline: nine of them cost a millisecond and wrap on a narrow screen. Numbers and years are
the only texts; names and findings stand beside it as HTML. All panels of a wall share months and vertical range.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sqm.charts.plot import Band, Line, Place, Step, Values, runs
from sqm.charts.series import percent_points
from sqm.charts.theme import FONT, Palette, nice_range, palette
from sqm.charts.trends.year_ticks import year_ticks

LEAST_SPAN = 10.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 24.0, 6.0, 6.0, 17.0
_TEXT = 10.5


@dataclass(frozen=True)
class Panel:
    """Numbers on 0-100, one a month of the wall, NaN where there is none. own, low, high: one line per method."""

    own: tuple[Values, ...]
    low: tuple[Values, ...]
    high: tuple[Values, ...]
    targets: Values
    rivals: tuple[Values, ...]


def panel_of(
    months: Sequence[date], own: pd.DataFrame, rivals: pd.DataFrame, targets: Sequence[float], measure: str = "share"
) -> Panel:
    """own, rivals: trend points of one item; rivals of several operators by operator_code. targets: 0-100 per month."""
    index = pd.to_datetime(list(months))

    def lines(points: pd.DataFrame, column: str, keys: list[str]) -> tuple[Values, ...]:
        if points.empty:
            return ()
        frame = percent_points(points, measure)
        frame = frame.assign(**{key: points[key].to_numpy() for key in keys if key not in frame.columns})
        wide = frame.pivot(index="month", columns=["line", *keys], values=column).reindex(index)
        return tuple(tuple(float(value) for value in wide[name]) for name in wide.columns)

    return Panel(
        own=lines(own, "value", []),
        low=lines(own, "low", []),
        high=lines(own, "high", []),
        targets=tuple(float(value) for value in targets),
        rivals=lines(rivals, "value", ["operator_code"]),
    )


def shared_range(panels: Sequence[Panel]) -> tuple[float, float, list[float]]:
    """(low, high, ticks) around all lines, not around their bands: a band of a small month may leave the panel."""
    values = [value for panel in panels for line in (*panel.own, panel.targets, *panel.rivals) for value in line]
    low, high, ticks = nice_range(values, LEAST_SPAN, floor=0.0)
    return low, min(high, 100.0), [tick for tick in ticks if tick <= 100.0]


def mini_trend(
    panel: Panel,
    months: Sequence[date],
    scale: tuple[float, float, list[float]],
    *,
    dark: bool = False,
    width: int = 400,
    height: int = 112,
) -> str:
    """The panel as an SVG string. scale: from shared_range."""
    colours = palette(dark)
    place = Place(len(months), scale[0], scale[1], _LEFT, width - _RIGHT, _TOP, height - _BOTTOM)
    parts = [_grid(place, scale[2], colours), _years(place, months, colours)]
    bands = [
        Band(low, high, colours.own, colours.band_opacity) for low, high in zip(panel.low, panel.high, strict=True)
    ]
    parts += [f'<g clip-path="url(#c)">{band.draw(place)}</g>' for band in bands]
    parts += [Line(line, colours.rival, 1.1).draw(place) for line in panel.rivals]
    parts.append(Step(panel.targets, colours.target, 1.1).draw(place))
    parts += [Line(line, colours.own, 2.2).draw(place) for line in panel.own]
    parts.append(_last_dot(place, panel.own, colours.own))
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="{FONT}">'
    clip = (
        f'<clipPath id="c"><rect x="{_LEFT}" y="0" width="{width - _LEFT}" height="{height - _BOTTOM + 2}"/></clipPath>'
    )
    return f"{opening}{clip}{''.join(parts)}</svg>"


def _grid(place: Place, ticks: Sequence[float], colours: Palette) -> str:
    shown = ticks[:: 2 if len(ticks) > 4 else 1]
    return "".join(
        f'<path d="M{_LEFT} {place.y(tick):.1f}H{place.right:.1f}" stroke="{colours.grid}"/>'
        f'<text x="{_LEFT - 5}" y="{place.y(tick) + 3.5:.1f}" font-size="{_TEXT}" fill="{colours.soft}" '
        f'text-anchor="end">{tick:g}</text>'
        for tick in shown
    )


def _years(place: Place, months: Sequence[date], colours: Palette) -> str:
    """The foot of the panel, with its years."""
    foot = f'<path d="M{_LEFT} {place.bottom:.1f}H{place.right:.1f}" stroke="{colours.axis}"/>'
    return foot + year_ticks(place, months, colours, _TEXT)


def _last_dot(place: Place, lines: Sequence[Values], colour: str) -> str:
    known = [(number, line[number]) for line in lines for run in runs(line) for number in run]
    if not known:
        return ""
    number, value = max(known)
    return f'<circle cx="{place.x(number):.1f}" cy="{place.y(value):.1f}" r="2.8" fill="{colour}"/>'
