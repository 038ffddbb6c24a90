"""The bootstrap against a plain one, and what clusters do to it."""

import numpy as np
import pytest

from sqm.rules.drivers.resampling import LEAST_CLUSTERS, percentiles, resampled
from sqm.rules.sampling import Floats


def pairs(n: int, seed: int = 5) -> Floats:
    random = np.random.default_rng(seed)
    x = random.normal(size=n)
    return np.column_stack([x, 0.5 * x + random.normal(size=n)])


def width(drawn: Floats) -> float:
    found = percentiles(drawn[:, 0, 1])
    return found.high - found.low


def test_whole_is_the_correlation_of_all_answers() -> None:
    columns = pairs(300)
    assert resampled(columns, np.ones(300), draws=2).whole == pytest.approx(np.corrcoef(columns, rowvar=False))


@pytest.mark.parametrize("n", [400, 20_000])
def test_the_spread_is_that_of_a_correlation(n: int) -> None:
    """Single answers below 2,000, random groups of answers above: both as wide as theory says, (1 - r2) / sqrt(n)."""
    columns = pairs(n)
    r = float(np.corrcoef(columns, rowvar=False)[0, 1])
    found = resampled(columns, np.ones(n))
    assert found.units == min(n, 2000) and not found.by_cluster
    assert found.drawn[:, 0, 1].std() == pytest.approx((1 - r * r) / n**0.5, rel=0.12)


def test_the_same_seed_gives_the_same_resamples() -> None:
    columns = pairs(200)
    first, second = (resampled(columns, np.ones(200), draws=20).drawn for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, resampled(columns, np.ones(200), draws=20, seed=99).drawn)


def test_stores_whose_answers_are_alike_widen_the_interval() -> None:
    columns = np.repeat(pairs(40), 20, axis=0)
    stores = np.repeat(np.arange(40), 20).tolist()
    alone, together = resampled(columns, np.ones(800)), resampled(columns, np.ones(800), stores)
    assert together.by_cluster and together.units == 40
    assert width(together.drawn) > 3 * width(alone.drawn)


def test_too_few_clusters_cannot_speak_for_others() -> None:
    columns = pairs(700)
    stores = [place % (LEAST_CLUSTERS - 1) for place in range(700)]
    found = resampled(columns, np.ones(700), stores, draws=5)
    assert not found.by_cluster and found.units == 700
