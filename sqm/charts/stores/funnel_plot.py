"""Stores by how many they were asked and what share came of it, between the limits that chance draws.

The calls and the limits come from sqm/rules/stores/funnel.py; whether low is bad is said by the caller, in a
word and a role.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sqm.charts import drawn as d
from sqm.charts.drawn import Point
from sqm.charts.theme import LABEL_SIZE, Palette, apart, decimals_of, nice_range, palette, text_width
from sqm.rules.sampling import Floats
from sqm.rules.stores.funnel import Call, Curves, Funnel

WIDE, NARROW = (860.0, 400.0), (370.0, 360.0)
MANY = 400
"""Beyond, the ordinary stores are specks."""
UNEVEN = 10.0
"""The largest store has more than so many times the answers of the smallest: a log axis."""
_STEPS = 160
_SIDES = (Call.ALARM_LOW, Call.ALERT_LOW, Call.ALERT_HIGH, Call.ALARM_HIGH)


@dataclass(frozen=True)
class FunnelWords:
    """centre, inner, outer: at the ends of the lines (all stores, 95 %, 99.8 %). calls: word and role of each call that
    may be drawn; role is a colour of the palette (met, near, missed, no_data, own)."""

    x_title: str
    y_title: str
    centre: str
    inner: str
    outer: str
    calls: Mapping[Call, tuple[str, str]]


@dataclass(frozen=True)
class FunnelView:
    """named: names of stores by their place among the points of the funnel; ringed and written out."""

    funnel: Funnel
    words: FunnelWords
    named: Mapping[int, str] = field(default_factory=dict)


def figure(view: FunnelView, alt: str, *, dark: bool = False) -> str:
    """HTML for wide and narrow places; '' when no store has an answer."""
    return d.figure(lambda narrow: funnel_plot(view, narrow=narrow, dark=dark), alt, "sqm-funnel-plot")


def funnel_plot(view: FunnelView, *, narrow: bool = False, dark: bool = False) -> str:
    """An SVG: share in % upwards, answers to the right, on a log axis where sizes differ much."""
    if not any(point.share is not None for point in view.funnel.points):
        return ""
    colours = palette(dark)
    frame = _frame(view, *(NARROW if narrow else WIDE), narrow)
    parts = [_grid(frame, colours), _titles(view.words, frame, colours), _limits(view, frame, colours)]
    parts += [_points(view, frame, colours), *_named(view, frame, colours), *_legend(view, frame, colours)]
    return d.svg(frame.width, frame.height, parts)


@dataclass(frozen=True)
class _Frame:
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    x_axis: tuple[float, float, list[float]]
    y_axis: tuple[float, float, list[float]]
    is_log: bool

    def x(self, n: float) -> float:
        low, high, _ticks = self.x_axis
        share = math.log(n / low) / math.log(high / low) if self.is_log else (n - low) / (high - low)
        return self.left + share * (self.right - self.left)

    def y(self, share: float) -> float:
        """A limit beyond the axis runs along its edge."""
        low, high, _ticks = self.y_axis
        return self.bottom - (min(max(share * 100, low), high) - low) / (high - low) * (self.bottom - self.top)


def _frame(view: FunnelView, width: float, height: float, narrow: bool) -> _Frame:
    words = view.words
    sizes = [point.n for point in view.funnel.points if point.share is not None]
    is_log = max(sizes) / min(sizes) > UNEVEN
    room = max(text_width(word) for word in (words.centre, words.inner, words.outer)) + 10
    rows = d.keys(_legend_words(view), 40.0, width)
    lowest = 56.0 + (rows[-1][3] + 1) * 18.0 if rows else 50.0
    x_axis = _log_axis(min(sizes), max(sizes), narrow) if is_log else nice_range([0.0, max(sizes)], 1.0, 0.0)
    return _Frame(width, height, 46.0, width - room, 10.0, height - lowest, x_axis, _y_axis(view), is_log)


def _log_axis(least: float, most: float, narrow: bool) -> tuple[float, float, list[float]]:
    """From just left of the smallest to just right of the largest; ticks at 1, 2, 5 (or 1) times powers of ten."""
    low, high = max(least, 0.5) / 1.15, most * 1.08
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    fine = [tick for power in powers for step in (1, 2, 5) if low <= (tick := step * 10.0**power) <= high]
    return low, high, fine if len(fine) <= (6 if narrow else 10) else [tick for tick in fine if f"{tick:e}"[0] == "1"]


def _y_axis(view: FunnelView) -> tuple[float, float, list[float]]:
    """Wide enough for every store, and for the inner limits of a rather small one; never beyond 0 and 100."""
    points = [point for point in view.funnel.points if point.share is not None]
    limits = view.funnel.curves(float(np.quantile([point.n for point in points], 0.25)))
    shares = [point.share or 0.0 for point in points] + [view.funnel.theta, float(limits.low95), float(limits.high95)]
    low, high, ticks = nice_range([share * 100 for share in shares], least=4.0, floor=0.0)
    if high > 100:
        ticks = [tick for tick in ticks if tick <= 100]
        high = 100.0
    return low, high, ticks


def _grid(frame: _Frame, colours: Palette) -> str:
    written, ticks = "", frame.y_axis[2]
    for tick in ticks:
        y = frame.y(tick / 100)
        written += f'<path d="M{frame.left:.1f} {y:.1f}H{frame.right:.1f}" stroke="{colours.grid}"/>'
        written += d.text(frame.left - 6, y + 4, f"{tick:.{decimals_of(ticks)}f}%", colours.soft, "end")
    written += f'<path d="M{frame.left:.1f} {frame.bottom:.1f}H{frame.right:.1f}" stroke="{colours.axis}"/>'
    for tick in frame.x_axis[2]:
        x = frame.x(max(tick, 0.0)) if not frame.is_log or tick > 0 else frame.left
        written += f'<path d="M{x:.1f} {frame.bottom:.1f}v4" stroke="{colours.axis}"/>'
        written += d.text(x, frame.bottom + 16, f"{tick:,g}" if tick < 1 else f"{tick:,.0f}", colours.soft, "middle")
    return written


def _titles(words: FunnelWords, frame: _Frame, colours: Palette) -> str:
    below = d.text((frame.left + frame.right) / 2, frame.bottom + 32, words.x_title, colours.soft, "middle")
    return below + d.upright(10, (frame.top + frame.bottom) / 2, words.y_title, colours.soft)


def _limits(view: FunnelView, frame: _Frame, colours: Palette) -> str:
    """Two pairs of curves and the centre, each with its word at the right end; outer ones dashed."""
    n = _whole_sizes(frame)
    curves: Curves = view.funnel.curves(n)
    rows = (
        (curves.low95, colours.axis, "", view.words.inner),
        (curves.high95, colours.axis, "", view.words.inner),
        (curves.low998, colours.axis, "5 4", view.words.outer),
        (curves.high998, colours.axis, "5 4", view.words.outer),
        (np.full(len(n), view.funnel.theta), colours.text, "", view.words.centre),
    )
    written, ends = "", {}
    for number, (values, ink, dash, word) in enumerate(rows):
        data = "L".join(f"{frame.x(a):.1f} {frame.y(b):.1f}" for a, b in zip(n.tolist(), values.tolist(), strict=True))
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        written += f'<path d="M{data}" fill="none" stroke="{ink}" stroke-width="1.3"{dashed}/>'
        ends[f"{number}{word}"] = frame.y(float(values[-1]))
    inks = [row[1] if row[1] == colours.text else colours.soft for row in rows]
    for key, y in apart(ends, LABEL_SIZE + 2).items():
        number = int(key[0])
        written += d.text(frame.right + 6, y + 4, key[1:], inks[number], strong=number == len(rows) - 1)
    return written


def _whole_sizes(frame: _Frame) -> Floats:
    """Where the curves are worked out: at whole answers, for between them the limits are steps."""
    low, high, _ticks = frame.x_axis
    spread = np.geomspace(low, high, _STEPS) if frame.is_log else np.linspace(low, high, _STEPS)
    whole = np.unique(np.rint(spread))
    inside = whole[(whole >= max(low, 1.0)) & (whole <= high)]
    return np.asarray([*inside, high] if len(inside) == 0 or inside[-1] < high else inside, dtype=np.float64)


def _places(view: FunnelView, call: Call, frame: _Frame) -> list[Point]:
    return [
        (frame.x(point.n), frame.y(point.share))
        for point in view.funnel.points
        if point.call is call and point.share is not None
    ]


def _points(view: FunnelView, frame: _Frame, colours: Palette) -> str:
    """Ordinary stores beneath, those called out above: triangles that point to their side, full ones for an alarm."""
    ordinary = _places(view, Call.IN, frame)
    size = 5.0 if len(ordinary) <= MANY else 2.6
    written = d.specks(ordinary, _ink(view, Call.IN, colours), size, 0.55 if len(ordinary) <= MANY else 0.4)
    for call in (Call.ALERT_LOW, Call.ALERT_HIGH, Call.ALARM_LOW, Call.ALARM_HIGH):
        written += _triangles(_places(view, call, frame), call, _ink(view, call, colours), colours)
    return written


def _ink(view: FunnelView, call: Call, colours: Palette) -> str:
    role = view.words.calls.get(call, ("", "own"))[1]
    return colours.own if role == "own" else colours.status(role)


def _triangles(points: list[Point], call: Call, ink: str, colours: Palette) -> str:
    up = -1 if call.side > 0 else 1
    fill = ink if call in (Call.ALARM_LOW, Call.ALARM_HIGH) else colours.background
    return d.marks(points, f"m0 {5.5 * up:g}l4.8 {-9 * up:g}h-9.6z", f'fill="{fill}" stroke="{ink}" stroke-width="1.4"')


def _named(view: FunnelView, frame: _Frame, colours: Palette) -> list[str]:
    """A ring and the name; names move apart upwards and downwards where stores lie close together."""
    known = {place: point for place, point in enumerate(view.funnel.points) if point.share is not None}
    at = {str(place): frame.y(known[place].share or 0.0) for place in view.named if place in known}
    heights, written = apart(at, LABEL_SIZE + 3), []
    for key, y in at.items():
        x, name = frame.x(known[int(key)].n), view.named[int(key)]
        is_left = x + 12 + text_width(name) * 1.08 > frame.right
        written.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8" fill="none" stroke="{colours.text}" stroke-width="1.8"/>'
        )
        anchor = "end" if is_left else "start"
        beside = x - 12 if is_left else x + 12
        written.append(d.text(beside, heights[key] + 4, name, colours.text, anchor, True, colours.background))
    return written


def _legend_words(view: FunnelView) -> list[tuple[str, str]]:
    """Only calls that some store has, with how many."""
    counts: dict[Call, int] = {}
    for point in view.funnel.points:
        counts[point.call] = counts.get(point.call, 0) + 1
    order = (*_SIDES, Call.IN, Call.NO_DATA)
    calls = view.words.calls
    return [(call.value, f"{calls[call][0]} {counts[call]:,}") for call in order if counts.get(call) and call in calls]


def _legend(view: FunnelView, frame: _Frame, colours: Palette) -> list[str]:
    written = []
    for key, word, x, row in d.keys(_legend_words(view), 40.0, frame.width):
        call, y = Call(key), frame.bottom + 52 + row * 18
        ink = _ink(view, call, colours)
        if call.side:
            written.append(_triangles([(x + 6, y)], call, ink, colours))
        elif call is Call.IN:
            written.append(d.specks([(x + 6, y)], ink, 6.0, 0.7))
        written.append(d.text(x + 16, y + 4, word, colours.text))
    return written
