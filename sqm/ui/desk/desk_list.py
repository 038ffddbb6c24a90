"""The list of the target desk: what waits, with what the past says of it, and what became of earlier proposals."""

from datetime import date
from functools import lru_cache

from sqm.rules.access import Page, Role, Scope, may_open
from sqm.rules.decisions import Decision
from sqm.rules.matrix.agreements import Proposal, Side, State
from sqm.rules.periods import add_months, month_of
from sqm.ui import formats, links, status_style
from sqm.ui.decisions import decision_texts, people
from sqm.ui.desk import data_desk, desk_words
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.indicator.indicator_choice import place_code, place_name
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.words import _, language, use

LOOK_BACK = 12
"""Months for which closed proposals stay in the list."""


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, scope: Scope, role: Role, chosen: str, today: date, spoken: str, dark: bool) -> Html:
    every = list(data_desk.proposals(scope).values())
    with use(spoken):
        names = data_names.names()
        return join([*_open(every, scope, names, chosen, today), *_closed(every, scope, names, today), _notes(role)])


def body(scope: Scope, role: Role, chosen: str) -> Html:
    """The finding, open proposals, closed ones. chosen: the id of the proposal that stands open above the list."""
    return _body(stamp(), scope, role, chosen, date.today(), str(language()), status_style.is_dark())


def _open(every: list[Proposal], scope: Scope, names: Names, chosen: str, today: date) -> list[Html]:
    waiting = [each for each in every if each.state is State.OPEN]
    under = _("both sides sign the same proposal; with the second signature it is agreed, from its first month on")
    title = block_title(desk_words.finding(every, today), under)
    if not waiting:
        owed = _("Whoever may propose chooses an indicator above, or follows the link on its page.")
        return [title, empty(_("Nothing waits for a signature."), owed)]
    titles = [
        _("Indicator name"),
        _("Proposed target"),
        _("Now"),
        _("What the past says of it"),
        _("Proposed by"),
        _("Signatures"),
    ]
    head = [el("th", each) for each in titles]
    rows = [_open_row(each, titles, scope, names, chosen, today) for each in waiting]
    return [title, table(head, rows, "sqm-list sqm-desk")]


def _open_row(proposal: Proposal, titles: list[str], scope: Scope, names: Names, chosen: str, today: date) -> Html:
    record, place = data_desk.record_of(proposal.indicator_code), data_desk.place_of(proposal)
    found = data_desk.prospect(scope, proposal.indicator_code, place, proposal.steps)
    late = data_desk.problems(proposal, today)
    marks = [_signature(each, proposal) for each in Side]
    if late:
        marks.append(div("sqm-soft", _("too late: {why}", why=decision_texts.reasons(late))))
    return el(
        "tr",
        cell(_named(proposal, scope, names), titles[0], "sqm-name"),
        cell(Html(div("", _proposed(proposal, chosen)) + div("sqm-soft", _aside(proposal))), titles[1]),
        cell(_now(found), titles[2]),
        cell(
            Html(el("b", desk_words.verdict(found)) + div("sqm-soft", desk_words.capability(found, record))),
            titles[3],
            "sqm-past",
        ),
        cell(_made(proposal), titles[4]),
        cell(join(marks), titles[5]),
        css="sqm-chosen-row" if proposal.proposal_id == chosen else "",
    )


def _named(proposal: Proposal, scope: Scope, names: Names) -> Html:
    place = data_desk.place_of(proposal)
    title = names.indicator(proposal.indicator_code)
    link = links.link(title, "indicator", code=proposal.indicator_code, place=place_code(place))
    return Html(link + div("sqm-soft", place_name(place, names, scope)))


def _proposed(proposal: Proposal, chosen: str) -> Html:
    """The steps, which open the proposal."""
    record = data_desk.record_of(proposal.indicator_code)
    said = desk_words.steps(proposal.steps, record)
    if proposal.proposal_id == chosen:
        return el("b", said)
    return open_link(said, proposal)


