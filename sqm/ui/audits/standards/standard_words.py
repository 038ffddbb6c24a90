"""Words of the province's standards: titles and units."""

from sqm.rules.audits.audit_standards import Standard
from sqm.ui import formats
from sqm.ui.words import N_, _

TITLES = {
    Standard.PASS_MARK: N_("Pass mark of a visit"),
    Standard.CRITICAL_CAP: N_("Most a visit scores with a failed critical item"),
    Standard.MINOR_CAP: N_("Most that all minor items of a visit may cost"),
    Standard.SAMPLED_SHARE: N_("Stores to audit every month"),
    Standard.LONGEST_GAP_MONTHS: N_("Longest a store may wait for an audit"),
    Standard.REPORT_DAY: N_("Day by which districts report the month before"),
    Standard.APPEAL_DAYS: N_("Days within which an appeal is ruled"),
    Standard.WAITING_FULL: N_("Minutes waited up to which a store has all points"),
    Standard.WAITING_ZERO: N_("Minutes waited from which it has none"),
    Standard.HANDLING_FULL: N_("Minutes handled up to which a store has all points"),
    Standard.HANDLING_ZERO: N_("Minutes handled from which it has none"),
}
_POINTS = frozenset({Standard.PASS_MARK, Standard.CRITICAL_CAP, Standard.MINOR_CAP})


def title(standard: str) -> str:
    """The code of a standard that only an operator's file knows."""
    return _(TITLES[Standard(standard)]) if standard in set(Standard) else standard


def value(standard: str, number: float) -> str:
    """With its unit: 85 points, 40 %, 6 months, 4 min."""
    plain = f"{number:g}"
    if standard == Standard.SAMPLED_SHARE:
        return formats.share(number, 0)
    if standard in _POINTS:
        return _("{n} points", n=plain)
    if standard == Standard.LONGEST_GAP_MONTHS:
        return _("{n} months", n=plain)
    if standard == Standard.REPORT_DAY:
        return _("day {n}", n=plain)
    if standard == Standard.APPEAL_DAYS:
        return _("{n} days", n=plain)
    return _("{n} min", n=plain) if standard in set(Standard) else plain
