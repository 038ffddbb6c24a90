"""The composite score as one bar of 100: each part as wide as it weighs, full as far as points were gained, hatched
where they were lost. Beside it what does not count: parts not collected, and the part that is shown and not scored."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sqm.charts import drawn as d
from sqm.charts.theme import LABEL_SIZE, Palette, palette, text_width

WIDE, NARROW = 1120.0, 370.0
_GAP, _BAR, _CHIP_GAP = 3.0, 38.0, 14.0
_MINUS = "−"


@dataclass(frozen=True)
class PartRow:
    """weight: the effective one (PartScore.effective), in points of 100; of a part that was not collected, or is not
    scored, its own weight or None. gained + lost = weight. text: instead of the numbers of a part that is not scored.
    note: small print beneath, such as the theme of the month."""

    label: str
    weight: float | None
    gained: float = 0.0
    lost: float = 0.0
    is_scored: bool = True
    is_collected: bool = True
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class PartWords:
    """gained_of holds {gained} and {weight}: 27.4 of 30."""

    gained_of: str
    not_collected: str
    not_scored: str


def figure(rows: Sequence[PartRow], words: PartWords, alt: str, *, dark: bool = False) -> str:
    """HTML for wide and narrow places; '' without rows."""
    return d.figure(lambda narrow: part_bar(rows, words, narrow=narrow, dark=dark), alt, "sqm-score-parts")


def part_bar(rows: Sequence[PartRow], words: PartWords, *, narrow: bool = False, dark: bool = False) -> str:
    """An SVG. Points stand in the bar where they fit; names beneath, in a narrow place as numbered lines."""
    if not rows:
        return ""
    colours = palette(dark)
    counted = [each for each in rows if each.is_scored and each.is_collected and (each.weight or 0.0) > 0]
    beside = [each for each in rows if each not in counted]
    return _narrow(counted, beside, words, colours) if narrow else _wide(counted, beside, words, colours)


def _number(value: float) -> str:
    """One decimal, half away from zero as the page's tables round, none for whole numbers: 30, 27.4."""
    return f"{math.floor(value * 10.0 + 0.5 + 1e-9) / 10.0:.1f}".removesuffix(".0")


def _lost(each: PartRow) -> str:
    """Nothing where less than a tenth of a point was lost."""
    return f"{_MINUS}{_number(each.lost)}" if each.lost >= 0.05 else ""


def _hatch(colours: Palette) -> str:
    lines = f'<path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" stroke="{colours.missed}" stroke-width="1.1" opacity="0.75"/>'
    return (
        '<defs><pattern id="lost" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{colours.missed}" opacity="0.10"/>{lines}</pattern></defs>'
    )


def _segment(
    each: PartRow, left: float, top: float, width: float, high: float, colours: Palette, words: tuple[str, str]
) -> str:
    """One part; words: within the gained and the lost piece, each only where it fits."""
    full = width * each.gained / max(each.weight or 0.0, 1e-9)
    middle = top + high / 2 + 4
    drawn = (
        f'<rect x="{left:.1f}" y="{top:g}" width="{full:.1f}" height="{high:g}" fill="{colours.own}"/>'
        f'<rect x="{left + full:.1f}" y="{top:g}" width="{width - full:.1f}" height="{high:g}" fill="url(#lost)"/>'
        f'<rect x="{left:.1f}" y="{top:g}" width="{width:.1f}" height="{high:g}" fill="none" stroke="{colours.own}"/>'
    )
    if text_width(words[0]) * 1.08 + 8 <= full:
        drawn += d.text(left + full / 2, middle, words[0], colours.background, "middle", True)
    elif not words[1]:
        drawn += d.text(left + width / 2, middle, words[0], colours.text, "middle", True, colours.background)
    if words[1] and text_width(words[1]) * 1.08 + 6 <= width - full:
        drawn += d.text(left + (width + full) / 2, middle, words[1], colours.missed, "middle", True, colours.background)
    return drawn


def _beside_text(each: PartRow, words: PartWords) -> str:
    if not each.is_scored:
        return " · ".join(part for part in (each.text, words.not_scored) if part)
    return words.not_collected


