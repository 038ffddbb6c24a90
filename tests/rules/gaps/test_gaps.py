"""The ledger: figures beside each other that nothing can add."""

import math
import operator
import typing
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from sqm.rules.gaps.gap_units import (
    SUBSYSTEM,
    WORKS,
    DeliveryPoints,
    Gap,
    KnowledgePoints,
    PerceptionPoints,
    PointsLost,
    RankDistance,
    Shortfall,
    Subsystem,
    Unit,
)
from sqm.rules.gaps.gaps import Ledger, Reading, Sides, reading, reading_of
from sqm.rules.sampling import Interval, Showing
from sqm.rules.surveys.answers import mean_answer

KNOWLEDGE = reading(KnowledgePoints, -0.4, Interval(-0.6, -0.2), 50)
DELIVERY = reading(DeliveryPoints, -2.0, Interval(-2.5, -1.5), 40)
LOST = reading(PointsLost, 0.2)


@pytest.mark.parametrize(
    "attempt",
    [
        operator.add,
        operator.sub,
        operator.mul,
        operator.lt,
        np.add,
        lambda a, b: sum([a, b]),
        lambda a, b: sum((a, b), 0.0),
        lambda a, b: math.fsum([a, b]),
        lambda a, b: float(a) + float(b),
        lambda a, b: a + 1,
        lambda a, b: 1.0 + a,
        lambda a, b: np.sum(np.array([a, b], dtype=object)),
        lambda a, b: np.asarray([a, b], dtype=float),
        lambda a, b: max(a, b),
    ],
)
@pytest.mark.parametrize("other", [KNOWLEDGE, DELIVERY, LOST])
def test_two_gaps_have_no_arithmetic_and_no_order(
    attempt: Callable[[object, object], object], other: Reading[Unit]
) -> None:
    with pytest.raises(TypeError):
        attempt(KNOWLEDGE, other)


def test_a_ledger_can_not_be_summed_nor_walked_through() -> None:
    ledger = Ledger("stores", date(2026, 10, 1), knowledge=Sides(KNOWLEDGE), delivery=Sides(DELIVERY, LOST))
    with pytest.raises(TypeError):
        sum(ledger)  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        sum(ledger.delivery)  # type: ignore[call-overload]
    assert ledger.standards == Sides(None, None)


def test_a_number_is_read_only_in_its_own_unit() -> None:
    assert DELIVERY.read(DeliveryPoints).value == -2.0
    assert DELIVERY.read(DeliveryPoints).low == -2.5
    for wrong in (KnowledgePoints, PointsLost, Unit):
        with pytest.raises(TypeError, match="DeliveryPoints"):
            DELIVERY.read(wrong)  # type: ignore[arg-type]
    opening = DELIVERY.open_by()
    assert opening is not None and opening.read(DeliveryPoints) == 2.0
    with pytest.raises(TypeError):
        opening.read(PointsLost)  # type: ignore[arg-type]


def test_every_place_of_a_ledger_has_a_unit_of_its_own() -> None:
    found = [argument for hint in typing.get_type_hints(Ledger).values() for argument in _units(hint)]
    assert len(found) == len(set(found)) == len(Unit.__subclasses__())


def _units(hint: object) -> list[object]:
    if isinstance(hint, type) and issubclass(hint, Unit):
        return [hint]
    return [unit for argument in typing.get_args(hint) for unit in _units(argument)]


@pytest.mark.parametrize(
    ("unit", "value", "size"),
    [
        (PerceptionPoints, -1.1, 1.1),
        (PerceptionPoints, 0.4, 0.0),
        (KnowledgePoints, -0.5, 0.5),
        (KnowledgePoints, 0.5, 0.5),
        (RankDistance, 0.25, 0.25),
        (Shortfall, -3.0, 0.0),
        (Shortfall, 3.0, 3.0),
    ],
)
def test_how_far_open(unit: type[Unit], value: float, size: float) -> None:
    opening = reading(unit, value).open_by()
    assert opening is not None
    assert (opening.read(unit), opening.is_open()) == (size, size > 0)


def test_few_answers_are_grey_and_very_few_are_hidden() -> None:
    assert reading(KnowledgePoints, 1.0, n=29).showing is Showing.GREY
    assert reading(KnowledgePoints, 1.0, n=40, n_eff=20.0).showing is Showing.GREY
    hidden = reading(KnowledgePoints, 1.0, Interval(0, 2), n=4)
    assert hidden.showing is Showing.HIDDEN
    assert (hidden.read(KnowledgePoints).value, hidden.read(KnowledgePoints).low, hidden.open_by()) == (None,) * 3
    assert LOST.showing is Showing.SHOWN


def test_a_reading_of_an_estimate() -> None:
    found = reading_of(PerceptionPoints, mean_answer([-1.0, 0.0] * 20), scale="1-7")
    assert (found.read(PerceptionPoints).value, found.n, found.showing, found.scale) == (-0.5, 40, Showing.SHOWN, "1-7")
    assert reading_of(PerceptionPoints, None).read(PerceptionPoints).value is None
    assert reading(PerceptionPoints, math.nan, Interval(0, 1)).read(PerceptionPoints).high is None


def test_one_model_four_subsystems_ten_works() -> None:
    assert SUBSYSTEM[Gap.COMMUNICATION] is Subsystem.PROMISES
    assert Gap.PERCEPTION not in SUBSYSTEM and Gap.PERCEPTION not in WORKS
    assert sorted(work for works in WORKS.values() for work in works) == list(range(1, 11))
    assert {unit.gap for unit in Unit.__subclasses__()} == set(Gap)
