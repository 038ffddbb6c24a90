"""Points with their names on a plane, cut in four by two cross-hairs, each quarter with its word; each point with
the interval of its place as thin lines."""

from dataclasses import dataclass
from html import escape

from sqm.charts.theme import FONT, LABEL_SIZE, Palette, decimals_of, nice_range, palette, text_width

WIDE, SLIM = (860, 430), (370, 400)
_LEFT, _RIGHT, _TOP, _BOTTOM = 38.0, 8.0, 10.0, 36.0
_DOT, _HIGH = 4.5, 13.0
Box = tuple[float, float, float, float]
"""left, top, right, bottom in pixels."""


@dataclass(frozen=True)
class Spot:
    """A point in chart units; a span is (low, high) or None. is_strong: the quarter that asks for attention."""

    name: str
    x: float
    y: float
    x_span: tuple[float, float] | None = None
    y_span: tuple[float, float] | None = None
    is_strong: bool = False


@dataclass(frozen=True)
class Plane:
    """cross: where the two lines stand. quarters: words of the upper left, upper right, lower left, lower right."""

    spots: tuple[Spot, ...]
    cross: tuple[float, float]
    x_title: str
    y_title: str
    quarters: tuple[str, str, str, str] = ("", "", "", "")


@dataclass(frozen=True)
class _Frame:
    width: float
    height: float
    x_axis: tuple[float, float, list[float]]
    y_axis: tuple[float, float, list[float]]

    @property
    def right(self) -> float:
        return self.width - _RIGHT

    @property
    def bottom(self) -> float:
        return self.height - _BOTTOM

    def x(self, value: float) -> float:
        low, high, _ = self.x_axis
        return _LEFT + (value - low) / (high - low) * (self.right - _LEFT)

    def y(self, value: float) -> float:
        low, high, _ = self.y_axis
        return self.bottom - (value - low) / (high - low) * (self.bottom - _TOP)


def labelled_points(plane: Plane, size: tuple[int, int], *, dark: bool = False) -> str:
    """An SVG. The axes begin where the points do, not at zero: only places beside the cross-hairs are compared."""
    colours = palette(dark)
    frame = _Frame(*size, _axis(plane, 0), _axis(plane, 1))
    parts = [_grid(frame, colours), _cross(plane, frame, colours), _titles(plane, frame, colours)]
    parts += [_spans(each, frame, colours) for each in plane.spots]
    parts += [_dot(each, frame, colours) for each in plane.spots]
    parts += _names(plane, frame, colours)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" font-size="{LABEL_SIZE}" '
        f'font-family="{FONT}">{"".join(parts)}</svg>'
    )


def _axis(plane: Plane, side: int) -> tuple[float, float, list[float]]:
    known = [plane.cross[side]]
    for each in plane.spots:
        span = (each.x_span, each.y_span)[side]
        known += [(each.x, each.y)[side], *(span or ())]
    room = (max(known) - min(known)) * 0.04
    return nice_range([*known, min(known) - room, max(known) + room], least=1.0)


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start", weight: str = "") -> str:
    bold = f' font-weight="{weight}"' if weight else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{bold}>{escape(text)}</text>'


def _grid(frame: _Frame, colours: Palette) -> str:
    written = ""
    for tick in frame.x_axis[2]:
        word = f"{tick:,.{decimals_of(frame.x_axis[2])}f}"
        written += f'<path d="M{frame.x(tick):.1f} {_TOP}V{frame.bottom:.1f}" stroke="{colours.grid}"/>'
        anchor = "end" if frame.x(tick) > frame.right - 12 else "middle"
        written += _text(frame.x(tick), frame.bottom + 15, word, colours.soft, anchor)
    for tick in frame.y_axis[2]:
        word = f"{tick:,.{decimals_of(frame.y_axis[2])}f}"
        written += f'<path d="M{_LEFT} {frame.y(tick):.1f}H{frame.right:.1f}" stroke="{colours.grid}"/>'
        written += _text(_LEFT - 6, frame.y(tick) + 4, word, colours.soft, "end")
    return written


def _cross(plane: Plane, frame: _Frame, colours: Palette) -> str:
    x, y = frame.x(plane.cross[0]), frame.y(plane.cross[1])
    lines = f"M{x:.1f} {_TOP}V{frame.bottom:.1f}M{_LEFT} {y:.1f}H{frame.right:.1f}"
    return f'<path d="{lines}" stroke="{colours.axis}" stroke-width="1.25" stroke-dasharray="5 4"/>'


