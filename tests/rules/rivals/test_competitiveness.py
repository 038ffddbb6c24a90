"""methods 7: the index, its versions and what moved it."""

from dataclasses import replace
from datetime import date

import pytest

from sqm.rules.rivals.competitiveness import (
    Comparable,
    Component,
    Definition,
    change,
    competition_ranks,
    composite,
    in_force,
    ranks_disagree,
)
from sqm.rules.targets import Direction

SATISFACTION = Component("satisfaction", 50, 60, 90)
LEAD = Component("lead", 30, -10, 10)
APPEALS = Component("appeals", 20, 5, 25, Direction.LOWER)
INDEX = Definition("v1", date(2026, 1, 1), (SATISFACTION, LEAD, APPEALS), is_default=True)
VALUES = {"satisfaction": 75.0, "lead": 0.0, "appeals": 10.0}


def test_by_hand_and_parity_is_50() -> None:
    found = composite(VALUES, INDEX)
    assert found.scores == {"satisfaction": 50.0, "lead": 50.0, "appeals": 75.0}
    assert found.arithmetic == pytest.approx(55.0)
    assert found.geometric == pytest.approx(50**0.8 * 75**0.2)
    assert LEAD.is_balanced and not SATISFACTION.is_balanced


def test_a_missing_component_leaves_its_weight_until_two_thirds_are_gone() -> None:
    found = composite({**VALUES, "lead": None}, INDEX)
    assert found.coverage == pytest.approx(0.7)
    assert found.shares == pytest.approx({"satisfaction": 5 / 7, "appeals": 2 / 7})
    assert found.arithmetic == pytest.approx((50 * 50 + 20 * 75) / 70)
    lost = composite({"lead": 0.0, "appeals": 10.0}, INDEX)
    assert (lost.arithmetic, lost.geometric, lost.coverage) == (None, None, pytest.approx(0.5))
    assert composite({}, INDEX).shares == {}


def test_a_score_of_0_does_not_wipe_out_the_check() -> None:
    found = composite({**VALUES, "lead": -30.0}, INDEX)
    assert found.scores["lead"] == 0.0
    assert found.geometric == pytest.approx(50**0.5 * 1.0**0.3 * 75**0.2)


def test_contributions_add_up_to_the_change() -> None:
    before, after = composite(VALUES, INDEX), composite({"satisfaction": 78.0, "lead": -2.0, "appeals": 10.0}, INDEX)
    found = change(before, after)
    assert found.comparable is Comparable.YES and found.points is not None
    assert found.points == pytest.approx({"satisfaction": 5.0, "lead": -3.0, "appeals": 0.0})
    assert found.total == pytest.approx(2.0) == pytest.approx(sum(found.points.values()))


def test_what_cannot_be_compared_is_not_split() -> None:
    whole, part = composite(VALUES, INDEX), composite({**VALUES, "appeals": None}, INDEX)
    other = Definition("v2", date(2026, 7, 1), (replace(SATISFACTION, weight=40), replace(LEAD, weight=40), APPEALS))
    assert change(whole, part).comparable is Comparable.OTHER_COMPONENTS
    assert change(whole, composite(VALUES, other)).comparable is Comparable.OTHER_WEIGHTS
    assert change(whole, composite({}, INDEX)).comparable is Comparable.NO_INDEX


def test_a_month_takes_the_version_of_its_time() -> None:
    later = replace(INDEX, version="v2", valid_from=date(2026, 7, 15))
    assert in_force([INDEX, later], date(2025, 12, 1)) is None
    assert in_force([later, INDEX], date(2026, 6, 1)) is INDEX
    assert in_force([INDEX, later], date(2026, 7, 1)) is later
    again = replace(later, version="v3")
    assert in_force([INDEX, later, again], date(2026, 8, 1)) is again


@pytest.mark.parametrize(
    "components",
    [
        (),
        (SATISFACTION, LEAD),
        (LEAD, LEAD, APPEALS),
        (replace(SATISFACTION, weight=90), replace(LEAD, weight=-10), APPEALS),
    ],
)
def test_definitions_that_cannot_be(components: tuple[Component, ...]) -> None:
    with pytest.raises(ValueError):
        Definition("v1", date(2026, 1, 1), components)


def test_equals_share_a_rank() -> None:
    ranks = competition_ranks({"a": 5.0, "b": 7.0, "c": 5.0 + 1e-12, "d": None, "e": 1.0})
    assert ranks == {"b": 1, "a": 2, "c": 2, "e": 4, "d": None}


def test_the_check_may_rank_differently() -> None:
    even = composite({"satisfaction": 75.0, "lead": 0.0, "appeals": 15.0}, INDEX)
    lopsided = composite({"satisfaction": 90.0, "lead": -10.0, "appeals": 20.0}, INDEX)
    assert ranks_disagree({"even": even, "lopsided": lopsided})
    assert not ranks_disagree({"even": even, "worse": composite({**VALUES, "satisfaction": 61.0}, INDEX)})
