"""The door to a viewer's tasks: what is open on every page that the role may act on, gathered from the pages' doors.

Kept by their arguments and shared by all viewers of a role and scope; nothing outside of the scope gets in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.rules import people
from sqm.rules.access import Role, Scope
from sqm.rules.matrix.agreements import State
from sqm.rules.people import Refusal
from sqm.rules.periods import add_months, month_of
from sqm.rules.stores import actions as action_rules
from sqm.rules.targets import Status
from sqm.rules.tasks import task_sources, tasks
from sqm.rules.tasks.task_sources import Visit
from sqm.rules.tasks.tasks import Code, Task
from sqm.ui.audits import data_audits
from sqm.ui.audits.coverage import data_coverage
from sqm.ui.decisions import data_decisions
from sqm.ui.desk import data_desk
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import records
from sqm.ui.editions import data_editions
from sqm.ui.home.tasks import task_count
from sqm.ui.home.tasks.task_count import Count
from sqm.ui.matrix import data_matrix
from sqm.ui.months import data_months
from sqm.ui.programme import data_programme
from sqm.ui.signing import signed_in
from sqm.ui.stores.doors import data_scores, data_standards
from sqm.ui.stores.doors.data_scores import Span
from sqm.ui.upload import data_upload
from sqm.ui.watch import data_watch

MONTHS_BACK = 12
"""Months for which a missing publication is still asked for."""


@dataclass(frozen=True)
class _Seen:
    """For whom tasks are gathered. month: the last with indicator values; audited: the last with scored visits."""

    scope: Scope
    today: date
    month: date | None
    audited: date | None


@lru_cache(maxsize=KEPT)
def _tasks(at: Stamp, role: Role, scope: Scope, today: date) -> tuple[Task, ...]:
    months, audited = data_names.all_months().all, data_scores.months()
    seen = _Seen(scope, today, months[-1] if months else None, audited[-1] if audited else None)
    wanted = tasks.codes_of(role)
    every = [task for codes, source in _SOURCES if codes & wanted for task in source(seen)]
    return tasks.of_viewer(every, role, scope, today)


def of(role: Role, scope: Scope, today: date) -> tuple[Task, ...]:
    """What waits for a viewer, the most urgent first. The corner of the page counts it from now on."""
    at = stamp()
    found = _tasks(at, role, scope, today)
    mine = tasks.own(found)
    task_count.remember(role, scope, at, today, Count(len(mine), tasks.overdue(mine, today)))
    return found


def action_of(task: Task) -> action_rules.Action | None:
    """The action that a task is about."""
    every = action_rules.actions(data_decisions.log())
    return next((each for each in every if each.action_id == task.subject), None)


def _signatures(seen: _Seen) -> list[Task]:
    waiting = [each for each in data_desk.proposals(seen.scope).values() if each.state is State.OPEN]
    return task_sources.signatures(each for each in waiting if not data_desk.problems(each, seen.today))


def _appeals(seen: _Seen) -> list[Task]:
    return task_sources.appeals(data_audits.appeals(), data_standards.appeal_days)


def _actions(seen: _Seen) -> list[Task]:
    return task_sources.actions(action_rules.actions(data_decisions.log()), seen.today)


def _visits(seen: _Seen) -> list[Task]:
    if seen.audited is None:
        return []
    listed = data_scores.stores(seen.scope)
    rows = data_scores.scored_visits(seen.scope, seen.audited, Span.QUARTER).visits
    rows = rows[(rows["month"] == pd.Timestamp(seen.audited)) & rows["score"].notna()]
    mark = data_standards.pass_mark(seen.audited)
    found = [
        Visit(
            str(row["visit_id"]),
            str(row["store_code"]),
            str(listed[str(row["store_code"])]["district_code"]),
            row["visited_on"].date(),
            float(row["score"]),
            mark,
        )
        for row in records(rows)
        if str(row["store_code"]) in listed
    ]
    return task_sources.visits(found, action_rules.actions(data_decisions.log()), data_audits.appeals())


def _signals(seen: _Seen) -> list[Task]:
    return [] if seen.month is None else task_sources.signals(data_watch.entries(seen.scope, seen.month), seen.month)


def _publications(seen: _Seen) -> list[Task]:
    since = add_months(month_of(seen.today), -MONTHS_BACK)
    months = tuple(each for each in data_names.all_months().all if each >= since)
    states = list(data_months.states(seen.scope, months).values()) if months else []
    return task_sources.publications(
        [each.month for each in states if each.is_over and not each.made],
        [each.month for each in states if each.made and each.change is not None and not each.change.is_empty],
    )


def _reports(seen: _Seen) -> list[Task]:
    if seen.audited is None:
        return []
    by_district = data_coverage.reports(seen.scope, seen.audited, "", seen.today)
    return task_sources.reports(each[-1] for each in by_district.values())


def _values(seen: _Seen) -> list[Task]:
    if seen.month is None:
        return []
    owed = data_matrix.reporting(seen.scope, seen.month)
    return task_sources.values(((each.district_code, each.present, each.expected) for each in owed), seen.month)


def _means(seen: _Seen) -> list[Task]:
    return [] if seen.audited is None else task_sources.means(data_coverage.means(seen.scope, seen.audited, ""))


def _waiting(seen: _Seen) -> list[Task]:
    if seen.audited is None:
        return []
    plan = data_coverage.plan(seen.audited)
    rows = plan.waiting
    days = [None if pd.isna(day) else day.date() for day in rows["last_visit"]]
    told = zip(rows.index.astype(str), rows["district_code"].astype(str), days, rows["months"], strict=True)
    return task_sources.waiting_stores(told, seen.audited, plan.longest_gap)


def _samples(seen: _Seen) -> list[Task]:
    if seen.month is None:
        return []
    views = data_programme.views()
    newest = [(code, view, view.last(seen.month)) for code, view in views.items()]
    behind = [
        (code, wave.month, wave.n, view.quota, wave.status is Status.MISSED) for code, view, wave in newest if wave
    ]
    late = [(code, view.completeness(seen.month)) for code, view in views.items()]
    absent = [(code, found.missing[-1]) for code, found in late if found.late]
    return task_sources.samples(behind) + task_sources.waves(absent)


def _files(seen: _Seen) -> list[Task]:
    recent = records(data_upload.recent(seen.today))
    return task_sources.files(
        (str(row["batch_id"]), str(row["file_name"]), int(row["rows_rejected"])) for row in recent
    )


def _lacking(seen: _Seen) -> list[Task]:
    return [] if seen.month is None else task_sources.lacking(data_editions.view(seen.scope, seen.month).lacking)


def _proposed(seen: _Seen) -> list[Task]:
    return task_sources.proposed(each.indicator for each in data_editions.proposals().values())


def _people(seen: _Seen) -> list[Task]:
    stores = signed_in.open_stores()
    placed = [(each, people.placed(each, stores).refusal) for each in signed_in.everyone()]
    lost = (Refusal.NO_ROLE, Refusal.NO_PLACE)
    return task_sources.people((each.person_id, each.name, str(why)) for each, why in placed if why in lost)


_SOURCES: tuple[tuple[frozenset[Code], Callable[[_Seen], list[Task]]], ...] = (
    (frozenset({Code.SIGN_TARGET_OWNER, Code.SIGN_TARGET_QUALITY}), _signatures),
    (frozenset({Code.RULE_APPEAL, Code.APPEAL_WAITS}), _appeals),
    (frozenset({Code.MOVE_ACTION, Code.CHASE_ACTION}), _actions),
    (frozenset({Code.ANSWER_VISIT}), _visits),
    (frozenset({Code.REVIEW_SIGNAL}), _signals),
    (frozenset({Code.PUBLISH_MONTH, Code.PUBLISH_AGAIN}), _publications),
    (frozenset({Code.REPORT_AUDITS, Code.CHASE_REPORT}), _reports),
    (frozenset({Code.SEND_VALUES, Code.CHASE_VALUES}), _values),
    (frozenset({Code.USE_MEANS}), _means),
    (frozenset({Code.AUDIT_STORE}), _waiting),
    (frozenset({Code.FILL_SAMPLE, Code.SEND_WAVE}), _samples),
    (frozenset({Code.LOOK_AT_FILE}), _files),
    (frozenset({Code.MEND_INDICATOR}), _lacking),
    (frozenset({Code.ANSWER_INDICATOR}), _proposed),
    (frozenset({Code.PLACE_PERSON}), _people),
)
