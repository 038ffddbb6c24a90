"""From open matters to tasks: one case that waits and its neighbours that do not, for every kind."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from sqm.rules.audits import appeals, submissions
from sqm.rules.audits.supplementary import Compliance, Means
from sqm.rules.decisions import Draft
from sqm.rules.matrix import agreements, editions
from sqm.rules.matrix.agreements import Side, Step
from sqm.rules.matrix.editions import Finding
from sqm.rules.people import Refusal
from sqm.rules.stores import actions
from sqm.rules.stores.actions import Measure, Opening
from sqm.rules.tasks import task_sources
from sqm.rules.tasks.task_sources import Visit
from sqm.rules.tasks.tasks import Code, Task
from sqm.rules.watching.watch_list import Entry, Group
from tests.rules.deciding import log

TODAY = date(2026, 11, 22)
OCTOBER = date(2026, 10, 1)


def told(found: list[Task]) -> list[tuple[Code, str]]:
    return [(each.code, each.subject) for each in found]


def test_each_side_that_has_not_signed_has_a_task_until_the_target_would_start_too_late() -> None:
    step = Step(date(2027, 2, 1), 0.8, None, 0.01)
    open_one, signed, refused = (agreements.propose(code, [step], "why") for code in ("A", "B", "C"))
    found = agreements.proposals(
        log(
            open_one,
            signed,
            refused,
            agreements.sign("d2", Side.OWNER, "x"),
            agreements.refuse("d3", Side.QUALITY, "no"),
        )
    )
    made = task_sources.signatures(found)
    assert told(made) == [
        (Code.SIGN_TARGET_OWNER, "d1"),
        (Code.SIGN_TARGET_QUALITY, "d1"),
        (Code.SIGN_TARGET_QUALITY, "d2"),
    ]
    assert {each.due for each in made} == {date(2027, 2, 28)}
    assert not agreements.check(found[0], "higher", date(2027, 2, 28))
    assert agreements.check(found[0], "higher", date(2027, 3, 1))


def test_an_open_appeal_is_to_rule_for_one_and_to_wait_for_another() -> None:
    queries = [appeals.raise_appeal("v1", item, "S1", "D1", 5.0, "why") for item in ("a", "b")]
    found = appeals.appeals(log(*queries, appeals.rule("d2", appeals.Verdict.REJECTED, "no")))
    made = task_sources.appeals(found, lambda month: 10.0)
    assert told(made) == [(Code.RULE_APPEAL, "d1"), (Code.APPEAL_WAITS, "d1")]
    assert {(each.due, each.store_code, each.district_code) for each in made} == {(date(2026, 11, 12), "S1", "D1")}
    assert {each.due for each in task_sources.appeals(found, lambda month: None)} == {None}


def opened(deadline: date, store: str = "S1", visit: str = "") -> Draft:
    asked = Opening("Mend it", "D1", "manager", deadline, 2.0, Measure.POINTS, store, visit_id=visit)
    return actions.open_action(asked)


def test_an_open_action_is_asked_for_by_others_only_after_its_deadline() -> None:
    ahead, today, late, closed = (opened(TODAY + timedelta(days=days)) for days in (9, 0, -1, -5))
    end = actions.move("d4", actions.State.DROPPED, "given up")
    found = actions.actions(log(ahead, today, late, closed, end))
    assert told(task_sources.actions(found, TODAY)) == [
        (Code.MOVE_ACTION, "d1"),
        (Code.MOVE_ACTION, "d2"),
        (Code.MOVE_ACTION, "d3"),
        (Code.CHASE_ACTION, "d3"),
    ]


def visit(
    name: str, score: float, store: str = "S1", on: date = date(2026, 10, 20), mark: float | None = 80.0
) -> Visit:
    return Visit(name, store, "D1", on, score, mark)


def test_a_visit_below_the_pass_mark_waits_until_somebody_answers() -> None:
    visits = [visit("v1", 79.9), visit("v2", 80.0), visit("v3", 50.0, mark=None), visit("v4", 10.0, "S2")]
    assert told(task_sources.visits(visits, (), ())) == [(Code.ANSWER_VISIT, "v1"), (Code.ANSWER_VISIT, "v4")]
    queried = appeals.appeals(log(appeals.raise_appeal("v4", "a", "S2", "D1", 5.0, "why")))
    assert told(task_sources.visits(visits, (), queried)) == [(Code.ANSWER_VISIT, "v1")]
    acted = actions.actions(log(opened(date(2027, 1, 1), "S1")))
    assert told(task_sources.visits(visits, acted, queried)) == []


def test_an_action_that_ended_before_the_visit_answers_nothing() -> None:
    done = actions.actions(log(opened(date(2027, 1, 1)), actions.move("d1", actions.State.DROPPED, "given up")))
    assert done[0].opened_at == datetime(2026, 11, 2, 9)
    before, after = visit("v1", 10.0, on=date(2026, 11, 1)), visit("v2", 10.0, on=date(2026, 11, 3))
    assert told(task_sources.visits([before, after], done, ())) == [(Code.ANSWER_VISIT, "v2")]


def test_signals_beyond_chance_wait_until_somebody_decided() -> None:
    def entry(code: str, group: Group) -> Entry:
        return Entry(code, group, (), OCTOBER, 0, 0, None)

    found = [entry("A", Group.BEYOND_CHANCE), entry("B", Group.EARLY), entry("C", Group.SETTLED)]
    assert told(task_sources.signals(found, OCTOBER)) == [(Code.REVIEW_SIGNAL, "A")]


@pytest.mark.parametrize(
    ("submitted", "today", "codes"),
    [
        (None, date(2026, 11, 5), [Code.REPORT_AUDITS]),
        (None, date(2026, 11, 6), [Code.REPORT_AUDITS, Code.CHASE_REPORT]),
        (date(2026, 11, 9), TODAY, []),
        (date(2026, 11, 2), TODAY, []),
    ],
)
def test_a_report_of_own_audits_is_due_on_the_fifth(submitted: date | None, today: date, codes: list[Code]) -> None:
    made = task_sources.reports([submissions.report("D1", OCTOBER, submitted, today)])
    assert [each.code for each in made] == codes
    assert all(each.due == date(2026, 11, 5) and each.district_code == "D1" for each in made)


def test_a_store_is_due_before_it_has_waited_too_long() -> None:
    rows = [
        ("S1", "D1", date(2026, 3, 9), 7.0),  # the gap of six months was exceeded in October
        ("S2", "D1", date(2026, 4, 30), 6.0),  # and will be in November
        ("S3", "D1", date(2026, 5, 1), 5.0),
        ("S4", "D1", None, float("nan")),
    ]
    made = task_sources.waiting_stores(rows, OCTOBER, 6.0)
    assert [(each.subject, each.due) for each in made] == [
        ("S1", date(2026, 10, 31)),
        ("S2", date(2026, 11, 30)),
        ("S4", None),
    ]


def test_means_that_were_chosen_and_not_used_and_none_chosen() -> None:
    callback, remote = Means.CALLBACK, Means.REMOTE_MONITORING
    found = [
        Compliance("D1", OCTOBER, (callback, remote), (3, 0)),
        Compliance("D2", OCTOBER, (callback,), (1,)),
        Compliance("D3", OCTOBER, (), ()),
    ]
    made = task_sources.means(found)
    assert [(each.district_code, each.detail) for each in made] == [("D1", "remote_monitoring"), ("D3", "")]


def test_what_data_lack_is_counted() -> None:
    owed = task_sources.values([("D1", 44, 68)], OCTOBER)
    assert [(each.code, each.count, each.of) for each in owed] == [
        (Code.SEND_VALUES, 24, 68),
        (Code.CHASE_VALUES, 24, 68),
    ]
    samples = [("cati", OCTOBER, 3000, 3280, True), ("web", OCTOBER, 9, None, False), ("sms", OCTOBER, 99, 100, False)]
    assert told(task_sources.samples(samples)) == [(Code.FILL_SAMPLE, "cati")]
    assert told(task_sources.waves([("cati", OCTOBER)])) == [(Code.SEND_WAVE, "cati")]
    assert told(task_sources.files([("b1", "a.xlsx", 0), ("b2", "b.xlsx", 3)])) == [(Code.LOOK_AT_FILE, "b2")]
    lacking = task_sources.lacking({Finding.NO_OWNER: ("A",), Finding.NO_TARGET: (), Finding.NO_SOURCE: ("A", "B")})
    assert [each.subject for each in lacking] == ["A.no_owner", "A.no_source", "B.no_source"]


def test_months_and_proposed_indicators_wait_for_the_quality_department() -> None:
    made = task_sources.publications([OCTOBER], [date(2026, 8, 1)])
    assert told(made) == [(Code.PUBLISH_MONTH, "2026-10-01"), (Code.PUBLISH_AGAIN, "2026-08-01")]
    asked = {"process_code": "stores", "name_en": "New"}
    found = editions.new_indicators(log(editions.propose(asked), editions.propose(asked), editions.refuse("d2", "no")))
    assert told(task_sources.proposed(found)) == [(Code.ANSWER_INDICATOR, "d1")]
    assert [replace(each, text="") for each in task_sources.people([("p1", "Li", Refusal.NO_PLACE)])] == [
        Task(Code.PLACE_PERSON, "p1", detail="no_place")
    ]
