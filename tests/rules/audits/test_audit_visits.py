"""methods 4.2, by hand."""

import numpy as np
import pandas as pd
import pytest

from sqm.rules.audits.audit_visits import VisitRules, fail_rates, item_losses, mean_losses, store_visits, visit_scores
from sqm.rules.sampling import Interval, wilson

NOT_APPLICABLE = float("nan")


def visit(name: str, *points: float, store: str = "s1") -> pd.DataFrame:
    """Items a (10 points), b (20), c (10, critical), d (10, critical)."""
    return pd.DataFrame(
        {
            "visit": name,
            "store": store,
            "item": list("abcd")[: len(points)],
            "points": points,
            "most": [10.0, 20.0, 10.0, 10.0][: len(points)],
            "is_critical": [False, False, True, True][: len(points)],
        }
    )


def losses_of(frame: pd.DataFrame, rules: VisitRules | None = None) -> dict[str, tuple[float, float]]:
    rows = item_losses(frame, rules) if rules else item_losses(frame)
    return {row.item: (row.lost, row.alone) for row in rows.itertuples()}


def test_what_does_not_apply_is_out_of_both_sides() -> None:
    """15 of 20 + 10 + 10; a does not apply."""
    found = visit_scores(visit("v", NOT_APPLICABLE, 15, 10, 10)).loc["v"]
    assert (found["obtained"], found["applicable"], found["critical_failed"]) == (35.0, 40.0, 0)
    assert found["score"] == pytest.approx(87.5) and not found["is_capped"]


def test_nothing_applies() -> None:
    frame = visit("v", NOT_APPLICABLE, NOT_APPLICABLE)
    found = visit_scores(frame).loc["v"]
    assert np.isnan(found["score"]) and found["applicable"] == 0.0
    assert item_losses(frame)["lost"].tolist() == [0.0, 0.0]
    assert mean_losses(item_losses(frame)).empty


def test_a_failed_critical_item_caps_the_visit_and_carries_what_the_cap_takes() -> None:
    """(8 + 20 + 0 + 10) / 50 = 76, capped at 60: a costs 4, c 20 of its own and the 16 of the cap. Alone, a mended
    gains nothing under the cap; c mended brings 76 + 20."""
    frame = visit("v", 8, 20, 0, 10)
    found = visit_scores(frame).loc["v"]
    assert (found["score"], found["critical_failed"], found["is_capped"]) == (60.0, 1, True)
    losses = losses_of(frame)
    assert losses["a"] == pytest.approx((4.0, 0.0))
    assert losses["c"] == pytest.approx((36.0, 36.0))
    assert losses["b"] == losses["d"] == pytest.approx((0.0, 0.0))


def test_two_failed_critical_items_hold_each_other_down() -> None:
    """(10 + 20 + 5 + 5) / 50 = 80, capped at 60: each costs 10 and half of 20, and mended alone nothing."""
    losses = losses_of(visit("v", 10, 20, 5, 5))
    assert losses["c"] == losses["d"] == pytest.approx((20.0, 0.0))


def test_below_the_cap_it_takes_nothing_but_still_limits_a_repair() -> None:
    """(0 + 15 + 0 + 10) / 50 = 50. b mended alone: 60, the cap. a mended alone: 70, held at 60."""
    frame = visit("v", 0, 15, 0, 10)
    assert visit_scores(frame).loc["v", "score"] == pytest.approx(50.0)
    assert not visit_scores(frame).loc["v", "is_capped"]
    losses = losses_of(frame)
    assert losses["a"] == pytest.approx((20.0, 10.0)) and losses["b"] == pytest.approx((10.0, 10.0))
    assert losses["c"] == pytest.approx((20.0, 20.0))


def test_trifles_cost_only_so_much_together() -> None:
    """a costs 20, b 8 of its 40; both minor with a cap of 14: in proportion 10 and 4; a mended alone leaves 8."""
    frame = visit("v", 0, 16, 10, 10).assign(is_minor=[True, True, False, False])
    losses = losses_of(frame, VisitRules(minor_cap=14.0))
    assert losses["a"] == pytest.approx((10.0, 6.0)) and losses["b"] == pytest.approx((4.0, 0.0))
    assert visit_scores(frame, VisitRules(minor_cap=14.0)).loc["v", "score"] == pytest.approx(86.0)
    assert visit_scores(frame, VisitRules(minor_cap=50.0)).loc["v", "score"] == pytest.approx(72.0)
    assert visit_scores(frame).loc["v", "score"] == pytest.approx(72.0)


