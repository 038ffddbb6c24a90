"""Expectation control: why the gap moved, and the ladder."""

import math

import pytest

from sqm.rules.gaps.expectation import GapMove, Rung, Scored, ladder, moved, why_moved
from sqm.rules.sampling import Showing, wilson
from sqm.rules.surveys.answers import mean_answer
from sqm.rules.surveys.trends import Movement, Word


def _moved(word: Word) -> Movement:
    return Movement(None, None, None, word)


@pytest.mark.parametrize(
    ("expectation", "perception", "move"),
    [
        (Word.UP, Word.NOT_DISTINGUISHABLE, GapMove.EXPECTATION_ROSE),
        (Word.NOT_DISTINGUISHABLE, Word.DOWN, GapMove.PERCEPTION_FELL),
        (Word.UP, Word.DOWN, GapMove.BOTH_WIDEN),
        (Word.DOWN, Word.UP, GapMove.BOTH_NARROW),
        (Word.UP, Word.UP, GapMove.BOTH_ROSE),
        (Word.NOT_DISTINGUISHABLE, Word.NOT_DISTINGUISHABLE, GapMove.NEITHER),
        (Word.NO_DATA, Word.UP, GapMove.UNKNOWN),
        (Word.UP, Word.NOT_COMPARABLE, GapMove.UNKNOWN),
    ],
)
def test_why_moved(expectation: Word, perception: Word, move: GapMove) -> None:
    assert why_moved(_moved(expectation), _moved(perception)) is move


def test_the_ladder_by_hand() -> None:
    """Disappointed, ordinary, satisfied, delighted, loyal, recommends, recommends; the last two have no rung."""
    found = ladder(
        [-2, 0, -1, 1, -1, 0, 1, None, 1],
        Scored([5, 5, 8, 9, 9, 8, 10, 10, None], 1, 10),
        staying=Scored([5, 5, 2, None, 5, 1, 5, 5, 5], 1, 5),
        recommending=Scored([10, 10, 8, None, 8, 9, 10, 10, 10], 0, 10),
    )
    assert found.n == 7
    shares = {each.rung: each.share for each in found.rungs}
    assert shares == {rung: pytest.approx((2 if rung is Rung.RECOMMENDS else 1) / 7) for rung in Rung}
    one = wilson(1, 7)
    got = found.rungs[0].interval
    assert one is not None and got is not None and (got.low, got.high) == pytest.approx((one.low, one.high))
    assert found.showing is Showing.GREY


def test_a_question_that_was_not_asked_leaves_its_rung_empty() -> None:
    found = ladder([1] * 6, Scored([10] * 6, 1, 10))
    assert [each.share for each in found.rungs] == [0, 0, 0, 1, 0, 0]


def test_weights_and_the_hidden_few() -> None:
    found = ladder([-1] * 5 + [1], Scored([3] * 5 + [9], 1, 10), weights=[1] * 5 + [5])
    assert found.rungs[0].share == pytest.approx(0.5)
    few = ladder([1] * 4, Scored([9] * 4, 1, 10))
    assert few.showing is Showing.HIDDEN and {each.share for each in few.rungs} == {None}
    assert ladder([], Scored([], 1, 10)).n == 0


def test_a_mean_moved_when_welchs_interval_leaves_0_out() -> None:
    """Two groups of four with variance 2/3: difference 3, standard error sqrt(2 x 2/3 / 4) and 6 degrees of freedom."""
    low = mean_answer([1.0, 2.0, 2.0, 3.0])
    high = mean_answer([4.0, 5.0, 5.0, 6.0])
    assert low is not None and high is not None
    found = moved(low, high)
    half = 2.446912 * math.sqrt(2 * (2 / 3) / 4)
    assert found.difference == pytest.approx(3.0)
    assert (found.low, found.high) == (pytest.approx(3.0 - half, abs=1e-5), pytest.approx(3.0 + half, abs=1e-5))
    assert found.word is Word.UP
    assert moved(high, low).word is Word.DOWN
    assert moved(low, low).word is Word.NOT_DISTINGUISHABLE
    assert moved(None, low).word is Word.NO_DATA
