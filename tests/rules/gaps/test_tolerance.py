"""methods 3.3."""

import pytest

from sqm.rules.gaps.tolerance import Position, zone, zones
from sqm.rules.sampling import Showing, wilson


@pytest.mark.parametrize(
    ("perceived", "position", "fraction"),
    [
        (5.9, Position.BELOW, -0.05),
        (6.0, Position.INSIDE, 0.0),
        (8.0, Position.INSIDE, 1.0),
        (8.1, Position.ABOVE, 1.05),
    ],
)
def test_the_borders_belong_to_the_zone(perceived: float, position: Position, fraction: float) -> None:
    found = zone(6.0, 8.0, perceived)
    assert found is not None
    assert (found.position, found.fraction, found.width) == (position, pytest.approx(fraction), 2.0)


def test_a_zone_without_width_has_no_fraction_and_an_invalid_one_is_none() -> None:
    flat = zone(7.0, 7.0, 7.0)
    assert flat is not None and (flat.fraction, flat.position) == (None, Position.INSIDE)
    assert zone(7.0, 6.0, 6.5) is None
    assert zone(None, 6.0, 6.5) is None
    assert zone(5.0, 6.0, float("nan")) is None
    guarded = zone(0.1 + 0.2, 0.3, 0.3)
    assert guarded is not None and guarded.position is Position.INSIDE


def test_people_first_then_means() -> None:
    """Six valid: P - A is -1 0 2 1 -1 3; one desires less than adequate, one did not say what is perceived."""
    found = zones([5, 5, 4, 6, 6, 5, 7, 5], [7, 6, 7, 8, 7, 7, 6, 7], [4, 5, 6, 7, 5, 8, 6, None])
    assert found.adequacy is not None and found.superiority is not None and found.of_means is not None
    assert found.adequacy.mean == pytest.approx(4 / 6)
    assert found.superiority.mean == pytest.approx((-3 - 1 - 1 - 1 - 2 + 1) / 6)
    assert (found.n, found.invalid, found.showing) == (6, 1, Showing.GREY)
    assert (found.share_below, found.share_above) == (pytest.approx(2 / 6), pytest.approx(1 / 6))
    want = wilson(2, 6)
    assert want is not None and found.below is not None
    assert (found.below.low, found.below.high) == pytest.approx((want.low, want.high))
    assert found.of_means.adequacy == pytest.approx(4 / 6)


def test_weights_move_means_and_the_share() -> None:
    found = zones([5, 5], [7, 7], [4, 6], weights=[3, 1])
    assert found.adequacy is not None
    assert (found.adequacy.mean, found.share_below) == (-0.5, 0.75)


def test_nobody() -> None:
    found = zones([7], [6], [5])
    assert (found.n, found.invalid, found.of_means, found.showing) == (0, 1, None, Showing.HIDDEN)
