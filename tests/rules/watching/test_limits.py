"""Process limits: groups, gaps, excluded and fixed points, constant series; P and U; which chart a series gets."""

import numpy as np
import pytest

from sqm.rules.watching.limits import Baseline, Chart, baseline, choose, counted_limits, xmr_limits

NAN = np.nan


def row(*numbers: float) -> np.ndarray:
    return np.array([numbers], dtype=float)


def marks(length: int, *places: int) -> np.ndarray:
    out = np.zeros((1, length), dtype=bool)
    out[0, list(places)] = True
    return out


def test_moving_ranges_only_between_adjacent_months() -> None:
    values = row(10, 12, NAN, 30, 31, 30, 31)
    found = xmr_limits(values, baseline(values), screen=False)
    assert found.centre[0, 0] == pytest.approx((10 + 12 + 30 + 31 + 30 + 31) / 6)
    assert found.spread[0, 0] == pytest.approx((2 + 1 + 1 + 1) / 4)


def test_an_excluded_point_enters_neither_mean_nor_ranges() -> None:
    values = row(5, 6, 50, 5, 6)
    found = xmr_limits(values, baseline(values, excluded=marks(5, 2)), screen=False)
    assert (found.centre[0, 2], found.spread[0, 2]) == (5.5, 1.0)
    assert found.upper[0, 2] < 50


def test_each_group_has_its_own_limits_and_no_range_between_them() -> None:
    values = row(1, 2, 1, 2, 101, 103, 101, 103)
    found = xmr_limits(values, baseline(values, rebase=marks(8, 4)))
    assert found.centre[0].tolist() == [1.5] * 4 + [102.0] * 4
    assert found.spread[0].tolist() == [1.0] * 4 + [2.0] * 4


def test_fixed_limits_count_present_points_of_each_group() -> None:
    values = row(1, NAN, 2, 9, 9, 4, 5, 20, 20)
    found = baseline(values, rebase=marks(9, 5), fix_after=2)
    assert found.base[0].tolist() == [True, False, True, False, False, True, True, False, False]
    assert found.points[0].tolist() == [4] * 5 + [4] * 4
    both = baseline(np.vstack([values, values]), fix_after=np.array([0, 3]))
    assert both.base.sum(axis=1).tolist() == [8, 3]


def test_screening_drops_outlying_ranges_once_and_keeps_the_mean() -> None:
    values = row(1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 40)
    found = xmr_limits(values, baseline(values))
    assert found.spread[0, 0] == 1.0
    assert found.centre[0, 0] == pytest.approx(56 / 12)


def test_constant_and_nearly_constant_series() -> None:
    flat = row(*[0.7] * 13)
    found = xmr_limits(flat, baseline(flat))
    assert found.constant.all()
    assert not found.usable.any()
    assert found.lower[0, 0] == found.upper[0, 0] == pytest.approx(0.7)
    rounding = flat + np.arange(13) % 2 * 1e-16
    assert xmr_limits(rounding, baseline(rounding)).constant.all()
    nearly = row(*[50] * 12, 51)
    assert xmr_limits(nearly, baseline(nearly)).spread[0, 0] == pytest.approx(1 / 12)


def test_a_lone_point_has_a_mean_but_no_limits() -> None:
    values = row(NAN, 81, NAN)
    found = xmr_limits(values, baseline(values))
    assert found.centre[0, 0] == 81
    assert np.isnan(found.lower).all()
    assert not found.usable.any()


def counted(values: np.ndarray, sizes: np.ndarray, prime: bool, share: bool = True, **other: bool) -> tuple:
    base = baseline(values)
    rows = np.ones((len(values), 1))
    found = counted_limits(values, sizes, base, rows > (not share), rows, rows > (not prime), **other)
    return found, base


def test_prime_limits_never_narrower_than_plain_unless_asked() -> None:
    values = row(0.5, 0.501, 0.5, 0.499, 0.5, 0.501)
    sizes = np.full(values.shape, 100.0)
    plain, wide = (counted(values, sizes, prime)[0] for prime in (False, True))
    assert wide.sigma_z[0, 0] < 1
    assert np.array_equal(plain.upper, wide.upper)
    narrow, _ = counted(values, sizes, True, narrow=True)
    assert narrow.upper[0, 0] < plain.upper[0, 0]


def test_shares_of_all_or_nothing_do_not_vary() -> None:
    for share in (0.0, 1.0):
        values = np.full((1, 8), share)
        found, _ = counted(values, np.full((1, 8), 40.0), False)
        assert found.constant.all()
        assert not found.usable.any()


def test_a_month_without_answers_is_no_point() -> None:
    values, sizes = row(0.8, NAN, 0.9, 0.8), row(100, 0, 100, 200)
    found, _ = counted(values, sizes, False)
    assert found.centre[0, 0] == pytest.approx((80 + 90 + 160) / 400)
    assert np.isnan(found.lower[0, 1])


@pytest.mark.parametrize(
    ("kind", "sizes", "sigma_z", "chart"),
    [
        ("share", [3000.0] * 8, 1.0, Chart.P_PRIME),
        ("rate", [3000.0] * 8, 1.0, Chart.U_PRIME),
        ("share", [200.0] * 8, 1.3, Chart.P_PRIME),
        ("rate", [200.0] * 8, 1.3, Chart.U_PRIME),
        ("share", [100.0, 300.0] * 4, 1.1, Chart.P),
        ("rate", [100.0, 300.0] * 4, 1.1, Chart.U),
        ("share", [200.0, 210.0] * 4, 1.1, Chart.XMR),
        ("mean", [3000.0] * 8, 2.0, Chart.XMR),
        ("count", [100.0, 300.0] * 4, 2.0, Chart.XMR),
        ("share", [3000.0] * 7 + [NAN], 2.0, Chart.XMR),
    ],
)
def test_choice_of_chart(kind: str, sizes: list[float], sigma_z: float, chart: Chart) -> None:
    values = np.full((1, 8), 0.5)
    found = choose(np.array([kind]), np.array([sizes]), np.full((1, 8), sigma_z), baseline(values))
    assert found.tolist() == [chart.value]


def test_totals_stay_inside_their_own_series_and_group() -> None:
    group = np.array([[0, 0, 1, 1], [0, 0, 0, 0]])
    present = np.ones((2, 4), dtype=bool)
    base = Baseline(group, present, present, np.zeros((2, 4), dtype=int), np.zeros((2, 1)))
    assert base.total(np.array([[1.0, 2, 3, 4], [5, 6, 7, 8]]), present).tolist() == [[3, 3, 7, 7], [26] * 4]
