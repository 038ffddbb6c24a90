"""One proposal, opened: what is proposed, what the past months say of it, its chart, and its history step by step."""

from datetime import date
from functools import lru_cache

from sqm.database.indicators.indicators import Place
from sqm.rules.access import Scope
from sqm.rules.matrix.agreements import Proposal, Side, Step
from sqm.ui import formats, status_style
from sqm.ui.decisions import decision_texts, people
from sqm.ui.desk import data_desk, desk_chart, desk_words
from sqm.ui.desk.data_desk import Prospect
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.home.home_blocks import card
from sqm.ui.indicator import data_indicator
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.indicator.indicator_choice import place_name
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, footnote, join, table
from sqm.ui.words import _, language, use


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, scope: Scope, proposal_id: str, today: date, spoken: str, dark: bool) -> Html:
    proposal = data_desk.proposals(scope)[proposal_id]
    with use(spoken):
        names, place = data_names.names(), data_desk.place_of(proposal)
        late = data_desk.problems(proposal, today) if proposal.waits_for else ()
        why = _("It can no longer be signed: {why}.", why=decision_texts.reasons(late)) if late else ""
        return join(
            [
                block_title(_title(proposal, place, names, scope), _under(proposal)),
                div("sqm-said", why) if why else NOTHING,
                outlook(scope, proposal.indicator_code, place, proposal.steps),
                _history(scope, proposal, names),
                agreed(scope, proposal.indicator_code),
            ]
        )


def body(scope: Scope, proposal: Proposal) -> Html:
    """Everything about it that is not a button."""
    return _body(stamp(), scope, proposal.proposal_id, date.today(), str(language()), status_style.is_dark())


@lru_cache(maxsize=KEPT)
def _outlook(
    at: Stamp, scope: Scope, code: str, place: Place, steps: tuple[Step, ...], spoken: str, dark: bool
) -> Html:
    record, found = data_desk.record_of(code), data_desk.prospect(scope, code, place, steps)
    with use(spoken):
        sentence = desk_words.capability(found, record)
        return join(
            [
                el("h3", desk_words.headline(found, steps[-1], record), css="sqm-subtitle"),
                _cards(found, record),
                desk_chart.drawn(scope, record, place, steps, found.newest, sentence),
            ]
        )


def outlook(scope: Scope, code: str, place: Place, steps: tuple[Step, ...]) -> Html:
    """What the past months say of these steps: a sentence, four numbers, the chart. Also of steps being typed."""
    if not steps:
        return NOTHING
    return _outlook(stamp(), scope, code, place, steps, str(language()), status_style.is_dark())


def _cards(found: Prospect, record: Record) -> Html:
    held = found.capability
    if held is None or not held.months:
        return NOTHING
    over = _("of the last {months} months with a value", months=held.months)
    kept = _("the target of the time was met in {met}", met=held.met_before)
    return div(
        "sqm-cards",
        card(_("Would have been met"), f"{held.met} / {held.months}", over, kept),
        card(_("Would be red"), f"{held.would_be_red} / {held.months}", _("missed by more than the tolerance")),
        card(_("Natural range"), desk_words.natural_range(held, record) or formats.MISSING, desk_words.verdict(found)),
        _beside(found, record),
    )


def _beside(found: Prospect, record: Record) -> Html:
    """The best rival, and where none is known how things stand now."""
    value = formats.MISSING if found.now is None else texts.value(found.now)
    rival = None if found.capability is None else found.capability.best_rival
    if rival is None:
        return card(_("Newest value"), value, formats.month(found.newest))
    return card(_("Best rival"), desk_words.amount(rival, record), _("our newest value {value}", value=value))


def _title(proposal: Proposal, place: Place, names: Names, scope: Scope) -> str:
    return _(
        "{indicator}, {place}: {steps}",
        indicator=names.indicator(proposal.indicator_code),
        place=place_name(place, names, scope),
        steps=desk_words.steps(proposal.steps, data_desk.record_of(proposal.indicator_code)),
    )


def _under(proposal: Proposal) -> str:
    """State, signatures, tolerance."""
    record = data_desk.record_of(proposal.indicator_code)
    parts = [desk_words.state(proposal), desk_words.tolerance(proposal.steps[-1], record)]
    waits = [desk_words.side(side) for side in Side if side in proposal.waits_for]
    if waits:
        parts.insert(1, _("not yet signed: {sides}", sides=_(", ").join(waits)))
    return _(" · ").join(parts)


def _history(scope: Scope, proposal: Proposal, names: Names) -> Html:
    """Step by step, also of the proposals that it answers or that answer it."""
    record = data_desk.record_of(proposal.indicator_code)
    titles = [_("When"), _("Who"), _("What"), _("Reason")]
    rows = [
        el(
            "tr",
            cell(formats.moment(decision.happened_at), titles[0], "sqm-when"),
            cell(people.called(decision.who), titles[1]),
            cell(desk_words.told(decision, each, record, names), titles[2]),
            cell(desk_words.reason(decision) or formats.MISSING, titles[3]),
        )
        for each, decision in data_desk.steps_taken(data_desk.thread(scope, proposal))
    ]
    head = [el("th", title) for title in titles]
    return Html(el("h3", _("Step by step"), css="sqm-subtitle") + table(head, rows))


def agreed(scope: Scope, code: str) -> Html:
    """Every target of the indicator so far, the newest first, for the places that the viewer may see."""
    names, record = data_names.names(), data_desk.record_of(code)
    rows = [
        row
        for row in data_indicator.targets_of(code)
        if data_desk.sees(scope, Place(str(row["scope_level"]), str(row["scope_code"])))
    ]
    title = el("h3", _("Targets agreed so far"), css="sqm-subtitle")
    if not rows:
        return Html(title + footnote(_("No target has been agreed yet.")))
    titles = [_("In force from"), _("Target"), _("Tolerance"), _("Holds for"), _("Agreed by"), _("Reason")]
    head = [el("th", each, css="sqm-r" if at in (1, 2) else "") for at, each in enumerate(titles)]
    return Html(title + table(head, [_agreed_row(row, record, titles, names, scope) for row in rows]))


def _agreed_row(row: Record, record: Record, titles: list[str], names: Names, scope: Scope) -> Html:
    unit = "pp" if record["unit"] == "%" else str(record["unit"])
    place = Place(str(row["scope_level"]), str(row["scope_code"]))
    return el(
        "tr",
        cell(formats.month(row["valid_from"]), titles[0]),
        cell(texts.target({**record, "target_low": row["low"], "target_high": row["high"]}), titles[1], "sqm-r"),
        cell(texts.amount(row["tolerance"], unit, int(record["decimals"])), titles[2], "sqm-r"),
        cell(place_name(place, names, scope), titles[3]),
        cell(names.department(str(row["agreed_by"])), titles[4]),
        cell(_("first target") if row["reason"] == "initial" else str(row["reason"]), titles[5]),
    )