def open_link(inside: str, proposal: Proposal) -> Html:
    """A link that opens this proposal and nothing else."""
    return links.link(inside, "targets", css="sqm-way", proposal=proposal.proposal_id, indicator="", counter="")


def _aside(proposal: Proposal) -> str:
    return desk_words.tolerance(proposal.steps[-1], data_desk.record_of(proposal.indicator_code))


def _now(found: data_desk.Prospect) -> Html:
    """The newest value, how it is judged, and by what."""
    if found.now is None:
        return Html(formats.MISSING)
    target = texts.target(found.now)
    against = _("no target") if target == formats.MISSING else _("target {target}", target=target)
    return join(
        [
            div("", f"{texts.value(found.now)} ", Html(status_style.badge(texts.status(found.now)))),
            div("sqm-soft", _("{first} · {second}", first=against, second=formats.month(found.newest))),
        ]
    )


def _made(proposal: Proposal) -> Html:
    who = people.called(proposal.who)
    day = formats.day(proposal.proposed_at.date()) if proposal.proposed_at else ""
    said = _("{first} · {second}", first=who, second=day)
    return Html(div("", proposal.reason) + div("sqm-soft", said))


def _signature(side: Side, proposal: Proposal) -> Html:
    """✓ owner signed, – quality not yet"""
    has_signed = side in proposal.signed
    mark = span("sqm-met" if has_signed else "sqm-no_data", "✓" if has_signed else formats.MISSING)
    return div("sqm-signature", mark, " ", desk_words.signature(side, has_signed))


def _closed(every: list[Proposal], scope: Scope, names: Names, today: date) -> list[Html]:
    since = add_months(month_of(today), -LOOK_BACK)
    closed = [each for each in every if each.state is not State.OPEN and data_desk.closed_at(each) >= since]
    if not closed:
        return []
    titles = [_("Indicator name"), _("Proposed target"), _("Outcome"), _("On"), _("Proposed by"), _("History")]
    rows = [_closed_row(each, titles, scope, names) for each in sorted(closed, key=data_desk.closed_at, reverse=True)]
    period = _("closed since {month}; the newest first", month=formats.month(since))
    return [
        block_title(_("Agreed, refused, answered"), period),
        table([el("th", each) for each in titles], rows, "sqm-list"),
    ]


def _closed_row(proposal: Proposal, titles: list[str], scope: Scope, names: Names) -> Html:
    record = data_desk.record_of(proposal.indicator_code)
    said = [div("sqm-soft", _history_line(each, proposal, names)) for each in proposal.history[1:]]
    css = "sqm-met" if data_desk.is_agreed(proposal) else ""
    return el(
        "tr",
        cell(_named(proposal, scope, names), titles[0], "sqm-name"),
        cell(
            Html(open_link(desk_words.steps(proposal.steps, record), proposal) + div("sqm-soft", _aside(proposal))),
            titles[1],
        ),
        cell(span(css, desk_words.state(proposal)), titles[2]),
        cell(formats.day(data_desk.closed_at(proposal)), titles[3]),
        cell(_made(proposal), titles[4]),
        cell(join(said) if said else NOTHING, titles[5]),
    )


def _history_line(decision: Decision, proposal: Proposal, names: Names) -> str:
    record = data_desk.record_of(proposal.indicator_code)
    line = _(
        "{who} {what}",
        who=people.called(decision.who),
        what=desk_words.told(decision, proposal, record, names),
    )
    reason = desk_words.reason(decision)
    return _("{sentence}: {reason}", sentence=line, reason=reason) if reason else line


def _notes(role: Role) -> Html:
    note = footnote(
        _("What the past says: the last 24 months with a value, held against the last step of the proposal."),
        _("A target judges from its first month on. A month that is over or published keeps the target it had."),
    )
    if not may_open(role, Page.UPLOAD):
        return note
    way = links.link(_("Many targets at once: fill in a table and upload it"), "upload", css="sqm-way")
    return Html(note + el("p", way, css="sqm-footnote"))
