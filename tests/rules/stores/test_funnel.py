"""methods 4.4, by hand and by what must hold for every size."""

import numpy as np
import pytest
from scipy import stats

from sqm.rules.stores.funnel import (
    ALARM,
    ALERT,
    Call,
    arcsine_limits,
    called,
    dispersion,
    false_finds,
    funnel,
    lower_limit,
    mirrored_limits,
    outside,
    ratio_calls,
    ratio_limits,
    tails,
)


def test_all_of_a_few_is_no_alarm() -> None:
    """12 of 12 where 83 % is usual: 0.83^12 = 0.107, far from rare. 1 of 1 neither. 0 of 12 is."""
    low, high = tails([12, 1, 0], [12, 1, 12], 0.83)
    assert high[:2] == pytest.approx([0.83**12, 0.83]) and low[2] == pytest.approx(0.17**12)
    assert called(low, high) == [Call.IN, Call.IN, Call.ALARM_LOW]


def test_tails_are_the_binomial_ones() -> None:
    n = np.repeat([1, 7, 40, 3000], 5)
    k = np.concatenate([np.linspace(0, size, 5).round() for size in (1, 7, 40, 3000)])
    for theta in (0.02, 0.5, 0.83):
        low, high = tails(k, n, theta)
        assert low == pytest.approx(stats.binom.cdf(k, n, theta), abs=1e-12)
        assert high == pytest.approx(stats.binom.sf(k - 1, n, theta), abs=1e-12)


def test_a_certain_centre() -> None:
    low, high = tails([5, 4], [5, 5], 1.0)
    assert low.tolist() == [1.0, 0.0] and high.tolist() == [1.0, 1.0]
    assert called(low, high) == [Call.IN, Call.ALARM_LOW]
    limits = mirrored_limits([5.0], 1.0)
    assert 0.0 < limits.low998[0] <= 1.0 and limits.high95[0] == 1.0


@pytest.mark.parametrize("theta", [0.03, 0.5, 0.83, 0.97])
def test_drawn_curves_and_exact_tails_agree_everywhere(theta: float) -> None:
    for n in (1, 2, 5, 12, 33, 100, 257):
        k = np.arange(n + 1.0)
        size = np.full(n + 1, float(n))
        assert outside(k, size, mirrored_limits(size, theta)) == called(*tails(k, size, theta))


def test_the_interpolated_limit_by_hand() -> None:
    """n = 2, theta = 0.5: F(0) = 0.25 >= .025, a = (0.25 - .025) / 0.25 = 0.9, so -0.45, cut at 0. n = 10: F(1) =
    0.0107, F(2) = 0.0547: a = (0.0547 - .025) / 0.0439 = 0.6756, limit 0.13244."""
    assert lower_limit([2], 0.5, ALERT)[0] == 0.0
    a = (56 / 1024 - 0.025) / (45 / 1024)
    assert lower_limit([10], 0.5, ALERT)[0] == pytest.approx((2 - a) / 10)
    assert lower_limit([10], 0.5, ALARM)[0] < lower_limit([10], 0.5, ALERT)[0]


def test_a_store_without_answers_keeps_its_place() -> None:
    found = funnel([40, 0, 10], [50, 0, 20])
    assert found is not None and found.theta == pytest.approx(50 / 70) and found.dispersion is None
    assert found.points[1].call is Call.NO_DATA and found.points[1].share is None
    assert found.points[2].n == 20 and found.points[2].adjusted is None
    assert funnel([0, 0], [0, 0]) is None
    assert false_finds(found.points) == pytest.approx(0.1)


def test_against_a_target() -> None:
    found = funnel([80, 60], [100, 100], theta=0.8)
    assert found is not None and found.theta == 0.8
    assert [point.call for point in found.points] == [Call.IN, Call.ALARM_LOW]


