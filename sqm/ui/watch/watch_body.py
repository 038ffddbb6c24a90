"""What stands on the watch list page, written once per state of the data, choice, language and theme."""

from datetime import date
from functools import lru_cache

from sqm.charts.trends.sparkline import sparkline
from sqm.database.indicators.indicators import Place
from sqm.rules.access import Scope
from sqm.rules.watching.reviews import report_card
from sqm.rules.watching.watch_list import Entry, Group
from sqm.ui import formats, links, status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.indicator.indicator_choice import place_code
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, picture, table
from sqm.ui.matrix import data_matrix
from sqm.ui.matrix.data_matrix import MonthView
from sqm.ui.matrix.matrix_list import behaves
from sqm.ui.watch import data_watch, watch_words
from sqm.ui.watch.data_watch import WatchView
from sqm.ui.words import _, language, name, use

MOST = {Group.BEYOND_CHANCE: 8, Group.UNREACHABLE: 2, Group.EARLY: 3, Group.SETTLED: 2}
"""Entries of a group that are shown unasked."""


@lru_cache(maxsize=KEPT)
def _body(
    at: Stamp,
    scope: Scope,
    month: date,
    place: Place,
    chosen: str,
    whole: str,
    reviews: bool,
    spoken: str,
    dark: bool,
) -> Html:
    names, view = data_names.names(), data_matrix.month_view(scope, month, place)
    watch, entries = data_watch.view(scope, month, place), data_watch.entries(scope, month, place)
    with use(spoken):
        where = data_names.places(scope).place("district", place.code) if place.code else _("all districts")
        under = _("{month}, {where}. Limits from up to 36 months.", month=formats.month(month), where=where)
        parts = [block_title(watch_words.finding(entries), under)]
        if not entries:
            parts.append(empty(_("No rule raised a signal in this month."), _("Choose another month or district.")))
        for group in Group:
            mine = [each for each in entries if each.group is group]
            if mine:
                parts += _group(group, mine, view, watch, names, place, chosen, whole, reviews)
        return join([*parts, *_report(scope, month, place), _notes()])


def body(scope: Scope, month: date, place: Place, chosen: str, whole: str, reviews: bool) -> Html:
    """The finding, the list by group, and what became of each rule's signals. chosen: the entry that is decided on.
    whole: the group that is asked for to its end. reviews: the viewer may decide."""
    return _body(stamp(), scope, month, place, chosen, whole, reviews, str(language()), status_style.is_dark())


def _group(
    group: Group,
    entries: list[Entry],
    view: MonthView,
    watch: WatchView,
    names: Names,
    place: Place,
    chosen: str,
    whole: str,
    reviews: bool,
) -> list[Html]:
    titles = [
        _("Indicator name"),
        _("Status"),
        _("Rule"),
        _("Value"),
        _("Change"),
        _("13 months"),
        _("Owner"),
        _("Decision"),
    ]
    right = {3, 4}
    head = [el("th", title, css="sqm-r" if at in right else "") for at, title in enumerate(titles)]
    shown = entries if whole == group else entries[: MOST[group]]
    rows = [_row(each, titles, view, watch, names, place, chosen, reviews) for each in shown]
    parts = [
        block_title(watch_words.title(group, len(entries)), watch_words.under(group)),
        table(head, rows, "sqm-list sqm-watch"),
    ]
    if len(entries) > len(shown):
        ask = _("Show all {n}", n=len(entries))
        parts.append(el("p", links.link(ask, "watch", css="sqm-way", group=str(group))))
    elif whole == group and len(entries) > MOST[group]:
        parts.append(el("p", links.link(_("Show fewer"), "watch", css="sqm-way", group="")))
    return parts


def _row(
    entry: Entry,
    titles: list[str],
    view: MonthView,
    watch: WatchView,
    names: Names,
    place: Place,
    chosen: str,
    reviews: bool,
) -> Html:
    code = entry.indicator_code
    row, seen = view.rows[code], watch.rows[code]
    line = sparkline(view.lines.get(code, ()), status=str(texts.status(row)), dark=status_style.is_dark())
    link = links.link(names.indicator(code), "indicator", code=code, place=place_code(place))
    process = name(names.processes.get(str(row["process_code"]), {}))
    rules = _(" · ").join(watch_words.rule(str(signal)) for signal in entry.signals) or _("out of reach")
    ranges = texts.known(seen["change_ranges"])
    moved = _("{number} x its usual step", number=formats.number(ranges, 1)) if ranges is not None else ""
    return el(
        "tr",
        cell(Html(link + div("sqm-soft", process)), titles[0], "sqm-name"),
        cell(Html(status_style.badge(texts.status(row)) + behaves(row, watch)), titles[1]),
        cell(_two(rules, _since(entry)), titles[2]),
        cell(_two(texts.value(row), texts.target(row)), titles[3], "sqm-r"),
        cell(_two(texts.change(row), moved), titles[4], "sqm-r"),
        cell(picture(line, ""), titles[5], "sqm-spark"),
        cell(name(names.indicators.get(code, {}), "department"), titles[6], "sqm-owner"),
        cell(_decision(entry, chosen, reviews), titles[7]),
    )


def _since(entry: Entry) -> str:
    """since Jun 2026 · missed for 5 months in a row"""
    since = _("since {month}", month=formats.month(entry.first_month)) if entry.signals else ""
    return _(" · ").join(part for part in (since, texts.streak(entry.missed)) if part)


def _decision(entry: Entry, chosen: str, reviews: bool) -> Html:
    said = watch_words.review(entry.review)
    parts = [div("sqm-soft", said)] if said else []
    if reviews and entry.signals:
        label = _("deciding …") if chosen == entry.indicator_code else _("decide")
        parts.append(links.link(label, "watch", css="sqm-way", review=entry.indicator_code))
    return join(parts) if parts else Html(formats.MISSING)


def _report(scope: Scope, month: date, place: Place) -> list[Html]:
    """A rule whose signals are mostly dismissed is too noisy for this operator."""
    cards = report_card(data_watch.raised(scope, month, place), data_watch.reviewed())
    if not cards:
        return []
    titles = [_("Rule"), _("What it means"), _("Raised"), _("Confirmed"), _("Dismissed"), _("Open")]
    rows = [
        el(
            "tr",
            cell(watch_words.rule(card.signal), titles[0]),
            cell(watch_words.explained(card.signal), titles[1]),
            *(
                cell(formats.count(number), title, "sqm-r")
                for number, title in zip(
                    (card.raised, card.confirmed, card.dismissed, card.open), titles[2:], strict=True
                )
            ),
        )
        for card in cards
    ]
    head = [el("th", title, css="sqm-r" if at > 1 else "") for at, title in enumerate(titles)]
    until = _("signals of the twelve months up to {month}, each as it could be seen then", month=formats.month(month))
    return [block_title(_("What became of each rule's signals"), until), table(head, rows)]


def _notes() -> Html:
    return footnote(
        _(
            "Rules of NHS Making Data Count on the values of each month: natural limits are the mean ± 2.66 average "
            "steps, or Laney's for large samples. Trial limits below 13 months; below 6 nothing is said."
        ),
        _(
            "By chance alone about one of 151 stable indicators is listed as beyond chance in a month. A lasting shift "
            "of 1.5 standard deviations is listed within six months, as an early sign at least, in nine of ten cases."
        ),
    )


def _two(first: str, second: str) -> Html:
    """A line and a grey one under it, with as few elements as can be: the browser pays for each of hundreds."""
    return join([first, div("sqm-soft", second) if second else NOTHING])
