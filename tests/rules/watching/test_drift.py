"""A small shift that lasts."""

import numpy as np
import pytest

from sqm.rules.watching.drift import FEWEST_BEFORE, WINDOW, drifting

K, M = 400, 30
LOWER_IS_WORSE = np.full(K, -1)


def stable(seed: int = 3) -> np.ndarray:  # type: ignore[type-arg]
    return np.random.default_rng(seed).normal(80, 2, size=(K, M))


def shifted(sigmas: float, seed: int = 3) -> np.ndarray:  # type: ignore[type-arg]
    values = stable(seed)
    values[:, -WINDOW:] += 2 * sigmas
    return values


def test_a_lasting_shift_is_found_and_the_other_side_is_not() -> None:
    assert drifting(shifted(-1.5), LOWER_IS_WORSE).mean() > 0.75
    assert drifting(shifted(1.5), LOWER_IS_WORSE).mean() < 0.01
    assert drifting(shifted(1.5), -LOWER_IS_WORSE).mean() > 0.75


def test_stable_series_are_seldom_named() -> None:
    assert drifting(stable(), LOWER_IS_WORSE).mean() < 0.06


def test_the_size_of_the_numbers_does_not_matter() -> None:
    values = shifted(-1.0)
    assert (drifting(values, LOWER_IS_WORSE) == drifting(values * 1000 + 5, LOWER_IS_WORSE)).all()


def test_nothing_is_said_without_direction_history_or_a_last_value() -> None:
    values = shifted(-3.0)
    assert not drifting(values, np.zeros(K, dtype=int)).any()
    assert not drifting(values[:, -(FEWEST_BEFORE + WINDOW - 1) :], LOWER_IS_WORSE).any()
    values[:, -1] = np.nan
    assert not drifting(values, LOWER_IS_WORSE).any()


def test_a_new_beginning_leaves_the_old_months_out() -> None:
    values = shifted(-3.0)
    rebase = np.zeros(values.shape, dtype=bool)
    rebase[:, -WINDOW] = True
    assert not drifting(values, LOWER_IS_WORSE, rebase).any()


def test_an_excluded_month_moves_no_mean() -> None:
    values = stable()
    values[:, 4] = 500.0
    excluded = np.zeros(values.shape, dtype=bool)
    excluded[:, 4] = True
    assert drifting(values, LOWER_IS_WORSE).mean() > 0.9
    assert drifting(values, LOWER_IS_WORSE, excluded=excluded).mean() < 0.06


@pytest.mark.parametrize("months", [0, WINDOW])
def test_too_short_series(months: int) -> None:
    assert not drifting(stable()[:, :months], LOWER_IS_WORSE).any()


def test_a_constant_series_does_not_drift() -> None:
    values = np.full((K, M), 80.0)
    values[:, -1] = 10.0
    assert not drifting(values, LOWER_IS_WORSE).any()
