"""methods 3.5: parts of R2 against the textbook definition, computed the slow way."""

import itertools

import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.outliers_influence import variance_inflation_factor

from sqm.rules.drivers.relative_importance import Method, correlations, parts, regression, relative_weights, shapley
from sqm.rules.sampling import Floats


def answers(p: int = 4, n: int = 300, seed: int = 1) -> Floats:
    """p correlated drivers and an outcome of the first two, in the last column."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(n, 1)) + random.normal(size=(n, p))
    return np.column_stack([x, x[:, 0] + 0.5 * x[:, 1] + random.normal(size=n)])


def matrix_of(columns: Floats) -> Floats:
    return np.asarray(np.corrcoef(columns, rowvar=False), dtype=np.float64)


def r2(columns: Floats, chosen: tuple[int, ...]) -> float:
    if not chosen:
        return 0.0
    x = np.column_stack([np.ones(len(columns)), columns[:, list(chosen)]])
    return float(OLS(columns[:, -1], x).fit().rsquared)


def test_shapley_is_the_mean_over_all_orders_of_entry() -> None:
    columns = answers()
    gains = np.zeros(4)
    orders = list(itertools.permutations(range(4)))
    for order in orders:
        for place, driver in enumerate(order):
            gains[driver] += r2(columns, order[: place + 1]) - r2(columns, order[:place])
    assert shapley(matrix_of(columns)) == pytest.approx(gains / len(orders), abs=1e-10)


def test_both_methods_add_up_to_r2() -> None:
    columns = answers(p=6)
    whole = r2(columns, tuple(range(6)))
    assert shapley(matrix_of(columns)).sum() == pytest.approx(whole)
    assert relative_weights(matrix_of(columns)).sum() == pytest.approx(whole)
    assert regression(matrix_of(columns)).r2 == pytest.approx(whole)


def test_a_stack_gives_what_its_matrices_give() -> None:
    stack = np.stack([matrix_of(answers(seed=seed)) for seed in range(5)])
    for function in (shapley, relative_weights):
        assert function(stack) == pytest.approx(np.stack([function(each) for each in stack]), abs=1e-12)


def test_regression_agrees_with_statsmodels() -> None:
    columns = answers()
    scaled = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    found = regression(matrix_of(columns))
    assert found.beta == pytest.approx(OLS(scaled[:, -1], scaled[:, :-1]).fit().params)
    assert found.vif == pytest.approx([variance_inflation_factor(scaled[:, :-1], place) for place in range(4)])
    without = [r2(columns, tuple(other for other in range(4) if other != place)) for place in range(4)]
    assert found.last == pytest.approx(found.r2 - np.array(without))


def test_twins_share_evenly_and_have_no_beta() -> None:
    columns = answers(p=2)
    twins = np.column_stack([columns[:, 0], columns[:, 0], columns[:, 1:]])
    found, model = shapley(matrix_of(twins)), regression(matrix_of(twins))
    assert found[0] == pytest.approx(found[1])
    assert found.sum() == pytest.approx(r2(columns, (0, 1)))
    assert np.isnan(model.beta).tolist() == [True, True, False]
    assert np.isnan(model.vif).tolist() == [True, True, False]
    assert model.last[:2].tolist() == [0.0, 0.0]
    assert relative_weights(matrix_of(twins)).sum() == pytest.approx(found.sum())


def test_a_sum_of_the_others_is_collinear() -> None:
    columns = answers(p=3)
    columns = np.column_stack([columns[:, :3], columns[:, :2].sum(axis=1), columns[:, -1]])
    assert np.isnan(regression(matrix_of(columns)).beta).tolist() == [True, True, False, True]


def test_many_drivers_are_weighed_by_johnson() -> None:
    assert parts(matrix_of(answers(p=12)))[0] is Method.SHAPLEY
    method, found = parts(matrix_of(answers(p=13)))
    assert method is Method.RELATIVE_WEIGHTS
    assert found == pytest.approx(relative_weights(matrix_of(answers(p=13))))


def test_correlations_of_weighted_sums() -> None:
    columns, random = answers(p=3), np.random.default_rng(3)
    w = random.uniform(0.5, 2.0, len(columns))
    table = np.column_stack([np.ones(len(columns)), columns])
    found = correlations(table.T @ (w[:, None] * table))
    covariance = np.cov(columns, rowvar=False, aweights=w)
    spread = np.sqrt(np.diag(covariance))
    assert found == pytest.approx(covariance / np.outer(spread, spread))


def test_a_column_without_spread_goes_with_nothing() -> None:
    columns = answers(p=2)
    columns[:, 1] = 0.0
    table = np.column_stack([np.ones(len(columns)), columns])
    found = correlations(table.T @ table)
    assert found[1].tolist() == [0.0, 1.0, 0.0]
    assert shapley(found)[1] == pytest.approx(0.0)
