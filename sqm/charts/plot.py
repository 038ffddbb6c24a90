"""A chart over months written by hand as SVG: layers on a grid, words at the lines' ends, a readout for the pointer.

Vega draws such a chart in 70 to 90 ms of the browser's time at every change of a filter; this one costs a few, and is
kept as text. ``figure`` gives it twice, for wide and for narrow places, because text in an SVG shrinks with it.
"""

import math
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Protocol

from sqm.charts.theme import FONT, LABEL_SIZE, Palette, apart, decimals_of, month_text, palette, text_width, tick_months

Values = tuple[float, ...]
"""One number a month of the plot, in chart units; NaN where there is none."""

WIDE, NARROW = (1120, 300), (380, 270)
_FINE_PRINT = 16.0


@dataclass(frozen=True)
class Place:
    """From month number and value to pixels. left, right, top, bottom: the edges of the plot itself."""

    count: int
    low: float
    high: float
    left: float
    right: float
    top: float
    bottom: float

    def x(self, number: float) -> float:
        """Half a month beyond the ends is cut off: nothing is drawn outside the plot."""
        last = max(self.count - 1, 1)
        return self.left + min(max(number, 0.0), last) * (self.right - self.left) / last

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def points(self, values: Values, numbers: Sequence[int]) -> str:
        return "L".join(f"{self.x(each):.1f} {self.y(values[each]):.1f}" for each in numbers)


class Layer(Protocol):
    """Something drawn between the axes."""

    def draw(self, place: Place) -> str: ...


def runs(values: Values) -> list[list[int]]:
    """Numbers of neighbouring months that have a value."""
    found: list[list[int]] = []
    for number, value in enumerate(values):
        if not math.isfinite(value):
            continue
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


@dataclass(frozen=True)
class Line:
    """Through neighbouring months; a gap breaks it, a lone value has none (give it a dot)."""

    values: Values
    colour: str
    width: float = 1.25
    opacity: float = 1.0

    def draw(self, place: Place) -> str:
        data = "".join("M" + place.points(self.values, run) for run in runs(self.values) if len(run) > 1)
        style = f'stroke-width="{self.width}" stroke-linejoin="round"' + _faded(self.opacity)
        return f'<path d="{data}" fill="none" stroke="{self.colour}" {style}/>' if data else ""


@dataclass(frozen=True)
class Step:
    """A value agreed for a month holds half a month to both sides."""

    values: Values
    colour: str
    width: float = 1.25
    dash: str = ""

    def draw(self, place: Place) -> str:
        data = ""
        for run in runs(self.values):
            corners = [(place.x(each + half), place.y(self.values[each])) for each in run for half in (-0.5, 0.5)]
            data += "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners)
        dashed = f' stroke-dasharray="{self.dash}"' if self.dash else ""
        return (
            f'<path d="{data}" fill="none" stroke="{self.colour}" stroke-width="{self.width}"{dashed}/>' if data else ""
        )


@dataclass(frozen=True)
class Band:
    """Between two lines; stepped for a range that holds half a month to both sides."""

    low: Values
    high: Values
    colour: str
    opacity: float
    stepped: bool = False

    def draw(self, place: Place) -> str:
        shapes = ""
        for run in runs(tuple(low + high for low, high in zip(self.low, self.high, strict=True))):
            halves = (-0.5, 0.5) if self.stepped else (0.0,)
            numbers = [(each, each + half) for each in run for half in halves]
            top = [f"{place.x(at):.1f} {place.y(self.high[each]):.1f}" for each, at in numbers]
            under = [f"{place.x(at):.1f} {place.y(self.low[each]):.1f}" for each, at in reversed(numbers)]
            shapes += f'<path d="M{"L".join([*top, *under])}Z" fill="{self.colour}" opacity="{self.opacity}"/>'
        return shapes


@dataclass(frozen=True)
class Whiskers:
    """An upright line a month from low to high."""

    low: Values
    high: Values
    colour: str
    opacity: float = 1.0

    def draw(self, place: Place) -> str:
        data = "".join(
            f"M{place.x(number):.1f} {place.y(low):.1f}V{place.y(high):.1f}"
            for number, (low, high) in enumerate(zip(self.low, self.high, strict=True))
            if math.isfinite(low) and math.isfinite(high)
        )
        return f'<path d="{data}" stroke="{self.colour}" stroke-width="1.25"{_faded(self.opacity)}/>' if data else ""


