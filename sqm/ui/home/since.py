"""Since you last looked: what turned between a viewer's last visit and now."""

import streamlit as st

from sqm.database import looks
from sqm.database.looks import Look
from sqm.rules.revisions import Since, since
from sqm.ui import data_names, formats, links
from sqm.ui.data import database, stamp
from sqm.ui.data_names import Names
from sqm.ui.markup import NOTHING, Html, div, el, join, span
from sqm.ui.matrix import asof, data_matrix
from sqm.ui.sign_in import Viewer
from sqm.ui.words import _, n_

_LOOK = "home.look"  # what the viewer saw at their last visit, kept for this session
_NOTED = "home.noted"  # the state of the data that was noted last
MOST = 6


def last_look(viewer: Viewer) -> Look | None:
    """What the viewer saw before this session, None at the first visit. Notes once a state what is seen now."""
    if _LOOK not in st.session_state:
        st.session_state[_LOOK] = looks.last(database(), viewer.name)
    state = (stamp().database, stamp().version)
    if st.session_state.get(_NOTED) != state:
        st.session_state[_NOTED] = state
        month = data_names.all_months().last
        now = data_matrix.month_view(viewer.scope, month)
        statuses = {code: str(row["status"]) for code, row in now.rows.items()}
        looks.note(database(), viewer.name, month, statuses)
    found: Look | None = st.session_state[_LOOK]
    return found


def news(viewer: Viewer, look: Look) -> Since:
    """Against the latest month now; revised: indicators of published months that late data moved since they were."""
    months = data_names.all_months()
    now = data_matrix.month_view(viewer.scope, months.last)
    moved = [asof.revision(viewer.scope, month) for month in months.all[-3:]]
    revised = [code for each in moved if each is not None for code in each.indicators]
    return since(look.statuses, {code: str(row["status"]) for code, row in now.rows.items()}, revised)


def line(viewer: Viewer, names: Names) -> Html:
    """Since 3 Nov 2026: 2 new red, 1 recovered, 1 revised; each by name."""
    look = last_look(viewer)
    if look is None:
        return NOTHING
    found = news(viewer, look)
    day = formats.day(look.looked_at.date())
    if not (found.new_red or found.recovered or found.revised):
        return div("sqm-since", _("Since you last looked on {day}: nothing has turned.", day=day))
    counts = _(
        "Since you last looked on {day}: {red} new red, {recovered} recovered, {revised} revised",
        day=day,
        red=len(found.new_red),
        recovered=len(found.recovered),
        revised=len(found.revised),
    )
    parts = [
        *_named("sqm-missed", "✕", found.new_red, names),
        *_named("sqm-met", "✓", found.recovered, names),
        *_named("", "R", found.revised, names),
    ]
    return div("sqm-since", el("strong", counts), div("", join(parts, " · ")))


def _named(css: str, mark: str, codes: tuple[str, ...], names: Names) -> list[Html]:
    shown = [
        Html(span(css, f"{mark} ") + links.link(names.indicator(code), "indicator", code=code, place=""))
        for code in codes[:MOST]
    ]
    more = len(codes) - MOST
    return [*shown, span("sqm-soft", n_("and {n} more", "and {n} more", more))] if more > 0 else shown
