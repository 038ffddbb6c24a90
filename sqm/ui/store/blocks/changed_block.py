"""What the last audit changed, and the visits of the window with the pass mark and the minutes."""

from datetime import date

from sqm.rules.audits import item_runs
from sqm.rules.audits.item_runs import Run
from sqm.ui import formats
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, join, span, table
from sqm.ui.store import store_words as words
from sqm.ui.store.doors.data_card import Card, Visit
from sqm.ui.stores.doors import data_standards
from sqm.ui.words import _, n_


def changed(card: Card) -> Html:
    failed, passed = _newest(card)
    under = ""
    if card.last_on is not None:
        under = _("each item of {month} against the visit before that looked at it", month=formats.month(card.last_on))
    parts = [block_title(_finding(failed, passed, card.last_on), under)]
    if failed or passed:
        parts.append(div("sqm-store-two", _list(_("Newly failed"), failed), _list(_("Passes again"), passed)))
    return join([*parts, _visits(card)])


def _newest(card: Card) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    if card.last_on is None:
        return (), ()
    return item_runs.changed(card.runs.values(), card.last_on.replace(day=1))


def _finding(failed: tuple[Run, ...], passed: tuple[Run, ...], last_on: date | None) -> str:
    if last_on is None:
        return _("This store was never audited")
    if not failed and not passed:
        return _("The last audit changed no item")
    return _(
        "The last audit: {failed}, {passed}",
        failed=n_("{n} item newly failed", "{n} items newly failed", len(failed)),
        passed=n_("{n} passes again", "{n} pass again", len(passed)),
    )


def _list(title: str, runs: tuple[Run, ...]) -> Html:
    if not runs:
        return NOTHING
    css, symbol = ("sqm-missed", "✕") if runs[0].is_failing else ("sqm-met", "✓")
    mark = span(f"sqm-status {css}", symbol)
    rows = [
        el("li", mark, " ", words.item(each.item), " ", span("sqm-soft", formats.day(each.last)))
        for each in sorted(runs, key=lambda each: words.item(each.item))
    ]
    return el("section", el("h3", title, css="sqm-subtitle"), el("ul", *rows, css="sqm-store-changes"))


def _visits(card: Card) -> Html:
    if not card.visits:
        told = _("No audit in {period}.", period=words.period(card))
        return empty(told, _("The province draws the stores to be audited each month."))
    titles = [_("Visit"), _("Theme"), _("Visit score"), _("Queue"), _("Handling"), _("What the auditor wrote")]
    head = [el("th", title, css="sqm-r" if 1 < place < 5 else "") for place, title in enumerate(titles)]
    return table(head, [_visit(each, titles) for each in card.visits], "sqm-list sqm-store-visits")


def _visit(visit: Visit, titles: list[str]) -> Html:
    return el(
        "tr",
        cell(formats.day(visit.on), titles[0], "sqm-name"),
        cell(data_standards.audit_names().topic(visit.theme) if visit.theme else _("no theme"), titles[1]),
        cell(_score(visit), titles[2], "sqm-r"),
        cell(formats.indicator_value(visit.waited, "min", 1), titles[3], "sqm-r"),
        cell(formats.indicator_value(visit.handled, "min", 1), titles[4], "sqm-r"),
        cell(span("sqm-soft", visit.comment) if visit.comment else NOTHING, titles[5]),
    )


def _score(visit: Visit) -> Html:
    shown = formats.number(visit.score, 1)
    if visit.passes is None:
        return span("", shown)
    css, symbol, word = ("sqm-met", "✓", _("passed")) if visit.passes else ("sqm-missed", "✕", _("not passed"))
    return span(f"sqm-status {css}", f"{symbol} {shown} {word}")
