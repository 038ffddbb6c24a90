"""Districts held against the rest of them; every number here is worked out by hand."""

import math

import pytest

from sqm.rules.rivals.lead import Share, Standing, lead_of_shares
from sqm.rules.sampling import t_of
from sqm.rules.surveys.parts_of_whole import against_rest, weighted_mean, weights


def point(share: float, n: float, w: float, mean: float = 80.0, sd: float = 20.0) -> dict[str, float]:
    half = t_of(n - 1) * sd / math.sqrt(n)
    return {
        "share": share, "n_eff": n, "w": w, "mean": mean, "mean_low": mean - half, "mean_high": mean + half,
    }  # fmt: skip


PARTS = {"a": point(0.8, 100, 50.0), "b": point(0.6, 200, 30.0), "c": point(0.9, 50, 20.0)}


def test_weights_add_up_and_give_the_mean() -> None:
    """0.5 x 0.8 + 0.3 x 0.6 + 0.2 x 0.9 = 0.76."""
    assert weights(PARTS) == pytest.approx({"a": 0.5, "b": 0.3, "c": 0.2})
    assert weighted_mean(PARTS) == pytest.approx(0.76)


def test_a_hidden_part_does_not_follow_from_the_total() -> None:
    """0.3 / 0.5 x 0.6 + 0.2 / 0.5 x 0.9 = 0.72."""
    parts = {**PARTS, "a": {**PARTS["a"], "share": math.nan}}
    assert weights(parts) == pytest.approx({"b": 0.6, "c": 0.4})
    assert weighted_mean(parts) == pytest.approx(0.72)
    assert against_rest(parts, "a").standing is Standing.NO_DATA


def test_the_rest_is_weighted_as_it_is() -> None:
    """Rest of b: 5/7 x 0.8 + 2/7 x 0.9; effective n = 1 / ((5/7)^2 / 100 + (2/7)^2 / 50) = 4900 / 33."""
    found, wanted = against_rest(PARTS, "b"), lead_of_shares(Share(0.6, 200), Share(5.8 / 7, 4900 / 33))
    assert found.difference == pytest.approx(0.6 - 5.8 / 7)
    assert (found.low, found.high) == (pytest.approx(wanted.low), pytest.approx(wanted.high))
    assert found.standing is Standing.BEHIND


def test_means_are_compared_with_what_spreads_in_each() -> None:
    """Rest of a: 0.6 x 70 + 0.4 x 90 = 78; variance of that mean 0.36 x 400/200 + 0.16 x 400/50 = 2."""
    parts = {"a": point(0.8, 100, 50.0, 80.0), "b": point(0.6, 200, 30.0, 70.0), "c": point(0.9, 50, 20.0, 90.0)}
    found = against_rest(parts, "a", "mean")
    assert found.difference == pytest.approx(2.0)
    assert found.high is not None and found.low is not None
    assert (found.high - found.low) / 2 == pytest.approx(1.97 * math.sqrt(4.0 + 2.0), rel=0.01)
    assert found.standing is Standing.NOT_DISTINGUISHABLE


def test_nothing_to_compare_with() -> None:
    assert against_rest({"a": PARTS["a"]}, "a").standing is Standing.NO_DATA
    assert weighted_mean({}) is None and weights({}) == {}
