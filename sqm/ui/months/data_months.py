"""Doors to published months: how each stands against its publication, what every revision changed, and the act itself.

Kept by their arguments and shared by all viewers without a copy: nobody may change them.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm import config
from sqm.database.batches.uploads import Uploads
from sqm.database.indicators import publications, sealed
from sqm.rules.access import Action, Scope
from sqm.rules.decisions import Decision
from sqm.rules.matrix import matrix
from sqm.rules.matrix.revisions import Revision, compare
from sqm.rules.periods import month_of
from sqm.rules.targets import Status
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.matrix import asof
from sqm.ui.matrix.asof import Publication
from sqm.ui.signing import rights
from sqm.ui.signing.sign_in import Viewer

Tally = dict[Status, int]


@dataclass(frozen=True)
class MonthState:
    """made: its publications, the first one first. published: the company's counts as last published, None where no
    figures were kept; now: as they are. change: what became different since, None where there is nothing to compare."""

    month: date
    made: tuple[Publication, ...]
    published: Tally | None
    now: Tally
    change: Revision | None = field(compare=False)

    @property
    def is_over(self) -> bool:
        """Only a month that is over can be published."""
        return self.month < month_of(date.today())

    @property
    def can_be_published(self) -> bool:
        """For the first time, with figures where none were kept, or anew because something changed."""
        return self.is_over and (self.change is None or not self.change.is_empty)


@dataclass(frozen=True)
class Difference:
    """What one publication of a month changed against the one before. after None: what stands now."""

    before: Publication
    after: Publication | None
    change: Revision = field(compare=False)


@lru_cache(maxsize=KEPT)
def _states(at: Stamp, scope: Scope, first: date, last: date) -> dict[date, MonthState]:
    now = _by_month(publications.standing(database(), scope, first, last))
    then = _by_month(publications.figures(database(), scope, first, last))
    found = {}
    for month, rows in now.items():
        kept = then.get(month)
        found[month] = MonthState(
            month,
            asof.publications(month),
            None if kept is None else _tally(kept),
            _tally(rows),
            None if kept is None else compare(kept, rows),
        )
    return found


def states(scope: Scope, months: tuple[date, ...]) -> dict[date, MonthState]:
    """Months in a row, oldest first."""
    return _states(stamp(), scope, months[0], months[-1])


@lru_cache(maxsize=KEPT)
def _revisions(at: Stamp, scope: Scope, month: date) -> tuple[Difference, ...]:
    made = {each.revision: each for each in asof.publications(month)}
    if len(made) < 2:
        return ()
    kept = publications.figures(database(), scope, month, month, latest=False)
    parts = {int(str(number)): rows for number, rows in kept.groupby("revision", sort=True)}
    pairs = zip(list(parts)[:-1], list(parts)[1:], strict=True)
    return tuple(Difference(made[old], made[new], compare(parts[old], parts[new])) for old, new in pairs)


def differences(scope: Scope, state: MonthState) -> tuple[Difference, ...]:
    """What each revision of a month changed, and last what changed since it was published (if anything did)."""
    found = _revisions(stamp(), scope, state.month)
    if state.change is None or state.change.is_empty:
        return found
    return (*found, Difference(state.made[-1], None, state.change))


def publish(viewer: Viewer, month: date, note: str) -> Decision:
    """Raises SqmError: not allowed, not over, without data, or unchanged (and then nothing is stored)."""
    viewer = rights.require(viewer, Action.SEAL_MONTH)
    uploads = Uploads(config.load().uploads)
    return sealed.seal(database(), uploads, month, viewer.name, note, str(viewer.role))


def _by_month(rows: pd.DataFrame) -> dict[date, pd.DataFrame]:
    return {pd.Timestamp(str(month)).date(): part for month, part in rows.groupby("month", sort=True)}


def _tally(rows: pd.DataFrame) -> Tally:
    return matrix.tally(rows[rows["level"] == "company"])
