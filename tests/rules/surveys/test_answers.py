"""methods 1.5 and 3.1: means of incomplete answers."""

import numpy as np
import pytest

from sqm.rules.sampling import wilson
from sqm.rules.surveys.answers import combined, cronbach_alpha, given, mean_answer, row_means, share_interval, spread_of


def test_equal_weights_give_the_one_sample_t_interval() -> None:
    """1, 2, 3, 6: mean 3, s^2 14/3, se sqrt(14/12), t(3) 3.182446."""
    found = mean_answer([1, None, 2, 3, 6])
    assert found is not None and found.interval is not None
    assert (found.mean, found.n, found.df) == (3.0, 4, 3)
    assert found.interval.low == pytest.approx(3 - 3.1824463 * (14 / 12) ** 0.5)


def test_nothing_to_estimate() -> None:
    assert mean_answer([None, None]) is None
    assert mean_answer([]) is None
    same = mean_answer([4.0, 4.0, 4.0])
    assert same is not None and same.interval is None and same.mean == 4.0
    alone = mean_answer([4.0])
    assert alone is not None and alone.interval is None
    one_store = mean_answer([4.0, 5.0], clusters=["s1", "s1"])
    assert one_store is not None and one_store.interval is None


def test_a_share_is_worth_its_answers() -> None:
    found = mean_answer([0.0] * 10 + [1.0] * 20)
    assert found is not None and found.n_eff == 30
    assert share_interval(found) == wilson(20, 30)
    weighted = mean_answer([1.0, 1.0, 1.0], [1, 1, 2])
    assert weighted is not None and weighted.interval is None
    assert weighted.n_eff == pytest.approx(16 / 6)
    assert share_interval(weighted) == wilson(16 / 6, 16 / 6)


def test_a_weight_must_be_above_zero() -> None:
    with pytest.raises(ValueError, match="above 0"):
        mean_answer([1, 2], [1, 0])
    with pytest.raises(ValueError, match="above 0"):
        mean_answer([1, 2], [1])


def test_rows_and_spread() -> None:
    assert row_means(given([[1, None, 3], [None, None, None]]))[0] == 2.0
    assert np.isnan(row_means(given([[None]]))[0])
    assert spread_of([1, 3, None]) == pytest.approx(2**0.5)
    assert spread_of([1, None]) is None


def test_combined_equals_the_mean_of_each_persons_sum_when_all_answered() -> None:
    random = np.random.default_rng(4)
    table, shares, w = random.normal(4, 1, (40, 3)), np.array([0.5, 0.3, 0.2]), random.uniform(0.5, 2, 40)
    got, want = combined(table, shares, w), mean_answer(table @ shares, w)
    assert got is not None and want is not None
    assert (got.mean, got.se) == (pytest.approx(want.mean), pytest.approx(want.se))


def test_combined_with_holes_covers_the_truth_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(5)
    hits = 0
    for _ in range(300):
        person = random.normal(0, 1, (60, 1))
        table = person + random.normal(0, 1, (60, 2))
        table[random.random((60, 2)) < 0.3] = np.nan
        found = combined(table, np.array([0.6, 0.4]))
        assert found is not None and found.interval is not None
        hits += found.interval.low <= 0 <= found.interval.high
    assert 270 <= hits <= 297


def test_combined_needs_an_answer_in_every_column_that_counts() -> None:
    table = given([[1, None], [2, None]])
    assert combined(table, np.array([0.5, 0.5])) is None
    found = combined(table, np.array([1.0, 0.0]))
    assert found is not None and found.mean == 1.5


def test_alpha_by_hand() -> None:
    """Items 1,2,3 and 1,3,2: variances 1 and 1, sums 2,5,5 have variance 3: 2 (1 - 2/3) = 2/3."""
    assert cronbach_alpha(given([[1, 1], [2, 3], [3, 2], [None, 7]])) == pytest.approx(2 / 3)
    assert cronbach_alpha(given([[1, 1], [2, 2], [3, 3]])) == pytest.approx(1.0)
    assert cronbach_alpha(given([[1], [2], [3]])) is None
    assert cronbach_alpha(given([[1, 3], [2, 2], [3, 1]])) is None
