"""What the watch list says: rules, groups, verdicts and findings."""

from collections.abc import Sequence

from sqm.rules.watching.reviews import Review, Verdict
from sqm.rules.watching.watch_list import Entry, Group, Signal
from sqm.ui import formats
from sqm.ui.decisions import people
from sqm.ui.words import N_, _, n_

RULES = {
    Signal.LARGE_FLUCTUATION: N_("large fluctuation"),
    Signal.CONSECUTIVE_DECLINE: N_("consecutive decline"),
    Signal.SLOW_DRIFT: N_("slow drift"),
    Signal.EARLY_WARNING: N_("early warning"),
}
EXPLAINED = {
    Signal.LARGE_FLUCTUATION: N_("outside the natural range, or two of three months close to its edge"),
    Signal.CONSECUTIVE_DECLINE: N_("seven months moving the wrong way, or on the wrong side of the mean"),
    Signal.SLOW_DRIFT: N_("the last six months a little worse than those before: small, if real, but lasting"),
    Signal.EARLY_WARNING: N_("three or more moves in a row the wrong way: may be noise"),
}
_VERDICTS = {
    Verdict.CONFIRMED: N_("confirmed by {who} on {day}"),
    Verdict.DISMISSED: N_("dismissed by {who} on {day}"),
    Verdict.REMINDED: N_("put off by {who} until {month}"),
}


def rule(signal: str) -> str:
    """A rule's name; an unknown code as it is."""
    return _(RULES[Signal(signal)]) if signal in set(Signal) else signal


def explained(signal: str) -> str:
    return _(EXPLAINED[Signal(signal)]) if signal in set(Signal) else ""


def review(found: Review | None) -> str:
    """What was decided, by whom and when; with its reason. '' as long as nobody did."""
    if found is None:
        return ""
    said = _(
        _VERDICTS[found.verdict],
        who=people.called(found.who),
        day=formats.day(found.decided_at.date()),
        month=formats.month(found.until),
    )
    return _("{sentence}: {reason}", sentence=said, reason=found.reason) if found.reason else said


def finding(entries: Sequence[Entry]) -> str:
    """11 indicators get worse beyond chance; 3 never reach their target; 7 early signs may be noise"""
    count = {group: sum(each.group is group for each in entries) for group in Group}
    if not any(count[group] for group in (Group.BEYOND_CHANCE, Group.UNREACHABLE, Group.EARLY)):
        return _("Nothing on the watch list moves beyond chance")
    parts = [
        n_(
            "{n} indicator gets worse beyond chance",
            "{n} indicators get worse beyond chance",
            count[Group.BEYOND_CHANCE],
        )
    ]
    if count[Group.UNREACHABLE]:
        parts.append(n_("{n} cannot reach its target", "{n} cannot reach their targets", count[Group.UNREACHABLE]))
    if count[Group.EARLY]:
        parts.append(n_("{n} early sign may be noise", "{n} early signs may be noise", count[Group.EARLY]))
    return _("; ").join(parts)


def title(group: Group, number: int) -> str:
    match group:
        case Group.BEYOND_CHANCE:
            return n_("Beyond chance: {n} indicator", "Beyond chance: {n} indicators", number)
        case Group.UNREACHABLE:
            return n_("Ordinary, but out of reach: {n} indicator", "Ordinary, but out of reach: {n} indicators", number)
        case Group.EARLY:
            return n_("Early, may be noise: {n} indicator", "Early, may be noise: {n} indicators", number)
        case Group.SETTLED:
            return n_("Settled: {n} indicator", "Settled: {n} indicators", number)


def under(group: Group) -> str:
    """What the group means, and what to do with it."""
    match group:
        case Group.BEYOND_CHANCE:
            return _("the process has changed for the worse: find the cause and agree on an action")
        case Group.UNREACHABLE:
            return _("a stable process that does not meet its target needs another design or another target")
        case Group.EARLY:
            return _("one in 14 stable indicators looks like this in any month: wait, or look at the detail")
        case Group.SETTLED:
            return _("dismissed, or put off until a later month")