def test_losses_add_up_and_mending_alone_is_what_a_new_count_gives() -> None:
    random = np.random.default_rng(11)
    rules = VisitRules(critical_cap=60.0, minor_cap=5.0)
    points = random.integers(0, 4, (60, 12)).astype(float)
    points[random.random((60, 12)) < 0.1] = np.nan
    frame = pd.DataFrame(
        {
            "visit": np.repeat(np.arange(60), 12),
            "item": np.tile([f"i{place:02d}" for place in range(12)], 60),
            "points": points.ravel(),
            "most": 3.0,
            "is_critical": np.tile(np.arange(12) == 0, 60),
            "is_minor": np.tile(np.arange(12) > 8, 60),
            "pass_points": 2.0,
        }
    )
    losses, scores = item_losses(frame, rules), visit_scores(frame, rules)
    assert scores["is_capped"].any() and not scores["is_capped"].all()
    assert (losses.groupby("visit")["lost"].sum() + scores["score"]).tolist() == pytest.approx([100.0] * 60)
    for place in random.choice(np.flatnonzero(np.isfinite(points.ravel())), 25, replace=False):
        mended = frame.copy()
        mended.loc[place, "points"] = 3.0
        name = frame.loc[place, "visit"]
        gain = visit_scores(mended, rules).loc[name, "score"] - scores.loc[name, "score"]
        assert losses.loc[place, "alone"] == pytest.approx(gain)


def test_an_item_fails_below_its_pass_points() -> None:
    frame = visit("v", 6, 20, 9, 10)
    assert item_losses(frame)["is_failed"].tolist() == [True, False, True, False]
    lenient = item_losses(frame.assign(pass_points=[6.0, 12.0, 8.0, np.nan]))
    assert not lenient["is_failed"].any()
    assert visit_scores(frame.assign(pass_points=8.0)).loc["v", "score"] == pytest.approx(90.0)


@pytest.mark.parametrize("points", [(-1.0,), (11.0,)])
def test_impossible_points_are_refused(points: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="points outside"):
        item_losses(visit("v", *points))


def test_a_store_loses_on_average_what_its_visits_lose() -> None:
    """Visits 100 and 80 (b lost half in the second): b costs the store 10."""
    frame = pd.concat([visit("v1", 10, 20, 10, 10), visit("v2", 10, 10, 10, 10), visit("v3", 0, store="s2")])
    found = mean_losses(item_losses(frame))
    assert found.loc[("s1", "b"), ["visits", "failed", "lost", "alone"]].tolist() == pytest.approx([2, 1, 10, 10])
    assert found.loc[("s2", "a"), "lost"] == pytest.approx(100.0)
    whole = store_visits(visit_scores(frame).loc[["v1", "v2"], "score"])
    assert whole is not None
    assert 100.0 - found.loc["s1", "lost"].sum() == pytest.approx(whole.mean)


def test_an_item_that_seldom_applies_costs_the_store_only_what_those_visits_lost() -> None:
    """b failed whole where it applied: 20 of 50 points, 40 of one visit, 20 of the store's mean of two."""
    frame = pd.concat([visit("v1", 10, 0, 10, 10), visit("v2", 10, NOT_APPLICABLE, 10, 10)])
    found = mean_losses(item_losses(frame))
    assert found.loc[("s1", "b"), ["visits", "failed", "lost"]].tolist() == pytest.approx([1, 1, 20])
    assert visit_scores(frame)["score"].mean() == pytest.approx(80.0)


def test_the_mean_of_few_visits_is_indicative() -> None:
    """80, 90, 100: mean 90, sd 10, t(2) = 4.302653 -> 90 +- 24.84."""
    found = store_visits([80.0, 90.0, None, 100.0])
    assert found is not None and found.interval is not None
    assert (found.mean, found.n, found.sd) == (pytest.approx(90.0), 3, pytest.approx(10.0))
    assert found.interval.high - 90.0 == pytest.approx(24.8414, abs=1e-4)
    assert found.shown == Interval(found.interval.low, 100.0)
    assert not found.is_indicative and found.distortion == pytest.approx(1 / 3)
    once = store_visits([70.0])
    assert once is not None and once.is_indicative and once.distortion == 1.0
    assert (once.interval, once.sd, once.shown) == (None, None, None)
    same = store_visits([70.0, 70.0, 70.0])
    assert same is not None and same.interval is None
    assert store_visits([None]) is None


def test_fail_rates_of_items() -> None:
    """a fails in 2 of 3 stores, b in none; where stores have one visit each the effective n is nearly n."""
    frame = pd.concat([visit(f"v{place}", 0 if place < 2 else 10, 20, store=f"s{place}") for place in range(3)])
    found = fail_rates(item_losses(frame))
    assert found.loc["a", ["visits", "failed"]].tolist() == [3, 2] and found.loc["a", "showing"] == "hidden"
    none = wilson(0, 3)
    assert none is not None and found.loc["b", "low"] == 0.0 and found.loc["b", "high"] == pytest.approx(none.high)


def test_visits_to_one_store_are_not_as_good_as_visits_to_many() -> None:
    """40 visits, half failed: 20 stores with two differing visits know more than 2 stores that always do the same."""
    spread = [visit(f"v{place}", 10 * (place % 2), store=f"s{place // 2}") for place in range(40)]
    lumped = [visit(f"v{place}", 10 * (place % 2), store=f"s{place % 2}") for place in range(40)]
    many, few = (fail_rates(item_losses(pd.concat(each))).loc["a"] for each in (spread, lumped))
    assert many["share"] == few["share"] == 0.5
    assert few["high"] - few["low"] > 2 * (many["high"] - many["low"]) and few["n_eff"] < 5