def _wide(counted: list[PartRow], beside: list[PartRow], words: PartWords, colours: Palette) -> str:
    chips = [(each, max(text_width(each.label) * 1.08, text_width(_beside_text(each, words))) + 16) for each in beside]
    taken = sum(wide + _CHIP_GAP for _each, wide in chips)
    room = max(WIDE - taken - _GAP * len(counted), 300.0) - 1
    total = sum(each.weight or 0.0 for each in counted)
    parts, left, top = [_hatch(colours)], 0.5, 18.0
    for each in counted:
        width = room * (each.weight or 0.0) / total
        lost = _lost(each)
        parts.append(_segment(each, left, top, width, _BAR, colours, (_number(each.gained), lost)))
        is_lost_told = text_width(lost) * 1.08 + 6 <= width * each.lost / (each.weight or 1.0)
        if lost and not is_lost_told:
            parts.append(d.text(left + width, top - 5, lost, colours.missed, "end", True))
        parts += _beneath(each, left, top + _BAR, width, words, colours)
        left += width + _GAP
    left += _CHIP_GAP - _GAP if counted else 0.0
    for each, wide in chips:
        parts += _chip(each, left, top, wide, words, colours)
        left += wide + _CHIP_GAP
    has_notes = any(each.note for each in [*counted, *beside])
    return d.svg(WIDE, top + _BAR + (50 if has_notes else 36), parts)


def _beneath(each: PartRow, left: float, top: float, width: float, words: PartWords, colours: Palette) -> list[str]:
    numbers = words.gained_of.format(gained=_number(each.gained), weight=_number(each.weight or 0.0))
    return [
        d.text(left, top + 16, d.shortened(each.label, width - 4), colours.text, strong=True),
        d.text(left, top + 31, d.shortened(numbers, width), colours.soft),
        d.text(left, top + 46, d.shortened(each.note, width - 4), colours.soft) if each.note else "",
    ]


def _chip(each: PartRow, left: float, top: float, wide: float, words: PartWords, colours: Palette) -> list[str]:
    """Not collected: dashed; shown and not scored: a plain outline."""
    dash = "" if not each.is_scored else ' stroke-dasharray="4 3"'
    weight = "" if not each.is_scored or each.weight is None else _number(each.weight)
    return [
        f'<rect x="{left:.1f}" y="{top + 0.5:g}" width="{wide:.1f}" height="{_BAR - 1:g}" rx="4" fill="none" '
        f'stroke="{colours.axis}"{dash}/>',
        d.text(
            left + wide / 2, top + _BAR / 2 + 4, each.text if not each.is_scored else weight, colours.soft, "middle"
        ),
        d.text(left, top + _BAR + 16, each.label, colours.text, strong=True),
        d.text(left, top + _BAR + 31, words.not_scored if not each.is_scored else words.not_collected, colours.soft),
        d.text(left, top + _BAR + 46, d.shortened(each.note, wide), colours.soft) if each.note else "",
    ]


def _narrow(counted: list[PartRow], beside: list[PartRow], words: PartWords, colours: Palette) -> str:
    """The bar with the parts' numbers, and a line a part beneath."""
    room, total = NARROW - 1 - _GAP * max(len(counted) - 1, 0), sum(each.weight or 0.0 for each in counted)
    parts, left, high = [_hatch(colours)], 0.5, 30.0
    top = 2.0
    for number, each in enumerate(counted, 1):
        width = room * (each.weight or 0.0) / total
        parts.append(_segment(each, left, top, width, high, colours, (str(number), "")))
        left += width + _GAP
    y = top + (high if counted else 0.0) + 22
    for number, each in enumerate(counted, 1):
        numbers = words.gained_of.format(gained=_number(each.gained), weight=_number(each.weight or 0.0))
        parts += _line(str(number), each, (numbers, _lost(each)), y, colours)
        y += 36 if each.note else 21
    for each in beside:
        parts += _line("", each, (_beside_text(each, words), ""), y, colours)
        y += 36 if each.note else 21
    return d.svg(NARROW, y - 8, parts)


def _line(number: str, each: PartRow, numbers: tuple[str, str], y: float, colours: Palette) -> list[str]:
    right = NARROW - 46 if number else NARROW - 2
    room = right - text_width(numbers[0]) - 24
    return [
        d.text(0, y, number, colours.soft),
        d.text(16, y, d.shortened(each.label, room), colours.text, strong=True),
        d.text(right, y, numbers[0], colours.soft, "end"),
        d.text(NARROW - 2, y, numbers[1], colours.missed, "end", True) if numbers[1] else "",
        d.text(16, y + LABEL_SIZE + 4, d.shortened(each.note, NARROW - 20), colours.soft) if each.note else "",
    ]
