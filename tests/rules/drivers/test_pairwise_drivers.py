"""Drivers of a questionnaire in rotation: nobody answers everything, every pair of questions meets in some people."""

import numpy as np
import pandas as pd
import pytest

from sqm.rules.drivers.drivers import Dropped, Missing, State, drivers_of_all, key_drivers
from sqm.rules.drivers.relative_importance import correlations_of_pairs, is_possible
from sqm.rules.drivers.resampling import resampled_pairs

NOTHING = np.nan
ITEMS = ["a", "b", "c"]


def people(count: int) -> pd.DataFrame:
    """Overall = a + b / 2 + noise; c is noise alone."""
    random = np.random.default_rng(5)
    frame = pd.DataFrame(random.normal(size=(count, 3)), columns=ITEMS)
    return frame.assign(overall=frame["a"] + frame["b"] / 2 + random.normal(size=count))


def rotated(frame: pd.DataFrame) -> pd.DataFrame:
    """Each person is asked two of the three."""
    out = frame.copy()
    for place, item in enumerate(ITEMS):
        out.loc[np.arange(len(out)) % 3 == place, item] = NOTHING
    return out


def test_correlation_of_a_pair_is_that_of_those_who_answered_both() -> None:
    """By hand: x = 1, 2, 3 with y = 2, 1, 4 answered together by the first three: r = 2 / sqrt(2 * 14 / 3)."""
    columns = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [9.0, NOTHING], [NOTHING, -7.0]])
    whole = resampled_pairs(columns, np.ones(5), draws=2).whole
    assert whole[0, 1] == pytest.approx(2 / np.sqrt(2 * 14 / 3))
    assert whole[1, 0] == pytest.approx(whole[0, 1])
    assert whole.diagonal().tolist() == [1.0, 1.0]


def test_a_weight_counts_as_that_many_people() -> None:
    columns = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [9.0, NOTHING]])
    weighted = resampled_pairs(columns, np.array([2.0, 1.0, 1.0, 1.0]), draws=2).whole
    doubled = resampled_pairs(columns[[0, 0, 1, 2, 3]], np.ones(5), draws=2).whole
    assert weighted == pytest.approx(doubled)


def test_nobody_in_common_is_no_correlation() -> None:
    sums = np.zeros((4, 2, 2))
    assert correlations_of_pairs(sums).tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_where_all_answered_both_ways_agree() -> None:
    frame = people(500)
    one = key_drivers(frame, "overall", ITEMS)
    other = key_drivers(frame, "overall", ITEMS, missing=Missing.PAIRWISE)
    assert [each.share for each in other.drivers] == pytest.approx([each.share for each in one.drivers])
    assert other.r2 == pytest.approx(one.r2) and other.n == one.n == 500
    assert other.n_eff == one.n_eff


def test_a_rotation_gives_what_the_whole_would() -> None:
    """R2 = 1.25 / 2.25; the parts of a and b are as 1 to 1/4."""
    frame = rotated(people(30_000))
    found = drivers_of_all(frame, "overall", ITEMS)
    assert found.state is State.SHOWN and found.missing is Missing.PAIRWISE
    assert (found.n, found.n_all) == (10_000, 30_000)
    assert found.r2 == pytest.approx(1.25 / 2.25, abs=0.02)
    assert [each.code for each in found.drivers] == ITEMS
    assert found.drivers[0].share == pytest.approx(0.8, abs=0.02)
    assert found.drivers[0].interval.low < 0.8 < found.drivers[0].interval.high
    assert found.drivers[0].rank_chances[0] == 1.0


def test_few_people_a_pair_are_too_few() -> None:
    found = drivers_of_all(rotated(people(270)), "overall", ITEMS)
    assert found.state is State.TOO_FEW and found.missing is Missing.PAIRWISE
    assert (found.n, found.least) == (90, 100)
    assert drivers_of_all(people(90), "overall", ITEMS).missing is Missing.LISTWISE


def test_a_question_that_nobody_heard_is_dropped() -> None:
    frame = rotated(people(600)).assign(d=NOTHING, e=7.0)
    found = key_drivers(frame, "overall", [*ITEMS, "d", "e"], missing=Missing.PAIRWISE)
    assert found.dropped == {"d": Dropped.NOT_ANSWERED, "e": Dropped.CONSTANT}
    assert len(found.drivers) == 3


def test_pairs_that_contradict_each_other_give_no_drivers() -> None:
    """x goes with y and with z perfectly, y goes against z: no group of people answers so."""
    block = np.linspace(-1.0, 1.0, 120)
    x_y, x_z, y_z = (pd.DataFrame(pair) for pair in (
        {"x": block, "y": block}, {"x": block, "z": block}, {"y": block, "z": -block},
    ))  # fmt: skip
    frame = pd.concat([x_y, x_z, y_z], ignore_index=True)
    frame["overall"] = np.tile(block, 3)
    found = key_drivers(frame, "overall", ["x", "y", "z"], missing=Missing.PAIRWISE)
    assert found.state is State.CONTRADICTORY and found.drivers == ()
    assert not is_possible(np.array([[1.0, 1.0, 1.0], [1.0, 1.0, -1.0], [1.0, -1.0, 1.0]]))
