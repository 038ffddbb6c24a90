"""Stores on a map of our own outlines, as a picture: it prints, needs no WebGL and asks no map service. The map that
can be moved is sqm/charts/stores/store_deck.py; both draw the same StoreMap."""

from sqm.charts import drawn as d
from sqm.charts.drawn import Point
from sqm.charts.stores import geography, standings
from sqm.charts.stores.geography import Area, Pin, StoreMap
from sqm.charts.stores.map_names import Box, Frame, place_names
from sqm.charts.theme import LABEL_SIZE, Palette, palette, text_width

WIDE, NARROW = (820.0, 620.0), (370.0, 420.0)
"""Width, and the height that a map must not exceed."""
_ROW = 20.0
GROUND = {False: ("#F3F5F8", "#B4BCC8", "#DCE9F4"), True: ("#1B2128", "#46515E", "#16283A")}
"""Land, borders and water, by theme."""


def figure(drawn: StoreMap, alt: str, *, dark: bool = False) -> str:
    """HTML for wide and narrow places; '' when no store has a place and no area an outline."""
    return d.figure(lambda narrow: store_map(drawn, narrow=narrow, dark=dark), alt, "sqm-store-map")


def legend(drawn: StoreMap, alt: str, *, dark: bool = False) -> str:
    """The legend alone, beside the map that can be moved; HTML, '' when there is nothing to tell."""
    colours = palette(dark)

    def draw(narrow: bool) -> str:
        width = (NARROW if narrow else WIDE)[0]
        parts, high = _legend(drawn, (width, 0.0), pin_size(len(drawn.pins), narrow), colours)
        return d.svg(width, high, parts) if parts else ""

    return d.figure(draw, alt, "sqm-map-legend")


def store_map(drawn: StoreMap, *, narrow: bool = False, dark: bool = False) -> str:
    """An SVG with the legend beneath."""
    bounds = geography.plane(drawn)
    if bounds is None:
        return ""
    colours = palette(dark)
    frame = Frame(bounds, *(NARROW if narrow else WIDE))
    pins = [each for each in drawn.pins if bounds.holds(each)]
    size = pin_size(len(pins), narrow)
    own, taken = _own(pins, frame, size, colours)
    parts = [_areas(drawn, frame, dark), _pins(pins, frame, size, colours)]
    parts += [_names(drawn.areas, pins, frame, colours, taken), *own]
    legend, high = _legend(drawn, (frame.width, frame.height), size, colours)
    return d.svg(frame.width, frame.height + high, [*parts, *legend])


def pin_size(count: int, narrow: bool = False) -> float:
    """Half a mark's height in pixels: many stores get small marks."""
    size = 7.0 if count <= 150 else 5.5 if count <= standings.FEW else 2.6 if count <= 1200 else 1.6
    return size * (0.72 if narrow else 1.0)


def _areas(drawn: StoreMap, frame: Frame, dark: bool) -> str:
    land, border, water = GROUND[dark]
    colours = palette(dark)
    written = ""
    for area in sorted(drawn.areas, key=lambda each: each.is_strong):
        line = f'stroke="{colours.text}" stroke-width="2"' if area.is_strong else f'stroke="{border}"'
        for ring in geography.rings(area.outline):
            written += f'<path d="{_outline(ring, frame)}" fill="{land}" {line} stroke-linejoin="round"/>'
    for ring in geography.rings(drawn.river):
        written = f'<path d="{_outline(ring, frame)}" fill="{water}"/>' + written
    return written


def _outline(ring: geography.Ring, frame: Frame) -> str:
    corners = geography.thinned([frame.at(each) for each in ring], 0.7)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"


def _at(pin: Pin, frame: Frame) -> Point:
    return frame.at(geography.where(pin) or (0.0, 0.0))


def _pins(pins: list[Pin], frame: Frame, size: float, colours: Palette) -> str:
    written = ""
    for standing in standings.ORDER:
        points = [_at(each, frame) for each in pins if _known(each.standing) == standing]
        written += standings.sign(standing, points, size, colours) if points else ""
    return written


def _known(standing: str) -> str:
    return standing if standing in standings.LOOKS else "no_data"


def _own(pins: list[Pin], frame: Frame, size: float, colours: Palette) -> tuple[list[str], list[Box]]:
    """A ring around the reader's own stores; the name of one alone, and the room that it takes."""
    own = [each for each in pins if each.is_own]
    written, taken = [], []
    for each in own:
        x, y = _at(each, frame)
        ring = max(size, 4.0) + 4.0
        written.append(standings.sign(_known(each.standing), [(x, y)], max(size, 4.5), colours))
        written.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{ring:.1f}" fill="none" stroke="{colours.text}" stroke-width="2"/>'
        )
        if len(own) == 1:
            wide = text_width(each.name) * 1.08
            is_right = x + ring + wide + 6 > frame.width
            at, anchor = (x - ring - 4, "end") if is_right else (x + ring + 4, "start")
            written.append(d.text(at, y + 4, each.name, colours.text, anchor, True, colours.background))
            left = at - wide if is_right else at
            taken.append((left, y - 9, left + wide, y + 9))
    return written, taken


def _names(areas: tuple[Area, ...], pins: list[Pin], frame: Frame, colours: Palette, taken: list[Box]) -> str:
    written, rim = "", _PAPER_RIM[colours.text]
    for area, (x, y) in place_names(areas, [_at(each, frame) for each in pins], frame, taken):
        ink = colours.text if area.is_strong else colours.soft
        written += d.text(x, y + 4, area.name, ink, "middle", area.is_strong, rim)
    return written


_PAPER_RIM = {palette(dark).text: GROUND[dark][0] for dark in (False, True)}


def _legend(drawn: StoreMap, place: tuple[float, float], size: float, colours: Palette) -> tuple[list[str], float]:
    """Sign, word and number of stores; a standing that no store has is left out. place: width, and where it begins."""
    counts = geography.counts(drawn)
    words = [(key, f"{word} {counts[key]:,}") for key, word in drawn.words if counts.get(key)]
    if not words:
        return [], 0.0
    placed = d.keys(words, 4.0, place[0])
    written = []
    for key, word, x, row in placed:
        y = place[1] + 14 + row * _ROW
        written.append(standings.sign(_known(key), [(x + 6, y)], min(max(size, 2.9), 5.5), colours))
        written.append(d.text(x + 16, y + LABEL_SIZE * 0.36, word, colours.text))
    return written, 14 + (placed[-1][3] + 1) * _ROW
