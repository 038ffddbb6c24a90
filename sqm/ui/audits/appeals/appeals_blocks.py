"""Appeals that wait for a ruling, what rulings changed, and how often audits are queried and changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from sqm.rules.access import Scope
from sqm.rules.audits.appeals import Appeal, Verdict
from sqm.rules.sampling import HIDDEN_BELOW
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.audits import audits_words as words
from sqm.ui.audits import data_audits
from sqm.ui.audits.appeals import data_appeals
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.audits.coverage.coverage_blocks import store_link
from sqm.ui.decisions import people
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.stores.doors import data_standards
from sqm.ui.words import _, n_, name

MOST_RULED = 15
_SOON = 3  # days before the deadline from which it is marked


def waiting(choice: Choice, scope: Scope, rules: bool, today: date) -> Html:
    """Open appeals, the one that waits longest first. rules: the viewer may rule."""
    found = [each for each in data_appeals.seen(scope, choice.district) if each.is_open]
    days = data_standards.appeal_days(today)
    late = sum(each.is_late(days, today) for each in found)
    under = _("a store queries an item with evidence; the quality department rules; whoever raised it does not")
    if days is not None:
        under = _("{what}; within {days} days", what=under, days=f"{days:g}")
    if not found:
        owed = _("Stores and districts query an item on the store's page.")
        nobody = _("No appeal waits for a ruling")
        if not scope.is_everything:
            nobody = _("No appeal of your stores waits for a ruling")
        return join([block_title(nobody, under), footnote(owed)])
    title = n_("{n} appeal waits for a ruling", "{n} appeals wait for a ruling", len(found))
    if late:
        title = _("{what}, {late}", what=title, late=n_("{n} past its deadline", "{n} past their deadline", late))
    titles = [_("Store"), _("Visit"), _("Item"), _("Marked"), _("Claimed"), _("Reason and evidence"), _("Waits")]
    rows = [_waiting_row(each, titles, scope, rules, today, days) for each in found]
    return join([block_title(title, under), table(words.heads(titles, (3, 4)), rows, "sqm-list sqm-appeals")])


def _waiting_row(each: Appeal, titles: list[str], scope: Scope, rules: bool, today: date, days: float | None) -> Html:
    way = links.link(_("rule"), "audits", css="sqm-way", rule=each.appeal_id, view="appeals") if rules else NOTHING
    return el(
        "tr",
        *_what(each, titles, scope),
        cell(_reason(each), titles[5]),
        cell(join([_waits(each, today, days), way], " "), titles[6]),
    )


def _what(each: Appeal, titles: list[str], scope: Scope) -> list[Html]:
    """Store, visit, item, points as marked and as claimed."""
    told = data_appeals.mark(each)
    marked = formats.MISSING
    visit = each.visit_id
    if told is not None:
        marked = _("{points} of {most}", points=words.points(told.points), most=words.points(told.most))
        visit = f"{formats.month(told.month)}, {words.theme(told.theme)}"
    return [
        cell(store_link(each.store_code, scope), titles[0], "sqm-name"),
        cell(join([div("", visit), div("sqm-soft", each.visit_id)]), titles[1]),
        cell(data_standards.audit_names().item(each.item_code), titles[2]),
        cell(marked, titles[3], "sqm-r"),
        cell(words.points(each.claimed), titles[4], "sqm-r"),
    ]


def _reason(each: Appeal) -> Html:
    said = [div("", each.reason)]
    if each.evidence:
        said.append(div("sqm-soft", _("evidence: {what}", what=each.evidence)))
    return join(said)


def _waits(each: Appeal, today: date, days: float | None) -> Html:
    waited = n_("{n} day", "{n} days", each.days_open(today))
    due = each.due_on(days)
    if due is None:
        return span("", waited)
    said = _("{days}, due {day}", days=waited, day=formats.day(due))
    if each.is_late(days, today):
        return Html(status_style.badge(Status.MISSED, said))
    if (due - today).days <= _SOON:
        return Html(status_style.badge(Status.NEAR, said))
    return span("", said)


def ruled(choice: Choice, scope: Scope, rules: bool) -> Html:
    """Rulings on visits of the year, newest first, with what they did to the score of visit and store."""
    first, last = words.year_to(choice.month)
    found = []
    for each in data_appeals.seen(scope, choice.district):
        told = data_appeals.mark(each)
        if not each.is_open and told is not None and first <= told.month <= last:
            found.append(each)
    found.sort(key=lambda each: each.ruled_at or each.raised_at, reverse=True)
    under = _(
        "rulings on visits of the year, and the scores before and after them; {year}", year=words.year(choice.month)
    )
    if not found:
        return join([block_title(_("No appeal of the year was ruled"), under)])
    changed = sum(each.is_changed for each in found)
    title = _(
        "{changed} of {n}", changed=changed, n=n_("{n} ruling changed points", "{n} rulings changed points", len(found))
    )
    titles = [
        _("Store"),
        _("Visit"),
        _("Item"),
        _("Marked"),
        _("Claimed"),
        _("Ruling"),
        _("Visit score"),
        _("Composite of the month"),
    ]
    rows = [_ruled_row(each, titles, scope, choice.month, rules) for each in found[:MOST_RULED]]
    rest = len(found) - len(rows)
    more = [footnote(n_("{n} older ruling.", "{n} older rulings.", rest))] if rest > 0 else []
    return join(
        [block_title(title, under), table(words.heads(titles, (3, 4, 6, 7)), rows, "sqm-list sqm-appeals"), *more]
    )


def _ruled_row(each: Appeal, titles: list[str], scope: Scope, month: date, rules: bool) -> Html:
    effect = data_appeals.effects(month).get(each.appeal_id)
    unchanged = span("sqm-soft", _("as it was"))
    way = NOTHING
    if rules:
        way = links.link(_("take back"), "audits", css="sqm-way", unrule=each.ruling_id, view="appeals")
    return el(
        "tr",
        *_what(each, titles, scope),
        cell(join([_verdict(each), div("sqm-soft", each.ruling), div("sqm-soft", _by(each)), way]), titles[5]),
        cell(_moved(*effect.visit) if effect else unchanged, titles[6], "sqm-r"),
        cell(_moved(*effect.composite) if effect else unchanged, titles[7], "sqm-r"),
    )


def _verdict(each: Appeal) -> Html:
    said = _(words.VERDICTS[Verdict(each.state.value)])
    if each.is_changed:
        said = _("{verdict}: {points}", verdict=said, points=words.points(each.granted))
    return el("div", el("b", said))


def _by(each: Appeal) -> str:
    when = formats.day(each.ruled_at.date()) if each.ruled_at else ""
    return f"{people.called(each.ruled_by)}, {when}"


def _moved(before: float | None, after: float | None) -> Html:
    return join([formats.number(before, 1), " → ", el("b", formats.number(after, 1))])


def rates(choice: Choice, scope: Scope) -> Html:
    """How often audits are queried and changed: in all, by theme, auditor and district."""
    whole = data_appeals.rates(choice.month, choice.district)
    under = _(
        "of items that the third party audited; changed: of the rulings, 95 % interval; {year}",
        year=words.year(choice.month),
    )
    if whole.empty:
        return join(
            [block_title(_("How often audits are queried"), under), empty(_("No item was audited in this year."), "")]
        )
    names = data_standards.audit_names()
    seen = {code: name(row) for code, row in data_audits.districts(scope, choice.district).items()}
    parts: list[tuple[str, pd.DataFrame, Callable[[str], str]]] = [
        (_("Theme"), data_appeals.rates(choice.month, choice.district, "theme"), names.topic),
        (_("Auditor"), data_appeals.rates(choice.month, choice.district, "auditor_code"), str),
        (
            _("District"),
            data_appeals.rates(choice.month, choice.district, "district_code"),
            lambda code: seen.get(code, ""),
        ),
    ]
    tables = [_rate_table(label, found, show) for label, found, show in parts]
    listed = [el("section", each) for each in tables if each]
    return join([block_title(_finding(whole.iloc[0]), under), div("sqm-rates", *listed)])


def _finding(row: "pd.Series[Any]") -> str:
    asked = _(
        "{queried} of {items} audited items were queried",
        queried=formats.count(int(row["queried"])),
        items=formats.count(int(row["items"])),
    )
    if not row["ruled"]:
        return asked
    changed = _(
        "{changed} of {ruled} rulings changed points",
        changed=formats.count(int(row["changed"])),
        ruled=formats.count(int(row["ruled"])),
    )
    return _("{what}; {more}", what=asked, more=changed)


def _rate_table(label: str, found: pd.DataFrame, show: Callable[[str], str]) -> Html:
    titles = [label, _("Items"), _("Queried"), _("Changed")]
    rows = []
    for code, row in found.iterrows():
        title = show(str(code))
        if not title or int(row["items"]) < HIDDEN_BELOW:
            continue
        rows.append(
            el(
                "tr",
                cell(title, titles[0], "sqm-name"),
                cell(formats.count(int(row["items"])), titles[1], "sqm-r"),
                cell(_queried(row), titles[2], "sqm-r"),
                cell(_changed(row), titles[3], "sqm-r"),
            )
        )
    return table(words.heads(titles, (1, 2, 3)), rows, "sqm-list") if rows else NOTHING


def _queried(row: "pd.Series[Any]") -> str:
    if not row["queried"]:
        return formats.MISSING
    return f"{formats.count(int(row['queried']))} ({formats.share(float(row['queried_share']), 2)})"


def _changed(row: "pd.Series[Any]") -> Html:
    """k of n with its interval: the share alone would say too much of a handful."""
    if not row["ruled"]:
        return span("", formats.MISSING)
    count = _("{n} of {whole}", n=formats.count(int(row["changed"])), whole=formats.count(int(row["ruled"])))
    low, high = formats.number(float(row["low"]) * 100), formats.share(float(row["high"]), 0)
    return join([count, span("sqm-soft", f" {low}–{high}")])
