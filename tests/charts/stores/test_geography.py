"""Outlines, the plane of a map, and places that do not belong on it."""

import json

import pytest

from sqm.charts.stores.geography import Area, Pin, StoreMap, counts, largest, left_off, middle, plane, rings, thinned

SQUARE = [[0.0, 0.0], [4.0, 0.0], [4.0, 2.0], [0.0, 2.0], [0.0, 0.0]]
POLYGON = json.dumps({"type": "Polygon", "coordinates": [SQUARE]})


def pins(*at: tuple[float | None, float | None]) -> tuple[Pin, ...]:
    return tuple(Pin(str(place), f"store {place}", x, y, "met") for place, (x, y) in enumerate(at))


@pytest.mark.parametrize(
    ("outline", "number"),
    [
        (POLYGON, 1),
        (json.dumps({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}), 2),
        (json.dumps({"type": "Feature", "geometry": json.loads(POLYGON)}), 1),
        (json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None}]}), 0),
        ('{"type":"Polygon","coordinates":[[[1,2],["a",3]]]}', 0),
        ('{"type":"Point","coordinates":[1,2]}', 0),
        ("not json", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_rings_of_every_kind_of_outline_and_none_of_what_is_none(outline: str | None, number: int) -> None:
    assert len(rings(outline)) == number


def test_the_name_stands_at_the_centre_of_gravity_of_the_largest_ring() -> None:
    big, small = rings(POLYGON)[0], ((9.0, 9.0), (9.1, 9.0), (9.1, 9.1))
    assert largest([small, big]) == big
    assert middle(big) == pytest.approx((2.0, 1.0))
    assert middle(((1.0, 1.0), (2.0, 2.0), (3.0, 3.0))) == pytest.approx((2.0, 2.0))  # no area at all
    assert largest([]) == ()


def test_a_degree_of_longitude_is_half_a_degree_of_latitude_at_sixty_degrees() -> None:
    bounds = plane(StoreMap((), pins((10.0, 59.5), (11.0, 60.5))))
    assert bounds is not None
    assert bounds.factor == pytest.approx(0.5)
    assert bounds.width / bounds.height == pytest.approx(0.5, rel=0.05)


def test_places_far_outside_or_without_coordinates_are_left_off_and_named() -> None:
    city = [(-122.6 + each * 0.001, 45.5 - each * 0.001) for each in range(200)]
    drawn = StoreMap((), pins(*city, (0.0, 0.0), (None, 45.5), (float("nan"), 1.0), (200.0, 10.0)))
    bounds = plane(drawn)
    assert bounds is not None and bounds.height < 1
    assert [each.code for each in left_off(drawn)] == ["200", "201", "202", "203"]
    assert counts(drawn) == {"met": 200}


def test_outlines_say_what_belongs_to_the_map() -> None:
    drawn = StoreMap((Area("a", POLYGON),), pins((1.0, 1.0), (4.3, 1.0), (9.0, 1.0)))
    assert [each.code for each in left_off(drawn)] == ["2"]  # at the edge is near enough, far out is not


def test_country_stores_stay_on_the_map() -> None:
    town = [(-105.0 + each * 0.002, 39.6 + each * 0.001) for each in range(300)]
    assert left_off(StoreMap((), pins(*town, (-104.0, 39.7)))) == ()


def test_fine_outlines_are_thinned_to_what_can_be_seen() -> None:
    assert thinned([(0.0, 0.0), (0.3, 0.0), (0.6, 0.0), (1.0, 0.0)], 0.5) == [(0.0, 0.0), (0.6, 0.0)]
    assert thinned([], 1.0) == []


def test_nothing_to_draw_has_no_plane() -> None:
    assert plane(StoreMap((Area("Clackamas"),), pins((None, None)))) is None
    assert len(left_off(StoreMap((), pins((None, None))))) == 1
