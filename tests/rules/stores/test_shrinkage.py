"""methods 4.3, by hand."""

import numpy as np
import pytest
from scipy import stats

from sqm.rules.stores.shrinkage import (
    Estimator,
    beta_prior,
    between,
    james_stein,
    moment_prior,
    shrink_scores,
    shrink_shares,
    within_variances,
)


def test_few_visits_borrow_the_spread_of_all() -> None:
    """Pooled: (29 x 16 + 1 x 100) / 30 = 18.8. The second store has 2 visits, the third one, the fourth no spread. An
    own variance is widened by (n - 1) / (n - 3): 29 / 27 of 30 visits, 9 / 7 of ten."""
    found = within_variances([4.0, 10.0, np.nan, 0.0], [30, 2, 1, 0])
    assert found is not None
    wide = 16 / 30 * 29 / 27
    assert found[:3] == pytest.approx([wide, 18.8 / 2, 18.8]) and np.isnan(found[3])
    own = within_variances([4.0, 10.0], [30, 2], pool_below=0, is_widened=False)
    assert own == pytest.approx([16 / 30, 50.0])
    ten = within_variances([4.0, 10.0], [30, 10])
    assert ten == pytest.approx([wide, 10.0 * 9 / 7])
    constant = within_variances([4.0, 0.0], [30, 30])
    assert constant == pytest.approx([wide, 8 / 30])
    few = within_variances([4.0, 10.0], [30, 3], pool_below=0)
    assert few == pytest.approx([wide, (29 * 16 + 2 * 100) / 31 / 3])
    assert within_variances([np.nan, np.nan], [1, 1]) is None
    assert within_variances([0.0, 0.0], [9, 9]) is None


def test_dersimonian_laird_by_hand() -> None:
    """80, 90, 100 with variance 25: Q = 200 / 25 = 8, tau2 = (8 - 2) / (0.12 - 0.0048 / 0.12) = 75, lambda 0.75."""
    found = between([80.0, 90.0, 100.0], [25.0] * 3)
    assert found is not None
    assert (found.centre, found.q, found.tau2) == pytest.approx((90.0, 8.0, 75.0))
    assert found.se == pytest.approx((100 / 3) ** 0.5)
    assert found.chance == pytest.approx(np.exp(-4.0)) and found.i2 == pytest.approx(0.75)
    first = shrink_scores([80.0, 90.0, 100.0], [25.0] * 3, found)[0]
    assert (first.raw, first.value, first.variance, first.reliability) == pytest.approx((80.0, 82.5, 18.75, 0.75))
    half = 1.959964 * (18.75 + 0.0625 * 100 / 3) ** 0.5
    assert first.interval.high - first.value == pytest.approx(half, rel=1e-6)


@pytest.mark.parametrize("estimator", list(Estimator))
def test_with_equal_variances_both_estimators_are_variance_less_noise(estimator: Estimator) -> None:
    found = between([80.0, 90.0, 100.0], [25.0] * 3, estimator)
    assert found is not None and found.tau2 == pytest.approx(100.0 - 25.0)


@pytest.mark.parametrize("estimator", list(Estimator))
def test_stores_closer_than_chance_are_all_the_middle(estimator: Estimator) -> None:
    found = between([80.0, 81.0, 82.0], [25.0] * 3, estimator)
    assert found is not None and (found.tau2, found.i2) == (0.0, 0.0) and found.chance > 0.9
    assert {each.value for each in shrink_scores([80.0, 81.0, 82.0], [25.0] * 3, found)} == {found.centre}


def test_what_cannot_be_estimated() -> None:
    assert between([80.0], [4.0]) is None
    with pytest.raises(ValueError, match="above 0"):
        between([80.0, 81.0], [4.0, 0.0])
    with pytest.raises(ValueError, match="above 0"):
        between([80.0, np.nan], [4.0, 4.0])


