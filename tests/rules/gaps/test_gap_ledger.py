"""From evidence to the ledger: what is missing stays missing, and importance is derived only from enough people."""

from datetime import date
from itertools import product

import numpy as np
import pytest

from sqm.rules.gaps.gap_ledger import Evidence, Promise, derived_importance, weigh
from sqm.rules.gaps.gap_units import DeliveryPoints, KnowledgePoints, PointsLost, PromisesBroken
from sqm.rules.gaps.servqual import Pairs
from sqm.rules.targets import Direction

MONTH = date(2026, 10, 1)
ORDER = ("reliability", "empathy")


def _pairs(people: int = 6) -> Pairs:
    return Pairs([[6.0, 6.0]] * people, [[5.0, 4.0]] * people, ORDER, order=ORDER)


def test_nothing_known_is_nothing_told() -> None:
    found = weigh(Evidence("stores", MONTH))
    assert found.ledger.perception is None
    for sides in (found.ledger.knowledge, found.ledger.standards, found.ledger.delivery, found.ledger.communication):
        assert sides.asked is None and sides.observed is None
    assert found.ledger.shortfalls == ()


def test_ratings_are_weighted_with_the_published_points_of_their_dimensions() -> None:
    """Reliability 32 and empathy 16 points: a gap of 5 - 7 and one of 2 - 7 make -2 x 2/3 - 5 x 1/3 = -3."""
    found = weigh(Evidence("stores", MONTH, customers=_pairs(), abilities=np.array([[5.0, 2.0]] * 5)))
    assert found.ledger.delivery.asked is not None
    assert found.ledger.delivery.asked.read(DeliveryPoints).value == pytest.approx(-3.0)


def test_dimensions_of_an_own_questionnaire_count_alike() -> None:
    """Estimates of 5 and 3 against an expectation of 6: -1 and -3, on average -2."""
    order = ("stores.queue", "stores.seats")
    pairs = Pairs([[6.0, 6.0]] * 6, [[5.0, 4.0]] * 6, order, order=order)
    recent = np.full((6, 2), 6.0)
    found = weigh(Evidence("stores", MONTH, customers=pairs, recent=recent, estimates=np.array([[5.0, 3.0]] * 5)))
    assert found.ledger.knowledge.asked is not None
    assert found.ledger.knowledge.asked.read(KnowledgePoints).value == pytest.approx(-2.0)


def test_a_promise_without_deliveries_is_no_case() -> None:
    """One promise of two has cases: 90 promised, 80 and 95 delivered."""
    promises = (
        Promise("A", 90.0, "score", Direction.HIGHER, (80.0, 95.0)),
        Promise("B", 15.0, "min", Direction.LOWER, ()),
    )
    found = weigh(Evidence("stores", MONTH, promises=promises))
    assert list(found.promises) == ["A"]
    assert found.ledger.communication.observed is not None
    assert found.ledger.communication.observed.read(PromisesBroken).value == pytest.approx(0.5)
    assert [each.subject for each in found.ledger.shortfalls] == ["A"]


def test_visits_without_a_store_are_each_their_own() -> None:
    possible, scored = np.full((5, 1), 10.0), np.array([[10.0], [8.0], [6.0], [10.0], [6.0]])
    without = weigh(Evidence("hotline", MONTH, possible=possible, scored=scored, stores=("",) * 5))
    same = weigh(Evidence("stores", MONTH, possible=possible, scored=scored, stores=("S1", "S1", "S1", "S2", "S2")))
    for found, clusters in ((without, 5), (same, 2)):
        assert found.ledger.delivery.observed is not None and found.lost is not None
        assert found.ledger.delivery.observed.read(PointsLost).value == pytest.approx(0.2)
        assert found.lost.df == clusters - 1


def test_importance_by_hand_of_drivers_that_do_not_hang_together() -> None:
    """overall = a + 2 b over all four combinations: the parts of R2 are 1/5 and 4/5."""
    perceived = np.array(list(product((0.0, 1.0), repeat=2)) * 30)
    found = derived_importance(perceived, perceived @ np.array([1.0, 2.0]), ("a", "b"))
    assert found is not None
    assert found.importance == {"a": pytest.approx(0.2), "b": pytest.approx(0.8)}
    assert (found.n, found.draws.shape[1]) == (120, 2)


def test_importance_needs_a_hundred_complete_answers_that_vary() -> None:
    perceived = np.array(list(product((0.0, 1.0), repeat=2)) * 30)
    overall = perceived.sum(axis=1)
    assert derived_importance(perceived[:99], overall[:99], ("a", "b")) is None
    assert derived_importance(perceived, np.full(120, 5.0), ("a", "b")) is None
    assert derived_importance(perceived[:, :1], overall, ("a",)) is None
    holes = perceived.copy()
    holes[:30, 0] = np.nan
    assert derived_importance(holes, overall, ("a", "b")) is None
