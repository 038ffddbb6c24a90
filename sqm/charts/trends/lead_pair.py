"""Two series in one small picture: the one that runs ahead, moved later by its lead, over the one that follows.

Written by hand like the small trends. Both are distances from their own trend and season in standard deviations, so
that they share one scale honestly. Numbers and years are the only texts; words stand beside it as HTML.
"""

from collections.abc import Sequence
from datetime import date

from sqm.charts.plot import Dots, Line, Place, Values, runs
from sqm.charts.theme import FONT, Palette, nice_range, palette
from sqm.charts.trends.year_ticks import year_ticks

LEAST_SPAN = 4.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 24.0, 8.0, 6.0, 17.0
_TEXT = 10.5


def lead_pair(
    ahead: Values,
    follows: Values,
    months: Sequence[date],
    lead: int,
    *,
    is_opposite: bool = False,
    dark: bool = False,
    width: int = 640,
    height: int = 150,
) -> str:
    """An SVG of numbers only. ahead, follows: one number a month of ``months``, NaN where there is none.

    ahead is drawn ``lead`` months later than it was measured, so it ends beyond the last month: what is still to be
    felt. is_opposite: turn it upside down, for a pair in which better goes with worse.
    """
    colours = palette(dark)
    nothing = (float("nan"),) * lead
    moved: Values = (*nothing, *(-value if is_opposite else value for value in ahead))
    known: Values = (*follows, *nothing)
    low, high, ticks = nice_range([*moved, *known], LEAST_SPAN)
    place = Place(len(moved), low, high, _LEFT, width - _RIGHT, _TOP, height - _BOTTOM)
    parts = [
        _grid(place, ticks, colours),
        year_ticks(place, months, colours, _TEXT),
        _today(place, len(months), lead, colours),
        Line(moved, colours.axis, 1.6).draw(place),
        Line(known, colours.own, 2.2).draw(place),
        Dots(_alone(moved), colours.axis, colours.axis, size=1.8, width=0.5).draw(place),
        Dots(_alone(known), colours.own, colours.own, size=2.0, width=0.5).draw(place),
    ]
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="{FONT}">'
    return f"{opening}{''.join(parts)}</svg>"


def _alone(values: Values) -> Values:
    """Values without a neighbour, which no line shows."""
    lonely = {run[0] for run in runs(values) if len(run) == 1}
    return tuple(value if number in lonely else float("nan") for number, value in enumerate(values))


def _grid(place: Place, ticks: Sequence[float], colours: Palette) -> str:
    """The own trend is 0: its line is stronger."""
    return "".join(
        f'<path d="M{_LEFT} {place.y(tick):.1f}H{place.right:.1f}" stroke="{colours.grid if tick else colours.axis}"/>'
        f'<text x="{_LEFT - 5}" y="{place.y(tick) + 3.5:.1f}" font-size="{_TEXT}" fill="{colours.soft}" '
        f'text-anchor="end">{f"{tick:+g}".replace("-", "−") if tick else "0"}</text>'
        for tick in ticks
    )


def _today(place: Place, count: int, lead: int, colours: Palette) -> str:
    """The last month with both, when the line that runs ahead goes on."""
    if not lead or not count:
        return ""
    x = place.x(count - 1)
    rule = f"M{x:.1f} {place.top:.1f}V{place.bottom:.1f}"
    return f'<path d="{rule}" stroke="{colours.soft}" stroke-dasharray="3 3"/>'
