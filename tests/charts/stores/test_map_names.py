"""Pixels of a map and back, and names that avoid stores and each other."""

import json
from itertools import combinations

import pytest

from sqm.charts.stores.geography import Area, Plane, StoreMap, plane
from sqm.charts.stores.map_names import MOST_STORES, Frame, place_names
from sqm.charts.theme import text_width


def square(name: str, left: float, size: float = 1.0) -> Area:
    ring = [[left, 0.0], [left + size, 0.0], [left + size, size], [left, size], [left, 0.0]]
    return Area(name, json.dumps({"type": "Polygon", "coordinates": [ring]}))


def frame(*areas: Area) -> Frame:
    bounds = plane(StoreMap(areas, ()))
    assert bounds is not None
    return Frame(bounds, 800, 600)


def test_pixels_go_there_and_back() -> None:
    drawn = Frame(Plane(-80.0, -70.0, 44.0, 46.0, 0.7), 800, 600)
    x, y = drawn.at((-105.0, 45.3))
    assert drawn.back(x, y) == pytest.approx((-105.0, 45.3))
    assert drawn.at((-105.0, 45.9))[1] < y < drawn.height


def test_a_name_moves_aside_for_a_store_in_its_middle() -> None:
    area = square("澜心区", 0.0)
    drawn = frame(area)
    middle = drawn.at((0.5, 0.5))
    ((_area, free),) = place_names((area,), [], drawn, ())
    ((_area, moved),) = place_names((area,), [middle], drawn, ())
    assert free == pytest.approx(middle, abs=1)
    half = text_width("澜心区") / 2
    assert abs(moved[1] - middle[1]) > 6 or abs(moved[0] - middle[0]) > half
    crowd = [middle] * (MOST_STORES + 1)
    assert place_names((area,), crowd, drawn, ())[0][1] == pytest.approx(free)


def test_names_of_small_neighbours_do_not_cover_each_other_where_there_is_room() -> None:
    areas = tuple(square(name, place * 0.35) for place, name in enumerate(("Riverheart", "Lanternbank", "Heronsand")))
    placed = place_names((*areas, Area("no outline")), [], frame(*areas), ())
    assert [area.name for area, _at in placed] == ["Riverheart", "Lanternbank", "Heronsand"]
    for (one, a), (two, b) in combinations(placed, 2):
        apart = abs(a[0] - b[0]) >= (text_width(one.name) + text_width(two.name)) / 2 or abs(a[1] - b[1]) >= 13
        assert apart, (one.name, two.name)
