"""F12: the change of a lead, by hand."""

import numpy as np
import pytest

from sqm.rules.rivals.lead import Share, newcombe
from sqm.rules.rivals.lead_split import changeover_of, lead_split
from sqm.rules.surveys.trends import Movement, Mover, Word
from sqm.rules.targets import Direction

NOTHING = Movement(None, None, None, Word.NO_DATA)


def moved(before: Share, after: Share) -> Movement:
    limits = newcombe(after, before)
    assert limits is not None
    word = Word.UP if limits[0] > 0 else Word.DOWN if limits[1] < 0 else Word.NOT_DISTINGUISHABLE
    return Movement(after.p - before.p, *limits, word)


def test_the_lead_fell_because_the_rival_moved() -> None:
    """Own 80 -> 80.5 %, rival 74 -> 79 %: the lead went from 6 to 1.5 points; +0.5 is ours, -5 theirs."""
    own, rival = moved(Share(0.80, 3280), Share(0.805, 3280)), moved(Share(0.74, 3280), Share(0.79, 3280))
    found = lead_split(own, rival)
    assert (found.change, found.own, found.rival) == pytest.approx((-0.045, 0.005, -0.05))
    assert found.changeover == 0.0
    assert (found.word, found.mover) == (Word.DOWN, Mover.RIVAL)
    down = ((0.005 - (own.low or 0)) ** 2 + ((rival.high or 0) - 0.05) ** 2) ** 0.5
    up = (((own.high or 0) - 0.005) ** 2 + (0.05 - (rival.low or 0)) ** 2) ** 0.5
    assert (found.low, found.high) == pytest.approx((-0.045 - down, -0.045 + up))


def test_both_moved_alike_and_the_lead_stayed() -> None:
    up = moved(Share(0.70, 3280), Share(0.80, 3280))
    found = lead_split(up, up)
    assert (found.change, found.own, found.rival) == pytest.approx((0.0, 0.10, -0.10))
    assert (found.word, found.mover) == (Word.NOT_DISTINGUISHABLE, Mover.BOTH)


def test_where_the_best_rival_changed_the_interval_is_of_the_whole_change() -> None:
    """Best of then B 78, best of now A 79: between the two best ones +1 point, so own +0 - 1 = -1, the whole change."""
    own, rival = moved(Share(0.80, 3000), Share(0.80, 3000)), moved(Share(0.70, 3000), Share(0.79, 3000))
    between = moved(Share(0.78, 3000), Share(0.79, 3000))
    found = lead_split(own, rival, 0.08, best_to_best=between)
    alone = lead_split(own, between)
    assert found.change == pytest.approx(-0.01) == alone.change
    assert (found.low, found.high, found.word) == (alone.low, alone.high, Word.NOT_DISTINGUISHABLE)
    assert lead_split(own, rival, 0.08).word is Word.DOWN  # over today's rival alone, by 9 points
    unknown = lead_split(own, rival, 0.08, best_to_best=NOTHING)
    assert unknown.change == pytest.approx(-0.01)
    assert (unknown.low, unknown.high, unknown.word) == (None, None, Word.NO_DATA)


def test_where_lower_is_better_a_fall_of_ours_widens_the_lead() -> None:
    own, rival = moved(Share(0.10, 3000), Share(0.05, 3000)), moved(Share(0.12, 3000), Share(0.12, 3000))
    found = lead_split(own, rival, direction=Direction.LOWER)
    assert found.own == pytest.approx(0.05) and found.rival == pytest.approx(0.0)
    assert found.word is Word.UP and found.low is not None and found.high is not None
    assert 0 < found.low < 0.05 < found.high


def test_another_best_rival_now() -> None:
    """Lead over the best: own 80 - B 78 = 2, then own 80 - A 79 = 1. A itself came up from 70: 9 points against us, and
    8 back because B, who was the best, is not any more."""
    own, rival = moved(Share(0.80, 3000), Share(0.80, 3000)), moved(Share(0.70, 3000), Share(0.79, 3000))
    changed = changeover_of({"a": 0.70, "b": 0.78}, former="b", present="a")
    assert changed == pytest.approx(0.08)
    found = lead_split(own, rival, changed or 0.0)
    assert found.change == pytest.approx(-0.01)
    assert (found.own or 0) + (found.rival or 0) + (found.changeover or 0) == pytest.approx(found.change)
    assert changeover_of({"a": 0.70}, "a", "a") == 0.0
    assert changeover_of({"a": 0.70}, "b", "a") is None
    assert changeover_of({"a": 12.0, "b": 9.0}, "b", "a", Direction.LOWER) == 3.0


@pytest.mark.parametrize(("own_missing", "word"), [(True, Word.NO_DATA), (False, Word.NOT_COMPARABLE)])
def test_without_two_movements_nothing_is_split(own_missing: bool, word: Word) -> None:
    known, missing = moved(Share(0.7, 900), Share(0.8, 900)), Movement(None, None, None, word)
    found = lead_split(missing, known) if own_missing else lead_split(known, missing)
    assert (found.change, found.word, found.mover) == (None, Word.NO_DATA, Mover.UNKNOWN)
    assert lead_split(NOTHING, NOTHING).own is None


def test_the_interval_holds_what_it_promises() -> None:
    random, p, n = np.random.default_rng(21), (0.80, 0.82, 0.74, 0.79), 400
    hits = 0
    for a, b, c, d in random.binomial(n, p, size=(2000, 4)) / n:
        found = lead_split(moved(Share(a, n), Share(b, n)), moved(Share(c, n), Share(d, n)))
        assert found.low is not None and found.high is not None
        hits += found.low <= -0.03 <= found.high
    assert 0.935 < hits / 2000 < 0.97