_SHAPES = {
    "circle": "m-{r} 0a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0",
    "triangle": "m0 -{s}l{s} {t}h-{u}z",
    "cross": "m-{r} -{r}l{d} {d}m0 -{d}l-{d} {d}",
    "diamond": "m0 -{s}l{s} {s}l-{s} {s}l-{s} -{s}z",
}


@dataclass(frozen=True)
class Dots:
    """A mark at every value. shape: circle, triangle, cross or diamond; size: about half its height in pixels."""

    values: Values
    fill: str
    stroke: str
    shape: str = "circle"
    size: float = 3.6
    width: float = 1.5

    def draw(self, place: Place) -> str:
        size = self.size
        form = _SHAPES[self.shape].format(r=size, d=2 * size, s=size * 1.3, t=size * 2.2, u=size * 2.6)
        data = "".join(
            f"M{place.x(each):.1f} {place.y(self.values[each]):.1f}{form}" for run in runs(self.values) for each in run
        )
        return (
            f'<path d="{data}" fill="{self.fill}" stroke="{self.stroke}" stroke-width="{self.width}"/>' if data else ""
        )


@dataclass(frozen=True)
class Divider:
    """A dashed upright line before a month, with its word above the plot. number: of the first month behind it."""

    number: int
    text: str


@dataclass(frozen=True)
class Event:
    """A small triangle on the axis at a month: a campaign, a network change. text is told where the pointer rests."""

    number: int
    text: str


@dataclass(frozen=True)
class EndLabel:
    """A word at the end of a line; value is where the line ends, in chart units."""

    text: str
    value: float
    colour: str
    is_strong: bool = False


@dataclass(frozen=True)
class Plot:
    """What to draw. axis: (low, high, ticks) from theme.nice_range. readout: per month number the sentence that stands
    above the plot while the pointer is on that month. note: small print under the axis."""

    months: tuple[date, ...]
    axis: tuple[float, float, list[float]]
    layers: tuple[Layer, ...]
    labels: tuple[EndLabel, ...] = ()
    dividers: tuple[Divider, ...] = ()
    events: tuple[Event, ...] = ()
    readout: dict[int, str] = field(default_factory=dict)
    note: str = ""
    language: str = "en"
    dark: bool = False


def figure(plot: Plot, alt: str) -> str:
    """The plot for wide and for narrow places (the style sheet shows one): HTML, pictures with a text, readouts.

    Streamlit strips inline SVG from HTML, so the drawing is a picture, and the readouts are plain elements over it.
    """
    places = "".join(
        f'<div class="{css}">{_picture(draw(plot, *size), alt)}{_readouts(plot, *size)}</div>'
        for css, size in (("sqm-wide", WIDE), ("sqm-slim", NARROW))
    )
    return f'<figure class="sqm-plot">{places}</figure>'


def _picture(svg: str, alt: str) -> str:
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return f'<img src="{source}" alt="{escape(alt, quote=True)}">'


def _readouts(plot: Plot, width: int, height: int) -> str:
    """One strip a month over the plot; its sentence stands above the plot while the pointer is on it."""
    if not plot.readout:
        return ""
    place = _place(plot, width, height)
    half = (place.right - place.left) / max(place.count - 1, 1) / 2
    edges = {
        "left": (place.left - half) / width,
        "right": 1 - (place.right + half) / width,
        "top": place.top / height,
        "bottom": 1 - place.bottom / height,
    }
    edges["--sqm-lift"] = place.top / (place.bottom - place.top)  # the readouts stand above the dividers' words
    style = ";".join(f"{name}:{share * 100:.2f}%" for name, share in edges.items())
    told = [plot.readout.get(number, "") for number in range(place.count)]
    strips = "".join(f"<i><span>{escape(text)}</span></i>" if text else "<i></i>" for text in told)
    return f'<div class="sqm-tips" style="{style}" aria-hidden="true">{strips}</div>'


