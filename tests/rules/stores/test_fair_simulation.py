"""Shows 4: of 500 equal stores the fair table singles out at most 5 %; of planted good and bad ones it finds the most.

Simulated with fixed seeds: stores have 3 to 20 visits, of which only mean, spread and number are known, and 20 to 200
answers of customers.
"""

import numpy as np
import pytest

from sqm.rules.sampling import Floats
from sqm.rules.stores.fair_ranks import FairTable, Standing, fair_scores, fair_shares
from sqm.rules.stores.funnel import Call, funnel
from sqm.rules.stores.shrinkage import within_variances

STORES, PLANTED = 500, 25
MOST = STORES * 5 // 100
SPREAD = 8.0
FOUND = 0.7
"""Of the planted stores, at least. Those with few visits or answers cannot all be found: that is what fair means."""
SEEDS = range(15)
GOOD = {f"s{place:03d}" for place in range(PLANTED)}
BAD = {f"s{place:03d}" for place in range(PLANTED, 2 * PLANTED)}


def planted(size: float) -> Floats:
    """size above the rest for the first 25 stores, below it for the next 25."""
    return np.repeat([size, -size, 0.0], [PLANTED, PLANTED, STORES - 2 * PLANTED])


def visited(seed: int, size: float = 0.0) -> FairTable:
    """Visit by visit: scores around 80, and of each store only its mean, its own spread and its visits."""
    random = np.random.default_rng(seed)
    visits = random.integers(3, 21, STORES)
    drawn = [random.normal(80.0 + shift, SPREAD, n) for shift, n in zip(planted(size), visits, strict=True)]
    variances = within_variances([each.std(ddof=1) for each in drawn], visits)
    assert variances is not None
    codes = [f"s{place:03d}" for place in range(STORES)]
    means = {code: float(each.mean()) for code, each in zip(codes, drawn, strict=True)}
    found = fair_scores(means, dict(zip(codes, variances.tolist(), strict=True)))
    assert found is not None
    return found


def asked(seed: int, size: float = 0.0) -> tuple[Floats, Floats]:
    """(satisfied, answers) of each store: 80 % satisfied in every one but the planted."""
    random = np.random.default_rng(seed)
    n = random.integers(20, 201, STORES)
    return random.binomial(n, 0.80 + planted(size)).astype(float), n.astype(float)


def shares(seed: int, size: float = 0.0) -> FairTable:
    counts, n = asked(seed, size)
    codes = [f"s{place:03d}" for place in range(STORES)]
    found = fair_shares(dict(zip(codes, counts.tolist(), strict=True)), dict(zip(codes, n.tolist(), strict=True)))
    assert found is not None
    return found


def singled_out(table: FairTable, standing: Standing) -> set[str]:
    return {each.code for each in table.stores if each.standing is standing}


@pytest.mark.parametrize("of", [visited, shares])
def test_equal_stores_cannot_be_told_apart(of) -> None:  # type: ignore[no-untyped-def]
    """In nearly every drawing the table says so itself; in none are more than 5 % singled out."""
    tables = [of(seed) for seed in SEEDS]
    for table in tables:
        out = singled_out(table, Standing.ABOVE) | singled_out(table, Standing.BELOW)
        assert len(out) <= MOST
        assert sum(each.is_rankable for each in table.stores) <= MOST
        if table.are_alike:
            assert not out and {(each.low, each.high) for each in table.stores} == {(1, STORES)}
    assert sum(table.are_alike for table in tables) >= len(SEEDS) - 3


@pytest.mark.parametrize(("of", "size"), [(visited, 12.0), (shares, 0.16)])
def test_planted_stores_are_found(of, size: float) -> None:  # type: ignore[no-untyped-def]
    for seed in (1, 2, 3):
        table = of(seed, size)
        above, below = (singled_out(table, each) for each in (Standing.ABOVE, Standing.BELOW))
        assert not table.are_alike
        assert len(above & GOOD) >= FOUND * PLANTED and len(below & BAD) >= FOUND * PLANTED
        assert not (above & BAD) and not (below & GOOD)
        assert len((above | below) - GOOD - BAD) <= MOST
        places = {each.code: each.expected for each in table.stores}
        assert max(places[code] for code in GOOD) < min(places[code] for code in BAD)


def test_the_funnel_calls_few_equal_stores_and_most_planted_ones() -> None:
    """Exact tails of 2.5 % on either side: at most 5 % of equal stores are called, 2 in 1,000 alarmed."""
    called = alarmed = 0
    for seed in SEEDS:
        found = funnel(*asked(seed))
        assert found is not None
        calls = [point.call for point in found.points]
        called += sum(call.side != 0 for call in calls)
        alarmed += sum(call in (Call.ALARM_LOW, Call.ALARM_HIGH) for call in calls)
    assert called <= MOST * len(SEEDS) and alarmed <= 0.002 * STORES * len(SEEDS)
    for seed in (1, 2, 3):
        found = funnel(*asked(seed, 0.16))
        assert found is not None
        sides = [point.exact.side for point in found.points]
        assert sum(side > 0 for side in sides[:PLANTED]) >= FOUND * PLANTED
        assert sum(side < 0 for side in sides[PLANTED : 2 * PLANTED]) >= FOUND * PLANTED
        assert all(side >= 0 for side in sides[:PLANTED]) and all(side <= 0 for side in sides[PLANTED : 2 * PLANTED])
