"""methods 3.4."""

import pytest

from sqm.rules.drivers.importance import Attribute, Cross, CrossFrom, Quadrant, importance_map, midpoint
from sqm.rules.sampling import Interval


def _quadrants(attributes: list[Attribute], cross: Cross | None = None) -> list[Quadrant | None]:
    return [each.quadrant for each in importance_map(attributes, cross).placed]


def test_four_quadrants_by_hand() -> None:
    rows = [Attribute("a", 9, 4), Attribute("b", 9, 8), Attribute("c", 5, 4), Attribute("d", 5, 8)]
    assert _quadrants(rows) == [Quadrant.CONCENTRATE, Quadrant.KEEP_UP, Quadrant.LOW_PRIORITY, Quadrant.OVERKILL]


def test_ties_go_to_the_high_side_despite_rounding() -> None:
    assert _quadrants([Attribute(code, 0.1 + 0.2, 0.7) for code in "abc"]) == [Quadrant.KEEP_UP] * 3
    assert _quadrants([Attribute("a", 0.3, 0.3)], Cross(0.1 + 0.2, 0.1 + 0.2, CrossFrom.TARGET)) == [Quadrant.KEEP_UP]


def test_another_cross_moves_the_places() -> None:
    rows = [Attribute("a", 6, 6), Attribute("b", 7, 7)]
    assert _quadrants(rows) == [Quadrant.LOW_PRIORITY, Quadrant.KEEP_UP]
    assert _quadrants(rows, midpoint(1, 7)) == [Quadrant.KEEP_UP] * 2
    assert importance_map(rows).cross == Cross(6.5, 6.5, CrossFrom.DATA_MEANS)


def test_a_missing_figure_has_no_place_and_no_say_in_the_means() -> None:
    found = importance_map([Attribute("a", 2, 2), Attribute("b", 4, 4), Attribute("c", 100, None)])
    assert found.cross == Cross(3.0, 3.0, CrossFrom.DATA_MEANS)
    assert found.placed[2].quadrant is None
    nothing = importance_map([Attribute("c", 1, None)])
    assert (nothing.cross, nothing.placed[0].quadrant) == (None, None)
    assert importance_map([]).placed == ()


def test_an_interval_over_a_cross_hair_is_told() -> None:
    rows = [
        Attribute("a", 9, 4, Interval(8, 10), Interval(3, 7)),
        Attribute("b", 5, 8, Interval(4, 7), Interval(7, 9)),
    ]
    found = importance_map(rows)
    assert found.cross == Cross(7.0, 6.0, CrossFrom.DATA_MEANS)
    assert [(each.on_importance, each.on_performance) for each in found.placed] == [(False, True), (True, False)]


@pytest.mark.parametrize(("half", "is_flat"), [(0.1, False), (0.6, True)])
def test_importance_without_spread(half: float, is_flat: bool) -> None:
    rows = [Attribute(str(i), i, 5.0, Interval(i - half, i + half)) for i in (6.0, 6.5, 7.0)]
    assert importance_map(rows).is_flat is is_flat
    assert importance_map([*rows, Attribute("x", 6.0, 5.0)]).is_flat is None
