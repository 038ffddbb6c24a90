"""Against statsmodels, and what has no answer."""

import numpy as np
import pytest
import statsmodels.api as sm

from sqm.rules.rivals.churn_model import logit


def test_two_groups_by_hand() -> None:
    """10 of 100 and 20 of 100 gone: odds 1/9 and 1/4, ratio 2.25; its error sqrt(1/10 + 1/90 + 1/20 + 1/80)."""
    found = logit([0.0, 1.0], [10, 20], [100, 100])
    assert found is not None
    ratio, interval = found.odds_ratio()
    error = (1 / 10 + 1 / 90 + 1 / 20 + 1 / 80) ** 0.5
    assert ratio == pytest.approx(2.25) and found.errors[1] == pytest.approx(error)
    assert interval.high == pytest.approx(2.25 * np.exp(1.959964 * error), rel=1e-6)
    assert found.fitted == pytest.approx((0.1, 0.2)) and found.deviance == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_statsmodels_says_the_same(seed: int) -> None:
    random = np.random.default_rng(seed)
    columns = random.normal(size=(40, 2))
    n = random.integers(1, 60, 40)
    k = random.binomial(n, 1 / (1 + np.exp(-(columns @ [0.8, -0.5] - 1.0))))
    expected = sm.GLM(np.column_stack([k, n - k]), sm.add_constant(columns), family=sm.families.Binomial()).fit()
    found = logit(np.vstack([columns, [[9.0, 9.0]]]), [*k, 0], [*n, 0])
    assert found is not None
    assert found.coefficients == pytest.approx(tuple(expected.params), abs=1e-7)
    assert found.errors == pytest.approx(tuple(expected.bse), abs=1e-7)
    assert found.deviance == pytest.approx(expected.deviance) and len(found.fitted) == 40


def test_nothing_to_fit() -> None:
    assert logit([1.0, 1.0, 1.0], [1, 2, 3], [9, 9, 9]) is None
    assert logit([0.0, 1.0], [0, 50], [50, 50]) is None
    with pytest.raises(ValueError, match="count"):
        logit([0.0, 1.0], [3, 2], [2, 2])
