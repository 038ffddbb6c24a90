"""Movement of a gap, and the gap that stands out."""

from datetime import date

import pytest

from sqm.rules.gaps.gap_changes import Turn, change, largest_asked, largest_observed, recovered
from sqm.rules.gaps.gap_units import (
    DeliveryPoints,
    Gap,
    KnowledgePoints,
    NeedsUncovered,
    PerceptionPoints,
    PointsLost,
    PromisesBroken,
    RankDistance,
    Unit,
)
from sqm.rules.gaps.gaps import Ledger, Sides, reading
from sqm.rules.rivals.lead import Share, newcombe
from sqm.rules.sampling import Interval, wilson
from sqm.rules.surveys.trends import Word


def _turn(unit: type[Unit], before: float, after: float, half: float) -> Turn:
    first, last = (reading(unit, value, Interval(value - half, value + half)) for value in (before, after))
    return change(first, last).turn


@pytest.mark.parametrize(
    ("unit", "before", "after", "turn"),
    [
        (PerceptionPoints, -1.0, -0.5, Turn.NARROWED),
        (PerceptionPoints, -0.5, -1.0, Turn.WIDENED),
        (PerceptionPoints, -0.5, -0.6, Turn.NOT_DISTINGUISHABLE),
        (PerceptionPoints, 0.2, 0.9, Turn.CLOSED),
        (PerceptionPoints, -0.5, 0.4, Turn.NARROWED),
        (PointsLost, 0.2, 0.5, Turn.WIDENED),
        (KnowledgePoints, 0.2, 0.9, Turn.WIDENED),
        (KnowledgePoints, -1.0, 0.2, Turn.NARROWED),
        (KnowledgePoints, -0.5, 0.5, Turn.NOT_DISTINGUISHABLE),
    ],
)
def test_turn(unit: type[Unit], before: float, after: float, turn: Turn) -> None:
    assert _turn(unit, before, after, 0.1) is turn


def test_the_movement_by_hand_is_read_in_its_unit() -> None:
    first = reading(PointsLost, 0.30, Interval(0.27, 0.33))
    last = reading(PointsLost, 0.20, Interval(0.16, 0.24))
    found = change(first, last)
    movement = found.read(PointsLost)
    assert movement.difference == pytest.approx(-0.10)
    assert (movement.low, movement.high) == (pytest.approx(-0.15), pytest.approx(-0.05))
    assert (found.turn, movement.word) == (Turn.NARROWED, Word.DOWN)
    with pytest.raises(TypeError):
        found.read(RankDistance)  # type: ignore[arg-type]


def test_recovered_limits_of_two_shares_are_newcombes() -> None:
    own, other = wilson(56, 70), wilson(48, 80)
    assert own is not None and other is not None
    got = recovered(56 / 70, (own.low, own.high), 48 / 80, (other.low, other.high))
    assert got == pytest.approx(newcombe(Share(56 / 70, 70), Share(48 / 80, 80)))


def test_two_bare_numbers_prove_nothing() -> None:
    assert change(reading(RankDistance, 0.5), reading(RankDistance, 0.2)).turn is Turn.NO_INTERVAL
    assert change(reading(RankDistance, 0.5), reading(RankDistance, None)).turn is Turn.NO_DATA


def test_other_scale_method_or_subject_is_not_comparable() -> None:
    base = reading(PerceptionPoints, -1.0, Interval(-1.1, -0.9), scale="1-7", method="cati")
    for scale, method, subject in (("1-10", "cati", ""), ("1-7", "web", ""), ("1-7", "cati", "queue")):
        other = reading(PerceptionPoints, -0.5, scale=scale, method=method, subject=subject)
        assert change(base, other).turn is Turn.NOT_COMPARABLE
    with pytest.raises(TypeError):
        change(base, reading(PointsLost, 0.1, scale="1-7", method="cati"))


def _ledger(process: str, ranks: float, bare: float, lost: float, broken: float) -> Ledger:
    return Ledger(
        process,
        date(2026, 10, 1),
        knowledge=Sides(reading(KnowledgePoints, -ranks), reading(RankDistance, ranks)),
        standards=Sides(None, reading(NeedsUncovered, bare)),
        delivery=Sides(reading(DeliveryPoints, -lost), reading(PointsLost, lost)),
        communication=Sides(None, reading(PromisesBroken, broken)),
    )


def test_the_largest_gap_is_the_one_that_stands_out_not_the_largest_number() -> None:
    ledgers = [
        _ledger("stores", 0.42, 0.1, 0.20, 0.05),
        _ledger("hotline", 0.40, 0.1, 0.05, 0.06),
        _ledger("network", 0.44, 0.5, 0.06, 0.04),
        _ledger("tariffs", 0.41, 0.1, 0.04, 0.30),
        _ledger("promotions", 0.90, 0.1, 0.05, 0.05),
        _ledger("web", 0.39, 0.0, 0.00, 0.00),
    ]
    found = largest_observed(ledgers)
    assert found == {
        "stores": Gap.DELIVERY,
        "hotline": Gap.COMMUNICATION,
        "network": Gap.STANDARDS,
        "tariffs": Gap.COMMUNICATION,
        "promotions": Gap.KNOWLEDGE,
        "web": Gap.KNOWLEDGE,  # its only open gap
    }
    assert largest_asked(ledgers)["stores"] is Gap.DELIVERY


def test_no_largest_gap_without_a_field_to_stand_out_from() -> None:
    two = [_ledger("a", 0.9, 0, 0, 0), _ledger("b", 0.1, 0, 0, 0)]
    assert largest_observed(two) == {"a": None, "b": None}
    closed = [_ledger(name, 0, 0, 0, 0) for name in "abc"]
    assert set(largest_observed(closed).values()) == {None}
    same = [_ledger(name, 0.2, 0.2, 0, 0) for name in "abc"]
    assert set(largest_observed(same).values()) == {Gap.KNOWLEDGE}
    with pytest.raises(ValueError, match="one ledger"):
        largest_observed([two[0], two[0]])
