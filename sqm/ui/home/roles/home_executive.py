"""What the management sees first: better or not, ahead or not, what is red and who owns it."""

from datetime import date

from sqm.rules.access import Scope
from sqm.rules.matrix import reds
from sqm.rules.rivals.lead import Standing
from sqm.rules.surveys.trends import Word
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Record
from sqm.ui.home import home_blocks
from sqm.ui.home.home_blocks import card
from sqm.ui.home.roles import home_satisfaction
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.markup import Html, block_title, div, el, join, span
from sqm.ui.matrix import data_matrix
from sqm.ui.matrix.data_matrix import MonthView
from sqm.ui.satisfaction import satisfaction_now as now_texts
from sqm.ui.words import N_, _, n_

_MOVES = {Word.UP: N_("Yes, better"), Word.DOWN: N_("No, worse")}
_STANDINGS = {Standing.AHEAD: N_("Yes, ahead"), Standing.BEHIND: N_("No, behind")}
_MARKS = {Word.UP: "sqm-better", Word.DOWN: "sqm-worse", Standing.AHEAD: "sqm-better", Standing.BEHIND: "sqm-worse"}
MOST_OWNERS, MOST_NAMED = 6, 3


def cards(scope: Scope, month: date) -> Html:
    """The answers in words, each with its number beneath."""
    view = data_matrix.month_view(scope, month)
    return div(
        "sqm-cards sqm-top", home_blocks.tally_card(view), _better(scope, month), _ahead(scope, month), _red(view)
    )


def _better(scope: Scope, month: date) -> Html:
    label = _("Are customers more satisfied?")
    now = home_satisfaction.overall(scope, month)
    if now is None or now.own is None:
        return card(label, formats.MISSING, _("No representative survey asked about overall satisfaction this month."))
    word = now.year_move.word
    value = _("{share} satisfied", share=now_texts.value(now.own, now.measure))
    answer = _(_MOVES[word]) if word in _MOVES else _("No change")
    return _answer(label, answer, _MARKS.get(word, ""), value, now_texts.year_words(now))


def _ahead(scope: Scope, month: date) -> Html:
    label = _("Are we ahead of the best rival?")
    now = home_satisfaction.overall(scope, month)
    if now is None or not now.rival_code:
        return card(label, formats.MISSING, _("No survey of this month asked rivals' customers."))
    names, standing = data_names.names(), now.lead.standing
    answer = _(_STANDINGS[standing]) if standing in _STANDINGS else _("Level")
    lead = _("{number}, {standing}", number=now_texts.lead_number(now), standing=now_texts.lead_words(now, names))
    return _answer(label, answer, _MARKS.get(standing, ""), lead, now_texts.mover_words(now, names))


def _red(view: MonthView) -> Html:
    """How many are red, and who owns most of them."""
    owned = _owned(view)
    total = sum(len(each.codes) for each in owned)
    number = n_("{n} red", "{n} red", total)
    most = _(", ").join(
        _("{owner} {n}", owner=data_names.names().department(each.owner), n=len(each.codes)) for each in owned[:2]
    )
    lasting = reds.lasting(view.statuses, view.streaks)
    told = n_("{n} for three months or more", "{n} for three months or more", lasting)
    sign = f"{status_style.symbol(Status.MISSED)} " if total else ""
    return _answer(_("What is red, and who owns it?"), f"{sign}{number}", "", most, told)


def _answer(label: str, answer: str, css: str, value: str, note: str) -> Html:
    return el(
        "section",
        div("sqm-label", label),
        div(f"sqm-number {css}".strip(), answer),
        div("sqm-figure", value),
        div("sqm-note", note),
    )


def _owned(view: MonthView) -> tuple[reds.Owned, ...]:
    known = data_names.names().indicators
    owners = {code: str(known.get(code, {}).get("department_code") or "") for code in view.rows}
    return reds.by_owner(view.statuses, owners, view.streaks)


def owners(scope: Scope, month: date) -> Html:
    """Who owns the red ones, each by name with how long it has missed."""
    view = data_matrix.month_view(scope, month)
    found = _owned(view)
    title = n_("{n} department owns what is red", "{n} departments own what is red", len(found))
    under = _("{month}; the longest missed first", month=formats.month(month))
    if not found:
        return block_title(_("No indicator missed its target"), under)
    items = [_owner(each, view) for each in found[:MOST_OWNERS]]
    if len(found) > MOST_OWNERS:
        rest = len(found) - MOST_OWNERS
        items.append(el("li", n_("and {n} more department", "and {n} more departments", rest), css="sqm-soft"))
    return join([block_title(title, under), el("ol", *items, css="sqm-owned")])


def _owner(owned: reds.Owned, view: MonthView) -> Html:
    named = []
    for code in owned.codes[:MOST_NAMED]:
        link = links.link(data_names.names().indicator(code), "indicator", code=code, place="")
        named.append(el("li", link, " ", span("sqm-soft", _beside(view.rows[code], view.streaks.get(code, 0)))))
    red = len(owned.codes)
    if red > MOST_NAMED:
        named.append(el("li", n_("and {n} more", "and {n} more", red - MOST_NAMED), css="sqm-soft"))
    who = data_names.names().department(owned.owner) if owned.owner else _("Without an owner")
    badge = Html(status_style.badge(Status.MISSED, formats.count(red)))
    return el("li", div("sqm-line", el("strong", who), badge), el("ul", *named))


def _beside(row: Record, streak: int) -> str:
    """63.1 % (target ≥ 68.0 %) · missed for 4 months in a row"""
    said = _("{value} (target {target})", value=texts.value(row), target=texts.target(row))
    return _(" · ").join(part for part in (said, texts.streak(streak)) if part)