def _titles(plane: Plane, frame: _Frame, colours: Palette) -> str:
    """The axes' names and the four words, each in its corner."""
    corners = (
        (_LEFT + 6, _TOP + 13, "start"),
        (frame.right - 6, _TOP + 13, "end"),
        (_LEFT + 6, frame.bottom - 7, "start"),
        (frame.right - 6, frame.bottom - 7, "end"),
    )
    words = "".join(
        _text(x, y, word, colours.soft, anchor, "600")
        for (x, y, anchor), word in zip(corners, plane.quarters, strict=True)
    )
    middle = (_TOP + frame.bottom) / 2
    upright = (
        f'<text transform="translate(10 {middle:.1f}) rotate(-90)" fill="{colours.soft}" text-anchor="middle">'
        f"{escape(plane.y_title)}</text>"
    )
    below = _text((_LEFT + frame.right) / 2, frame.height - 5, plane.x_title, colours.soft, "middle")
    return words + below + upright


def _spans(each: Spot, frame: _Frame, colours: Palette) -> str:
    data = ""
    if each.x_span:
        data += f"M{frame.x(each.x_span[0]):.1f} {frame.y(each.y):.1f}H{frame.x(each.x_span[1]):.1f}"
    if each.y_span:
        data += f"M{frame.x(each.x):.1f} {frame.y(each.y_span[0]):.1f}V{frame.y(each.y_span[1]):.1f}"
    return f'<path d="{data}" stroke="{colours.own}" stroke-width="1" opacity="0.45"/>' if data else ""


def _dot(each: Spot, frame: _Frame, colours: Palette) -> str:
    fill = colours.concern if each.is_strong else colours.own
    at = f'cx="{frame.x(each.x):.1f}" cy="{frame.y(each.y):.1f}"'
    return f'<circle {at} r="{_DOT}" fill="{fill}" stroke="{colours.background}"/>'


def _names(plane: Plane, frame: _Frame, colours: Palette) -> list[str]:
    """Each name beside its point, where it covers no other name, point or corner word."""
    taken = [_around(frame.x(each.x), frame.y(each.y)) for each in plane.spots] + _corners(plane, frame)
    taken += [box for each in plane.spots for box in _lines(each, frame)]
    written = []
    for each in sorted(plane.spots, key=lambda spot: frame.y(spot.y)):
        box = min(
            _places(each, frame), key=lambda box: sum(_overlap(box, other) for other in taken) + _outside(box, frame)
        )
        taken.append(box)
        colour, weight = (colours.concern, "600") if each.is_strong else (colours.text, "")
        written.append(_haloed(_text(box[0], box[3] - 3, each.name, colour, weight=weight), colours))
    return written


def _haloed(text: str, colours: Palette) -> str:
    """A rim in the colour of the page, so that a line that must be crossed does not cut the name."""
    rim = f'stroke="{colours.background}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
    return text.replace("<text ", f"<text {rim} ", 1)


def _places(each: Spot, frame: _Frame) -> list[Box]:
    x, y, wide = frame.x(each.x), frame.y(each.y), text_width(each.name) * (1.06 if each.is_strong else 1.0) + 2
    starts = [(x + 8, y - _HIGH / 2), (x - 8 - wide, y - _HIGH / 2)]
    for rise in (-_HIGH - 6, 6.0, -_HIGH - 19, 19.0, -_HIGH - 32, 32.0):
        starts += [(x - wide / 2, y + rise), (x + 4, y + rise), (x - 4 - wide, y + rise)]
    return [(left, top, left + wide, top + _HIGH) for left, top in starts]


def _around(x: float, y: float) -> Box:
    return (x - _DOT, y - _DOT, x + _DOT, y + _DOT)


def _lines(each: Spot, frame: _Frame) -> list[Box]:
    """A point's intervals as thin boxes."""
    x, y, found = frame.x(each.x), frame.y(each.y), []
    if each.x_span:
        found.append((frame.x(each.x_span[0]), y - 1, frame.x(each.x_span[1]), y + 1))
    if each.y_span:
        found.append((x - 1, frame.y(each.y_span[1]), x + 1, frame.y(each.y_span[0])))
    return found


def _corners(plane: Plane, frame: _Frame) -> list[Box]:
    wide = [text_width(word) * 1.08 + 8 for word in plane.quarters]
    left, right, top, bottom = _LEFT, frame.right, _TOP, frame.bottom
    return [
        (left, top, left + wide[0], top + 18),
        (right - wide[1], top, right, top + 18),
        (left, bottom - 20, left + wide[2], bottom),
        (right - wide[3], bottom - 20, right, bottom),
    ]


def _overlap(box: Box, other: Box) -> float:
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


def _outside(box: Box, frame: _Frame) -> float:
    """What hangs over the plot's edge costs more than covering something."""
    over = max(0.0, _LEFT - box[0]) + max(0.0, box[2] - frame.width) + max(0.0, _TOP - box[1])
    return 1000.0 * (over + max(0.0, box[3] - frame.bottom))
