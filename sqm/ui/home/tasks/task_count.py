"""How much waits for a viewer, in the corner of every page: as the home found it in this state of the data, and not
worked out for it. After a change it stands there again once somebody of the role and scope has opened the home."""

from datetime import date
from typing import NamedTuple

from sqm.rules.access import Role, Scope
from sqm.ui.doors.data import KEPT, Stamp, stamp


class Count(NamedTuple):
    """overdue: of all."""

    all: int
    overdue: int


_KNOWN: dict[tuple[Role, Scope], tuple[Stamp, date, Count]] = {}


def remember(role: Role, scope: Scope, at: Stamp, today: date, count: Count) -> None:
    """The oldest is forgotten when many scopes were seen."""
    if len(_KNOWN) >= KEPT:
        _KNOWN.pop(next(iter(_KNOWN)))
    _KNOWN[role, scope] = (at, today, count)


def known(role: Role, scope: Scope, today: date) -> Count | None:
    """None when it is not known for this state of the data, or nothing waits."""
    found = _KNOWN.get((role, scope))
    if found is None or found[:2] != (stamp(), today) or not found[2].all:
        return None
    return found[2]
