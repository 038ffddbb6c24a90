"""methods 1.5."""

import numpy as np
import pandas as pd
import pytest

from sqm.rules.sampling import kish
from sqm.rules.surveys.design_effect import clustered_n, effective_of_sums, linearised, mean_limits


def _answers(seed: int, stores: int, spread: float, weighted: bool) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    sizes = random.integers(5, 60, stores)
    chance = np.clip(0.8 + random.normal(0, spread, stores), 0.02, 0.98)
    store = np.repeat(np.arange(stores), sizes)
    y = (random.random(len(store)) < chance[store]).astype(float)
    w = random.uniform(0.5, 2.0, len(store)) if weighted else np.ones(len(store))
    return pd.DataFrame({"store": store, "y": y, "w": w})


def _sums(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(n=1, ww=rows["w"] ** 2, ws=rows["w"] * rows["y"], month=1)
    rows["ws_squares"] = rows["ws"]
    return rows.groupby(["month", "store"], as_index=False)[["n", "w", "ww", "ws", "ws_squares"]].sum()


@pytest.mark.parametrize("seed", range(12))
def test_store_totals_give_the_same_design_effect_as_single_answers(seed: int) -> None:
    rows = _answers(seed, 20, 0.15, weighted=seed % 2 == 1)
    estimate = linearised(rows["y"], rows["w"], clusters=list(rows["store"]))
    got = clustered_n(_sums(rows), ["month"], "store", "ws").iloc[0]
    assert got["mean"] == pytest.approx(estimate.mean)
    assert got["n_eff"] == pytest.approx(estimate.n_eff)
    assert got["n_eff"] <= len(rows)
    assert got["clusters"] == 20


def test_stores_that_differ_cost_answers() -> None:
    rows = _answers(3, 60, 0.25, weighted=False)
    got = clustered_n(_sums(rows), ["month"], "store", "ws").iloc[0]
    assert got["n_eff"] < 0.7 * len(rows)
    assert got["deff"] == pytest.approx(len(rows) / got["n_eff"])


def test_clusters_that_say_nothing_leave_kish() -> None:
    one_store = _answers(4, 1, 0.0, weighted=True)
    got = clustered_n(_sums(one_store), ["month"], "store", "ws").iloc[0]
    assert got["n_eff"] == pytest.approx(kish(one_store["w"])[1])
    all_happy = _answers(5, 6, 0.0, weighted=True).assign(y=1.0)
    got = clustered_n(_sums(all_happy), ["month"], "store", "ws").iloc[0]
    assert got["n_eff"] == pytest.approx(kish(all_happy["w"])[1])


def test_sums_over_clusters_by_hand() -> None:
    """Three stores of four answers, 4, 2 and 0 satisfied: V = 8/144 x 3/2 = 1/12, simple 0.25/12, worth 3 answers."""
    together = {"n": 12, "w": 12, "ww": 12, "weighted": 6, "weighted_squares": 6}
    sums = {"cluster_ww": 48, "cluster_wv": 24, "cluster_vv": 20}
    assert effective_of_sums(**together, clusters=3, **sums) == pytest.approx(3.0)
    unknown = effective_of_sums(**together, clusters=np.nan, **dict.fromkeys(sums, np.nan))
    assert np.isnan(unknown)


def test_linearised_without_weights_is_the_textbook_standard_error() -> None:
    y = np.random.default_rng(6).normal(7, 2, 50)
    got = linearised(y, np.ones(50))
    assert got.se == pytest.approx(y.std(ddof=1) / 50**0.5)
    assert got.deff == pytest.approx(1.0)
    assert got.df == 49


def test_strata_take_away_the_difference_between_them() -> None:
    random = np.random.default_rng(8)
    stratum = np.repeat([0, 1], 100)
    y = random.normal(0, 1, 200) + 10 * stratum
    plain, stratified = linearised(y, np.ones(200)), linearised(y, np.ones(200), strata=list(stratum))
    assert stratified.se < 0.3 * plain.se
    assert stratified.df == 198
    by_hand = sum(y[stratum == each].var(ddof=1) / 100 / 4 for each in (0, 1)) ** 0.5
    assert stratified.se == pytest.approx(by_hand)


def test_a_stratum_with_one_cluster_is_flagged_not_dropped() -> None:
    got = linearised([1, 0, 1, 0], [1, 1, 1, 1], strata=["a", "a", "b", "b"], clusters=[1, 2, 3, 3])
    assert got.lone_strata == 1
    assert got.se > 0


def test_same_cluster_code_in_two_strata_is_two_clusters() -> None:
    got = linearised([1, 0, 1, 0], [1, 1, 1, 1], strata=["a", "a", "b", "b"], clusters=[1, 2, 1, 2])
    assert got.df == 2


def test_constant_answers_have_no_spread() -> None:
    got = linearised([5.0] * 4, [1.0] * 4)
    assert (got.se, got.deff, got.n_eff) == (0.0, 1.0, 4.0)


def test_weights_must_be_above_zero() -> None:
    with pytest.raises(ValueError, match="weights"):
        linearised([1, 0], [1, 0])


def test_mean_limits_equal_the_t_interval_and_refuse_certainty() -> None:
    y = np.random.default_rng(9).normal(70, 15, 40)
    low, high = mean_limits(np.array([y.mean()]), np.array([y.var()]), np.array([40.0]), np.array([40.0]))
    estimate = linearised(y, np.ones(40))
    assert estimate.interval is not None
    assert (low[0], high[0]) == (pytest.approx(estimate.interval.low), pytest.approx(estimate.interval.high))
    low, _ = mean_limits(np.array([70.0, 70.0]), np.array([0.0, 9.0]), np.array([40.0, 1.0]), np.array([40.0, 1.0]))
    assert np.isnan(low).all()
