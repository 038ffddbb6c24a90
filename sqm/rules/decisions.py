"""Everything that people decide is one append-only log; what stands now is worked out from it by pure rules.

There are hundreds of decisions, not millions, so every reading starts from the whole log. Nothing in it is ever
changed or deleted: who takes something back writes that down as a decision of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqm.errors import SqmError
from sqm.rules.access import Action

Facts = Mapping[str, Any]


class Kind(StrEnum):
    """What was decided. What subject and facts mean of each is said by the rule that folds it."""

    WITHDRAWN = "withdrawn"
    TARGET_PROPOSED = "target_proposed"
    TARGET_SIGNED = "target_signed"
    TARGET_REFUSED = "target_refused"
    SIGNAL_CONFIRMED = "signal_confirmed"
    SIGNAL_DISMISSED = "signal_dismissed"
    SIGNAL_REMINDED = "signal_reminded"
    REBASED = "rebased"
    POINT_EXCLUDED = "point_excluded"
    INDICATOR_PROPOSED = "indicator_proposed"
    INDICATOR_ACCEPTED = "indicator_accepted"
    INDICATOR_REFUSED = "indicator_refused"
    MONTH_SEALED = "month_sealed"
    EVENT_ADDED = "event_added"
    COMMENTED = "commented"
    INDEX_WEIGHED = "index_weighed"
    STUDY_DEFINED = "study_defined"
    METHOD_CHANGED = "method_changed"
    APPEAL_RAISED = "appeal_raised"
    APPEAL_RULED = "appeal_ruled"
    VISIT_REJECTED = "visit_rejected"
    ACTION_OPENED = "action_opened"
    ACTION_MOVED = "action_moved"
    STANDARD_SET = "standard_set"
    MEANS_CHOSEN = "means_chosen"
    PERSON_SET = "person_set"


@dataclass(frozen=True)
class Decision:
    """One line of the log. sequence orders the log; happened_at in UTC; role: the role that who acted in.

    subject: what it is about (an indicator code, a month, the id of an earlier decision). facts: plain JSON values;
    months are ISO texts of the first day.
    """

    decision_id: str
    sequence: int
    happened_at: datetime
    who: str
    role: str
    kind: Kind
    subject: str
    facts: Facts = field(hash=False)


@dataclass(frozen=True)
class Draft:
    """A decision before it is recorded: what the builders of the rules give and the database takes."""

    kind: Kind
    subject: str
    facts: Facts = field(hash=False)


def withdraw(decision_id: str, reason: str = "") -> Draft:
    """Take back an earlier decision. A withdrawal may be withdrawn too: then the decision stands again."""
    return Draft(Kind.WITHDRAWN, decision_id, {"reason": reason.strip()})


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """In order of the log, without those that a later withdrawal takes back, and without the withdrawals."""
    taken: set[str] = set()
    kept: list[Decision] = []
    for decision in sorted(decisions, key=lambda each: each.sequence, reverse=True):
        if decision.decision_id in taken:
            continue
        if decision.kind is Kind.WITHDRAWN:
            taken.add(decision.subject)
        else:
            kept.append(decision)
    return tuple(reversed(kept))


_ACTIONS = {
    Kind.TARGET_PROPOSED: Action.PROPOSE_TARGET,
    Kind.SIGNAL_CONFIRMED: Action.REVIEW_SIGNAL,
    Kind.SIGNAL_DISMISSED: Action.REVIEW_SIGNAL,
    Kind.SIGNAL_REMINDED: Action.REVIEW_SIGNAL,
    Kind.REBASED: Action.REVIEW_SIGNAL,
    Kind.POINT_EXCLUDED: Action.REVIEW_SIGNAL,
    Kind.INDICATOR_PROPOSED: Action.PROPOSE_INDICATOR,
    Kind.INDICATOR_ACCEPTED: Action.ACCEPT_INDICATOR,
    Kind.INDICATOR_REFUSED: Action.ACCEPT_INDICATOR,
    Kind.MONTH_SEALED: Action.SEAL_MONTH,
    Kind.EVENT_ADDED: Action.ADD_EVENT,
    Kind.COMMENTED: Action.COMMENT,
    Kind.INDEX_WEIGHED: Action.WEIGH_INDEX,
    Kind.STUDY_DEFINED: Action.DEFINE_STUDY,
    Kind.METHOD_CHANGED: Action.DEFINE_STUDY,
    Kind.APPEAL_RAISED: Action.RAISE_APPEAL,
    Kind.APPEAL_RULED: Action.RULE_APPEAL,
    Kind.VISIT_REJECTED: Action.REJECT_VISIT,
    Kind.ACTION_OPENED: Action.OPEN_ACTION,
    Kind.ACTION_MOVED: Action.OPEN_ACTION,
    Kind.STANDARD_SET: Action.SET_STANDARD,
    Kind.MEANS_CHOSEN: Action.CHOOSE_MEANS,
    Kind.PERSON_SET: Action.MANAGE_PEOPLE,
}


def action_of(draft: Draft | Decision) -> Action:
    """The right that it takes to decide this, or to withdraw it: for those who check access before they record.

    Raises SqmError("not_allowed") for a withdrawal: ask for the decision that it takes back instead.
    """
    if draft.kind in (Kind.TARGET_SIGNED, Kind.TARGET_REFUSED):
        of_owner = draft.facts.get("side") == "owner"
        return Action.SIGN_TARGET_OWNER if of_owner else Action.SIGN_TARGET_QUALITY
    if draft.kind not in _ACTIONS:
        raise SqmError("not_allowed", action=str(draft.kind))
    return _ACTIONS[draft.kind]


def month_in(facts: Facts, name: str = "month") -> date:
    """A month of the facts. ValueError when it is none: the log holds only what a builder made."""
    return date.fromisoformat(str(facts[name])).replace(day=1)


def text_in(facts: Facts, name: str) -> str:
    """A text of the facts, '' when it is not there."""
    return str(facts.get(name) or "")
