"""The weights of the competitiveness index, version by version: a month keeps the ones that were in force in it."""

from datetime import date

import pytest

from sqm.rules import decisions
from sqm.rules.access import Action
from sqm.rules.rivals.index_weights import DEFAULT, Part, definition, first_moved, held_in, versions, weigh
from tests.rules.deciding import log

NOVEMBER, JANUARY = date(2026, 11, 1), date(2027, 1, 1)
HALF = {Part.PROCESSES: 50.0, Part.BENCHMARK: 30.0, Part.WORD_OF_MOUTH: 20.0}
EVEN = {Part.PROCESSES: 40.0, Part.BENCHMARK: 40.0, Part.WORD_OF_MOUTH: 20.0}


def test_until_somebody_decides_the_weights_are_a_default() -> None:
    assert versions(()) == (DEFAULT,)
    held = held_in(versions(()), NOVEMBER)
    assert held.definition.is_default and held.decision_id == ""
    assert sum(held.definition.weights.values()) == 100.0
    assert all(each.is_balanced for each in held.definition.components if each.code != Part.PROCESSES)


def test_a_month_keeps_the_weights_that_were_in_force_in_it() -> None:
    found = versions(log(weigh(HALF, NOVEMBER, "agreed"), weigh(EVEN, JANUARY, "new year")))
    assert [each.decision_id for each in found] == ["", "d1", "d2"]
    assert held_in(found, date(2026, 10, 1)).definition.is_default
    assert held_in(found, date(2026, 12, 1)).decision_id == "d1"
    assert held_in(found, JANUARY).definition.weights["benchmark"] == 40.0
    assert (found[1].who, found[1].reason, found[1].definition.is_default) == ("ana", "agreed", False)


def test_of_two_decisions_for_one_month_the_later_holds_until_it_is_taken_back() -> None:
    lines = log(weigh(HALF, NOVEMBER, "agreed"), weigh(EVEN, NOVEMBER, "agreed again"))
    assert held_in(versions(lines), NOVEMBER).decision_id == "d2"
    undone = log(weigh(HALF, NOVEMBER, "agreed"), weigh(EVEN, NOVEMBER, "again"), decisions.withdraw("d2"))
    assert held_in(versions(undone), NOVEMBER).decision_id == "d1"


def test_the_first_month_that_a_decision_moves() -> None:
    one, both = log(weigh(HALF, NOVEMBER, "a")), log(weigh(HALF, NOVEMBER, "a"), weigh(EVEN, JANUARY, "b"))
    assert first_moved((), one) == NOVEMBER
    assert first_moved(one, both) == JANUARY
    assert first_moved(both, (*both,)) is None
    same = log(weigh(HALF, NOVEMBER, "a"), weigh(HALF, JANUARY, "the same again"))
    assert first_moved(one, same) is None


def test_weights_need_a_reason_and_a_sum_of_100() -> None:
    with pytest.raises(ValueError, match="reason"):
        weigh(HALF, NOVEMBER, " ")
    with pytest.raises(ValueError, match="100"):
        weigh({**HALF, Part.PROCESSES: 51.0}, NOVEMBER, "too much")
    with pytest.raises(ValueError, match="below 0"):
        definition({Part.PROCESSES: 130.0, Part.BENCHMARK: -30.0, Part.WORD_OF_MOUTH: 0.0}, NOVEMBER, "")
    draft = weigh(HALF, date(2026, 11, 17), "middle of a month")
    assert draft.facts["month"] == "2026-11-01"
    assert decisions.action_of(draft) is Action.WEIGH_INDEX
