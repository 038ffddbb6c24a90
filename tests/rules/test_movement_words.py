"""Who moved, and movements of means."""

from datetime import date

import pandas as pd
import pytest

from sqm.rules.surveys.trends import Movement, Mover, Word, mean_of, movement, points, who_moved

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def moved(word: Word) -> Movement:
    return Movement(0.1, 0.05, 0.15, word)


@pytest.mark.parametrize(
    ("own", "rival", "mover"),
    [
        (Word.UP, Word.NOT_DISTINGUISHABLE, Mover.OWN),
        (Word.NOT_DISTINGUISHABLE, Word.DOWN, Mover.RIVAL),
        (Word.UP, Word.DOWN, Mover.BOTH),
        (Word.NOT_DISTINGUISHABLE, Word.NOT_DISTINGUISHABLE, Mover.NEITHER),
        (Word.NO_DATA, Word.UP, Mover.UNKNOWN),
        (Word.UP, Word.NOT_COMPARABLE, Mover.UNKNOWN),
    ],
)
def test_who_moved(own: Word, rival: Word, mover: Mover) -> None:
    assert who_moved(moved(own), moved(rival)) is mover


def sums(month: date, mean: float, n: int = 400, spread: float = 2.0) -> dict[str, object]:
    """n answers on 1-10 with this mean and standard deviation."""
    return {
        "survey_code": "cati",
        "method_code": "m1",
        "month": month,
        "scale_min": 1.0,
        "scale_max": 10.0,
        "n": n,
        "w": float(n),
        "ww": float(n),
        "wx": mean * n,
        "wxx": (spread**2 + mean**2) * n,
        "ws": 0.8 * n,
    }


def test_mean_of_recovers_the_variance_behind_the_interval() -> None:
    point = points(pd.DataFrame([sums(JANUARY, 8.0)])).to_dict("records")[0]
    mean = mean_of(point)
    assert mean is not None
    assert mean.mean == pytest.approx(100 * 7 / 9)
    assert mean.variance == pytest.approx((2.0 / 9 * 100) ** 2 * 400 / 399)


def test_a_large_change_of_the_mean_is_a_rise_and_a_small_one_is_not() -> None:
    rise = points(pd.DataFrame([sums(JANUARY, 7.0), sums(FEBRUARY, 8.0)]))
    found = movement(rise, JANUARY, FEBRUARY, "mean")
    assert found.word is Word.UP
    assert found.difference == pytest.approx(100 / 9)
    assert movement(rise, JANUARY, FEBRUARY).word is Word.NOT_DISTINGUISHABLE
    still = points(pd.DataFrame([sums(JANUARY, 8.0), sums(FEBRUARY, 8.02)]))
    assert movement(still, JANUARY, FEBRUARY, "mean").word is Word.NOT_DISTINGUISHABLE
