"""Two people decide on the same thing: whoever was shown an older state of it is told so, and nothing is stored.

Decisions only ever add lines to the log, so none is lost. But a second signature, ruling or step, made without having
seen the first, is not what its author meant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqm.errors import SqmError
from sqm.rules.decisions import Decision, Draft, Kind, text_in

Thing = tuple[str, ...]

_ANSWERS = frozenset(
    {
        Kind.TARGET_SIGNED,
        Kind.TARGET_REFUSED,
        Kind.INDICATOR_ACCEPTED,
        Kind.INDICATOR_REFUSED,
        Kind.APPEAL_RULED,
        Kind.ACTION_MOVED,
    }
)
_SIGNALS = frozenset({Kind.SIGNAL_CONFIRMED, Kind.SIGNAL_DISMISSED, Kind.SIGNAL_REMINDED})
_PLACE = ("scope_level", "scope_code")
_KEYS: dict[Kind, tuple[str, tuple[str, ...]]] = {
    Kind.TARGET_PROPOSED: ("target", _PLACE),
    Kind.REBASED: ("mark", (*_PLACE, "month")),
    Kind.POINT_EXCLUDED: ("mark", (*_PLACE, "month")),
    Kind.INDEX_WEIGHED: ("weights", ()),
    Kind.STUDY_DEFINED: ("study", ()),
    Kind.METHOD_CHANGED: ("study", ()),
    Kind.APPEAL_RAISED: ("appeal", ("item_code",)),
    Kind.VISIT_REJECTED: ("visit", ()),
    Kind.ACTION_OPENED: ("action", ("item_code", "part_code", "indicator_code")),
    Kind.STANDARD_SET: ("standard", _PLACE),
    Kind.MEANS_CHOSEN: ("means", ()),
    Kind.PERSON_SET: ("person", ()),
    **dict.fromkeys(_SIGNALS, ("signal", (*_PLACE, "first_month", "signal"))),
}
"""Kind -> what to call its thing, and the facts that tell it from others with the same subject. A kind that is not here
and answers nothing (a comment, an event) stands beside others of its kind and never meets them."""


@dataclass(frozen=True)
class Seen:
    """What somebody had in front of them when they decided. sequence: the last line of the log that was drawn; mine:
    ids of decisions that came out of the same window since."""

    sequence: int
    mine: frozenset[str] = frozenset()


def require_seen(log: Iterable[Decision], drafts: Iterable[Draft], seen: Seen) -> None:
    """Raise changed_meanwhile (who, at: UTC) if a line that was not seen is about the thing of one of the drafts."""
    lines = {each.decision_id: each for each in log}
    wanted = {thing for draft in drafts for thing in things(draft, lines)}
    later = [each for each in lines.values() if each.sequence > seen.sequence and each.decision_id not in seen.mine]
    for each in sorted(later, key=lambda line: line.sequence, reverse=True):
        if wanted & things(each, lines):
            raise SqmError("changed_meanwhile", who=each.who, at=each.happened_at)


def things(decision: Draft | Decision, lines: Mapping[str, Decision]) -> frozenset[Thing]:
    """What a decision is about. An answer, a step or a withdrawal is about the line that it names."""
    found: set[Thing] = set()
    if isinstance(decision, Decision):
        found.add(("line", decision.decision_id))
    if decision.kind in _KEYS:
        noun, names = _KEYS[decision.kind]
        found.add((noun, decision.subject, *(text_in(decision.facts, name) for name in names)))
    if answered := text_in(decision.facts, "answers"):
        found.add(("line", answered))
    if decision.kind in _ANSWERS:
        found.add(("line", decision.subject))
    if decision.kind is Kind.WITHDRAWN and decision.subject in lines:
        found |= things(lines[decision.subject], lines)
    return frozenset(found)
