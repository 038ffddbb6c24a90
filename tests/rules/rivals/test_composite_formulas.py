"""methods 7, the formulas."""

import math

import pytest

from sqm.rules.rivals.composite_formulas import Mean, goalpost, to_target, weighted_mean
from sqm.rules.targets import Direction


@pytest.mark.parametrize(
    ("value", "direction", "reached"),
    [
        (75.0, Direction.HIGHER, 0.5),
        (75.0, Direction.LOWER, 0.5),
        (66.0, Direction.LOWER, 0.8),
        (99.0, Direction.HIGHER, 1.0),
        (10.0, Direction.LOWER, 1.0),
        (None, Direction.HIGHER, None),
        (math.nan, Direction.HIGHER, None),
    ],
)
def test_goalpost(value: float | None, direction: Direction, reached: float | None) -> None:
    assert goalpost(value, 60.0, 90.0, direction) == (None if reached is None else pytest.approx(reached))


@pytest.mark.parametrize(("low", "high", "direction"), [(1, 1, "higher"), (2, 1, "higher"), (0, 1, "range")])
def test_goalposts_that_cannot_be(low: float, high: float, direction: str) -> None:
    with pytest.raises(ValueError, match="goalposts"):
        goalpost(0.5, low, high, Direction(direction))


def test_to_target_by_hand() -> None:
    assert to_target([2, 6, 12], 10) == [0.0, 0.5, 1.0]
    assert to_target([2, 6, 12], 10, is_capped=False) == [0.0, 0.5, 1.25]
    assert to_target([2, 6, 12], 2, Direction.LOWER) == [1.0, 0.6, 0.0]
    with pytest.raises(ValueError, match="worst"):
        to_target([5, 7], 5)


def test_missing_parts_leave_their_weight_to_the_rest() -> None:
    found = weighted_mean({"a": 80.0, "b": None, "c": 50.0}, {"a": 20, "b": 30, "c": 10})
    assert found.mean == pytest.approx(70.0) and found.coverage == pytest.approx(0.5)
    assert weighted_mean({"a": 80.0, "b": None}, {"a": 20, "b": 30}, least_coverage=0.4).mean == 80.0
    assert weighted_mean({"a": 80.0, "b": None}, {"a": 20, "b": 30}, least_coverage=0.41).mean is None
    assert weighted_mean({"a": math.nan}, {"a": 1.0}) == weighted_mean({}, {"a": 1.0})


def test_the_less_a_mean_forgives_the_lower_it_is() -> None:
    parts, weights = {"a": 90.0, "b": 10.0}, {"a": 1.0, "b": 1.0}
    means = [weighted_mean(parts, weights, kind).mean for kind in (Mean.ARITHMETIC, Mean.GEOMETRIC, Mean.HARMONIC)]
    assert means == pytest.approx([50.0, 30.0, 18.0])


@pytest.mark.parametrize(
    ("parts", "weights", "kind"),
    [
        ({"a": 1.0}, {"a": 0.0}, "arithmetic"),
        ({"a": 1.0}, {"a": -1.0}, "arithmetic"),
        ({"a": 0.0}, {"a": 1.0}, "geometric"),
    ],
)
def test_means_that_cannot_be(parts: dict[str, float], weights: dict[str, float], kind: str) -> None:
    with pytest.raises(ValueError):
        weighted_mean(parts, weights, Mean(kind))
