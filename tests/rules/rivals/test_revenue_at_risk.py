"""methods 6, by hand."""

import pytest

from sqm.rules.rivals.revenue_at_risk import Level, chain, isotonic, revenue_at_risk
from sqm.rules.sampling import wilson

LEVELS = [
    Level("good", 1000.0, 100, 10, 50.0),
    Level("fair", 500.0, 100, 20, 40.0),
    Level("poor", 100.0, 50, 25, 30.0),
]


def test_by_hand() -> None:
    """A year: 600,000, 240,000 and 36,000; at risk 60,000 + 48,000 + 18,000; above the best 0 + 24,000 + 14,400."""
    found = revenue_at_risk(LEVELS)
    assert found is not None
    assert (found.revenue, found.at_risk, found.excess) == pytest.approx((876_000, 126_000, 38_400))
    variance = (6e5**2) * 0.1 * 0.9 / 100 + (2.4e5**2) * 0.2 * 0.8 / 100 + (3.6e4**2) * 0.5 * 0.5 / 50
    assert found.se == pytest.approx(variance**0.5)
    assert found.interval.high - found.at_risk == pytest.approx(1.959964 * variance**0.5, rel=1e-6)
    assert found.levels[1].interval == wilson(20, 100) and not found.levels[1].is_joined
    assert found.shifted("fair", "poor", 0.5) == pytest.approx(0.5 * 240_000 * 0.3)
    assert found.shifted("fair", "good") == pytest.approx(-24_000)
    half = revenue_at_risk(LEVELS, months=6)
    assert half is not None and half.at_risk == pytest.approx(63_000)


def test_a_thin_level_joins_its_neighbour() -> None:
    """20 observed with 10 gone join the next worse, 80 with 15: 25 %; a thin last level joins the one before."""
    levels = [Level("a", 10, 100, 5, 1.0), Level("b", 10, 20, 10, 1.0), Level("c", 10, 80, 15, 1.0)]
    found = revenue_at_risk([*levels, Level("d", 10, 0, 0, 1.0)])
    assert found is not None
    assert [each.churn for each in found.levels] == pytest.approx([0.05, 0.25, 0.25, 0.25])
    assert [each.is_joined for each in found.levels] == [False, True, True, True]
    assert found.se == pytest.approx(((120**2) * 0.05 * 0.95 / 100 + (360**2) * 0.25 * 0.75 / 100) ** 0.5)
    assert revenue_at_risk([Level("a", 10, 29, 5, 1.0)]) is None and revenue_at_risk([]) is None
    with pytest.raises(ValueError, match="churned"):
        revenue_at_risk([Level("a", 10, 50, 51, 1.0)])


def test_less_satisfied_never_stays_longer() -> None:
    """0.30 (n 100) before 0.10 (n 300): both 0.15, above the 0.05 before them."""
    assert isotonic([0.05, 0.30, 0.10, 0.40], [10, 100, 300, 5]) == pytest.approx([0.05, 0.15, 0.15, 0.40])
    assert isotonic([3.0, 2.0, 1.0], [1, 1, 1]) == pytest.approx([2.0] * 3)
    assert isotonic([], []) == []
    found = revenue_at_risk([Level("a", 10, 100, 30, 1.0), Level("b", 10, 300, 30, 1.0)])
    assert found is not None and found.shifted("a", "b") == 0.0
    assert [each.churn for each in found.levels] == pytest.approx([0.3, 0.1])


def test_chain_by_hand() -> None:
    """0.5 x 0.4 x 10 = 2; se = 10 x sqrt((0.4 x 0.1)^2 + (0.5 x 0.06)^2) = 0.5."""
    found = chain([0.5, 0.4], 10.0, [0.1, 0.06])
    assert (found.total, found.outcome) == pytest.approx((0.2, 2.0)) and found.interval is not None
    assert found.interval.high == pytest.approx(2.0 + 1.959964 * 0.5, rel=1e-6)
    assert chain([0.0, 0.4], 10.0).outcome == 0.0 and chain([0.5]).interval is None
