"""What waits for whom: open matters of all pages as tasks with an object, a due date and an order.

Codes, dates and numbers, never sentences. What is open is decided by the rule of each matter (agreements, appeals,
actions ...); here it is only turned into tasks. A task is shown to a role that may do it, on the page where it is done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqm.rules.access import Action, Page, Role, Scope

SOON_DAYS = 7
"""A due date so near is marked [own]."""


class Code(StrEnum):
    """What is to be done, in the order in which tasks stand that are equally urgent. chase_*: it is another's to do,
    and the viewer's to ask for. appeal_waits: nothing to do but to wait for the ruling."""

    SIGN_TARGET_OWNER = "sign_target_owner"
    SIGN_TARGET_QUALITY = "sign_target_quality"
    RULE_APPEAL = "rule_appeal"
    REPORT_AUDITS = "report_audits"
    MOVE_ACTION = "move_action"
    ANSWER_VISIT = "answer_visit"
    APPEAL_WAITS = "appeal_waits"
    PUBLISH_MONTH = "publish_month"
    PUBLISH_AGAIN = "publish_again"
    ANSWER_INDICATOR = "answer_indicator"
    SEND_VALUES = "send_values"
    USE_MEANS = "use_means"
    CHASE_ACTION = "chase_action"
    CHASE_REPORT = "chase_report"
    CHASE_VALUES = "chase_values"
    REVIEW_SIGNAL = "review_signal"
    FILL_SAMPLE = "fill_sample"
    SEND_WAVE = "send_wave"
    LOOK_AT_FILE = "look_at_file"
    MEND_INDICATOR = "mend_indicator"
    AUDIT_STORE = "audit_store"
    PLACE_PERSON = "place_person"


@dataclass(frozen=True)
class Doing:
    """Where a task is done, and the right that doing it takes (None: nothing is recorded there)."""

    page: Page
    right: Action | None = None


DONE_AT: dict[Code, Doing] = {
    Code.SIGN_TARGET_OWNER: Doing(Page.TARGETS, Action.SIGN_TARGET_OWNER),
    Code.SIGN_TARGET_QUALITY: Doing(Page.TARGETS, Action.SIGN_TARGET_QUALITY),
    Code.RULE_APPEAL: Doing(Page.AUDITS, Action.RULE_APPEAL),
    Code.REPORT_AUDITS: Doing(Page.AUDITS),
    Code.MOVE_ACTION: Doing(Page.STORE, Action.OPEN_ACTION),
    Code.ANSWER_VISIT: Doing(Page.STORE, Action.OPEN_ACTION),
    Code.APPEAL_WAITS: Doing(Page.STORE),
    Code.PUBLISH_MONTH: Doing(Page.MONTHS, Action.SEAL_MONTH),
    Code.PUBLISH_AGAIN: Doing(Page.MONTHS, Action.SEAL_MONTH),
    Code.ANSWER_INDICATOR: Doing(Page.EDITIONS, Action.ACCEPT_INDICATOR),
    Code.SEND_VALUES: Doing(Page.MATRIX),
    Code.USE_MEANS: Doing(Page.AUDITS, Action.CHOOSE_MEANS),
    Code.CHASE_ACTION: Doing(Page.STORES),
    Code.CHASE_REPORT: Doing(Page.AUDITS),
    Code.CHASE_VALUES: Doing(Page.MATRIX),
    Code.REVIEW_SIGNAL: Doing(Page.WATCH, Action.REVIEW_SIGNAL),
    Code.FILL_SAMPLE: Doing(Page.PROGRAMME),
    Code.SEND_WAVE: Doing(Page.UPLOAD, Action.COMMIT_BATCH),
    Code.LOOK_AT_FILE: Doing(Page.UPLOAD, Action.UNDO_BATCH),
    Code.MEND_INDICATOR: Doing(Page.EDITIONS),
    Code.AUDIT_STORE: Doing(Page.AUDITS),
    Code.PLACE_PERSON: Doing(Page.PEOPLE, Action.MANAGE_PEOPLE),
}

