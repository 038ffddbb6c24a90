"""The survey of a promotion's features holds the categories that were planted, from 300 people."""

from datetime import date

from sqm.database.surveys.answers import Asked, answers
from sqm.rules.access import EVERYTHING
from sqm.rules.drivers.kano import Category, kano_of_answers
from tests.database.demo.conftest import Demo

PLANTED = {
    "clear_rules": Category.MUST_BE,
    "credited_in_time": Category.ONE_DIMENSIONAL,
    "own_choice": Category.ATTRACTIVE,
    "prize_draw": Category.INDIFFERENT,
}


def test_planted_categories_are_found(demo: Demo) -> None:
    items = tuple(f"promotions.{code}.{side}" for code in PLANTED for side in ("functional", "dysfunctional"))
    found = answers(demo.db, EVERYTHING, Asked("promotion_features", items, date(2000, 1, 1), date(2100, 1, 1)))
    assert len(found.people) == 300 and set(found.scales.values()) == {(1.0, 5.0)}
    for code, category in PLANTED.items():
        with_it, without_it = (found.people[f"promotions.{code}.{side}"] for side in ("functional", "dysfunctional"))
        kano = kano_of_answers(with_it.to_numpy(), without_it.to_numpy())
        assert kano.category is category and not kano.is_mixed and not kano.is_faulty
        assert kano.n == 300
