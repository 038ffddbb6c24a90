"""What the page of published months says: states, findings, kinds of events."""

from sqm.rules.matrix.events import EventKind
from sqm.rules.matrix.revisions import Revision
from sqm.ui import formats
from sqm.ui.decisions import people
from sqm.ui.matrix.asof import Publication
from sqm.ui.matrix.data_matrix import Reporting
from sqm.ui.months.data_months import Difference, MonthState
from sqm.ui.words import N_, _, n_

KINDS = {
    EventKind.CAMPAIGN: N_("campaign"),
    EventKind.NETWORK: N_("network change"),
    EventKind.POLICY: N_("policy change"),
}


def kind(event_kind: EventKind) -> str:
    return _(KINDS[event_kind])


def finding(state: MonthState, owed: tuple[Reporting, ...]) -> str:
    """Sep 2026: 3 numbers moved, 1 conclusion flipped since it was published"""
    month = formats.month(state.month)
    if not state.is_over:
        return _("{month} is not over yet", month=month)
    if not state.made:
        if owed:
            return n_(
                "{month} is open: {n} district still owes values",
                "{month} is open: {n} districts still owe values",
                len(owed),
                month=month,
            )
        return _("{month} is open, and every district has reported", month=month)
    if state.change is None:
        return _("{month} was published before figures were kept", month=month)
    if state.change.is_empty:
        return _("{month} stands as it was published", month=month)
    return _("{month}: {turned} since it was published", month=month, turned=turned(state.change))


def turned(change: Revision) -> str:
    """3 numbers moved, 1 conclusion flipped"""
    return _(
        "{moved}, {flipped}",
        moved=n_("{n} number moved", "{n} numbers moved", len(change.moved)),
        flipped=n_("{n} conclusion flipped", "{n} conclusions flipped", len(change.flipped)),
    )


def state(found: MonthState) -> str:
    """not published, published, or not over yet"""
    if found.made:
        return _("published")
    return _("not published") if found.is_over else _("not over yet")


def publication(made: Publication) -> str:
    """R2 · 9 Nov 2026 · quality department; the first one has no R."""
    day = _("{day} by {who}", day=formats.day(made.at.date()), who=people.called(made.who))
    return _("R{number} · {day}", number=made.revision, day=day) if made.revision > 1 else day


def against(found: Difference) -> str:
    """The title of a difference: what it is the difference of."""
    if found.after is None:
        return _("Since {day}", day=formats.day(found.before.at.date()))
    return _("R{number} of {day}", number=found.after.revision, day=formats.day(found.after.at.date()))


def late(owed: tuple[Reporting, ...], total: int) -> str:
    """2 of 13 districts owe values"""
    if not owed:
        return _("all districts have reported")
    return n_("{n} of {total} districts owes values", "{n} of {total} districts owe values", len(owed), total=total)
