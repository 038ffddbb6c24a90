"""Since you last looked: what turned between a viewer's last visit and now, and which tasks are new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from sqm.database.indicators import looks
from sqm.database.indicators.looks import Look
from sqm.rules.matrix.revisions import Since, since
from sqm.rules.periods import month_of
from sqm.rules.tasks.tasks import Task
from sqm.ui import formats, links
from sqm.ui.doors import data_names
from sqm.ui.doors.data import database, stamp
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import NOTHING, Html, div, el, join, span
from sqm.ui.matrix import asof, data_matrix
from sqm.ui.matrix.data_matrix import COMPANY, Place
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, n_

_LOOKS = "home.looks"  # by viewer: what was seen at the last visit, kept for this session
_NOTED = "home.noted"  # by viewer: the state of the data that was noted last
_TASK, _SCORE = "task ", "score"  # beside indicator codes in what is noted; no code has a space
MOST = 6


@dataclass(frozen=True)
class Seen:
    """What a home shows now. place: whose indicators (None: of no place); score: of the only store, as it is written.
    tasks: all of them."""

    place: Place | None
    tasks: tuple[Task, ...]
    score: str = ""


def last_look(viewer: Viewer, seen: Seen) -> Look | None:
    """What the viewer saw before this session, None at the first visit. Notes once a state what is seen now."""
    who = _who(viewer)
    held: dict[str, Look | None] = st.session_state.setdefault(_LOOKS, {})
    noted: dict[str, tuple[str, int]] = st.session_state.setdefault(_NOTED, {})
    if who not in held:
        held[who] = looks.last(database(), who)
    state = (stamp().database, stamp().version)
    if noted.get(who) != state:
        noted[who] = state
        months = data_names.all_months().all
        looks.note(database(), who, months[-1] if months else month_of(date.today()), _noted(viewer, seen))
    return held[who]


def new_tasks(look: Look | None, tasks: Iterable[Task]) -> frozenset[str]:
    """Keys of those that were not there at the last look; none at the first, when all of it is news."""
    if look is None or _TASK not in look.statuses:
        return frozenset()
    return frozenset(each.key for each in tasks if f"{_TASK}{each.key}" not in look.statuses)


def news(viewer: Viewer, look: Look, place: Place) -> Since:
    """Against the latest month now; revised: indicators of published months that late data moved since they were."""
    months = data_names.all_months()
    moved = [asof.revision(viewer.scope, month) for month in months.all[-3:]] if place == COMPANY else []
    revised = [code for each in moved if each is not None for code in each.indicators]
    then = {code: status for code, status in look.statuses.items() if " " not in code and code != _SCORE}
    return since(then, _statuses(viewer, place), revised)


def line(viewer: Viewer, names: Names, seen: Seen, look: Look | None) -> Html:
    """Since 3 Nov 2026: 2 new red, 1 recovered, 1 revised; each by name. 1 new task."""
    if look is None:
        return NOTHING
    found = Since((), (), ()) if seen.place is None else news(viewer, look, seen.place)
    told = _turned(found) + _moved(look, seen)
    day = formats.day(look.looked_at.date())
    if not told:
        return div("sqm-since", _("Since you last looked on {day}: nothing has turned.", day=day))
    counts = _("Since you last looked on {day}: {what}", day=day, what=_(", ").join(told))
    parts = [
        *_named("sqm-missed", "✕", found.new_red, names),
        *_named("sqm-met", "✓", found.recovered, names),
        *_named("", "R", found.revised, names),
    ]
    return div("sqm-since", el("strong", counts), div("", join(parts, " · ")) if parts else NOTHING)


def _turned(found: Since) -> list[str]:
    if not (found.new_red or found.recovered or found.revised):
        return []
    return [
        _(
            "{red} new red, {recovered} recovered, {revised} revised",
            red=len(found.new_red),
            recovered=len(found.recovered),
            revised=len(found.revised),
        )
    ]


def _moved(look: Look, seen: Seen) -> list[str]:
    """The score of the store, and tasks."""
    before, fresh = look.statuses.get(_SCORE, ""), len(new_tasks(look, seen.tasks))
    told = [_("score {before} → {now}", before=before, now=seen.score)] if before and before != seen.score else []
    return [*told, n_("{n} new task", "{n} new tasks", fresh)] if fresh else told


def _who(viewer: Viewer) -> str:
    """Whoever looks as another store has not seen that store's home before."""
    scope = viewer.scope
    return " ".join([viewer.name, *sorted(scope.districts or ()), *sorted(scope.stores or ())])


def _noted(viewer: Viewer, seen: Seen) -> dict[str, str]:
    statuses = {} if seen.place is None else _statuses(viewer, seen.place)
    return {**statuses, _SCORE: seen.score, _TASK: "", **{f"{_TASK}{each.key}": "" for each in seen.tasks}}


def _statuses(viewer: Viewer, place: Place) -> dict[str, str]:
    now = data_matrix.month_view(viewer.scope, data_names.all_months().last, place)
    return {code: str(row["status"]) for code, row in now.rows.items()}


def _named(css: str, mark: str, codes: tuple[str, ...], names: Names) -> list[Html]:
    shown = [
        Html(span(css, f"{mark} ") + links.link(names.indicator(code), "indicator", code=code, place=""))
        for code in codes[:MOST]
    ]
    more = len(codes) - MOST
    return [*shown, span("sqm-soft", n_("and {n} more", "and {n} more", more))] if more > 0 else shown
