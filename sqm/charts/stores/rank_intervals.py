"""Stores by rank, each with the places that chance leaves open: a fair table, not a league."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqm.charts import drawn as d
from sqm.charts.theme import Palette, palette, text_width

WIDE, NARROW = 860.0, 370.0
MOST_ROWS = 60
_ROW, _TALL = 20.0, 36.0
_TOP, _BOTTOM = 24.0, 8.0
Scale = Callable[[float], float]
"""From rank to pixels."""


@dataclass(frozen=True)
class RankRow:
    """rank: mean rank, 1 is the best; low, high: best and worst place. is_rankable: else grey, with an open point.
    text: at the end of the line, such as 12 (5-21). is_own: the reader's store, on a band and bold."""

    name: str
    rank: float
    low: float
    high: float
    text: str = ""
    is_rankable: bool = True
    is_own: bool = False


@dataclass(frozen=True)
class RankWords:
    """best, worst: over the two ends of the axis."""

    best: str
    worst: str


def figure(rows: Sequence[RankRow], size: int, words: RankWords, alt: str, *, dark: bool = False) -> str:
    """HTML for wide and narrow places; '' without rows. size: stores in the whole table, also when rows are cut."""
    return d.figure(lambda narrow: rank_intervals(rows, size, words, narrow=narrow, dark=dark), alt, "sqm-rank-lines")


def rank_intervals(
    rows: Sequence[RankRow], size: int, words: RankWords, *, narrow: bool = False, dark: bool = False
) -> str:
    """An SVG of at most 60 rows. Names stand left of the lines, in a narrow place above them."""
    shown = rows[:MOST_ROWS]
    if not shown:
        return ""
    colours, width, row = palette(dark), NARROW if narrow else WIDE, _TALL if narrow else _ROW
    left = 6.0 if narrow else min(230.0, max(text_width(each.name) * 1.08 for each in shown)) + 14
    right = width - max(text_width(each.text) * 1.08 for each in shown) - 16
    last = max(size, 2)

    def x(rank: float) -> float:
        return left + (min(max(rank, 1.0), last) - 1.0) / (last - 1.0) * (right - left)

    height = _TOP + row * len(shown) + _BOTTOM
    parts = [_ends(words, left, right, last, colours), _grid(x, last, height, colours)]
    for place, each in enumerate(shown):
        parts.append(_row(each, x, (left, right, width), _TOP + row * place, narrow, colours))
    return d.svg(width, height, parts)


def _ends(words: RankWords, left: float, right: float, last: int, colours: Palette) -> str:
    best, worst = f"1 {words.best}".strip(), f"{words.worst} {last}".strip()
    return d.text(left, 13, best, colours.soft) + d.text(right, 13, worst, colours.soft, "end")


def _grid(x: Scale, last: int, height: float, colours: Palette) -> str:
    """The two ends and the middle, upright."""
    data = "".join(f"M{x(rank):.1f} {_TOP - 4}V{height - _BOTTOM:.1f}" for rank in (1.0, (1 + last) / 2, float(last)))
    return f'<path d="{data}" stroke="{colours.grid}"/>'


def _row(each: RankRow, x: Scale, edges: tuple[float, float, float], top: float, narrow: bool, colours: Palette) -> str:
    left, right, width = edges
    row = _TALL if narrow else _ROW
    middle = top + (25.0 if narrow else row / 2)
    ink = colours.own if each.is_rankable else colours.rival
    words = colours.text if each.is_rankable or each.is_own else colours.soft
    band = (
        f'<rect x="0" y="{top:.1f}" width="{width:g}" height="{row:g}" fill="{colours.own}" opacity="0.14"/>'
        if each.is_own
        else ""
    )
    name = (
        d.text(left, top + 13, each.name, words, strong=each.is_own)
        if narrow
        else d.text(left - 12, middle + 4, d.shortened(each.name, 230), words, "end", each.is_own)
    )
    style = f'stroke="{ink}" stroke-width="3" opacity="0.55" stroke-linecap="round"'
    line = f'<path d="M{x(each.low):.1f} {middle:.1f}H{x(each.high):.1f}" {style}/>'
    fill = ink if each.is_rankable else colours.background
    dot = f'<circle cx="{x(each.rank):.1f}" cy="{middle:.1f}" r="4" fill="{fill}" stroke="{ink}" stroke-width="1.6"/>'
    return band + name + line + dot + d.text(right + 12, middle + 4, each.text, words, strong=each.is_own)
