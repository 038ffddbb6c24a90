"""Areas and places on a plane: outlines are read from GeoJSON text, longitude and latitude become x and y.

x is longitude times the cosine of the middle latitude, which keeps shapes right across a province and leaves the
invented city of the demonstration (0 to 1 in both directions, near the equator) as it is. No map service is asked.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sqm.charts.drawn import Point

Ring = tuple[Point, ...]
EDGE = 0.1
"""Of the outlines' span, how far outside them a place may lie."""
FAR = 2.0
"""Spans of the middle 98 %: a place farther out than this is taken for a slip of the pen and left off the map. Country
stores lie a whole span away from their town (the Tri-County inspections)."""


@dataclass(frozen=True)
class Area:
    """outline: GeoJSON text of a Polygon, MultiPolygon or Feature, '' or None where nobody has drawn one."""

    name: str
    outline: str | None = None
    is_strong: bool = False


@dataclass(frozen=True)
class Pin:
    """A store. standing: a word of standings.LOOKS. told: what is said of it where the pointer rests; code: what a
    click on it gives back."""

    code: str
    name: str
    longitude: float | None
    latitude: float | None
    standing: str = "no_data"
    told: str = ""
    is_own: bool = False


@dataclass(frozen=True)
class StoreMap:
    """words: (standing, word) in the order of the legend; standings without a place are not listed. river: GeoJSON
    text of water between the areas."""

    areas: tuple[Area, ...]
    pins: tuple[Pin, ...]
    words: tuple[tuple[str, str], ...] = ()
    river: str = ""


@dataclass(frozen=True)
class Plane:
    """Bounds in x and y; factor: x per degree of longitude."""

    west: float
    east: float
    south: float
    north: float
    factor: float = 1.0

    @property
    def width(self) -> float:
        return self.east - self.west

    @property
    def height(self) -> float:
        return self.north - self.south

    def holds(self, pin: Pin) -> bool:
        at = where(pin)
        return at is not None and (self.west <= at[0] * self.factor <= self.east and self.south <= at[1] <= self.north)


def rings(outline: str | None) -> list[Ring]:
    """Outer rings of all polygons, in longitude and latitude; nothing for text that is no outline."""
    try:
        found = json.loads(outline or "null")
    except ValueError:
        return []
    return [ring for shape in _shapes(found) if (ring := _ring(shape))]


def _shapes(found: object) -> list[object]:
    if not isinstance(found, dict):
        return []
    if found.get("type") == "FeatureCollection":
        return [shape for each in found.get("features") or [] for shape in _shapes(each)]
    if found.get("type") == "Feature":
        return _shapes(found.get("geometry"))
    coordinates = found.get("coordinates")
    if not isinstance(coordinates, list) or not coordinates:
        return []
    if found.get("type") == "MultiPolygon":
        return [each[0] for each in coordinates if isinstance(each, list) and each]
    return [coordinates[0]] if found.get("type") == "Polygon" else []


def _ring(shape: object) -> Ring:
    if not isinstance(shape, list):
        return ()
    points = [
        (float(each[0]), float(each[1]))
        for each in shape
        if isinstance(each, list) and len(each) > 1 and all(isinstance(part, int | float) for part in each[:2])
    ]
    return tuple(points) if len(points) > 2 else ()


def where(pin: Pin) -> Point | None:
    """Longitude and latitude, if they are a place on the earth."""
    x, y = pin.longitude, pin.latitude
    if x is None or y is None or not (math.isfinite(x) and math.isfinite(y)):
        return None
    return (float(x), float(y)) if abs(x) <= 180 and abs(y) <= 90 else None


def plane(drawn: StoreMap) -> Plane | None:
    """Bounds that hold all outlines and the places in or near them; without outlines, all places but the farthest out.
    None when there is nothing to hold."""
    outlined = [point for area in drawn.areas for ring in rings(area.outline) for point in ring]
    known = [at for each in drawn.pins if (at := where(each))]
    near = _beside(known, outlined) if outlined else _near(known)
    if not outlined and not near:
        return None
    points = np.array([*outlined, *near])
    factor = max(0.05, math.cos(math.radians(float(points[:, 1].min() + points[:, 1].max()) / 2)))
    (west, south), (east, north) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    room = 0.02 * max((east - west) * factor, north - south, 1e-6)
    return Plane(west * factor - room, east * factor + room, south - room, north + room, factor)


def _beside(points: Sequence[Point], outlined: Sequence[Point]) -> list[Point]:
    """Those within the outlines' box or a little outside: a rough outline may miss a store at its edge."""
    shape = np.array(outlined)
    low, high = shape.min(axis=0), shape.max(axis=0)
    first, last = low - EDGE * (high - low), high + EDGE * (high - low)
    return [each for each in points if all(first[axis] <= each[axis] <= last[axis] for axis in (0, 1))]


def _near(points: Sequence[Point]) -> list[Point]:
    """Without the places that lie far outside where nearly all are: 0, 0 in the sea, swapped digits."""
    if len(points) < 3:
        return list(points)
    low, high = np.quantile(np.array(points), [0.01, 0.99], axis=0)
    reach = FAR * np.maximum(high - low, 1e-9)
    first, last = low - reach, high + reach
    return [each for each in points if all(first[side] <= each[side] <= last[side] for side in (0, 1))]


def left_off(drawn: StoreMap) -> tuple[Pin, ...]:
    """Places without usable coordinates or far outside, which a caller must mention under the map."""
    bounds = plane(drawn)
    return tuple(each for each in drawn.pins if bounds is None or not bounds.holds(each))


def middle(ring: Ring) -> Point:
    """Where the name of an area stands: its centre of gravity (the shoelace sum)."""
    sides = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)]
    thrice = 3 * math.fsum(area for _a, _b, area in sides)
    if abs(thrice) < 1e-12:
        return math.fsum(x for x, _ in ring) / len(ring), math.fsum(y for _, y in ring) / len(ring)
    x, y = (math.fsum((a[axis] + b[axis]) * area for a, b, area in sides) / thrice for axis in (0, 1))
    return x, y


def thinned(points: Sequence[Point], least: float) -> list[Point]:
    """Without points nearer than ``least`` to the last one kept: surveyed outlines are finer than pixels."""
    kept: list[Point] = []
    for each in points:
        if not kept or math.dist(kept[-1], each) >= least:
            kept.append(each)
    return kept


def largest(outlines: Iterable[Ring]) -> Ring:
    """The ring that carries the name of its area."""
    return max(outlines, key=_size, default=())


def _size(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], *ring[:1]), strict=True)))


def counts(drawn: StoreMap) -> dict[str, int]:
    """Places on the map by standing."""
    bounds = plane(drawn)
    found: dict[str, int] = {}
    for each in drawn.pins:
        if bounds is not None and bounds.holds(each):
            found[each.standing] = found.get(each.standing, 0) + 1
    return found
