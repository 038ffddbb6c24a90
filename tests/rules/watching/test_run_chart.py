"""Run chart: what counts as useful, and when it signals."""

import pytest
from scipy import stats

from sqm.rules.watching.run_chart import _fewest_crossings, run_chart


def test_a_long_run_signals() -> None:
    found = run_chart([1.0, 2.0] * 6 + [9.0] * 13)
    assert found.signal
    assert found.longest_run is not None and found.longest_run_max is not None
    assert found.longest_run > found.longest_run_max


def test_points_on_the_median_and_gaps_are_not_useful() -> None:
    found = run_chart([1.0, 2.0, None, 3.0, float("nan"), 2.0, 1.0, 3.0, 2.0])
    assert (found.median, found.n_useful) == (2.0, 4)
    assert (found.longest_run, found.crossings) == (1, 3)


@pytest.mark.parametrize("values", [[], [None], [5.0], [5.0] * 20])
def test_nothing_useful_is_no_signal(values: list[float | None]) -> None:
    found = run_chart(values)
    assert (found.n_useful, found.longest_run, found.signal) == (0, None, False)


def test_too_short_to_signal() -> None:
    assert not run_chart([1.0] * 4 + [2.0] * 4).signal
    assert run_chart([1.0] * 12 + [2.0] * 12).signal


def test_fewest_crossings_is_the_binomial_quantile() -> None:
    for n in range(2, 120):
        assert _fewest_crossings(n) == int(stats.binom.ppf(0.05, n - 1, 0.5))
