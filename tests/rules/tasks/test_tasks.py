"""Which tasks a role gets from which facts: whose work it is, where, how urgent, and in which order."""

from datetime import date, timedelta

import pytest

from sqm.rules.access import Role, Scope, may, may_open, scope_of
from sqm.rules.tasks import tasks
from sqm.rules.tasks.tasks import DONE_AT, TASKS, Code, Task, Urgency

TODAY = date(2026, 11, 22)
EVERYTHING = Scope(None, None)
BRANCH = Scope(frozenset({"D1"}), None)
MANAGER = Scope(frozenset({"D1"}), frozenset({"S1"}))


@pytest.mark.parametrize(
    ("days", "urgency", "left"),
    [
        (-1, Urgency.OVERDUE, -1),
        (0, Urgency.SOON, 0),
        (7, Urgency.SOON, 7),
        (8, Urgency.AHEAD, 8),
        (None, Urgency.UNDATED, None),
    ],
)
def test_urgency_follows_the_days_that_are_left(days: int | None, urgency: Urgency, left: int | None) -> None:
    task = Task(Code.MOVE_ACTION, "a", None if days is None else TODAY + timedelta(days=days))
    assert task.urgency(TODAY) is urgency
    assert task.days_left(TODAY) == left


def test_every_task_can_be_done_by_its_role_on_its_page() -> None:
    assert set(DONE_AT) == set(Code)
    for role, codes in TASKS.items():
        for code in codes:
            doing = DONE_AT[code]
            assert may_open(role, doing.page), (role, code)
            assert doing.right is None or may(role, doing.right), (role, code)


def test_every_code_is_somebodys_work_and_some_roles_have_none() -> None:
    assert frozenset().union(*TASKS.values()) == set(Code)
    for role in (Role.HR, Role.AUDITOR, Role.NOBODY):
        assert tasks.codes_of(role) == frozenset()


STORE = Task(Code.MOVE_ACTION, "a1", TODAY, "D1", "S1")
OTHER = Task(Code.MOVE_ACTION, "a2", TODAY, "D1", "S2")
WHOLE = Task(Code.MOVE_ACTION, "a3", TODAY, "D1")
ELSEWHERE = Task(Code.MOVE_ACTION, "a4", TODAY, "D2", "S3")
COMPANY = Task(Code.MOVE_ACTION, "a5", TODAY)


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (EVERYTHING, [STORE, OTHER, WHOLE, ELSEWHERE, COMPANY]),
        (BRANCH, [STORE, OTHER, WHOLE]),
        (MANAGER, [STORE]),
        (scope_of(Role.STORE_MANAGER), []),
        (scope_of(Role.DISTRICT), []),
    ],
)
def test_a_task_is_seen_by_whom_its_place_belongs_to(scope: Scope, seen: list[Task]) -> None:
    every = [STORE, OTHER, WHOLE, ELSEWHERE, COMPANY]
    assert [each for each in every if tasks.sees(scope, each)] == seen
    assert set(tasks.of_viewer(every, Role.DISTRICT, scope, TODAY)) == set(seen)


def test_tasks_of_others_are_left_out() -> None:
    found = [Task(Code.SIGN_TARGET_OWNER, "p"), Task(Code.SIGN_TARGET_QUALITY, "p"), Task(Code.RULE_APPEAL, "q")]
    assert [each.code for each in tasks.of_viewer(found, Role.EXECUTIVE, EVERYTHING, TODAY)] == [Code.SIGN_TARGET_OWNER]
    assert tasks.of_viewer(found, Role.HR, EVERYTHING, TODAY) == ()


def test_overdue_first_then_what_is_due_soonest_then_what_has_no_date() -> None:
    later, soon, late, older, never = (
        Task(Code.RULE_APPEAL, name, None if days is None else TODAY + timedelta(days=days))
        for name, days in (("later", 30), ("soon", 2), ("late", -1), ("older", -9), ("never", None))
    )
    assert tasks.by_urgency([never, later, soon, late, older], TODAY) == (older, late, soon, later, never)


def test_equally_urgent_tasks_keep_the_order_of_their_source() -> None:
    found = [Task(Code.REVIEW_SIGNAL, name) for name in ("b", "a", "c")]
    assert [each.subject for each in tasks.by_urgency(found, TODAY)] == ["b", "a", "c"]


def test_a_group_stands_where_its_most_urgent_task_does() -> None:
    found = [
        Task(Code.PUBLISH_MONTH, "2026-10-01"),
        Task(Code.RULE_APPEAL, "q1", TODAY + timedelta(days=3)),
        Task(Code.CHASE_ACTION, "a1", TODAY - timedelta(days=3)),
        Task(Code.RULE_APPEAL, "q2", TODAY - timedelta(days=9)),
    ]
    grouped = tasks.groups(found, TODAY)
    assert [(each.code, [task.subject for task in each.tasks]) for each in grouped] == [
        (Code.RULE_APPEAL, ["q2", "q1"]),
        (Code.CHASE_ACTION, ["a1"]),
        (Code.PUBLISH_MONTH, ["2026-10-01"]),
    ]
    assert tasks.overdue(found, TODAY) == 2
    assert tasks.groups([], TODAY) == ()


def test_waiting_for_another_is_no_work_of_ones_own() -> None:
    mine, others = Task(Code.MOVE_ACTION, "a"), Task(Code.APPEAL_WAITS, "q")
    assert tasks.own([mine, others]) == (mine,)
    assert mine.key == "move_action:a"
