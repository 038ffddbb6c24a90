"""The viewer's stores in order of need: below their class beyond chance first, then by score; what to mend in each."""

from datetime import date

from sqm.rules.access import Scope
from sqm.rules.stores import store_needs
from sqm.rules.stores.store_needs import Need
from sqm.rules.stores.store_results import Compared
from sqm.rules.tasks.tasks import Task
from sqm.ui import formats, links
from sqm.ui.doors import data_names
from sqm.ui.markup import Html, block_title, cell, el, join, span, table
from sqm.ui.stores import stores_words
from sqm.ui.stores.doors import data_scores, data_standards
from sqm.ui.stores.doors.data_scores import Span
from sqm.ui.words import _, n_

MOST = 8


def block(scope: Scope, month: date, tasks: tuple[Task, ...]) -> Html:
    """month: one with scored visits. tasks: the viewer's."""
    view = data_scores.view(scope, month, Span.QUARTER)
    places = {code: view.place(code) for code in view.results}
    standings = {code: place.ranked.standing for code, place in places.items() if place is not None}
    mark = data_standards.pass_mark(month)
    found = store_needs.in_order(view.results, standings, mark)
    below = sum(each.is_below for each in found)
    title = n_("{n} store in order of need", "{n} stores in order of need", len(found))
    if mark is not None:
        stays = n_(
            "{n} stays below the pass mark of {mark}", "{n} stay below the pass mark of {mark}", below, mark=f"{mark:g}"
        )
        title = _("{told}: {parts}", told=title, parts=stays)
    under = _("{period}, points of 100; compared within a class", period=formats.months(view.first, view.last))
    titles = [_("Store"), _("Score"), _("Against its class"), _("What to mend first"), _("Brings"), _("Waits for you")]
    right = (1, 4)
    head = [el("th", each, css="sqm-r" if place in right else "") for place, each in enumerate(titles)]
    rows = [_row(each, titles, scope, tasks) for each in found[:MOST]]
    parts = [block_title(title, under), table(head, rows, "sqm-list sqm-needs")]
    if len(found) > MOST:
        way = links.link(_("All {n} stores compared", n=len(found)), "stores", css="sqm-way", view="table")
        parts.append(el("p", way))
    return join(parts)


def _row(need: Need, titles: list[str], scope: Scope, tasks: tuple[Task, ...]) -> Html:
    store, score = need.store, need.result.score.score
    title = links.link(data_names.places(scope).place("store", store), "store", store=store)
    number = formats.number(score, 1)
    shown = span("sqm-status sqm-missed", f"✕ {number}") if need.is_below else span("", number)
    gain = need.result.gains[0] if need.result.gains else None
    mends = formats.MISSING if gain is None else _lost(gain.item, gain.part)
    waits = sum(each.store_code == store for each in tasks)
    return el(
        "tr",
        cell(join([title, " ", span("sqm-soft", store)]), titles[0], "sqm-name"),
        cell(shown, titles[1], "sqm-r"),
        cell(_standing(need), titles[2]),
        cell(mends, titles[3]),
        cell("" if gain is None else f"+{formats.number(gain.points, 1)}", titles[4], "sqm-r"),
        cell(formats.count(waits) if waits else formats.MISSING, titles[5]),
    )


def _standing(need: Need) -> Html:
    if need.standing is None:
        return span("sqm-soft", stores_words.unranked(need.result, Compared.COMPOSITE))
    return stores_words.standing(need.standing, is_indicative=False)


def _lost(item: str, part: str) -> str:
    return data_standards.audit_names().item(item) if item else stores_words.part(part)
