"""The register of events: campaigns, network changes and policies that explain what numbers do."""

from functools import lru_cache

from sqm.rules.access import Scope
from sqm.rules.matrix import events
from sqm.rules.matrix.events import Event
from sqm.ui import formats, links
from sqm.ui.decisions import data_decisions, people
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, join, table
from sqm.ui.months import months_words
from sqm.ui.words import _, language, n_, name, use


@lru_cache(maxsize=KEPT)
def _known(at: Stamp, scope: Scope) -> dict[str, Event]:
    seen = data_names.places(scope).districts
    listed = events.events(data_decisions.log())
    return {each.event_id: each for each in reversed(listed) if not each.district_code or each.district_code in seen}


def known(scope: Scope) -> dict[str, Event]:
    """Standing events by id, newest month first, without those of districts that the viewer may not see."""
    return _known(stamp(), scope)


@lru_cache(maxsize=KEPT)
def _heading(at: Stamp, scope: Scope, adds: bool, spoken: str) -> Html:
    found = known(scope)
    with use(spoken):
        title = n_("{n} event is marked on the charts", "{n} events are marked on the charts", len(found))
        under = _("what happened outside the numbers: campaigns, network changes, policies")
        parts = [block_title(title if found else _("No event is marked on the charts"), under)]
        if adds:
            parts.append(div("sqm-ways", links.link(_("Add an event"), "months", css="sqm-way", new="event", back="")))
        return join(parts)


def heading(scope: Scope, adds: bool) -> Html:
    """adds: the viewer may add events."""
    return _heading(stamp(), scope, adds, str(language()))


@lru_cache(maxsize=KEPT)
def _listed(at: Stamp, scope: Scope, adds: bool, spoken: str) -> Html:
    found = known(scope)
    with use(spoken):
        if not found:
            owes = _("Management, analysts and the quality department add events.")
            return empty(_("Nothing has been added yet."), owes)
        titles = [_("Month"), _("Kind"), _("What happened"), _("Process"), _("District"), _("Added")]
        rows = [_row(each, titles, scope, adds) for each in found.values()]
        return table([el("th", title) for title in titles], rows, "sqm-list")


def listed(scope: Scope, adds: bool) -> Html:
    """The table; each row of somebody who may add events has a way to take it back."""
    return _listed(stamp(), scope, adds, str(language()))


def _row(event: Event, titles: list[str], scope: Scope, adds: bool) -> Html:
    names, places = data_names.names(), data_names.places(scope)
    made = next(each for each in data_decisions.log() if each.decision_id == event.event_id)
    added = _("{day} by {who}", day=formats.day(made.happened_at.date()), who=people.called(made.who))
    way = links.link(_("take back"), "months", css="sqm-way", back=event.event_id, new="") if adds else NOTHING
    process = name(names.processes.get(event.process_code, {})) or _("all processes")
    district = places.place("district", event.district_code) if event.district_code else _("all districts")
    return el(
        "tr",
        cell(formats.month(event.month), titles[0], "sqm-name"),
        cell(months_words.kind(event.kind), titles[1]),
        cell(name(event, "title"), titles[2]),
        cell(process, titles[3]),
        cell(district, titles[4]),
        cell(join([div("sqm-soft", added), way]), titles[5]),
    )
