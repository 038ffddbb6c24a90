"""A fair table: equal stores are not told apart, planted ones are found, ranks by hand."""

import numpy as np
import pytest

from sqm.rules.sampling import Interval
from sqm.rules.stores.fair_ranks import (
    Standing,
    can_be_told_apart,
    chance_of_better,
    expected_ranks,
    fair_scores,
    fair_shares,
    rank_limits,
)
from sqm.rules.stores.shrinkage import Shrunk


def made(scores: np.ndarray, variances: np.ndarray) -> tuple[dict[str, float], dict[str, float]]:
    codes = [f"s{place:03d}" for place in range(len(scores))]
    return dict(zip(codes, scores.tolist(), strict=True)), dict(zip(codes, variances.tolist(), strict=True))


def test_expected_ranks_by_hand() -> None:
    """Two stores one standard error of the difference apart: Phi(1) = 0.8413."""
    found = expected_ranks(np.array([81.0, 80.0]), np.array([0.5, 0.5]))
    assert found == pytest.approx([1.158655, 1.841345], abs=1e-6)
    certain = expected_ranks(np.array([3.0, 3.0, 5.0]), np.zeros(3))
    assert certain.tolist() == [2.5, 2.5, 1.0]


def test_expected_ranks_add_up_also_in_blocks() -> None:
    random = np.random.default_rng(4)
    found = expected_ranks(random.normal(80, 5, 1201), random.uniform(0.5, 30, 1201))
    assert found.sum() == pytest.approx(1201 * 1202 / 2) and found.min() >= 1.0 and found.max() <= 1201


def test_rank_limits_by_hand() -> None:
    """The first store is always best; the others take turns."""
    drawn = np.array([[9.0, 5.0, 4.0], [9.0, 4.0, 5.0]] * 50)
    low, high = rank_limits(drawn)
    assert low.tolist() == [1, 2, 2] and high.tolist() == [1, 3, 3]


@pytest.mark.parametrize("seed", range(5))
def test_five_hundred_equal_stores_cannot_be_told_apart(seed: int) -> None:
    random = np.random.default_rng(seed)
    variances = 100.0 / random.integers(1, 7, 500)
    found = fair_scores(*made(80.0 + random.normal(size=500) * np.sqrt(variances), variances))
    assert found is not None
    assert sum(store.standing is not Standing.ALIKE for store in found.stores) <= 25
    if found.are_alike:
        assert {(store.low, store.high, store.is_rankable) for store in found.stores} == {(1, 500, False)}
        assert found.stores[0].expected == 250.5


def test_equal_stores_are_alike_nearly_always() -> None:
    random = np.random.default_rng(9)
    alike = 0
    for _ in range(40):
        variances = 100.0 / random.integers(1, 7, 200)
        found = fair_scores(*made(80.0 + random.normal(size=200) * np.sqrt(variances), variances))
        assert found is not None
        alike += found.are_alike
    assert alike >= 34


def test_planted_stores_are_found_among_many() -> None:
    random = np.random.default_rng(3)
    variances = 100.0 / random.integers(4, 13, 500)
    truth = np.full(500, 80.0)
    truth[:20], truth[20:40] = 95.0, 60.0
    found = fair_scores(*made(truth + random.normal(size=500) * np.sqrt(variances), variances))
    assert found is not None and not found.are_alike
    above = {store.code for store in found.stores if store.standing is Standing.ABOVE}
    below = {store.code for store in found.stores if store.standing is Standing.BELOW}
    good, bad = {f"s{place:03d}" for place in range(20)}, {f"s{place:03d}" for place in range(20, 40)}
    assert len(above & good) >= 16 and len(below & bad) >= 18
    assert len((above | below) - good - bad) <= 0.05 * 460
    best = found.stores[0]
    assert best.code in good and best.is_rankable and 1 <= best.low <= best.expected <= best.high <= 40


def test_one_lucky_visit_does_not_lead_the_table() -> None:
    """Raw 98 from one visit (variance 100) against 92 from fifty (variance 2)."""
    scores = {"lucky": 98.0, "steady": 92.0, "a": 80.0, "b": 84.0, "c": 76.0, "d": 70.0}
    found = fair_scores(scores, {"lucky": 100.0, **dict.fromkeys(["steady", "a", "b", "c", "d"], 2.0)})
    assert found is not None and found.stores[0].code == "steady"
    lucky = found.store("lucky")
    assert lucky is not None and lucky.shrunk.raw == 98.0 and not lucky.is_rankable and lucky.high - lucky.low >= 2
    assert found.store("nobody") is None


def test_the_table_is_the_same_each_time_and_leaves_out_unknown_luck() -> None:
    scores = {"a": 90.0, "b": 70.0, "c": 50.0, "d": 99.0}
    variances = {"a": 4.0, "b": 4.0, "c": 4.0}
    found = fair_scores(scores, variances)
    assert found == fair_scores(scores, variances)
    assert found is not None and [store.code for store in found.stores] == ["a", "b", "c"]
    assert [(store.low, store.high) for store in found.stores] == [(1, 1), (2, 2), (3, 3)]
    assert fair_scores({"a": 90.0}, variances) is None and fair_scores({}, {}) is None


def test_shares_equal_and_not() -> None:
    random = np.random.default_rng(1)
    n = random.integers(5, 200, 300)
    codes = [f"s{place}" for place in range(300)]
    sizes = dict(zip(codes, n.tolist(), strict=True))
    equal = fair_shares(dict(zip(codes, random.binomial(n, 0.8).tolist(), strict=True)), sizes)
    assert equal is not None and sum(store.standing is not Standing.ALIKE for store in equal.stores) <= 15
    truth = np.where(np.arange(300) < 150, 0.9, 0.6)
    apart = fair_shares(dict(zip(codes, random.binomial(n, truth).tolist(), strict=True)), sizes)
    assert apart is not None and not apart.are_alike
    rank = {store.code: store.expected for store in apart.stores}
    assert np.mean([rank[code] for code in codes[:150]]) < 100 < 200 < np.mean([rank[code] for code in codes[150:]])
    assert fair_shares({"a": 3.0, "b": 0.0}, {"a": 3.0, "b": 0.0}) is None
    assert fair_shares({"a": 3.0, "b": 5.0}, {"a": 3.0, "b": 5.0}) is None


def test_two_stores() -> None:
    def store(value: float, variance: float) -> Shrunk:
        return Shrunk(value, value, variance, 1.0, Interval(value, value))

    assert chance_of_better(store(81.0, 0.5), store(80.0, 0.5)) == pytest.approx(0.8413447)
    assert not can_be_told_apart(store(81.0, 0.5), store(80.0, 0.5))
    assert can_be_told_apart(store(80.0, 0.5), store(82.0, 0.5))
    assert chance_of_better(store(80.0, 0.0), store(80.0, 0.0)) == 0.5
    assert chance_of_better(store(80.0, 0.0), store(81.0, 0.0)) == 0.0
