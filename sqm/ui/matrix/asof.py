"""A published month as it was published: which publications there are, what moved since, and the month as of one."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import pandas as pd

from sqm.database.indicators import sealed
from sqm.database.indicators.indicators import Place
from sqm.rules.access import Scope
from sqm.rules.drivers import watermelon
from sqm.rules.matrix import matrix
from sqm.rules.matrix.revisions import Revision
from sqm.ui import formats, links
from sqm.ui.decisions import people
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import records
from sqm.ui.markup import NOTHING, Html, div, join, span
from sqm.ui.matrix import data_matrix
from sqm.ui.matrix.data_matrix import MonthView, cell_code
from sqm.ui.words import _, n_

LIVE = ""


@dataclass(frozen=True)
class Publication:
    """revision 0: published before figures were kept, so there is nothing to show as of it. at in UTC."""

    revision: int
    at: datetime
    who: str
    note: str


@lru_cache(maxsize=KEPT)
def _publications(at: Stamp) -> dict[date, tuple[Publication, ...]]:
    found: dict[date, list[Publication]] = {}
    for row in records(sealed.sealed(database())):
        made = Publication(
            int(row["revision"]), pd.Timestamp(row["sealed_at"]).to_pydatetime(), row["sealed_by"], row["note"]
        )
        found.setdefault(pd.Timestamp(row["month"]).date(), []).append(made)
    return {month: tuple(sorted(made, key=lambda each: each.revision)) for month, made in found.items()}


def publications(month: date) -> tuple[Publication, ...]:
    """Every publication of a month, the first one first; empty while it is open."""
    return _publications(stamp()).get(month, ())


@lru_cache(maxsize=KEPT)
def _revision(at: Stamp, scope: Scope, month: date) -> Revision | None:
    return sealed.revision_of(database(), scope, month)


def revision(scope: Scope, month: date) -> Revision | None:
    """What moved since the last publication; None for a month without one that kept its figures."""
    return _revision(stamp(), scope, month) if publications(month) else None


def options(month: date) -> list[str]:
    """What the address may ask for: a revision that kept its figures."""
    return [str(each.revision) for each in publications(month) if each.revision > 0]


@lru_cache(maxsize=60)
def _view(at: Stamp, scope: Scope, month: date, place: Place, number: int) -> MonthView:
    live = data_matrix.month_view(scope, month, place)
    rows = sealed.figures(database(), scope, month, number, place)
    return MonthView(
        month=month,
        rows={str(row["indicator_code"]): row for row in records(rows)},
        cells={cell_code(row["process_code"], row["dimension_code"]): row for row in records(matrix.cells(rows))},
        weakest=tuple(records(matrix.weakest(rows))),
        tally=matrix.tally(rows),
        tally_before=live.tally_before,
        before=live.before,
        changes=live.changes,
        streaks={},
        lines=live.lines,
        hidden=watermelon.hidden(rows, month),
    )


def view(scope: Scope, month: date, place: Place, chosen: str) -> MonthView:
    """The month live, or as of a publication (an option of ``options``)."""
    if chosen == LIVE:
        return data_matrix.month_view(scope, month, place)
    return _view(stamp(), scope, month, place, int(chosen))


def strip(scope: Scope, month: date, chosen: str) -> Html:
    """Published when and by whom; what late data moved since; and the ways to see it as it was."""
    made = publications(month)
    if not made:
        return div("sqm-ways", span("sqm-soft", _("{month} is not published yet.", month=formats.month(month))))
    ways = [_way(_("live"), LIVE, chosen)]
    for each in made:
        if each.revision > 0:
            told = _("as of {day}", day=formats.day(each.at.date()))
            ways.append(_way(told, str(each.revision), chosen))
    said = _("Published {day} by {who}.", day=formats.day(made[-1].at.date()), who=people.called(made[-1].who))
    return div("sqm-ways", span("sqm-soft", said), _moved(revision(scope, month), month), div("", join(ways, " · ")))


def _moved(found: Revision | None, month: date) -> Html:
    """R: 3 numbers moved, 1 conclusion flipped"""
    if found is None or found.is_empty:
        return NOTHING
    moved = n_("{n} number moved", "{n} numbers moved", len(found.moved))
    flipped = n_("{n} conclusion flipped", "{n} conclusions flipped", len(found.flipped))
    said = _("R: since then {moved}, {flipped}", moved=moved, flipped=flipped)
    return links.link(said, "months", css="sqm-way", month=f"{month:%Y-%m}", revision="now")


def _way(title: str, value: str, chosen: str) -> Html:
    if value == chosen:
        return span("sqm-chosen-word", title)
    return links.link(title, "matrix", css="sqm-way", asof=value)
