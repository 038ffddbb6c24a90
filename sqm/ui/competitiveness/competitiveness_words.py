"""Leads, places and indices in words. Two figures that chance could explain are said to be level, not ranked."""

from sqm.rules.rivals.index_weights import Part, Version
from sqm.rules.rivals.lead import Lead, Standing
from sqm.rules.rivals.lead_rank import Place
from sqm.ui import formats
from sqm.ui.decisions import people
from sqm.ui.doors.data_names import Names
from sqm.ui.words import N_, _, listed

_STANDINGS = {
    Standing.AHEAD: N_("ahead of {rival}"),
    Standing.BEHIND: N_("behind {rival}"),
    Standing.NOT_DISTINGUISHABLE: N_("cannot be told apart from {rival}"),
    Standing.NO_INTERVAL: N_("against {rival}, without an interval"),
    Standing.NO_DATA: N_("no rival to compare with"),
}
PARTS = {
    Part.PROCESSES: N_("satisfaction with the processes"),
    Part.BENCHMARK: N_("satisfaction against the benchmark"),
    Part.WORD_OF_MOUTH: N_("word of mouth against the benchmark"),
}


def lead(found: Lead) -> str:
    """−2.3 ± 2.5 pp"""
    if found.difference is None:
        return formats.MISSING
    number = formats.number(found.difference * 100, 1, signed=True)
    if found.low is not None and found.high is not None:
        number += f" ± {formats.number((found.high - found.low) * 50, 1)}"
    return _("{points} pp", points=number)


def standing(found: Lead, rival: str) -> str:
    return _(_STANDINGS[found.standing], rival=rival)


def place(found: Place | None) -> str:
    """2 of 3 · 2 of 3, plausibly 1 to 2"""
    if found is None:
        return formats.MISSING
    told = _("{rank} of {of}", rank=found.rank, of=found.of)
    if found.is_certain:
        return told
    return _("{told}, plausibly {best} to {worst}", told=told, best=found.best, worst=found.worst)


def alike(found: Place | None, names: Names) -> str:
    """cannot be told apart from Farbridge Telecom; '' when every difference is beyond chance."""
    if found is None or not found.alike:
        return ""
    return _("cannot be told apart from {rival}", rival=listed([names.label("operator", code) for code in found.alike]))


def part(code: str) -> str:
    return _(PARTS[Part(code)])


def part_title(code: str) -> str:
    """The same at the head of a column."""
    told = part(code)
    return told[:1].upper() + told[1:]


def plus_minus(value: float, half: float | None, decimals: int = 1) -> str:
    """47.6 ± 7.9"""
    told = formats.number(value, decimals)
    return told if half is None else f"{told} ± {formats.number(half, decimals)}"


def weights(found: Version) -> str:
    """40 / 30 / 30"""
    given = found.definition.weights
    return " / ".join(f"{given[part.value]:g}" for part in Part)


def decided(found: Version) -> str:
    """22 Nov 2026 by quality department; of the default that nobody decided it."""
    if found.definition.is_default or found.decided_at is None:
        return _("default: nobody has decided yet")
    return _("{day} by {who}", day=formats.day(found.decided_at.date()), who=people.called(found.who))
