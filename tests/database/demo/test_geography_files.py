"""The demo's invented city: district outlines, stores and operators as they stand in data/demo/."""

import csv
import datetime
import json
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from sqm import config

DEMO = config.ROOT / "data" / "demo"

Row = dict[str, str]
Ring = list[list[float]]


def rows(name: str) -> list[Row]:
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ring(row: Row) -> Ring:
    outline: dict[str, Any] = json.loads(row["outline"])
    assert outline["type"] == "Polygon"
    (only,) = outline["coordinates"]
    return list(only)


def signed_area(points: Ring) -> float:
    """Positive for counter-clockwise with latitude up (the shoelace sum)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points)) / 2


def side(a: list[float], b: list[float], c: list[float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(a: list[float], b: list[float], c: list[float], d: list[float]) -> bool:
    return side(a, b, c) * side(a, b, d) <= 0 and side(c, d, a) * side(c, d, b) <= 0


def contains(points: Ring, x: float, y: float) -> bool:
    """Ray casting to the right."""
    inside = False
    for (ax, ay), (bx, by) in pairwise(points):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


DISTRICTS = {row["district_code"]: row for row in rows("districts.csv")}


@pytest.mark.parametrize("code", list(DISTRICTS))
def test_a_district_outline_is_closed_clockwise_and_crosses_itself_nowhere(code: str) -> None:
    points = ring(DISTRICTS[code])
    assert points[0] == points[-1]
    assert signed_area(points) < 0
    edges = list(pairwise(points))
    last = len(edges) - 1
    for first, (a, b) in enumerate(edges):
        assert a != b
        for second in range(first + 2, len(edges)):
            if (first, second) != (0, last):
                assert not cross(a, b, *edges[second]), (first, second)


def test_the_demo_city_has_13_districts_that_do_not_overlap() -> None:
    assert len(DISTRICTS) == 13
    assert max(Counter(row["name_en"] for row in DISTRICTS.values()).values()) == 1
    rings = [ring(row) for row in DISTRICTS.values()]
    grid = [(step_x / 80 + 0.0003, step_y / 80 + 0.0007) for step_x in range(80) for step_y in range(80)]
    holders = [sum(contains(points, x, y) for points in rings) for x, y in grid]
    assert set(holders) == {0, 1}


def test_every_store_stands_inside_its_district() -> None:
    stores = rows("stores.csv")
    assert 120 <= len(stores) <= 140
    for column in ("store_code", "name_en", "name_zh"):
        assert max(Counter(row[column] for row in stores).values()) == 1
    assert {row["district_code"] for row in stores} == set(DISTRICTS)
    assert {row["class"] for row in stores} == {"own", "partner"}
    assert {row["size"] for row in stores} == {"large", "medium", "small"}
    for row in stores:
        assert datetime.date.fromisoformat(row["valid_from"]) < datetime.date(2020, 1, 1), "before any demo month"
        assert row["valid_to"] == ""
        x, y = float(row["longitude"]), float(row["latitude"])
        assert contains(ring(DISTRICTS[row["district_code"]]), x, y), row["store_code"]
        holders = [code for code, district in DISTRICTS.items() if contains(ring(district), x, y)]
        assert holders == [row["district_code"]]


def test_the_demo_adds_two_rivals_and_keeps_the_code_of_the_own_company() -> None:
    operators = rows("operators.csv")
    assert [row["code"] for row in operators] == ["own", "rival_a", "rival_b"]
    assert {row["kind"] for row in operators} == {"operator"}


def test_the_river_crosses_the_city_without_covering_a_store() -> None:
    river = json.loads((DEMO / "river.geojson").read_text(encoding="utf-8"))
    outer, *holes = river["geometry"]["coordinates"]
    assert signed_area(outer) < 0
    assert len(holes) == 1, "the isle"
    for row in rows("stores.csv"):
        x, y = float(row["longitude"]), float(row["latitude"])
        assert not contains(outer, x, y) or contains(holes[0], x, y), row["store_code"]
