"""What the figures of a month rest on, each judged: met is fine, near is to be looked at, missed is to be mended."""

from collections.abc import Iterable

from sqm.rules.audits.sampling_plan import Coverage
from sqm.rules.audits.submissions import Report, State
from sqm.rules.targets import Status


def publication(is_published: bool) -> Status:
    """A month that is not published may still be about to be."""
    return Status.MET if is_published else Status.NEAR


def complete(lacking: int) -> Status:
    """Of what must be whole: values of districts, waves of surveys, the register of indicators."""
    return Status.MISSED if lacking else Status.MET


def silent(without_value: int) -> Status:
    """Indicators without a value, some of which nobody reports any more."""
    return Status.NEAR if without_value else Status.MET


def samples(agreed: int, behind: int) -> Status:
    """behind: of the agreed quotas, missed by more than their tolerance."""
    return complete(behind) if agreed else Status.NO_DATA


def files(stored: int, rows_left_out: int) -> Status:
    """Of the files of the last weeks."""
    return silent(rows_left_out) if stored else Status.NO_DATA


def reports(newest: Iterable[Report]) -> Status:
    """The newest report of each district: none overdue, and all there."""
    found = tuple(newest)
    if not found:
        return Status.NO_DATA
    if any(each.state is State.MISSING for each in found):
        return Status.MISSED
    return Status.MET if all(each.submitted_on is not None for each in found) else Status.NEAR


def visits(plan: Coverage) -> Status:
    """Nobody waits too long, and the month's sample was visited."""
    return Status.MISSED if plan.overdue else Status.MET if plan.is_reached else Status.NEAR


def is_open(status: Status) -> bool:
    """Whether somebody has something to do about a check."""
    return status in (Status.MISSED, Status.NEAR)
