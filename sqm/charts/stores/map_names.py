"""From places to pixels of a map, and where the names of its areas stand: near their middle, on as few stores as
possible. The picture and the map that can be moved share both."""

from collections.abc import Sequence

from sqm.charts.drawn import Point
from sqm.charts.stores import geography
from sqm.charts.stores.geography import Area, Plane
from sqm.charts.theme import LABEL_SIZE, text_width

Box = tuple[float, float, float, float]
"""left, top, right, bottom in pixels."""
MOST_STORES = 1200
"""Beyond, names cannot avoid them."""
_HIGH = 14.0


class Frame:
    """From longitude and latitude to pixels, as large as fits, in the middle."""

    def __init__(self, bounds: Plane, width: float, most_height: float) -> None:
        self.scale = min(width / max(bounds.width, 1e-9), most_height / max(bounds.height, 1e-9))
        self.bounds, self.width, self.height = bounds, width, max(bounds.height * self.scale, 120.0)
        self._left = (width - bounds.width * self.scale) / 2
        self._top = (self.height - bounds.height * self.scale) / 2

    def at(self, point: Point) -> Point:
        x = (point[0] * self.bounds.factor - self.bounds.west) * self.scale
        return self._left + x, self._top + (self.bounds.north - point[1]) * self.scale

    def back(self, x: float, y: float) -> Point:
        """Longitude and latitude of a pixel."""
        bounds = self.bounds
        return ((x - self._left) / self.scale + bounds.west) / bounds.factor, bounds.north - (
            y - self._top
        ) / self.scale


def place_names(
    areas: Sequence[Area], stores: Sequence[Point], frame: Frame, taken: Sequence[Box], size: float = LABEL_SIZE
) -> list[tuple[Area, Point]]:
    """The middle of each name in pixels. stores: in pixels; taken: boxes that are written on already."""
    seen, full, found = stores if len(stores) <= MOST_STORES else (), list(taken), []
    for area in areas:
        ring = geography.largest(geography.rings(area.outline))
        if not ring:
            continue
        box = min(_around(ring, area.name, frame, size), key=lambda each: _cost(each, seen, full))
        full = [*full, box[:4]]
        found.append((area, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)))
    return found


def _around(
    ring: geography.Ring, name: str, frame: Frame, size: float
) -> list[tuple[float, float, float, float, float]]:
    """Boxes about the middle of the area, within the picture and half the area's size; last, how far off they are."""
    x, y = frame.at(geography.middle(ring))
    corners = [frame.at(each) for each in ring]
    wide = (max(each[0] for each in corners) - min(each[0] for each in corners)) / 4
    high = (max(each[1] for each in corners) - min(each[1] for each in corners)) / 4
    half, found = text_width(name, size) / 2 + 2, []
    for down in (0.0, -13.0, 13.0, -26.0, 26.0, -39.0, 39.0):
        for across in (0.0, -24.0, 24.0, -48.0, 48.0):
            if abs(down) <= high and abs(across) <= wide:
                at = min(max(x + across, half + 2), frame.width - half - 2)
                box = (at - half, y + down - _HIGH / 2, at + half, y + down + _HIGH / 2)
                found.append((*box, abs(down) + abs(across)))
    return found


def _cost(box: tuple[float, float, float, float, float], stores: Sequence[Point], taken: Sequence[Box]) -> float:
    covered = sum(box[0] - 6 < x < box[2] + 6 and box[1] - 6 < y < box[3] + 6 for x, y in stores)
    names = sum(
        min(box[2], other[2]) > max(box[0], other[0]) and min(box[3], other[3]) > max(box[1], other[1])
        for other in taken
    )
    return box[4] * 0.03 + covered * 2.0 + names * 20.0
