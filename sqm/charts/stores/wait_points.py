"""Minutes waited against satisfied with waiting, a point a month; the last month is named, and a thin line leads to
it from the months before.

That the points fall to the right is for the reader to see; the picture claims no cause.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqm.charts import drawn as d
from sqm.charts.drawn import Point
from sqm.charts.theme import Palette, decimals_of, month_text, nice_range, palette, text_width

WIDE, NARROW = (560.0, 330.0), (370.0, 310.0)
TRAIL = 6
"""Months that a line joins."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 14.0, 24.0, 38.0


@dataclass(frozen=True)
class WaitPoint:
    """share: satisfied with waiting, 0-1. low, high: its interval, NaN where none. is_soft: few answers, drawn hollow
    and grey."""

    month: date
    minutes: float
    share: float
    low: float = math.nan
    high: float = math.nan
    is_soft: bool = False


@dataclass(frozen=True)
class WaitWords:
    """standard: beside the dashed line, with its number already in it."""

    x_title: str
    y_title: str
    standard: str = ""


def figure(
    points: Sequence[WaitPoint],
    words: WaitWords,
    alt: str,
    *,
    standard: float | None = None,
    language: str = "en",
    dark: bool = False,
) -> str:
    """HTML for wide and narrow places; '' without a month that has both numbers. standard: minutes."""

    def draw(narrow: bool) -> str:
        return wait_points(points, words, standard=standard, language=language, narrow=narrow, dark=dark)

    return d.figure(draw, alt, "sqm-wait-points")


def wait_points(
    points: Sequence[WaitPoint],
    words: WaitWords,
    *,
    standard: float | None = None,
    language: str = "en",
    narrow: bool = False,
    dark: bool = False,
) -> str:
    """An SVG. The axes begin near the points, not at zero."""
    known = sorted((each for each in points if math.isfinite(each.minutes + each.share)), key=lambda each: each.month)
    if not known:
        return ""
    colours = palette(dark)
    frame = _Frame(known, standard, *(NARROW if narrow else WIDE))
    parts = [_grid(frame, words, colours), _standard(frame, standard, words.standard, colours)]
    parts += [_path(known, frame, colours), _dots(known, frame, colours), _last(known, frame, language, colours)]
    return d.svg(frame.width, frame.height, parts)


class _Frame:
    def __init__(self, known: Sequence[WaitPoint], standard: float | None, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.right, self.bottom = width - _RIGHT, height - _BOTTOM
        minutes = [each.minutes for each in known] + ([standard] if standard is not None else [])
        room = (max(minutes) - min(minutes)) * 0.06
        self.x_axis = nice_range([min(minutes) - room, max(minutes) + room], 2.0, 0.0)
        ends = [known[-1].low, known[-1].high]  # only the last month's interval is drawn
        shares = [share * 100 for share in [*(each.share for each in known), *ends] if math.isfinite(share)]
        low, high, ticks = nice_range(shares, 4.0, 0.0)
        self.y_axis = (low, min(high, 100.0), [tick for tick in ticks if tick <= 100])

    def x(self, minutes: float) -> float:
        low, high, _ticks = self.x_axis
        return _LEFT + (minutes - low) / (high - low) * (self.right - _LEFT)

    def y(self, share: float) -> float:
        low, high, _ticks = self.y_axis
        return self.bottom - (share * 100 - low) / (high - low) * (self.bottom - _TOP)

    def at(self, each: WaitPoint) -> Point:
        return self.x(each.minutes), self.y(each.share)


def _grid(frame: _Frame, words: WaitWords, colours: Palette) -> str:
    written = ""
    for tick in frame.y_axis[2]:
        y = frame.y(tick / 100)
        written += f'<path d="M{_LEFT} {y:.1f}H{frame.right:.1f}" stroke="{colours.grid}"/>'
        written += d.text(_LEFT - 6, y + 4, f"{tick:.{decimals_of(frame.y_axis[2])}f}%", colours.soft, "end")
    written += f'<path d="M{_LEFT} {frame.bottom:.1f}H{frame.right:.1f}" stroke="{colours.axis}"/>'
    for tick in frame.x_axis[2]:
        x = frame.x(tick)
        written += f'<path d="M{x:.1f} {frame.bottom:.1f}v4" stroke="{colours.axis}"/>'
        written += d.text(x, frame.bottom + 16, f"{tick:.{decimals_of(frame.x_axis[2])}f}", colours.soft, "middle")
    written += d.text((_LEFT + frame.right) / 2, frame.height - 5, words.x_title, colours.soft, "middle")
    return written + d.upright(10, (_TOP + frame.bottom) / 2, words.y_title, colours.soft)


def _standard(frame: _Frame, standard: float | None, word: str, colours: Palette) -> str:
    if standard is None:
        return ""
    x = frame.x(standard)
    half = text_width(word) / 2
    at = min(max(x, _LEFT + half), frame.right - half)
    rule = f'<path d="M{x:.1f} {_TOP - 6}V{frame.bottom:.1f}" stroke="{colours.target}" stroke-dasharray="5 4"/>'
    return rule + d.text(at, _TOP - 11, word, colours.text, "middle")


def _path(known: Sequence[WaitPoint], frame: _Frame, colours: Palette) -> str:
    """Thin, through the last months only: two years of it are a tangle."""
    data = "L".join(f"{x:.1f} {y:.1f}" for x, y in map(frame.at, known[-TRAIL:]))
    return f'<path d="M{data}" fill="none" stroke="{colours.rival}" stroke-width="1" opacity="0.7"/>'


def _dots(known: Sequence[WaitPoint], frame: _Frame, colours: Palette) -> str:
    """Older months are fainter."""
    written = ""
    for place, each in enumerate(known[:-1]):
        x, y = frame.at(each)
        faded = 0.3 + 0.5 * (place + 1) / len(known)
        fill, ink = (colours.background, colours.no_data) if each.is_soft else (colours.own, colours.background)
        style = f'fill="{fill}" stroke="{ink}" opacity="{faded:.2f}"'
        written += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" {style}/>'
    return written


def _last(known: Sequence[WaitPoint], frame: _Frame, language: str, colours: Palette) -> str:
    """Larger, with its interval and its month."""
    each = known[-1]
    x, y = frame.at(each)
    ink = colours.no_data if each.is_soft else colours.own
    line = (
        f'<path d="M{x:.1f} {frame.y(each.low):.1f}V{frame.y(each.high):.1f}" stroke="{ink}" stroke-width="1.5"/>'
        if math.isfinite(each.low + each.high)
        else ""
    )
    fill = colours.background if each.is_soft else ink
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6.5" fill="{fill}" stroke="{colours.text}" stroke-width="1.8"/>'
    word = month_text(each.month, language)
    is_left = x + 12 + text_width(word) * 1.08 > frame.right
    beside, anchor = (x - 11, "end") if is_left else (x + 11, "start")
    return line + dot + d.text(beside, y + 4, word, colours.text, anchor, True, colours.background)
