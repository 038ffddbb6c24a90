"""Actions: opened, moved round plan, do, check, act, and late when their day is over."""

from dataclasses import replace
from datetime import date

import pytest

from sqm.rules.access import Action as Right
from sqm.rules.decisions import action_of, withdraw
from sqm.rules.stores.actions import Measure, Opening, State, actions, by_urgency, move, open_action
from tests.rules.deciding import log

ASKED = Opening(
    title="A second greeter at noon",
    district_code="D1",
    owner="store manager",
    deadline=date(2026, 12, 15),
    success=1.5,
    store_code="S1",
    problem="queues from 11:30 to 13:00",
    item_code="queueing.guide",
    part_code="topic_1",
    visit_id="v7",
)


def test_an_action_keeps_what_its_effect_will_be_measured_by() -> None:
    (found,) = actions(log(open_action(ASKED)))
    assert (found.title, found.store_code, found.item_code, found.visit_id) == (
        ASKED.title,
        "S1",
        "queueing.guide",
        "v7",
    )
    assert (found.measure, found.success, found.start) == (Measure.POINTS, 1.5, date(2026, 11, 1))
    assert (found.state, found.moves, found.is_open, found.closed_on) == (State.PLAN, (), True, None)
    assert action_of(open_action(ASKED)) is action_of(move("d1", State.DO)) is Right.OPEN_ACTION


def test_days_left_and_overdue() -> None:
    (found,) = actions(log(open_action(ASKED)))
    assert found.days_left(date(2026, 12, 5)) == 10 and found.days_left(date(2026, 12, 15)) == 0
    assert not found.is_overdue(date(2026, 12, 15)) and found.is_overdue(date(2026, 12, 16))


def test_round_plan_do_check_act_to_done() -> None:
    steps = [move("d1", state) for state in (State.DO, State.CHECK, State.ACT, State.DONE)]
    (found,) = actions(log(open_action(ASKED), *steps))
    assert [each.state for each in found.moves] == [State.DO, State.CHECK, State.ACT, State.DONE]
    assert not found.is_open and found.closed_on == date(2026, 11, 6)
    assert not found.is_overdue(date(2027, 5, 1))
    (again,) = actions(log(open_action(ASKED), *steps, withdraw("d5")))
    assert again.state is State.ACT and again.is_open


def test_nothing_is_done_before_its_effect_was_checked() -> None:
    (planned,) = actions(log(open_action(ASKED)))
    assert not planned.may_move_to(State.DONE) and not planned.may_move_to(State.PLAN)
    assert planned.may_move_to(State.DROPPED)
    (skipped,) = actions(log(open_action(ASKED), move("d1", State.DONE), move("d1", State.CHECK)))
    assert [each.state for each in skipped.moves] == [State.CHECK] and skipped.may_move_to(State.DONE)
    (given_up,) = actions(log(open_action(ASKED), move("d1", State.DROPPED, "store closes"), move("d1", State.DO)))
    assert given_up.state is State.DROPPED and given_up.moves[-1].note == "store closes"


def test_a_withdrawn_action_is_gone_with_its_steps() -> None:
    assert actions(log(open_action(ASKED), move("d1", State.DO), withdraw("d1"))) == ()


def test_what_is_due_soonest_comes_first_and_closed_ones_last() -> None:
    later = replace(ASKED, deadline=date(2027, 1, 31))
    late = replace(ASKED, deadline=date(2026, 11, 10))
    found = actions(
        log(*(open_action(each) for each in (later, ASKED, late, late)), move("d4", State.DROPPED, "double"))
    )
    assert [each.action_id for each in by_urgency(found, date(2026, 11, 22))] == ["d3", "d2", "d1", "d4"]


@pytest.mark.parametrize("wrong", [{"title": " "}, {"owner": ""}, {"success": 0.0}, {"success": float("nan")}])
def test_title_owner_and_measure_are_wanted(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="an action has"):
        open_action(replace(ASKED, **wrong))  # type: ignore[arg-type]


def test_giving_up_wants_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        move("d1", State.DROPPED)
