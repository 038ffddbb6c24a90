"""Answers by month as columns, with the quota as a step and a dashed line where the method changed.

Written by hand like the sparkline; the only texts are numbers and years.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqm.charts.theme import FONT, Palette, decimals_of, nice_range, palette

_TEXT = 11
_SMALL_HEIGHT = 60


@dataclass(frozen=True)
class Columns:
    """values: one a month, None where nothing came. quota: wanted a month, None without one. breaks: first months of a
    new method."""

    months: tuple[date, ...]
    values: tuple[float | None, ...]
    quota: float | None = None
    breaks: tuple[date, ...] = ()


def month_columns(drawn: Columns, width: int, height: int, *, dark: bool = False) -> str:
    """An SVG of this size from zero. A low one has no axes: it stands in a line of a table."""
    colours = palette(dark)
    small = height <= _SMALL_HEIGHT
    known = [value for value in (*drawn.values, drawn.quota, 1.0) if value is not None and math.isfinite(value)]
    _low, high, ticks = nice_range([0.0, *known], floor=0.0)
    left, bottom = (0.0, height - 2.0) if small else (44.0, height - 18.0)
    top = 2.0 if small else 8.0
    step = (width - left - 4.0) / max(len(drawn.months), 1)
    scale = (bottom - top) / (max(known) if small else high)
    parts = (
        [] if small else [_grid(ticks, left, width, bottom, scale, colours), _years(drawn, left, step, bottom, colours)]
    )
    parts.append(_bars(drawn, left, step, bottom, scale, colours))
    for place in (drawn.months.index(month) for month in drawn.breaks if month in drawn.months):
        x = left + place * step
        parts.append(f'<path d="M{x:.1f} {top}V{bottom:.1f}" stroke="{colours.soft}" stroke-dasharray="3 3"/>')
    if drawn.quota is not None:
        y = bottom - drawn.quota * scale
        parts.append(f'<path d="M{left} {y:.1f}H{width - 4}" stroke="{colours.target}" stroke-width="1.2"/>')
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="{FONT}">'
    return f"{opening}{''.join(parts)}</svg>"


def _bars(drawn: Columns, left: float, step: float, bottom: float, scale: float, colours: Palette) -> str:
    """The last month in the own colour, the others fainter; a month without answers is a short stroke on the ground."""
    found = ""
    for place, value in enumerate(drawn.values):
        x, wide = left + place * step + step * 0.14, step * 0.72
        if value is None:
            found += f'<path d="M{x:.1f} {bottom:.1f}h{wide:.1f}" stroke="{colours.axis}" stroke-width="2"/>'
            continue
        tall = max(value * scale, 1.0)
        opacity = "" if place == len(drawn.values) - 1 else ' opacity="0.55"'
        found += (
            f'<rect x="{x:.1f}" y="{bottom - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}" '
            f'fill="{colours.own}"{opacity}/>'
        )
    return found


def _grid(ticks: Sequence[float], left: float, width: float, bottom: float, scale: float, colours: Palette) -> str:
    shown = ticks[:: 2 if len(ticks) > 4 else 1]
    decimals = decimals_of(shown)
    return "".join(
        f'<path d="M{left} {bottom - tick * scale:.1f}H{width - 4}" stroke="{colours.grid}"/>'
        f'<text x="{left - 6}" y="{bottom - tick * scale + 4:.1f}" font-size="{_TEXT}" fill="{colours.soft}" '
        f'text-anchor="end">{tick:,.{decimals}f}</text>'
        for tick in shown
    )


def _years(drawn: Columns, left: float, step: float, bottom: float, colours: Palette) -> str:
    """The year under every January, and under the first month where no January follows soon."""
    marks = ""
    for place, month in enumerate(drawn.months):
        soon = any(each.month == 1 for each in drawn.months[1:5])
        if month.month == 1 or (place == 0 and not soon):
            x = left + place * step
            marks += (
                f'<path d="M{x:.1f} {bottom:.1f}v4" stroke="{colours.axis}"/>'
                f'<text x="{x + 3:.1f}" y="{bottom + 14:.1f}" font-size="{_TEXT}" fill="{colours.soft}">'
                f"{month.year}</text>"
            )
    return marks
