"""Actions: a problem found, what is to be reached, by when, and where it stands on its round of plan, do, check, act.

The branch files it, the province tracks it (D20). An action is about a store or a district and a thing to mend; its
owner is who mends it, never somebody to blame: an audit reaches no person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqm.rules.decisions import Decision, Draft, Kind, standing, text_in
from sqm.rules.periods import month_of


class State(StrEnum):
    """PDCA, and the two ends. dropped: given up, for a reason."""

    PLAN = "plan"
    DO = "do"
    CHECK = "check"
    ACT = "act"
    DONE = "done"
    DROPPED = "dropped"


class Measure(StrEnum):
    """What success is counted in. points: points of the composite to win back. value: the score of the part (0-100) or
    the value of the indicator (in its unit) to reach."""

    POINTS = "points"
    VALUE = "value"


CLOSED = frozenset({State.DONE, State.DROPPED})
_MAY_END = frozenset({State.CHECK, State.ACT})


@dataclass(frozen=True)
class Move:
    """One step, at in UTC."""

    state: State
    at: datetime
    who: str
    note: str
    decision_id: str


@dataclass(frozen=True)
class Action:
    """store_code is '' for an action of a whole district. item_code, part_code: what to mend ('' where it is neither);
    indicator_code: for actions on the matrix. start: the month it was opened in, to compare before and after with.
    visit_id: the audit that found the problem ('' none). moves: after the opening, oldest first."""

    action_id: str
    title: str
    problem: str
    district_code: str
    store_code: str
    item_code: str
    part_code: str
    indicator_code: str
    owner: str
    measure: Measure
    success: float
    deadline: date
    visit_id: str
    who: str
    role: str
    opened_at: datetime
    state: State = State.PLAN
    moves: tuple[Move, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED

    @property
    def start(self) -> date:
        return month_of(self.opened_at.date())

    @property
    def closed_on(self) -> date | None:
        return None if self.is_open else self.moves[-1].at.date()

    def days_left(self, today: date) -> int:
        """To the deadline, its own day included as 0; below 0 after it."""
        return (self.deadline - today).days

    def is_overdue(self, today: date) -> bool:
        """Still open after its deadline."""
        return self.is_open and self.days_left(today) < 0

    def may_move_to(self, state: State) -> bool:
        """A closed one moves no more; to be done, its effect must have been checked."""
        if not self.is_open or state is self.state:
            return False
        return state is not State.DONE or self.state in _MAY_END


@dataclass(frozen=True)
class Opening:
    """What a form asks for; the fields of Action."""

    title: str
    district_code: str
    owner: str
    deadline: date
    success: float
    measure: Measure = Measure.POINTS
    store_code: str = ""
    problem: str = ""
    item_code: str = ""
    part_code: str = ""
    indicator_code: str = ""
    visit_id: str = ""


def open_action(asked: Opening) -> Draft:
    """ValueError without title, owner or a success above 0. Whether the deadline is still ahead is checked when it is
    recorded, by the day of the server."""
    if not (asked.title.strip() and asked.owner.strip()) or not asked.success > 0:
        raise ValueError("an action has a title, an owner and a measure of success")
    facts = {
        "title": asked.title.strip(),
        "problem": asked.problem.strip(),
        "district_code": asked.district_code,
        "store_code": asked.store_code,
        "item_code": asked.item_code,
        "part_code": asked.part_code,
        "indicator_code": asked.indicator_code,
        "owner": asked.owner.strip(),
        "measure": Measure(asked.measure).value,
        "success": float(asked.success),
        "deadline": asked.deadline.isoformat(),
        "visit_id": asked.visit_id,
    }
    return Draft(Kind.ACTION_OPENED, asked.store_code or asked.district_code, facts)


def move(action_id: str, state: State, note: str = "") -> Draft:
    """ValueError for giving up without a reason."""
    if state is State.DROPPED and not note.strip():
        raise ValueError("an action is dropped for a reason")
    return Draft(Kind.ACTION_MOVED, action_id, {"state": state.value, "note": note.strip()})


def actions(decisions: Iterable[Decision]) -> tuple[Action, ...]:
    """Every action that was not withdrawn, oldest first. A step that could not be taken is passed over."""
    found: dict[str, Action] = {}
    for each in standing(decisions):
        if each.kind is Kind.ACTION_OPENED:
            found[each.decision_id] = _opened(each)
        elif each.kind is Kind.ACTION_MOVED and each.subject in found:
            found[each.subject] = _moved(found[each.subject], each)
    return tuple(found.values())


def by_urgency(found: Iterable[Action], today: date) -> tuple[Action, ...]:
    """Open ones first, what is due soonest before the rest; then the closed ones, the newest first."""
    return tuple(
        sorted(found, key=lambda each: (not each.is_open, each.days_left(today) * (1 if each.is_open else -1)))
    )


def _opened(each: Decision) -> Action:
    facts = each.facts
    return Action(
        action_id=each.decision_id,
        title=text_in(facts, "title"),
        problem=text_in(facts, "problem"),
        district_code=text_in(facts, "district_code"),
        store_code=text_in(facts, "store_code"),
        item_code=text_in(facts, "item_code"),
        part_code=text_in(facts, "part_code"),
        indicator_code=text_in(facts, "indicator_code"),
        owner=text_in(facts, "owner"),
        measure=Measure(text_in(facts, "measure")),
        success=float(facts["success"]),
        deadline=date.fromisoformat(text_in(facts, "deadline")),
        visit_id=text_in(facts, "visit_id"),
        who=each.who,
        role=each.role,
        opened_at=each.happened_at,
    )


def _moved(action: Action, each: Decision) -> Action:
    state = State(text_in(each.facts, "state"))
    if not action.may_move_to(state):
        return action
    step = Move(state, each.happened_at, each.who, text_in(each.facts, "note"), each.decision_id)
    return replace(action, state=state, moves=(*action.moves, step))
