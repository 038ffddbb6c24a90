"""methods 1.3."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from sqm.rules.rivals.lead import (
    Mean,
    Share,
    Standing,
    best_of,
    best_rival,
    lead_of_means,
    lead_of_shares,
    lead_of_values,
    newcombe,
)
from sqm.rules.targets import Direction


def test_newcombe_agrees_with_statsmodels() -> None:
    random = np.random.default_rng(11)
    for _ in range(200):
        n1, n2 = (int(each) for each in random.integers(5, 2000, 2))
        k1, k2 = int(random.integers(0, n1 + 1)), int(random.integers(0, n2 + 1))
        low, high = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff")
        assert newcombe(Share(k1 / n1, n1), Share(k2 / n2, n2)) == pytest.approx((low, high), abs=1e-9)


def test_lower_is_better_turns_the_lead_round() -> None:
    own, rival = Share(0.05, 1000.0), Share(0.10, 1000.0)
    up, down = lead_of_shares(own, rival, Direction.HIGHER), lead_of_shares(own, rival, Direction.LOWER)
    assert (up.standing, down.standing) == (Standing.BEHIND, Standing.AHEAD)
    assert up.difference is not None and up.low is not None
    assert down.difference == -up.difference and down.high == -up.low


def test_fewer_effective_answers_make_a_lead_doubtful() -> None:
    assert lead_of_shares(Share(0.82, 3000.5), Share(0.78, 3000.5)).standing is Standing.AHEAD
    assert lead_of_shares(Share(0.82, 300.5), Share(0.78, 300.5)).standing is Standing.NOT_DISTINGUISHABLE


def test_nobody_asked() -> None:
    assert lead_of_shares(None, Share(0.5, 10)).standing is Standing.NO_DATA
    assert lead_of_shares(Share(0.5, 10), Share(0.5, 0)).difference is None
    assert lead_of_values(None, 3.0).standing is Standing.NO_DATA


def test_welch_agrees_with_scipy() -> None:
    random = np.random.default_rng(12)
    a, b = random.normal(7.5, 2, 80), random.normal(7.1, 1.2, 40)
    got = lead_of_means(Mean(a.mean(), a.var(ddof=1), 80), Mean(b.mean(), b.var(ddof=1), 40))
    theirs = stats.ttest_ind(a, b, equal_var=False).confidence_interval()
    assert (got.low, got.high) == (pytest.approx(theirs.low), pytest.approx(theirs.high))


def test_means_of_one_answer_or_no_spread_claim_nothing() -> None:
    assert lead_of_means(Mean(8, 0, 1), Mean(7, 1, 30)).standing is Standing.NO_INTERVAL
    assert lead_of_means(Mean(8, 0, 30), Mean(7, 0, 30)).standing is Standing.NO_INTERVAL


def test_best_rival() -> None:
    rivals = {"a": Share(0.7, 100), "b": Share(0.8, 100), "c": None, "d": Share(0.9, 0)}
    assert best_rival(rivals) == "b"
    assert best_rival(rivals, Direction.LOWER) == "a"
    assert best_rival({"c": None}) is None


def test_the_best_of_plain_values_and_that_a_band_has_none() -> None:
    assert best_of({"a": 3.0, "b": 5.0, "c": 5.0}) == "b"
    assert best_of({"a": 3.0, "b": 5.0}, Direction.LOWER) == "a"
    assert best_of({"a": 3.0}, Direction.RANGE) is None
    assert best_of({}) is None
