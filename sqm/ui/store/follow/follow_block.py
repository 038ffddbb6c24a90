"""What is being mended by when, and what the store queried: actions with deadlines, appeals with rulings."""

from collections.abc import Sequence
from datetime import date

from sqm.rules.audits.appeals import Appeal
from sqm.rules.stores.actions import Action, Measure
from sqm.ui import formats
from sqm.ui.decisions import people
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, join, span, table
from sqm.ui.store import store_words as words
from sqm.ui.store.follow import follow_words
from sqm.ui.store.follow.mend_choice import Rights
from sqm.ui.store.ways import way
from sqm.ui.stores.doors import data_standards
from sqm.ui.words import _, n_

_MOST = 10


def follow(actions: Sequence[Action], appeals: Sequence[Appeal], today: date, rights: Rights) -> Html:
    parts = [block_title(finding(actions, appeals, today), _("problems found, what mends them, and by when"))]
    if actions:
        parts.append(listed(actions, today, rights))
    if appeals:
        parts += [el("h3", _("Marks that were queried"), css="sqm-subtitle"), _appeals(appeals[:_MOST], today, rights)]
    if not actions and not appeals:
        parts.append(div("sqm-soft", _("Open an action or query a mark in the list of what to mend.")))
    return join(parts)


def finding(actions: Sequence[Action], appeals: Sequence[Appeal], today: date) -> str:
    """2 actions open, 1 overdue; 1 mark queried waits for its ruling"""
    still = [each for each in actions if each.is_open]
    late = sum(each.is_overdue(today) for each in still)
    waiting = sum(each.is_open for each in appeals)
    told = n_("{n} action open", "{n} actions open", len(still)) if still else _("No action open")
    if late:
        told = _("{told}, {late} overdue", told=told, late=formats.count(late))
    elif still:
        told = _("{told}, the next due {day}", told=told, day=formats.day(min(each.deadline for each in still)))
    if waiting:
        wait = n_("{n} queried mark waits for a ruling", "{n} queried marks wait for a ruling", waiting)
        told = _("{told}; {waiting}", told=told, waiting=wait)
    return told


def listed(actions: Sequence[Action], today: date, rights: Rights) -> Html:
    """The first of the actions, in their order."""
    titles = [_("Action"), _("Who mends it"), _("Deadline"), _("State"), _("Counts as success"), ""]
    head = [el("th", title) for title in titles]
    rows = [_action(each, today, rights, titles) for each in actions[:_MOST]]
    return table(head, rows, "sqm-list sqm-store-actions")


def _action(each: Action, today: date, rights: Rights, titles: list[str]) -> Html:
    mends = words.item(each.item_code) if each.item_code else words.part(each.part_code) if each.part_code else ""
    title = join([each.title, div("sqm-soft", mends) if mends and mends != each.title else NOTHING])
    deadline: Html = span("", formats.day(each.deadline))
    if each.is_overdue(today):
        late = n_("{n} day overdue", "{n} days overdue", -each.days_left(today))
        deadline = join([deadline, div("", span("sqm-status sqm-missed", f"✕ {late}"))])
    elif each.is_open:
        deadline = join([deadline, div("sqm-soft", n_("in {n} day", "in {n} days", each.days_left(today)))])
    more = way(_("Next step"), step=each.action_id) if each.is_open and rights.acts else NOTHING
    note = each.moves[-1].note if each.moves else ""
    return el(
        "tr",
        cell(title, titles[0], "sqm-name"),
        cell(people.called(each.owner), titles[1]),
        cell(deadline, titles[2]),
        cell(join([follow_words.step(each.state), div("sqm-soft", note) if note else NOTHING]), titles[3]),
        cell(_success(each), titles[4]),
        cell(more, titles[5]),
        css="" if each.is_open else "sqm-thin",
    )


def _success(each: Action) -> str:
    if each.measure is Measure.POINTS:
        return _("{points} points won back", points=f"+{each.success:g}")
    return _("reaches {value}", value=f"{each.success:g}")


def _appeals(appeals: Sequence[Appeal], today: date, rights: Rights) -> Html:
    titles = [_("Queried mark"), _("Why"), _("Claimed"), _("Since"), _("Ruling"), ""]
    head = [el("th", title) for title in titles]
    return table(head, [_appeal(each, today, rights, titles) for each in appeals], "sqm-list sqm-store-appeals")


def _appeal(each: Appeal, today: date, rights: Rights, titles: list[str]) -> Html:
    title = join([words.item(each.item_code), div("sqm-soft", each.visit_id)])
    why = join([each.reason, div("sqm-soft", each.evidence) if each.evidence else NOTHING])
    since = join([formats.day(each.raised_at.date()), div("sqm-soft", people.called(each.who))])
    more = way(_("Take back"), unquery=each.appeal_id) if each.is_open and rights.appeals else NOTHING
    return el(
        "tr",
        cell(title, titles[0], "sqm-name"),
        cell(why, titles[1]),
        cell(claimed(each.claimed), titles[2]),
        cell(since, titles[3]),
        cell(_ruling(each, today), titles[4]),
        cell(more, titles[5]),
    )


def claimed(points: float | None) -> str:
    return _("does not apply") if points is None else _("{points} points", points=f"{points:g}")


def _ruling(each: Appeal, today: date) -> Html:
    state = follow_words.ruling(each.state)
    if not each.is_open:
        granted = claimed(each.granted) if each.is_changed else ""
        return join([state, div("sqm-soft", words.BETWEEN.join(part for part in (granted, each.ruling) if part))])
    due = each.due_on(data_standards.appeal_days(each.raised_at.date().replace(day=1)))
    if due is None:
        return span("", state)
    if due < today:
        late = span("sqm-status sqm-missed", "✕ " + _("was due {day}", day=formats.day(due)))
        return join([state, div("", late)])
    return join([state, div("sqm-soft", _("due {day}", day=formats.day(due)))])
