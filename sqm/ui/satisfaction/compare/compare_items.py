"""Question x wave x (other, ours, difference): the table in which sources compare a branch with its province."""

from datetime import date

from sqm.rules.rivals.lead import Standing
from sqm.ui import formats, links
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.markup import NOTHING, Html, cell, div, el, join, span
from sqm.ui.satisfaction import satisfaction_now
from sqm.ui.satisfaction.compare import compare_words as words
from sqm.ui.satisfaction.compare.benchmarks import operator_name
from sqm.ui.satisfaction.compare.compare_districts import PAST
from sqm.ui.satisfaction.compare.data_compare import Beside, ItemLine, ItemTable
from sqm.ui.satisfaction.data_satisfaction import OWN
from sqm.ui.satisfaction.drivers.driver_words import short
from sqm.ui.satisfaction.satisfaction_choice import BEST_RIVAL, MEASURES, Choice
from sqm.ui.words import _


def ways(choice: Choice, names: Names) -> Html:
    """Whom to be compared with, and the measure, as links; what is chosen stands in bold."""
    others = [code for code in choice.held.operators if code != OWN]
    measures = {"share": _("share satisfied"), "mean": _("mean 0-100")}
    parts = [div("", _("Measure"), " ", join([_way(measures[each], choice, measure=each) for each in MEASURES], " · "))]
    if others and choice.held.has_own:
        whom = [_way(operator_name(code, names) if code != BEST_RIVAL else _("best rival"), choice, against=code)
                for code in (BEST_RIVAL, *others)]  # fmt: skip
        parts.insert(0, div("", _("Against"), " ", join(whom, " · ")))
    return div("sqm-ways", *parts)


def _way(title: str, choice: Choice, **change: str) -> Html:
    ((key, value),) = change.items()
    if getattr(choice, key) == value:
        return span("sqm-chosen-word", title)
    return links.link(title, "satisfaction", css="sqm-way", **{**choice.links, **change})


def items(found: ItemTable, choice: Choice, names: Names) -> Html:
    """One row a question; the waves side by side."""
    columns = [_("Other"), _("Ours"), _("Difference")] if found.has_others else [_("Ours")]
    over = [el("th", "")] + [el("th", formats.month(wave), colspan=str(len(columns)), css="sqm-over")
                             for wave in found.waves]  # fmt: skip
    under = [el("th", _("Question"))]
    under += [el("th", title, css="sqm-r") for _wave in found.waves for title in columns]
    last = _("Ours since {month}", month=formats.month(found.waves[0]))
    tail = [_("Rank")] if found.has_others else []
    over += [el("th", "") for _each in (*tail, last)]
    under += [*(el("th", title) for title in tail), el("th", last)]
    rows = [_row(line, found, columns, last, choice, names) for line in found.lines]
    head = el("thead", el("tr", *over), el("tr", *under))
    return el("table", head, el("tbody", *rows), css="sqm-table sqm-list sqm-waves")


def _row(line: ItemLine, found: ItemTable, columns: list[str], last: str, choice: Choice, names: Names) -> Html:
    title = links.link(short(line.item, names), "satisfaction", **{**choice.links, "item": line.item, "view": ""})
    cells = [cell(title, _("Question"), "sqm-name")]
    for wave, beside in zip(found.waves, line.waves, strict=True):
        cells += _wave(wave, beside, columns, PAST if wave < found.waves[-1] else "", choice, names)
    if found.has_others:
        cells.append(cell(words.place(line.place), _("Rank"), "sqm-rank"))
    cells.append(cell(texts.movement_short(line.moved, choice.measure), last))
    return el("tr", *cells)


def _wave(wave: date, beside: Beside, columns: list[str], css: str, choice: Choice, names: Names) -> list[Html]:
    """The cells of one wave, as many as it has columns. css: what all of them are."""
    titles = [f"{formats.month(wave)}, {title}" for title in columns]
    own = satisfaction_now.value(beside.own, choice.measure)
    if len(columns) == 1:
        return [cell(own, titles[0], _css(beside.own, css))]
    is_said = choice.against != BEST_RIVAL or not beside.other_code
    whom = NOTHING if is_said else div("sqm-soft", operator_name(beside.other_code, names))
    word = div(f"sqm-soft {_mark(beside)}".strip(), words.standing(beside.lead))
    thinner = beside.other if words.thin(beside.other) else beside.own
    return [
        cell(Html(span("", satisfaction_now.value(beside.other, choice.measure)) + whom), titles[0],
             _css(beside.other, css)),
        cell(own, titles[1], _css(beside.own, css)),
        cell(Html(span("", words.difference(beside.lead, choice.measure)) + word), titles[2],
             _css(thinner, f"sqm-gap {css}".strip())),
    ]  # fmt: skip


def _css(point: Record | None, more: str) -> str:
    return " ".join(part for part in ("sqm-r", "sqm-thin" if words.thin(point) else "", more) if part)


def _mark(beside: Beside) -> str:
    return {Standing.AHEAD: "sqm-above", Standing.BEHIND: "sqm-below"}.get(beside.lead.standing, "")
