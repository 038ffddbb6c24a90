"""The queue against the standard, and minutes waited beside how many were satisfied with waiting."""

from datetime import date

from sqm.charts.stores import wait_points
from sqm.charts.stores.wait_points import WaitPoint, WaitWords
from sqm.rules.sampling import Showing
from sqm.rules.stores.store_evidence import HANDLING, QUEUEING
from sqm.ui import formats, status_style
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.store import store_words as words
from sqm.ui.store.doors import data_held
from sqm.ui.store.doors.data_card import Card
from sqm.ui.store.doors.data_opinion import Opinions, WaitMonth
from sqm.ui.words import _, language, n_

_LEAST = 3


def waiting(card: Card, found: Opinions) -> Html:
    under = words.BETWEEN.join([_("minutes, as the audits measured them"), words.period(card)])
    beside = div("sqm-store-beside", el("section", _minutes(card)), el("section", _beside(found.waits, card.last)))
    return join([block_title(finding(card), under), beside])


def finding(card: Card) -> str:
    """14.2 min in the queue; full points up to 5, none from 30"""
    minutes, _visits = card.minutes("waited")
    standard = data_held.minutes(QUEUEING, card.last)
    if minutes is None:
        return _("Nobody measured the queue in this period")
    told = {"minutes": formats.number(minutes, 1)}
    if standard is None:
        return _("{minutes} min in the queue", **told)
    told |= {"full": formats.number(standard.full, 0), "zero": formats.number(standard.zero, 0)}
    if minutes <= standard.full:
        return _("{minutes} min in the queue: within the {full} that bring full points", **told)
    return _("{minutes} min in the queue; full points up to {full}, none from {zero}", **told)


def _minutes(card: Card) -> Html:
    titles = ["", _("On average"), _("Longest"), _("Standard"), _("Points lost")]
    head = [el("th", title, css="" if place in (0, 3) else "sqm-r") for place, title in enumerate(titles)]
    rows = [_row(card, part, what, titles) for part, what in ((QUEUEING, "waited"), (HANDLING, "handled"))]
    return table(head, rows, "sqm-list sqm-store-minutes")


def _row(card: Card, part: str, what: str, titles: list[str]) -> Html:
    minutes, visits = card.minutes(what)
    taken = (float(getattr(each, what)) for each in card.visits)
    longest = max((each for each in taken if each == each), default=None)
    lost = next((each.lost for each in card.score.parts if each.code == part and each.score is not None), None)
    title = join([words.part(part), div("sqm-soft", n_("{n} visit", "{n} visits", visits))])
    return el(
        "tr",
        cell(title, titles[0], "sqm-name"),
        cell(formats.indicator_value(minutes, "min", 1), titles[1], "sqm-r"),
        cell(formats.indicator_value(longest, "min", 1), titles[2], "sqm-r"),
        cell(_standard(part, card.last), titles[3]),
        cell(words.points(lost), titles[4], "sqm-r"),
    )


def _standard(part: str, month: date) -> Html:
    found = data_held.minutes(part, month)
    if found is None:
        return span("sqm-soft", _("none set"))
    told = _(
        "full points up to {full} min, none from {zero}",
        full=formats.number(found.full, 0),
        zero=formats.number(found.zero, 0),
    )
    return join([told, div("sqm-soft", _("the province's, since {month}", month=formats.month(found.valid_from)))])


def _beside(waits: tuple[WaitMonth, ...], month: date) -> Html:
    title = el("h3", _("Minutes waited and satisfied with waiting, month by month"), css="sqm-subtitle")
    if len(waits) < _LEAST:
        told = empty(
            _("Fewer than three months have both minutes and answers."),
            _("Audits measure the minutes; customers answer by text message."),
        )
        return join([title, told])
    standard = data_held.minutes(QUEUEING, month)
    points = [_point(each) for each in waits]
    limit = None if standard is None else standard.full
    picture = wait_points.figure(
        points,
        WaitWords(
            _("Minutes waited"),
            _("Satisfied with waiting, %"),
            "" if limit is None else _("full points up to {full} min", full=formats.number(limit, 0)),
        ),
        _told(waits),
        standard=limit,
        language=str(language()),
        dark=status_style.is_dark(),
    )
    note = footnote(
        _told(waits),
        _("By text message, in audited months; hollow: fewer than 30 answers. Going together is no proof of cause."),
    )
    return join([title, Html(picture) if picture else NOTHING, note])


def _point(each: WaitMonth) -> WaitPoint:
    limits = each.satisfied.interval
    return WaitPoint(
        each.month,
        each.minutes,
        each.satisfied.share,
        limits.low if limits else float("nan"),
        limits.high if limits else float("nan"),
        each.satisfied.showing is not Showing.SHOWN,
    )


def _told(waits: tuple[WaitMonth, ...]) -> str:
    """The picture in a sentence: the months with the shortest and the longest wait."""
    short, long = min(waits, key=lambda each: each.minutes), max(waits, key=lambda each: each.minutes)
    return _(
        "{short} min and {short_share} satisfied in {short_month}; {long} min and {long_share} in {long_month}.",
        short=formats.number(short.minutes, 1),
        short_share=formats.share(short.satisfied.share, 0),
        short_month=formats.month(short.month),
        long=formats.number(long.minutes, 1),
        long_share=formats.share(long.satisfied.share, 0),
        long_month=formats.month(long.month),
    )