def test_shares_by_hand() -> None:
    """Beta(8, 2) and 3 of 3: (3 + 8) / 13; nobody asked: the centre."""
    found = shrink_shares([3, 0], [3, 0], 8.0, 2.0)
    assert (found[0].raw, found[0].value, found[0].reliability) == pytest.approx((1.0, 11 / 13, 3 / 13))
    assert found[0].variance == pytest.approx(11 * 2 / (13**2 * 14))
    limits = stats.beta.ppf([0.025, 0.975], 11, 2)
    assert (found[0].interval.low, found[0].interval.high) == pytest.approx(tuple(limits))
    assert np.isnan(found[1].raw) and (found[1].value, found[1].reliability) == (0.8, 0.0)


def test_the_prior_is_where_the_likelihood_is_highest() -> None:
    counts, n = [30, 45, 28, 50, 10, 39], [50, 50, 50, 60, 30, 40]
    found = beta_prior(counts, n)
    assert found is not None

    def likelihood(alpha: float, beta: float) -> float:
        return float(stats.betabinom.logpmf(counts, n, alpha, beta).sum())

    best = likelihood(found.alpha, found.beta)
    assert found.log_likelihood == pytest.approx(best)
    for alpha, beta in ((1.02, 1.0), (0.98, 1.0), (1.0, 1.02), (1.0, 0.98), (1.05, 1.05), (0.95, 0.95)):
        assert likelihood(found.alpha * alpha, found.beta * beta) < best
    assert found.chance < 1e-6 and 0.6 < found.centre < 0.8


def test_the_chance_is_half_a_chi_squared_of_the_likelihood_ratio() -> None:
    counts, n = [40, 31, 36], [50, 50, 50]
    found = beta_prior(counts, n)
    assert found is not None
    ratio = 2.0 * (found.log_likelihood - float(stats.binom.logpmf(counts, n, 107 / 150).sum()))
    assert ratio > 0.01 and found.chance == pytest.approx(0.5 * stats.chi2.sf(ratio, 1))


def test_equal_shares_leave_nothing_of_their_own() -> None:
    found = beta_prior([40, 80, 120], [50, 100, 150])
    assert found is not None and found.centre == pytest.approx(0.8) and found.chance == pytest.approx(1.0, abs=0.51)
    assert found.chance > 0.4
    assert max(each.reliability for each in shrink_shares([40, 80], [50, 100], found.alpha, found.beta)) < 1e-3


def test_the_chance_of_the_likelihood_ratio_is_kept() -> None:
    """Of equal stores 5 in 100 may look different; conservative or not, never much more."""
    random = np.random.default_rng(2)
    found = [beta_prior(random.binomial(60, 0.8, 40), np.full(40, 60)) for _ in range(100)]
    assert sum(each is not None and each.chance < 0.05 for each in found) <= 10


def test_priors_that_cannot_be() -> None:
    assert beta_prior([5], [9]) is None
    assert beta_prior([9, 4], [9, 4]) is None and beta_prior([0, 0], [9, 4]) is None
    with pytest.raises(ValueError, match="answers"):
        beta_prior([5, 1], [4, 4])
    assert moment_prior([5], [9]) is None and moment_prior([5, 5], [9, 9]) is None
    assert moment_prior([0, 9], [9, 9]) is None


def test_moments_by_hand() -> None:
    """Shares 0.6 and 0.8: mean 0.7, variance 0.02, strength 0.21 / 0.02 - 1 = 9.5."""
    assert moment_prior([6, 8], [10, 10]) == pytest.approx((6.65, 2.85))


def test_james_stein() -> None:
    """1, 2, 3, 6: mean 3, sum of squares 14; c = 1 - 1 x 2 / 14."""
    c, estimates = james_stein([1.0, 2.0, 3.0, 6.0], 2.0)
    assert c == pytest.approx(6 / 7) and estimates == pytest.approx([3 - 12 / 7, 3 - 6 / 7, 3.0, 3 + 18 / 7])
    assert james_stein([1.0, 2.0, 3.0, 6.0], 100.0) == (0.0, [3.0] * 4)
    with pytest.raises(ValueError, match="four"):
        james_stein([1.0, 2.0, 3.0], 1.0)
