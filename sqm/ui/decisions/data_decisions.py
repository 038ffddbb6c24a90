"""The door to the log of decisions, and the one way in which a page writes to it."""

from functools import lru_cache

from sqm import config
from sqm.database import decisions, use_rules
from sqm.database.uploads import Uploads
from sqm.errors import SqmError
from sqm.rules import decisions as rules
from sqm.rules.access import may, require
from sqm.rules.decision_places import require_place
from sqm.rules.decisions import Decision, Draft
from sqm.ui.data import Stamp, database, stamp
from sqm.ui.sign_in import Viewer


@lru_cache(maxsize=20)
def _log(at: Stamp) -> tuple[Decision, ...]:
    return decisions.every(database())


def log() -> tuple[Decision, ...]:
    """Everything that was decided, oldest first."""
    return _log(stamp())


def may_decide(viewer: Viewer, draft: Draft) -> bool:
    """Whether the viewer's role may decide this."""
    return may(viewer.role, rules.action_of(draft))


def decide(viewer: Viewer, draft: Draft) -> Decision:
    """Record a decision of the viewer. Raises SqmError: not allowed, for this role or for this place, against a rule of
    use, or impossible (and then nothing is stored)."""
    if not may_decide(viewer, draft):
        use_rules.require_decision(database(), viewer.name, draft)
    require(viewer.role, rules.action_of(draft))
    return _record(viewer, draft)


def withdraw(viewer: Viewer, decision_id: str, reason: str = "") -> Decision:
    """Take a decision back: who may decide a thing may also take it back."""
    found = next((each for each in log() if each.decision_id == decision_id), None)
    if found is None:
        raise SqmError("decision_unknown", decision=decision_id)
    require(viewer.role, rules.action_of(found))
    return _record(viewer, rules.withdraw(decision_id, reason))


def _record(viewer: Viewer, draft: Draft) -> Decision:
    require_place(viewer.scope, draft, log())
    uploads = Uploads(config.load().uploads)
    return decisions.record(database(), uploads, draft.kind, viewer.name, str(viewer.role), draft.subject, draft.facts)
