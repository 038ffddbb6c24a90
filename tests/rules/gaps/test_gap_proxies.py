"""methods 3.2, operational proxies; each by hand."""

import numpy as np
import pytest

from sqm.rules.gaps.gap_proxies import Need, coverage, points_lost, promise_gap, promises_broken, rank_distance
from sqm.rules.sampling import wilson
from sqm.rules.targets import Direction


def test_rank_distance_by_hand() -> None:
    """Declared a b c d, derived b a c d: |1-2| + |2-1| = 2 of at most 8."""
    found = rank_distance({"a": 9, "b": 8, "c": 7, "d": 6}, {"a": 0.3, "b": 0.4, "c": 0.2, "d": 0.1})
    assert found.distance == 0.25
    assert [(each.need, each.shift) for each in found.needs] == [("a", -1), ("b", 1), ("c", 0), ("d", 0)]
    assert found.interval is None


def test_rank_distance_ends_and_ties() -> None:
    order = {"a": 3.0, "b": 2.0, "c": 1.0}
    assert rank_distance(order, {"a": 30, "b": 20, "c": 10}).distance == 0.0
    assert rank_distance(order, {"a": 1, "b": 2, "c": 3}).distance == 1.0
    assert rank_distance(order, {"a": 1, "b": 1, "c": 1}).distance == 0.5  # ranks 2 2 2 against 1 2 3


def test_needs_that_one_side_does_not_know_take_no_part() -> None:
    found = rank_distance({"a": 3, "b": 2, "x": 9}, {"b": 1, "a": 2, "y": 1})
    assert (found.distance, found.only_declared, found.only_derived) == (None, ("x",), ("y",))
    assert rank_distance({}, {}).needs == ()


def test_rank_distance_interval_from_draws() -> None:
    declared = {"a": 3.0, "b": 2.0, "c": 1.0}
    derived = {"c": 1.0, "b": 2.0, "a": 3.0}
    found = rank_distance(declared, derived, draws=[[1, 2, 3]] * 90 + [[3, 2, 1]] * 10)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (0.0, 1.0)
    steady = rank_distance(declared, derived, draws=[[1, 2, 3]] * 5)
    assert steady.interval is not None and steady.interval.high == 0.0


def test_coverage_by_hand() -> None:
    needs = [
        Need("queue", 9, True, True, True),
        Need("bill", 8, True, False, False),
        Need("staff", 7, False, False, False),
        Need("seats", 7, False, True, True),
        Need("tea", 1, False, False, False),
    ]
    found = coverage(needs, top=3)
    assert set(found.top) == {"queue", "bill", "staff", "seats"}  # seats ties with the third
    assert (found.uncovered, found.incomplete, found.bare) == (0.25, 0.75, ("staff",))
    assert (found.without_standard, found.without_indicator, found.without_target) == (0.5, 0.5, 0.5)
    assert coverage(needs).uncovered == 0.4
    assert coverage([]).uncovered is None


def test_points_lost_by_hand() -> None:
    """10 + 20 possible; visit one loses 2 + 5, visit two has its second item not applicable and loses 0: 7 of 40."""
    found, items = points_lost([[10, 20], [10, 0]], [[8, 15], [10, None]])
    assert found is not None
    assert (found.mean, found.n) == (pytest.approx(7 / 40), 2)
    assert items == {0: pytest.approx(2 / 7), 1: pytest.approx(5 / 7)}


def test_points_lost_counts_stores_not_visits() -> None:
    random = np.random.default_rng(3)
    store = np.repeat(np.arange(15), 8)
    bad = random.uniform(0, 0.6, 15)[store]
    scored = (random.random((120, 20)) >= bad[:, None]).astype(float)
    alone, _ = points_lost(np.ones((120, 20)), scored)
    together, _ = points_lost(np.ones((120, 20)), scored, list(store))
    assert alone is not None and together is not None
    assert alone.mean == pytest.approx(1 - scored.mean())
    assert together.se > 1.5 * alone.se


def test_points_lost_without_points_or_with_wrong_ones() -> None:
    assert points_lost([[10]], [[None]]) == (None, {})
    perfect, items = points_lost([[10], [10]], [[10], [10]])
    assert perfect is not None and perfect.mean == 0.0 and perfect.interval is None and items == {}
    with pytest.raises(ValueError, match="between"):
        points_lost([[10]], [[11]])
    few, _ = points_lost([[10]] * 3, [[10], [10], [4]])
    assert few is not None and few.interval is not None and few.interval.low == 0.0


def test_promised_minus_delivered_by_hand() -> None:
    minutes = promise_gap([15, 15, 15, 15], [10, 15, 20, None], Direction.LOWER)
    assert minutes.shortfall is not None and minutes.shortfall.mean == 0.0  # -5, 0, +5
    assert (minutes.broken, minutes.n, minutes.share_broken) == (1, 3, pytest.approx(1 / 3))
    assert minutes.interval == wilson(1, 3)
    speed = promise_gap([100, 100], [80, 90], Direction.HIGHER)
    assert speed.shortfall is not None and (speed.shortfall.mean, speed.broken) == (15.0, 2)
    both = promises_broken([minutes, speed])
    assert (both.shortfall, both.broken, both.n, both.share_broken) == (None, 3, 5, 0.6)


def test_a_promise_without_cases_or_without_a_side() -> None:
    nothing = promise_gap([], [], Direction.LOWER)
    assert (nothing.shortfall, nothing.share_broken, nothing.interval) == (None, None, None)
    assert promise_gap([0.3], [0.1 + 0.2], Direction.LOWER).broken == 0
    with pytest.raises(ValueError, match="one side"):
        promise_gap([1], [1], Direction.RANGE)