TASKS: dict[Role, frozenset[Code]] = {
    Role.EXECUTIVE: frozenset({Code.SIGN_TARGET_OWNER, Code.CHASE_ACTION}),
    Role.DISTRICT: frozenset(
        {
            Code.REPORT_AUDITS,
            Code.MOVE_ACTION,
            Code.ANSWER_VISIT,
            Code.APPEAL_WAITS,
            Code.SEND_VALUES,
            Code.USE_MEANS,
        }
    ),
    Role.STORE_MANAGER: frozenset({Code.MOVE_ACTION, Code.ANSWER_VISIT, Code.APPEAL_WAITS}),
    Role.ANALYST: frozenset(
        {
            Code.CHASE_VALUES,
            Code.REVIEW_SIGNAL,
            Code.FILL_SAMPLE,
            Code.SEND_WAVE,
            Code.LOOK_AT_FILE,
            Code.MEND_INDICATOR,
        }
    ),
    Role.QUALITY: frozenset(
        {
            Code.SIGN_TARGET_QUALITY,
            Code.RULE_APPEAL,
            Code.PUBLISH_MONTH,
            Code.PUBLISH_AGAIN,
            Code.ANSWER_INDICATOR,
            Code.CHASE_ACTION,
            Code.CHASE_REPORT,
            Code.CHASE_VALUES,
            Code.MEND_INDICATOR,
            Code.AUDIT_STORE,
            Code.PLACE_PERSON,
        }
    ),
}
"""Whose work it is. Deny by default: a role that is not named has no tasks (personnel and auditors decide nothing)."""


class Urgency(StrEnum):
    """In their order. overdue: the day is over. soon: at most SOON_DAYS are left, today among them."""

    OVERDUE = "overdue"
    SOON = "soon"
    AHEAD = "ahead"
    UNDATED = "undated"


@dataclass(frozen=True)
class Task:
    """subject: the id of what it is about; with the code it names the task. due: the last day, None where nothing sets
    one. store_code, district_code: '' for a matter of the company. indicator_code, month, detail (a code), text (as
    people wrote it), count of of: what words need. days_left is below 0 after the due date."""

    code: Code
    subject: str
    due: date | None = None
    district_code: str = ""
    store_code: str = ""
    indicator_code: str = ""
    month: date | None = None
    detail: str = ""
    text: str = ""
    count: int = 0
    of: int = 0

    @property
    def key(self) -> str:
        return f"{self.code}:{self.subject}"

    def days_left(self, today: date) -> int | None:
        return None if self.due is None else (self.due - today).days

    def urgency(self, today: date) -> Urgency:
        left = self.days_left(today)
        if left is None:
            return Urgency.UNDATED
        if left < 0:
            return Urgency.OVERDUE
        return Urgency.SOON if left <= SOON_DAYS else Urgency.AHEAD


@dataclass(frozen=True)
class Group:
    """Tasks of one code, the most urgent first; never empty."""

    code: Code
    tasks: tuple[Task, ...]

    @property
    def first(self) -> Task:
        return self.tasks[0]


def codes_of(role: Role) -> frozenset[Code]:
    """What a role is asked to do."""
    return TASKS.get(role, frozenset())


def sees(scope: Scope, task: Task) -> bool:
    """Whether the task is about a place of the viewer. Who is limited to stores has no tasks of whole districts, and
    who is limited to districts none of the company."""
    if task.store_code:
        return scope.sees_store(task.store_code, task.district_code)
    if task.district_code:
        return scope.stores is None and scope.sees_district(task.district_code)
    return scope.is_everything


def of_viewer(found: Iterable[Task], role: Role, scope: Scope, today: date) -> tuple[Task, ...]:
    """The viewer's own tasks, the most urgent first."""
    wanted = codes_of(role)
    return by_urgency((each for each in found if each.code in wanted and sees(scope, each)), today)


def by_urgency(found: Iterable[Task], today: date) -> tuple[Task, ...]:
    """Overdue ones first, the longest overdue on top; then what is due soonest; what has no date comes last."""
    return tuple(sorted(found, key=lambda each: _order(each, today)))


def groups(found: Iterable[Task], today: date) -> tuple[Group, ...]:
    """Tasks of one code together, in the order of the most urgent of each."""
    parts: dict[Code, list[Task]] = {}
    for each in by_urgency(found, today):
        parts.setdefault(each.code, []).append(each)
    return tuple(Group(code, tuple(tasks)) for code, tasks in parts.items())


def overdue(found: Iterable[Task], today: date) -> int:
    """How many are past their date."""
    return sum(each.urgency(today) is Urgency.OVERDUE for each in found)


def own(found: Iterable[Task]) -> tuple[Task, ...]:
    """Without those in which only another can act."""
    return tuple(each for each in found if each.code is not Code.APPEAL_WAITS)


_URGENCIES, _CODES = list(Urgency), list(Code)


def _order(task: Task, today: date) -> tuple[bool, int, date, int]:
    """What waits for another comes after all of one's own; what is equally urgent keeps the order of its source."""
    place = _URGENCIES.index(task.urgency(today))
    return task.code is Code.APPEAL_WAITS, place, task.due or date.max, _CODES.index(task.code)