def test_over_dispersion_by_hand() -> None:
    """Five stores of 100 around 0.5; without winsorising phi is the mean of z^2, tau2 = (5 phi - 4) / 1600."""
    counts = [30, 40, 50, 60, 70]
    z = [20 * (np.arcsin(np.sqrt(k / 100)) - np.pi / 4) for k in counts]
    found = dispersion(counts, [100] * 5, 0.5, winsorise=0.0)
    phi = sum(each**2 for each in z) / 5
    assert found is not None and found.z == pytest.approx(z)
    assert (found.phi, found.tau2) == pytest.approx((phi, (5 * phi - 4) / 1600))
    assert dispersion(counts[:4], [100] * 4, 0.5) is None
    equal = dispersion([50] * 5, [100] * 5, 0.5)
    assert equal is not None and (equal.phi, equal.tau2) == (pytest.approx(0.0, abs=1e-12), 0.0)


def test_limits_that_chance_widens_call_out_fewer() -> None:
    counts, n = [300, 340, 380, 420, 460, 500], [600] * 6
    found = funnel(counts, n)
    assert found is not None and found.tau2 > 0
    assert any(point.exact.side for point in found.points)
    assert not any(point.call.side for point in found.points)
    narrow, wide = mirrored_limits([600], found.theta), found.curves([600])
    assert wide.low95[0] < narrow.low95[0] and wide.high95[0] > narrow.high95[0]


def test_the_guard_keeps_all_of_a_few_out_of_the_list() -> None:
    """The arcsine limits of any n lie inside 0 and 1, so they flag 12 of 12; its exact tail does not."""
    counts, n = [12, 160, 170, 180, 190, 150], [12, 200, 200, 200, 200, 200]
    found = funnel(counts, n)
    assert found is not None and found.tau2 > 0
    assert outside(counts, n, arcsine_limits(n, found.theta, found.tau2))[0].side == 1
    assert found.points[0].adjusted is Call.IN and found.points[0].call is Call.IN


def test_a_limit_of_very_few_answers_ends_at_the_edge() -> None:
    """n = 1, theta = 0.83: the angle 1.145 + 3.09 / 2 is past the right angle, where sin^2 would fall to 0.19."""
    limits = arcsine_limits([1.0, 0.0], 0.83, 0.0)
    assert limits.high998[0] == limits.high95[0] == 1.0 and limits.low998[0] == 0.0
    assert np.isnan(limits.low95[1])


def test_equal_stores_are_called_out_no_more_often_than_said() -> None:
    random = np.random.default_rng(5)
    n = random.integers(5, 400, 4000)
    low, high = tails(random.binomial(n, 0.8), n, 0.8)
    calls = called(low, high)
    assert sum(call.side != 0 for call in calls) < 0.05 * 4000
    assert sum(call in (Call.ALARM_LOW, Call.ALARM_HIGH) for call in calls) < 0.004 * 4000


def test_poisson_ratio() -> None:
    """3 expected: P(X = 0) = e^-3 = 0.0498; P(X >= 8) = 0.0119; P(X >= 12) = 0.00007."""
    assert ratio_calls([0, 3, 8, 12, 5], [3, 3, 3, 3, 0]) == [
        Call.IN,
        Call.IN,
        Call.ALERT_HIGH,
        Call.ALARM_HIGH,
        Call.NO_DATA,
    ]
    assert ratio_calls([0], [7.0]) == [Call.ALARM_LOW]
    limits = ratio_limits([3.0, 0.0])
    assert limits.low95[0] == pytest.approx(stats.chi2.ppf(0.025, 6) / 6)
    assert limits.high998[0] == pytest.approx(stats.chi2.ppf(0.999, 8) / 6)
    assert np.isnan(limits.low95[1])


@pytest.mark.parametrize(("k", "n", "theta"), [([3], [2], None), ([-1], [2], None), ([1], [2], 1.2)])
def test_impossible_input_is_refused(k: list[float], n: list[float], theta: float | None) -> None:
    with pytest.raises(ValueError, match=r"count|share"):
        funnel(k, n, theta)