def draw(plot: Plot, width: int, height: int) -> str:
    """The plot as an SVG string of this size."""
    colours = palette(plot.dark)
    place = _place(plot, width, height)
    parts = [_grid(plot, place, colours), _months(plot, place, colours)]
    parts += [layer.draw(place) for layer in plot.layers]
    parts += [_divider(each, place, colours) for each in plot.dividers]
    parts += [_event(each, place, colours) for each in plot.events]
    parts += [_end_labels(plot.labels, place), _note(plot.note, place, height, colours)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-size="{LABEL_SIZE}" '
        f'font-family="{FONT}">{"".join(parts)}</svg>'
    )


def _place(plot: Plot, width: int, height: int) -> Place:
    low, high, ticks = plot.axis
    left = max(text_width(_tick(tick, ticks)) for tick in ticks) + 10
    room = max((text_width(each.text) * (1.06 if each.is_strong else 1.0) for each in plot.labels), default=-6.0) + 19
    top = 8.0 + (_FINE_PRINT if plot.dividers else 0)
    bottom = height - 22 - (_FINE_PRINT if plot.note else 0)
    return Place(len(plot.months), low, high, left, width - max(room, 12.0), top, bottom)


def _faded(opacity: float) -> str:
    return "" if opacity == 1.0 else f' opacity="{opacity}"'


def _tick(value: float, ticks: Sequence[float]) -> str:
    return f"{value:,.{decimals_of(list(ticks))}f}"


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start", strong: bool = False) -> str:
    weight = ' font-weight="600"' if strong else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'


def _grid(plot: Plot, place: Place, colours: Palette) -> str:
    ticks = plot.axis[2]
    return "".join(
        f'<path d="M{place.left:.1f} {place.y(tick):.1f}H{place.right:.1f}" stroke="{colours.grid}"/>'
        + _text(place.left - 8, place.y(tick) + 4, _tick(tick, ticks), colours.soft, "end")
        for tick in ticks
    )


def _months(plot: Plot, place: Place, colours: Palette) -> str:
    """The axis with a tick and a word at few months, January first among equals."""
    room = (place.right - place.left) / (text_width(month_text(plot.months[0], plot.language)) + 26)
    line = f'<path d="M{place.left:.1f} {place.bottom:.1f}H{place.right:.1f}" stroke="{colours.axis}"/>'
    for month in tick_months(plot.months, max(2, int(room))):
        number = plot.months.index(month)
        x, word = place.x(number), month_text(month, plot.language)
        half = text_width(word) / 2
        at = min(max(x, half), place.right + 10 - half) if place.right - x < half else max(x, half)
        line += f'<path d="M{x:.1f} {place.bottom:.1f}v4" stroke="{colours.axis}"/>'
        line += _text(at, place.bottom + 16, word, colours.soft, "middle")
    return line


def _divider(each: Divider, place: Place, colours: Palette) -> str:
    x = place.x(each.number - 0.5)
    in_left_half = x < (place.left + place.right) / 2
    rule = f'<path d="M{x:.1f} {place.top - 4:.1f}V{place.bottom:.1f}" stroke="{colours.soft}" stroke-dasharray="3 3"/>'
    return rule + _text(x, place.top - 8, each.text, colours.soft, "start" if in_left_half else "end")


def _event(each: Event, place: Place, colours: Palette) -> str:
    mark = f"M{place.x(each.number):.1f} {place.bottom:.1f}l-4 -8h8z"
    return f'<path d="{mark}" fill="{colours.soft}"><title>{escape(each.text)}</title></path>'


def _end_labels(labels: Sequence[EndLabel], place: Place) -> str:
    """Right of the plot, moved apart where they would overlap."""
    wanted = {str(number): -place.y(each.value) for number, each in enumerate(labels)}
    found = apart(wanted, LABEL_SIZE + 3)
    return "".join(
        _text(place.right + 11, -found[str(number)] + 4, each.text, each.colour, strong=each.is_strong)
        for number, each in enumerate(labels)
    )


def _note(note: str, place: Place, height: int, colours: Palette) -> str:
    return _text(place.left, height - 5, note, colours.soft) if note else ""
