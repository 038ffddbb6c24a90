"""What a district branch sees first: its reds against the company's, its stores in order of need, its deadlines."""

from datetime import date

from sqm.rules.access import Scope
from sqm.rules.matrix import reds as month_reds
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.doors import data_names
from sqm.ui.home import home_blocks
from sqm.ui.home.home_blocks import card
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.indicator.indicator_choice import place_code
from sqm.ui.markup import Html, block_title, cell, div, el, join, span, table
from sqm.ui.matrix import data_matrix
from sqm.ui.matrix.data_matrix import MonthView, Place
from sqm.ui.stores import stores_words
from sqm.ui.stores.doors import data_standards, data_stores
from sqm.ui.stores.doors.data_scores import Span
from sqm.ui.words import _, n_, name

MOST_RED = 8


def place(scope: Scope) -> Place | None:
    """The viewer's district; the first by code of several. None for whoever belongs to none that is known."""
    known = data_names.places(scope).districts
    return Place("district", sorted(known)[0]) if known else None


def head(scope: Scope, month: date, where: Place) -> Html:
    """Heronsand, Oct 2026: 14 of 68 indicators missed; the whole company misses 20 of 151"""
    view, company = data_matrix.month_view(scope, month, where), data_matrix.month_view(scope, month)
    said = _(
        "{district}, {month}: {missed} of {total} indicators missed; the whole company misses {red} of {all}",
        district=data_names.places(scope).place("district", where.code),
        month=formats.month(month),
        missed=view.tally[Status.MISSED],
        total=month_reds.judged(view.statuses),
        red=company.tally[Status.MISSED],
        all=month_reds.judged(company.statuses),
    )
    return block_title(said, home_blocks.published(company, data_names.all_months()))


def cards(scope: Scope, month: date, audited: date | None, where: Place) -> Html:
    """The five counts of the district, its stores' mean, and whether its values came."""
    view = data_matrix.month_view(scope, month, where)
    parts = [home_blocks.tally_card(view)]
    if audited is not None:
        parts += [_stores(scope, audited, where), _below(scope, audited, where)]
    parts.append(_values(scope, month, where))
    return div("sqm-cards sqm-top", *parts)


def _stores(scope: Scope, month: date, where: Place) -> Html:
    found = data_stores.cascade(scope, month, Span.QUARTER, data_stores.first_compared(month, Span.QUARTER))
    mine = found.districts.get(where.code)
    value = formats.number(None if mine is None else mine.mean, 1)
    company = _("whole company: {mean}", mean=formats.number(found.company.mean, 1))
    return card(
        _("Mean score of its stores"),
        value,
        company,
        _("{change} against the three months before", change=stores_words.change(mine.change if mine else None)),
    )


def _below(scope: Scope, month: date, where: Place) -> Html:
    found = data_stores.cascade(scope, month, Span.QUARTER, data_stores.first_compared(month, Span.QUARTER))
    mine = found.districts.get(where.code)
    if mine is None or mine.below is None:
        return card(_("Stores below the pass mark"), formats.MISSING, _("No pass mark was set."))
    value = _("{n} of {all}", n=formats.count(mine.below), all=formats.count(mine.stores))
    mark = _("pass mark of the province: {mark}", mark=formats.number(data_standards.pass_mark(month)))
    company = _("whole company: {n} of {all}", n=found.company.below, all=found.company.stores)
    return card(_("Stores below the pass mark"), value, mark, company)


def _values(scope: Scope, month: date, where: Place) -> Html:
    label = _("Values of the month")
    owed = next((each for each in data_matrix.reporting(scope, month) if each.district_code == where.code), None)
    if owed is None:
        return card(label, _("complete"), formats.month(month))
    value = _("{n} of {all}", n=formats.count(owed.present), all=formats.count(owed.expected))
    return card(label, value, _("indicators of {month} came", month=formats.month(month)))


def reds(scope: Scope, month: date, where: Place) -> Html:
    """What is red here: first what the company meets, for the cause is here."""
    view, company = data_matrix.month_view(scope, month, where), data_matrix.month_view(scope, month)
    here = month_reds.here(view.statuses, company.statuses, view.streaks)
    title = n_("{n} indicator is red here", "{n} indicators are red here", len(here.codes))
    if here.alone:
        only = n_(
            "{n} of them only here: the company does not miss it",
            "{n} of them only here: the company does not miss them",
            len(here.alone),
        )
        title = _("{told}; {parts}", told=title, parts=only)
    under = _("first what only this district misses, then what has been missed longest")
    if not here.codes:
        return block_title(_("No indicator is red here"), formats.month(month))
    titles = [_("Indicator name"), _("Here"), _("Target"), _("Whole company"), _("Missed for")]
    head_row = [el("th", each, css="sqm-r" if place in (1, 2) else "") for place, each in enumerate(titles)]
    body = [_red(code, view, company, where, titles) for code in here.codes[:MOST_RED]]
    parts = [block_title(title, under), table(head_row, body, "sqm-list sqm-reds")]
    if len(here.codes) > MOST_RED:
        way = links.link(
            _("All {n} in the matrix", n=len(here.codes)), "matrix", css="sqm-way", district=where.code, cell=""
        )
        parts.append(el("p", way))
    return join(parts)


def _red(code: str, view: MonthView, company: MonthView, where: Place, titles: list[str]) -> Html:
    names, row = data_names.names(), view.rows[code]
    link = links.link(names.indicator(code), "indicator", code=code, place=place_code(where))
    whole = company.rows.get(code)
    there = formats.MISSING
    if whole is not None:
        there = join([texts.value(whole), " ", Html(status_style.badge(texts.status(whole)))])
    streak = view.streaks.get(code, 0)
    process = name(names.processes.get(str(row["process_code"]), {}))
    return el(
        "tr",
        cell(join([link, div("sqm-soft", process)]), titles[0], "sqm-name"),
        cell(span("sqm-status sqm-missed", f"✕ {texts.value(row)}"), titles[1], "sqm-r"),
        cell(texts.target(row), titles[2], "sqm-r"),
        cell(there, titles[3]),
        cell(n_("{n} month", "{n} months", streak), titles[4]),
    )
