"""Horizontal bars from zero with their intervals, the largest first; written by hand like the other charts.

Names stand left of the bars where there is room, above them where there is not (text in a picture shrinks with it, so
the page shows a wide and a slim drawing).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from sqm.charts.theme import FONT, LABEL_SIZE, Palette, decimals_of, nice_range, palette, text_width

WIDE, SLIM = 760, 360
_ROW, _TALL_ROW, _BAR = 26.0, 40.0, 12.0
_TOP, _BOTTOM = 4.0, 22.0
_MOST_NAME = 270.0


@dataclass(frozen=True)
class Bar:
    """value, low, high in chart units (0 or more). is_soft: drawn faint, because little may be said of it."""

    name: str
    value: float
    low: float
    high: float
    text: str
    is_soft: bool = False


def bars(rows: Sequence[Bar], width: int, *, unit: str = "%", dark: bool = False) -> str:
    """An SVG of this width; its height follows the number of bars. text stands at the end of the interval."""
    colours = palette(dark)
    slim = width <= SLIM
    row, room = (_TALL_ROW, 0.0) if slim else (_ROW, min(_MOST_NAME, max(text_width(each.name) for each in rows)) + 12)
    height = _TOP + row * len(rows) + _BOTTOM
    _low, high, ticks = nice_range([0.0, *(each.high for each in rows)], floor=0.0)
    at_end = max(text_width(each.text) for each in rows) + 14
    scale = (width - room - at_end) / high
    parts = [_grid(ticks, unit, room, scale, height, colours)]
    for place, each in enumerate(rows):
        parts.append(_bar(each, room, _TOP + row * place + (22.0 if slim else (row - _BAR) / 2), scale, slim, colours))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" font-size="{LABEL_SIZE}" '
        f'font-family="{FONT}">{"".join(parts)}</svg>'
    )


def _grid(ticks: Sequence[float], unit: str, room: float, scale: float, height: float, colours: Palette) -> str:
    bottom, decimals = height - _BOTTOM, decimals_of(list(ticks))
    return "".join(
        f'<path d="M{room + tick * scale:.1f} {_TOP}V{bottom:.1f}" stroke="{colours.grid if tick else colours.axis}"/>'
        f'<text x="{room + tick * scale:.1f}" y="{bottom + 15:.1f}" fill="{colours.soft}" '
        f'text-anchor="{"middle" if tick or room else "start"}">{tick:,.{decimals}f}'
        f"{escape(unit) if tick else ''}</text>"
        for tick in ticks
    )


def _bar(each: Bar, left: float, top: float, scale: float, slim: bool, colours: Palette) -> str:
    middle, low, high = top + _BAR / 2, left + each.low * scale, left + each.high * scale
    faded = ' opacity="0.4"' if each.is_soft else ""
    ends = "".join(f"M{x:.1f} {middle - 3.5:.1f}v7" for x in (low, high))
    name = (
        f'<text x="0" y="{top - 6:.1f}" fill="{colours.text}">{escape(each.name)}</text>'
        if slim
        else f'<text x="{left - 9:.1f}" y="{middle + 4:.1f}" fill="{colours.text}" text-anchor="end">'
        f"{escape(each.name)}</text>"
    )
    return (
        f'{name}<rect x="{left:.1f}" y="{top:.1f}" width="{max(each.value * scale, 0.5):.1f}" height="{_BAR}" '
        f'fill="{colours.own}"{faded}/>'
        f'<path d="M{low:.1f} {middle:.1f}H{high:.1f}{ends}" stroke="{colours.text}" stroke-width="1.25" fill="none"/>'
        f'<text x="{high + 8:.1f}" y="{middle + 4:.1f}" fill="{colours.text}">{escape(each.text)}</text>'
    )
