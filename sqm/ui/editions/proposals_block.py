"""Indicators that departments propose: what each would measure, why, and what the quality department said."""

from functools import lru_cache

from sqm.rules.matrix.editions import State
from sqm.ui import formats, links
from sqm.ui.decisions import people
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names
from sqm.ui.editions import data_editions, editions_words
from sqm.ui.editions.data_editions import Proposed
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, join, table
from sqm.ui.words import _, language, n_, name, use


def answerable(found: Proposed, accepts: bool, proposer: str) -> bool:
    """Whether there is something to do about a proposal: answer it, take the acceptance back, or take back one's own.

    accepts: the viewer may accept. proposer: the viewer's name if they may propose, else ''.
    """
    state = found.indicator.state
    if accepts:
        return state is not State.REFUSED
    return state is State.PROPOSED and found.indicator.who == proposer


@lru_cache(maxsize=KEPT)
def _heading(at: Stamp, proposes: bool, spoken: str) -> Html:
    waiting = sum(each.indicator.state is State.PROPOSED for each in data_editions.proposals().values())
    with use(spoken):
        title = n_("{n} proposed indicator waits", "{n} proposed indicators wait", waiting)
        under = _("departments add observed indicators from their own systems; the quality department accepts them")
        parts = [block_title(title if waiting else _("No proposed indicator waits"), under)]
        if proposes:
            label = _("Propose an indicator")
            parts.append(div("sqm-ways", links.link(label, "editions", css="sqm-way", new="indicator", answer="")))
        return join(parts)


def heading(proposes: bool) -> Html:
    """proposes: the viewer may propose indicators."""
    return _heading(stamp(), proposes, str(language()))


@lru_cache(maxsize=KEPT)
def _listed(at: Stamp, accepts: bool, proposer: str, spoken: str) -> Html:
    found = sorted(data_editions.proposals().values(), key=lambda each: each.indicator.state is not State.PROPOSED)
    names = data_names.names()
    with use(spoken):
        if not found:
            return empty(_("Nothing has been proposed yet."), _("Departments are encouraged to add what they measure."))
        titles = [_("Proposed indicator"), _("Process"), _("Measured as"), _("Owner"), _("Why"), _("Answer")]
        rows = [_row(each, titles, names, answerable(each, accepts, proposer)) for each in found]
        return table([el("th", title) for title in titles], rows, "sqm-list sqm-proposals")


def listed(accepts: bool, proposer: str) -> Html:
    """Those that wait first, then the answered ones, newest first."""
    return _listed(stamp(), accepts, proposer, str(language()))


def _row(found: Proposed, titles: list[str], names: Names, can_answer: bool) -> Html:
    proposed = found.indicator
    said = proposed.definition
    process = name(names.processes.get(str(said["process_code"]), {}))
    dimension = name(names.dimensions.get(str(said["dimension_code"]), {}))
    source = names.label("source_system", str(said["source_system"]))
    owner = names.department(str(said["department_code"])) or formats.MISSING
    when = _("{day} by {who}", day=formats.day(proposed.proposed_at.date()), who=people.called(proposed.who))
    way = links.link(_("open the proposal"), "editions", css="sqm-way", answer=proposed.proposal_id, new="")
    title = name(said)
    if proposed.state is State.ACCEPTED:
        title = links.link(title, "indicator", code=proposed.indicator_code, place="")
    return el(
        "tr",
        cell(join([el("strong", title), div("sqm-soft", name(said, "definition"))]), titles[0], "sqm-name"),
        cell(join([div("", process), div("sqm-soft", dimension)]), titles[1]),
        cell(editions_words.measured(proposed), titles[2]),
        cell(join([div("", owner), div("sqm-soft", source)]), titles[3]),
        cell(join([div("", found.why), div("sqm-soft", when)]), titles[4]),
        cell(join([div("", editions_words.state(proposed)), way if can_answer else NOTHING]), titles[5]),
    )
