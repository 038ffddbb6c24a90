"""Order of need, by hand."""

from dataclasses import replace

from sqm.rules.stores.fair_ranks import Standing
from sqm.rules.stores.store_needs import in_order
from sqm.rules.stores.store_results import StoreResult
from sqm.rules.stores.store_score import StoreScore

WHOLE = StoreResult("", ("own", "large"), StoreScore(None, 0.0, False, ()), None, {}, None)


def result(store: str, score: float | None, is_ranked: bool = True) -> StoreResult:
    return replace(WHOLE, store=store, score=StoreScore(score, 1.0 if is_ranked else 0.2, is_ranked, ()))


FOUND = {
    each.store: each
    for each in (result("high", 90.0), result("low", 70.0), result("fair", 85.0), result("thin", 40.0, False))
}
STANDINGS = {"high": Standing.ALIKE, "low": Standing.ALIKE, "fair": Standing.BELOW}


def test_below_its_class_beyond_chance_goes_before_a_low_score_and_unknown_stores_come_last() -> None:
    assert [each.store for each in in_order(FOUND, STANDINGS, 80.0)] == ["fair", "low", "high", "thin"]


def test_under_the_mark_only_with_enough_of_the_score_collected() -> None:
    assert [each.store for each in in_order(FOUND, STANDINGS, 80.0) if each.is_below] == ["low"]
    assert not any(each.is_below for each in in_order(FOUND, STANDINGS, None))


def test_a_store_without_a_place_has_no_standing_and_equal_stores_are_ordered_by_code() -> None:
    found = in_order({"b": result("b", 70.0), "a": result("a", 70.0)}, {}, 80.0)
    assert [(each.store, each.standing) for each in found] == [("a", None), ("b", None)]
