"""methods 1.4: intervals, reliability, minimum n. statsmodels is the independent second opinion."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from sqm.rules.sampling import (
    Interval,
    Reliability,
    Showing,
    clopper_pearson,
    effective_n,
    garwood,
    is_satisfied,
    kish,
    reliability,
    showing_of,
    t_of,
    wilson,
    wilson_limits,
)


@pytest.mark.parametrize(
    ("scale", "first"), [((1, 10), 8), ((1, 5), 4), ((1, 7), 6), ((0, 10), 8), ((0, 4), 3), ((0, 100), 75)]
)
def test_who_is_satisfied(scale: tuple[int, int], first: int) -> None:
    low, high = scale
    assert next(score for score in range(low, high + 1) if is_satisfied(score, low, high)) == first


def test_wilson_agrees_with_statsmodels() -> None:
    random = np.random.default_rng(1)
    n = random.integers(1, 5000, 500)
    k = (n * random.random(500)).astype(int)
    low, high = wilson_limits(k, n)
    theirs = proportion_confint(k, n, method="wilson")
    np.testing.assert_allclose(low, np.clip(theirs[0], 0, 1), atol=1e-12)
    np.testing.assert_allclose(high, np.clip(theirs[1], 0, 1), atol=1e-12)


def test_wilson_properties_with_fractional_counts() -> None:
    random = np.random.default_rng(2)
    n = random.uniform(0.5, 400, 2000)
    p = random.random(2000)
    low, high = wilson_limits(p * n, n)
    assert ((low >= 0) & (low <= p) & (p <= high) & (high <= 1)).all()
    again_low, again_high = wilson_limits((1 - p) * n, n)
    np.testing.assert_allclose(again_low, 1 - high, atol=1e-12)
    np.testing.assert_allclose(again_high, 1 - low, atol=1e-12)
    more_low, more_high = wilson_limits(p * n * 4, n * 4)
    assert (more_high - more_low < high - low).all()


def test_edges_of_wilson() -> None:
    assert wilson(0, 0) is None
    assert wilson(None, 10) is None
    none, every = wilson(0, 40), wilson(40, 40)
    assert none is not None and every is not None
    assert none.low == 0.0 and none.high > 0
    assert every.high == 1.0 and every.low < 1


def test_clopper_pearson_agrees_with_statsmodels_and_contains_wilson_centre() -> None:
    random = np.random.default_rng(3)
    for n in random.integers(1, 300, 100):
        k = int(random.integers(0, n + 1))
        got = clopper_pearson(k, int(n))
        low, high = proportion_confint(k, int(n), method="beta")
        assert got is not None
        assert got.low == pytest.approx(0.0 if k == 0 else low, abs=1e-10)
        assert got.high == pytest.approx(1.0 if k == n else high, abs=1e-10)
    assert clopper_pearson(0, 0) is None


def test_garwood_is_the_chi_square_form() -> None:
    got = garwood(12, 4.0)
    assert got is not None
    assert got.low == pytest.approx(stats.chi2.ppf(0.025, 24) / 2 / 4)
    assert got.high == pytest.approx(stats.chi2.ppf(0.975, 26) / 2 / 4)
    nothing = garwood(0, 100.0)
    assert nothing is not None and nothing.low == 0.0 and nothing.high == pytest.approx(3.688879 / 100, abs=1e-7)
    assert garwood(3, 0) is None


def test_kish() -> None:
    assert kish([2.5] * 8) == pytest.approx((1.0, 8.0))
    deff, n_eff = kish([10, 1, 1, 1, 1])
    assert deff == pytest.approx(5 / n_eff)
    assert np.isnan(effective_n(0.0, 0.0))
    for wrong in ([], [1, 0], [1, -1]):
        with pytest.raises(ValueError, match="weights"):
            kish(wrong)


def test_reliability_takes_its_questions_in_order() -> None:
    assert reliability(0.5, Interval(0.48, 0.52), 29.9) is Reliability.INSUFFICIENT
    assert reliability(0.01, Interval(0.0, 0.05), 400) is Reliability.RELIABLE
    assert reliability(0.5, Interval(0.35, 0.65), 40) is Reliability.INSUFFICIENT
    assert reliability(0.05, Interval(0.02, 0.1), 80) is Reliability.INSUFFICIENT
    assert reliability(0.0, Interval(0.0, 0.1), 40) is Reliability.INSUFFICIENT
    assert reliability(0.5, Interval(0.4, 0.6), 100) is Reliability.INDICATIVE
    assert reliability(None, None, None) is Reliability.INSUFFICIENT


def test_minimum_n() -> None:
    got = showing_of([4, 5, 29, 30, 400, np.nan], [4, 5, 29, 30, 29.5, 3])
    assert list(got) == [Showing.HIDDEN, Showing.GREY, Showing.GREY, Showing.SHOWN, Showing.GREY, Showing.HIDDEN]


def test_student_quantile() -> None:
    assert t_of(71) == pytest.approx(stats.t.ppf(0.975, 71))
