"""What the target desk says: bounds and steps, who did what, what the past months say, and the finding."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqm.rules.decisions import Decision, Kind, text_in
from sqm.rules.matrix.agreements import Capability, Proposal, Side, State, Step
from sqm.rules.matrix.reach import Reach
from sqm.ui import formats
from sqm.ui.desk import data_desk
from sqm.ui.desk.data_desk import Prospect
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.words import N_, _, n_

MOST_STEPS = 3
_STATES = {
    State.OPEN: N_("waits for a signature"),
    State.AGREED: N_("agreed"),
    State.REFUSED: N_("refused"),
    State.SUPERSEDED: N_("answered by another proposal"),
}
_VERDICTS = {
    Reach.RELIABLE: N_("the process reaches it reliably"),
    Reach.BY_CHANCE: N_("within the natural range: chance decides"),
    Reach.OUT_OF_REACH: N_("the process as it runs cannot reach it"),
    Reach.UNKNOWN: N_("no natural range yet"),
}


def finding(proposals: Iterable[Proposal], today: date) -> str:
    """2 proposals wait for a signature; 1 was agreed this month"""
    every = list(proposals)
    waiting = sum(each.state is State.OPEN for each in every)
    since = today.replace(day=1)
    agreed = sum(data_desk.is_agreed(each) and data_desk.closed_at(each) >= since for each in every)
    first = (
        n_("{n} proposal waits for a signature", "{n} proposals wait for a signature", waiting)
        if waiting
        else _("No proposal waits for a signature")
    )
    second = (
        n_("{n} was agreed this month", "{n} were agreed this month", agreed)
        if agreed
        else _("none was agreed this month")
    )
    return _("; ").join((first, second))


def bounds(step: Step, record: Record) -> str:
    """≥ 78.0 % · ≤ 12 · 68.0 – 72.0 %"""
    return texts.target({**record, "target_low": step.low, "target_high": step.high})


def tolerance(step: Step, record: Record) -> str:
    """tolerance 1.0 pp"""
    unit = "pp" if record["unit"] == "%" else str(record["unit"])
    return _("tolerance {tolerance}", tolerance=texts.amount(step.tolerance, unit, int(record["decimals"])))


def step(each: Step, record: Record) -> str:
    """≥ 78.0 % from Jan 2027"""
    return _("{bound} from {month}", bound=bounds(each, record), month=formats.month(each.valid_from))


def steps(proposed: Sequence[Step], record: Record) -> str:
    """All steps in one line, or the first and the last of many."""
    if len(proposed) <= MOST_STEPS:
        return _(", then ").join(step(each, record) for each in proposed)
    return n_(
        "{first}, in {n} steps to {last}",
        "{first}, in {n} steps to {last}",
        len(proposed),
        first=step(proposed[0], record),
        last=step(proposed[-1], record),
    )


def state(proposal: Proposal) -> str:
    """agreed; a target that a later agreement has replaced was agreed all the same."""
    if proposal.state is State.SUPERSEDED and data_desk.is_agreed(proposal):
        return _("agreed, replaced since")
    return _(_STATES[proposal.state])


def side(which: Side) -> str:
    """Who must sign."""
    return _("responsible department") if which is Side.OWNER else _("quality department")


def signature(which: Side, has_signed: bool) -> str:
    """The same in short, with its signature."""
    if which is Side.OWNER:
        return _("owner signed") if has_signed else _("owner not yet")
    return _("quality signed") if has_signed else _("quality not yet")


def verdict(found: Prospect) -> str:
    return _(_VERDICTS[found.reach])


def headline(found: Prospect, last: Step, record: Record) -> str:
    """What the whole capability comes to: ≥ 82.0 %: out of reach, as it runs now"""
    if found.capability is None or not found.capability.months:
        return _("{bound}: no value on this place to hold it against", bound=bounds(last, record))
    return _("{bound}: {verdict}", bound=bounds(last, record), verdict=verdict(found))


def capability(found: Prospect, record: Record) -> str:
    """would have been met in 3 of the last 24 months; 12 of them would be red; the target of the time was met in 9;
    natural range 71.2 – 78.9 %; best rival 79.0 %"""
    held = found.capability
    if held is None or not held.months:
        return _("No value on this place to hold it against.")
    parts = [
        _("would have been met in {met} of the last {months} months", met=held.met, months=held.months),
        n_("{n} of them would be red", "{n} of them would be red", held.would_be_red),
        _("the target of the time was met in {met}", met=held.met_before),
    ]
    if natural_range(held, record):
        parts.append(_("natural range {range}", range=natural_range(held, record)))
    if held.best_rival is not None:
        parts.append(_("best rival {value}", value=amount(held.best_rival, record)))
    return _("; ").join(parts)


def natural_range(held: Capability, record: Record) -> str:
    """71.2 – 78.9 %; empty where there are no limits."""
    if held.natural_low is None or held.natural_high is None:
        return ""
    low = formats.indicator_value(held.natural_low, str(record["unit"]), int(record["decimals"]), with_unit=False)
    return f"{low} – {amount(held.natural_high, record)}"


def amount(value: float | None, record: Record) -> str:
    """A number in the indicator's unit."""
    return texts.amount(value, str(record["unit"]), int(record["decimals"]))


def told(decision: Decision, proposal: Proposal, record: Record, names: Names) -> str:
    """One step of a history: what was done, without who and when."""
    match decision.kind:
        case Kind.TARGET_PROPOSED if proposal.answers:
            return _("countered: {steps}", steps=steps(proposal.steps, record))
        case Kind.TARGET_PROPOSED:
            return _("proposed: {steps}", steps=steps(proposal.steps, record))
        case Kind.TARGET_SIGNED:
            department = text_in(decision.facts, "department")
            if department and text_in(decision.facts, "side") == Side.OWNER:
                return _("signed for the responsible department: {department}", department=names.department(department))
            return _("signed for the {side}", side=side(Side(text_in(decision.facts, "side"))))
        case Kind.TARGET_REFUSED:
            return _("refused for the {side}", side=side(Side(text_in(decision.facts, "side"))))
        case _other:
            return str(decision.kind)


def reason(decision: Decision) -> str:
    return text_in(decision.facts, "reason")
