"""The door to the log of decisions, and the one way in which a page writes to it."""

from collections.abc import Sequence
from functools import lru_cache

from sqm import config
from sqm.database.batches.uploads import Uploads
from sqm.database.deciding import decisions, use_rules
from sqm.errors import SqmError
from sqm.rules import decisions as rules
from sqm.rules.access import may
from sqm.rules.decision_places import require_place
from sqm.rules.decisions import Decision, Draft
from sqm.ui.decisions import drawn_log
from sqm.ui.doors.data import Stamp, database, stamp
from sqm.ui.signing import rights
from sqm.ui.signing.sign_in import Viewer


@lru_cache(maxsize=20)
def _log(at: Stamp) -> tuple[Decision, ...]:
    return decisions.every(database())


def log() -> tuple[Decision, ...]:
    """Everything that was decided, oldest first."""
    return _log(stamp())


def last() -> int:
    """The number of the last line of the log, 0 for an empty one."""
    return log()[-1].sequence if log() else 0


def may_decide(viewer: Viewer, draft: Draft) -> bool:
    """Whether the viewer's role may decide this."""
    return may(viewer.role, rules.action_of(draft))


def decide(viewer: Viewer, draft: Draft) -> Decision:
    """Record a decision of the viewer. Raises SqmError: not allowed, for this role or for this place, against a rule of
    use, changed by somebody since the page was drawn, or impossible (and then nothing is stored)."""
    return decide_all(viewer, [draft])[0]


def decide_all(viewer: Viewer, drafts: Sequence[Draft]) -> tuple[Decision, ...]:
    """Several at once: all of them or none."""
    now = rights.acting(viewer)
    for draft in drafts:
        if not may_decide(now, draft):
            use_rules.require_decision(database(), now.name, draft)
        rights.require(now, rules.action_of(draft))
    return _record(now, drafts)


def withdraw(viewer: Viewer, decision_id: str, reason: str = "") -> Decision:
    """Take a decision back: who may decide a thing may also take it back."""
    return withdraw_all(viewer, [decision_id], reason)[0]


def withdraw_all(viewer: Viewer, decision_ids: Sequence[str], reason: str = "") -> tuple[Decision, ...]:
    """Several at once: all of them or none."""
    known = {each.decision_id: each for each in log()}
    for decision_id in decision_ids:
        if decision_id not in known:
            raise SqmError("decision_unknown", decision=decision_id)
        rights.require(viewer, rules.action_of(known[decision_id]))
    return _record(rights.acting(viewer), [rules.withdraw(each, reason) for each in decision_ids])


def _record(viewer: Viewer, drafts: Sequence[Draft]) -> tuple[Decision, ...]:
    for draft in drafts:
        _require_place(viewer, draft)
    uploads, seen = Uploads(config.load().uploads), drawn_log.seen()
    try:
        made = decisions.record_all(database(), uploads, drafts, viewer.name, str(viewer.role), seen=seen)
    except SqmError as refused:
        if refused.code == "changed_meanwhile":
            drawn_log.look_again()
        raise
    drawn_log.made(each.decision_id for each in made)
    return made


def _require_place(viewer: Viewer, draft: Draft) -> None:
    try:
        require_place(viewer.scope, draft, log())
    except SqmError as refused:
        rights.note(viewer, action=draft.kind.value, place=str(refused.values.get("place", "")))
        raise
