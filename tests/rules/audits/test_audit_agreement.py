"""Kappa against statsmodels and by hand; the branch's own audit against the province's."""

import numpy as np
import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from sqm.rules.audits.audit_agreement import cohen_kappa, inflation


def test_by_hand() -> None:
    """20 both pass, 15 both fail, 5 + 10 apart: agreed 0.7, by chance 0.5 x 0.6 + 0.5 x 0.4 = 0.5, kappa 0.4."""
    first = ["p"] * 25 + ["f"] * 25
    second = ["p"] * 20 + ["f"] * 5 + ["p"] * 10 + ["f"] * 15
    found = cohen_kappa(first, second)
    assert found is not None
    assert (found.n, found.agreed, found.expected, found.kappa) == pytest.approx((50, 0.7, 0.5, 0.4))


@pytest.mark.parametrize("seed", range(6))
def test_statsmodels_says_the_same(seed: int) -> None:
    random = np.random.default_rng(seed)
    first = random.integers(0, 3, 80)
    second = np.where(random.random(80) < 0.6, first, random.integers(0, 3, 80))
    table = np.zeros((3, 3))
    np.add.at(table, (first, second), 1)
    expected = cohens_kappa(table)
    found = cohen_kappa(first.tolist(), second.tolist())
    assert found is not None and found.interval is not None
    assert found.kappa == pytest.approx(expected.kappa)
    limits = (found.interval.low, found.interval.high)
    assert limits == pytest.approx((max(expected.kappa_low, -1.0), min(expected.kappa_upp, 1.0)))


def test_who_is_named_first_does_not_matter() -> None:
    first, second = list("ppffnpfp"), list("pffnnppp")
    assert cohen_kappa(first, second) == cohen_kappa(second, first)


def test_what_cannot_be_said() -> None:
    same = cohen_kappa(["p"] * 9, ["p"] * 9)
    assert same is not None and (same.agreed, same.kappa, same.interval) == (1.0, None, None)
    full = cohen_kappa(["p", "f"] * 5, ["p", "f"] * 5)
    assert full is not None and full.kappa == pytest.approx(1.0) and full.interval is None
    open_ = cohen_kappa(["p", None, "f"], ["p", "f", None])
    assert open_ is not None and open_.n == 1
    assert cohen_kappa([None], ["p"]) is None
    with pytest.raises(ValueError, match="zip"):
        cohen_kappa(["p"], ["p", "f"])


def test_inflation_is_paired() -> None:
    """Differences 4, 6, 8 (the fourth store was not audited by the province): 6 +- 4.302653 x 2 / sqrt(3) = 4.968."""
    found = inflation([84.0, 76.0, 98.0, 99.0], [80.0, 70.0, 90.0, None])
    assert found is not None and found.interval is not None
    assert (found.mean, found.n) == (pytest.approx(6.0), 3)
    assert found.interval.low == pytest.approx(6.0 - 4.96828, abs=1e-4) and found.is_beyond_chance
    mixed = inflation([84.0, 60.0, 98.0], [80.0, 70.0, 90.0])
    assert mixed is not None and not mixed.is_beyond_chance
    one = inflation([84.0], [80.0])
    assert one is not None and one.interval is None and not one.is_beyond_chance
    assert inflation([84.0], [None]) is None
