"""What the page of editions says: counts, what indicators lack, how they are measured, and states of proposals."""

from sqm.rules.matrix.editions import Edition, Finding, NewIndicator, State
from sqm.rules.values import Kind
from sqm.ui import formats
from sqm.ui.decisions import people
from sqm.ui.editions.data_editions import EditionView
from sqm.ui.words import N_, _, n_

LACKS = {
    Finding.NO_OWNER: N_("Without an owner"),
    Finding.NO_TARGET: N_("Appraised without a target"),
    Finding.NO_SOURCE: N_("Without a source"),
    Finding.NO_RECENT_VALUE: N_("Without a value in three months"),
}
KINDS = {
    Kind.SHARE: N_("share of cases"),
    Kind.MEAN: N_("mean"),
    Kind.RATE: N_("rate"),
    Kind.COUNT: N_("number in a month"),
    Kind.LEVEL: N_("stock at the month's end"),
}
UNITS = {
    Kind.SHARE: ("%",),
    Kind.MEAN: ("score", "min", "sec", "hour", "day"),
    Kind.RATE: ("per_10k", "per_million"),
    Kind.COUNT: ("count",),
    Kind.LEVEL: ("count",),
}
DIRECTIONS = {"higher": N_("higher is better"), "lower": N_("lower is better"), "range": N_("best within a band")}


def finding(edition: Edition) -> str:
    """151 indicators: 87 appraised, 64 observed"""
    return n_(
        "{n} indicator: {appraised} appraised, {observed} observed",
        "{n} indicators: {appraised} appraised, {observed} observed",
        edition.total,
        appraised=edition.appraised,
        observed=edition.observed,
    )


def moved(view: EditionView) -> str:
    """Edition of Oct 2026; in twelve months 2 came and 1 went"""
    came, went = (sum(len(getattr(found, way)) for _month, found in view.turnovers) for way in ("came", "went"))
    month = formats.month(view.edition.month)
    if not came and not went:
        return _("edition of {month}; none came and none went in twelve months", month=month)
    return _("edition of {month}; in twelve months {came} came and {went} went", month=month, came=came, went=went)


def lacks(what: Finding) -> str:
    return _(LACKS[what])


def audit(view: EditionView) -> str:
    """What the audit of the scorecard finds, as a sentence."""
    number = len({code for codes in view.lacking.values() for code in codes})
    if not number:
        return _("Self-audit: every indicator has an owner, a source and a recent value, and a target where appraised")
    return n_("Self-audit: {n} indicator lacks something", "Self-audit: {n} indicators lack something", number)


def kind(code: str) -> str:
    return _(KINDS[Kind(code)]) if code in set(KINDS) else code


def unit(code: str) -> str:
    """As a choice in a form, where every unit needs a word."""
    match code:
        case "score":
            return _("points of a scale")
        case "count":
            return _("number")
        case _other:
            return formats.unit(code) or code


def direction(code: str) -> str:
    return _(DIRECTIONS[code]) if code in DIRECTIONS else code


def measured(proposed: NewIndicator) -> str:
    """share of cases, %; higher is better"""
    said = proposed.definition
    return _(
        "{kind}, {unit}; {direction}",
        kind=kind(str(said["kind"])),
        unit=unit(str(said["unit"])),
        direction=direction(str(said["direction"])),
    )


def state(proposed: NewIndicator) -> str:
    """What became of a proposal."""
    who = people.called(proposed.decided_by)
    match proposed.state:
        case State.PROPOSED:
            return _("waits for the quality department")
        case State.ACCEPTED:
            month = formats.month(proposed.valid_from)
            return _("accepted as {code} from {month} on, by {who}", code=proposed.indicator_code, month=month, who=who)
        case State.REFUSED:
            return _("refused by {who}: {reason}", who=who, reason=proposed.reason)
