"""The rules on points: windows stop at gaps and re-base points, first match wins, both directions mirror each other."""

import numpy as np
import pytest

from sqm.rules.watching.limits import baseline, xmr_limits
from sqm.rules.watching.signals import (
    Assurance,
    Label,
    Variation,
    assurance_of,
    find_signals,
    run_lengths,
    seven_trend,
    steps_of,
    variation_of,
)
from sqm.rules.watching.watch import Monthly, Watch, watch

NAN = np.nan
QUIET = [0.0, 1.0, -1.0, 0.5, -0.5, 1.0, -1.0, 0.6, -0.4, 0.9, -0.8, 0.3, -0.2]


def labels(values: list[float], **other: object) -> list[str]:
    return looked(values, **other).signals.label[0].tolist()


def looked(values: list[float], direction: str = "higher", **other: object) -> Watch:
    return watch(Monthly(np.array([values]), [direction], **other))  # type: ignore[arg-type]


def test_seven_on_one_side_and_what_breaks_it() -> None:
    run = [0.4, 0.9, 0.3, 0.8, 0.2, 0.7, 0.5]
    fixed = {"fix_after": len(QUIET)}
    assert labels(QUIET + run, **fixed)[-7:] == [Label.RUN_ABOVE] * 7
    assert labels([*QUIET, *run[:3], NAN, *run[3:]], **fixed)[-8:].count(Label.RUN_ABOVE) == 0
    rebase = np.zeros((1, 20), dtype=bool)
    rebase[0, 16] = True
    assert Label.RUN_ABOVE not in labels(QUIET + run, rebase=rebase, **fixed)


def test_seven_rising_are_six_rises_and_a_tie_breaks_them() -> None:
    rise = [-0.9, -0.6, -0.3, 0.1, 0.4, 0.7, 0.95]
    fixed = {"fix_after": len(QUIET)}
    assert labels([*QUIET, *rise], **fixed)[-7:] == [Label.RISING] * 7
    assert Label.RISING not in labels([*QUIET, *rise[:6], rise[5]], **fixed)
    assert Label.RISING not in labels([*QUIET, *rise[:3], NAN, *rise[3:]], **fixed)


def test_the_top_of_two_trends_belongs_to_the_right_one() -> None:
    values = np.array([[1.0, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]])
    base = baseline(values)
    _, trend = seven_trend(steps_of(values, base), base.starts)
    assert trend[0].tolist() == [1] * 6 + [-1] * 7


def test_fewer_than_six_points_are_never_coloured() -> None:
    wild = [0.0, 0.0, 0.0, 0.1, 9.0]
    found = looked(wild)
    assert np.isfinite(found.limits.upper).all()
    assert set(found.signals.label[0]) == {Label.COMMON}
    assert labels([0.0, 0.1, 0.0, 0.1, 0.0, 9.0])[-1] == Label.ABOVE_LIMIT


def test_run_lengths_stop_at_zeros_changes_and_starts() -> None:
    signs = np.array([[1, 1, 0, 1, -1, -1, -1, -1]])
    starts = np.array([[True, False, False, False, False, False, True, False]])
    assert run_lengths(signs, starts)[0].tolist() == [1, 2, 0, 1, 1, 2, 1, 2]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (11.0, np.inf, Assurance.FAIL),
        (-11.0, np.inf, Assurance.PASS),
        (10.0, np.inf, Assurance.HIT_AND_MISS),
        (-np.inf, -11.0, Assurance.FAIL),
        (-np.inf, 11.0, Assurance.PASS),
        (-np.inf, 0.0, Assurance.HIT_AND_MISS),
        (-20.0, 20.0, Assurance.PASS),
        (-5.0, 5.0, Assurance.HIT_AND_MISS),
        (12.0, 20.0, Assurance.FAIL),
        (NAN, NAN, Assurance.NONE),
    ],
)
def test_assurance(low: float, high: float, expected: Assurance) -> None:
    one = [np.array([number]) for number in (-10.0, 10.0, low, high, 1e-9)]
    assert assurance_of(*one).tolist() == [expected]


def test_variation_reads_the_side_by_direction() -> None:
    sign = np.array([[1, -1, 0, 1, -1, 1]])
    adverse = np.array([[-1, -1, -1, 0, 0, 1]])
    present = np.array([[True] * 5 + [False]])
    assert variation_of(sign, adverse, present)[0].tolist() == [
        Variation.IMPROVEMENT,
        Variation.CONCERN,
        Variation.COMMON,
        Variation.NEUTRAL_HIGH,
        Variation.NEUTRAL_LOW,
        Variation.NONE,
    ]


def with_gaps(seed: int, k: int = 300, m: int = 36) -> np.ndarray:
    random = np.random.default_rng(seed)
    values = np.cumsum(random.normal(size=(k, m)), axis=1) * 0.4 + random.normal(size=(k, m))
    values[random.random(values.shape) < 0.08] = NAN
    return np.round(values, 1)


@pytest.mark.parametrize("seed", range(3))
def test_no_marked_window_holds_a_gap_or_crosses_a_new_group(seed: int) -> None:
    """Written out point by point: what each rule needs of the months around a mark."""
    values = with_gaps(seed)
    rebase = np.random.default_rng(seed + 50).random(values.shape) < 0.05
    base = baseline(values, rebase)
    found = find_signals(values, xmr_limits(values, base), base)
    side = np.sign(values - xmr_limits(values, base).centre)

    def stretch(row: int, month: int) -> tuple[int, int]:
        first = last = month
        while (
            first > 0 and not np.isnan(values[row, first - 1]) and base.group[row, first - 1] == base.group[row, month]
        ):
            first -= 1
        while (
            last + 1 < values.shape[1]
            and not np.isnan(values[row, last + 1])
            and base.group[row, last + 1] == base.group[row, month]
        ):
            last += 1
        return first, last

    needs = ((found.trend, 7), (found.run, 7), (found.two_in_three, 3))
    for signs, width in needs:
        for row, month in np.argwhere(signs != 0):
            first, last = stretch(row, month)
            assert last - first + 1 >= width
    for row, month in np.argwhere(found.run != 0):
        first, last = stretch(row, month)
        same = side[row, first : last + 1] == found.run[row, month]
        assert longest_true(same) >= 7
    assert (found.trend != 0).any() and (found.run != 0).any() and (found.two_in_three != 0).any()
    assert (found.label[np.isnan(values)] == Label.NONE).all()


def longest_true(marks: np.ndarray) -> int:
    longest = current = 0
    for mark in marks:
        current = current + 1 if mark else 0
        longest = max(longest, current)
    return longest


def test_what_is_raised_in_the_last_month_is_its_label() -> None:
    found = watch(Monthly(with_gaps(9), ["higher"] * 300)).signals
    assert np.array_equal(found.raised[:, -1], found.sign[:, -1])
    assert (found.raised[:, -1] != 0).any()
