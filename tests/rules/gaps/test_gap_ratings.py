"""methods 3.2, by questionnaire."""

import pytest
from scipy import stats

from sqm.rules.gaps.gap_ratings import against_customers, against_top

NAMES = ("tangibles", "reliability")


def test_gap_one_by_hand() -> None:
    """Managers 6, 5.5; customers 5, 6.5: +1 and -1 cancel in the weighted gap but not in the absolute one."""
    found = against_customers([[6, 5], [6, 6]], [[4, 6], [6, 7]], NAMES, [50, 50])
    assert [each.gap for each in found.dimensions] == [1.0, -1.0]
    assert [(each.score, each.against) for each in found.dimensions] == [(6.0, 5.0), (5.5, 6.5)]
    assert (found.weighted, found.absolute, found.covered, found.n) == (0.0, 1.0, 1.0, 2)


def test_gap_one_has_the_welch_interval() -> None:
    managers, customers = [5, 6, 6, 7, 4], [6, 7, 7, 6, 7, 5, 7]
    only = against_customers([[x] for x in managers], [[x] for x in customers], ("a",), [1])
    limits = stats.ttest_ind(managers, customers, equal_var=False).confidence_interval()
    for interval in (only.dimensions[0].interval, only.interval):
        assert interval is not None
        assert (interval.low, interval.high) == pytest.approx((limits.low, limits.high))


def test_customers_are_weighted_managers_are_not() -> None:
    found = against_customers([[5], [7]], [[4], [6]], ("a",), [1], customer_weights=[3, 1])
    assert found.weighted == pytest.approx(6 - 4.5)


def test_a_dimension_without_any_standard_is_left_out_and_told() -> None:
    found = against_top([[5, None], [6, None], [4, None]], NAMES, [20, 80])
    first, second = found.dimensions
    assert (first.gap, first.share_without, first.n) == (-2.0, 0.0, 3)
    assert (second.gap, second.share_without, second.n) == (None, 1.0, 0)
    assert (found.weighted, found.covered) == (-2.0, 0.2)


def test_a_skipped_question_is_not_a_missing_standard() -> None:
    rows = [[5, None], [6, 3], [4, None], [5, 4]]
    found = against_top(rows, NAMES, [1, 1], skipped=[[0, 1], [0, 0], [0, 0], [0, 0]])
    assert found.dimensions[1].share_without == pytest.approx(1 / 3)
    assert against_top(rows, NAMES, [1, 1]).dimensions[1].share_without == 0.5


def test_nobody_rated() -> None:
    found = against_top([[None, None]], NAMES, [1, 1])
    assert (found.weighted, found.interval, found.absolute, found.covered, found.n) == (None, None, None, 0.0, 0)
    assert against_customers([[None]], [[5]], ("a",), [1]).weighted is None


def test_the_interval_of_a_rating_stops_at_the_top() -> None:
    found = against_top([[7], [7], [6]], ("a",), [1])
    assert found.interval is not None
    assert found.interval.high == 0.0
    assert found.interval.low == pytest.approx(-1 / 3 - 4.3026527 / 3)


@pytest.mark.parametrize("points", [[1], [-1, 2], [0, 0], [float("nan"), 1]])
def test_points_that_are_no_weights_are_refused(points: list[float]) -> None:
    with pytest.raises(ValueError, match="points"):
        against_top([[5, 5]], NAMES, points)


def test_a_rating_above_the_top_is_refused() -> None:
    with pytest.raises(ValueError, match="above"):
        against_top([[8, 5]], NAMES, [1, 1])
