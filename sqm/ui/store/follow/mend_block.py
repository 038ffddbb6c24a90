"""Do this first: what cost most points, since when it fails, who does it well, and what to do about it."""

from collections.abc import Mapping

from sqm.rules.stores.actions import Action
from sqm.rules.stores.points_to_gain import Bought, Gain
from sqm.rules.stores.store_evidence import MINUTES, SMS
from sqm.rules.stores.store_score import FULL_SCORE
from sqm.ui import formats
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, footnote, join, span, table
from sqm.ui.store import store_words as words
from sqm.ui.store.doors import data_card
from sqm.ui.store.doors.data_card import Card
from sqm.ui.store.follow.mend_choice import Rights, gain_code, mark_code
from sqm.ui.store.store_choice import ALL_ROWS, Choice
from sqm.ui.store.ways import way
from sqm.ui.stores.doors import data_standards
from sqm.ui.words import _, listed, n_, name

_LEAST = 0.005


def mend(card: Card, choice: Choice, bought: Bought | None, actions: Mapping[str, Action], rights: Rights) -> Html:
    """actions: open ones of the store by what they mend (gain_code)."""
    shown = card.gains if choice.all_rows else card.first_to_mend
    parts = [block_title(words.mend_finding(card), _under(card, bought))]
    if shown:
        parts += [_table(shown, card, choice, actions, rights), _whole(card, choice)]
    return join(parts)


def _under(card: Card, bought: Bought | None) -> str:
    told = [words.period(card), _("points of the composite")]
    if bought is not None and card.place is not None:
        told.append(_places(card, bought))
    return words.BETWEEN.join(told)


def _places(card: Card, bought: Bought) -> str:
    """Which places all of them together would buy, with everybody else as they are."""
    then, now = bought.then, bought.now
    place = card.place
    if place is None or place.are_alike:
        return _("even so the stores of its class could not be told apart")
    return _(
        "all together: places {low}–{high} of {of} instead of {was_low}–{was_high}",
        low=then.low,
        high=then.high,
        of=place.of,
        was_low=now.low,
        was_high=now.high,
    )


def _table(shown: tuple[Gain, ...], card: Card, choice: Choice, actions: Mapping[str, Action], rights: Rights) -> Html:
    titles = [
        "",
        _("What to mend"),
        _("Points"),
        _("Found"),
        _("Since"),
        _("Who does it well, 12 months"),
        _("What to do"),
    ]
    head = [el("th", title, css="sqm-r" if place == 2 else "") for place, title in enumerate(titles)]
    rows = [_row(place, each, card, choice, actions, rights, titles) for place, each in enumerate(shown, 1)]
    return table(head, rows, "sqm-list sqm-store-mend")


def _row(
    place: int,
    gain: Gain,
    card: Card,
    choice: Choice,
    actions: Mapping[str, Action],
    rights: Rights,
    titles: list[str],
) -> Html:
    return el(
        "tr",
        cell(str(place), titles[0], "sqm-soft"),
        cell(_what(gain, card), titles[1], "sqm-name"),
        cell(_points(gain), titles[2], "sqm-r"),
        cell(_failed(gain, card), titles[3]),
        cell(_since(gain, card), titles[4]),
        cell(_peers(gain, choice), titles[5]),
        cell(_to_do(gain, card, actions, rights), titles[6]),
    )


def _what(gain: Gain, card: Card) -> Html:
    if not gain.item:
        return span("", words.part(gain.part))
    topics, topic = data_standards.audit_names().topics, gain.item.split(".", 1)[0]
    where = [words.part(gain.part), *([name(topics[topic])] if topic in topics else [])]
    return join([words.lost(gain), div("sqm-soft", words.BETWEEN.join(where))])


def _points(gain: Gain) -> Html:
    """What it cost; beneath, what mending it alone brings where a failed critical item holds the visit down."""
    cost = span("", f"+{formats.number(gain.points, 1)}")
    if gain.points - gain.alone < _LEAST:
        return cost
    return join([cost, div("sqm-soft", _("alone {points}", points=formats.number(gain.alone, 1)))])


def _failed(gain: Gain, card: Card) -> Html:
    if gain.item:
        if not gain.failed:
            return span("sqm-soft", _("passed, short of full points"))
        return span("", n_("{failed} of {n} visit", "{failed} of {n} visits", gain.visits, failed=gain.failed))
    return span("sqm-soft", _of_part(gain.part, card))


def _of_part(code: str, card: Card) -> str:
    """What a part without items was measured at: 58 % of 33 satisfied, 8.5 min on average."""
    evidence = card.result.parts.get(code)
    if evidence is None:
        return ""
    if code == SMS:
        if card.texts is None:
            return ""
        share = formats.share(evidence.raw / FULL_SCORE, 0)
        return _("{share} of {n} satisfied", share=share, n=formats.count(card.texts))
    minutes, _n = card.minutes(MINUTES[code].removeprefix("minutes_")) if code in MINUTES else (None, 0)
    if minutes is None:
        return n_("{n} visit", "{n} visits", evidence.n)
    return _("{minutes} min on average", minutes=formats.number(minutes, 1))


def _since(gain: Gain, card: Card) -> Html:
    """The first visit of the unbroken run of failures."""
    run = card.runs.get(gain.item)
    if run is None or not gain.failed:
        return NOTHING
    if not run.is_failing:
        return join([span("", _("passed again")), div("sqm-soft", formats.day(run.since))])
    told = _("{n} visits in a row", n=formats.count(run.visits)) if run.visits > 1 else _("the last visit")
    if run.is_open_ended and run.known > 1:
        told = _("{told}, never passed", told=told)
    return join([span("", formats.day(run.since)), div("sqm-soft", told)])


def _peers(gain: Gain, choice: Choice) -> Html:
    if not gain.item:
        return NOTHING
    found = data_card.peers(choice, gain.item)
    if not found:
        return span("sqm-soft", _("no store of the class in every visit"))
    return span("", listed([name(each) for each in found], most=3))


def _to_do(gain: Gain, card: Card, actions: Mapping[str, Action], rights: Rights) -> Html:
    code = gain_code(gain)
    ways: list[Html] = []
    if code in actions:
        ways.append(span("", _("action due {day}", day=formats.day(actions[code].deadline))))
    elif rights.acts:
        ways.append(way(_("Open an action"), mend=code))
    short = card.short.get(gain.item, ())
    if short and rights.appeals:
        ways.append(way(_("Query the mark"), query=mark_code(short[0], gain.item)))
    return div("sqm-store-ways", *ways)


def _whole(card: Card, choice: Choice) -> Html:
    """All that was lost adds up to 100 - score; the way to the whole list and back."""
    total = sum(each.points for each in card.gains)
    rest = len(card.gains) - len(card.first_to_mend)
    told = n_(
        "The {n} loss is {total} points, exactly what is missing to 100.",
        "The {n} losses add up to {total} points, exactly what is missing to 100.",
        len(card.gains),
        total=words.points(total),
    )
    more = NOTHING
    if choice.all_rows:
        more = way(_("Only the first"), rows="")
    elif rest > 0:
        more = way(n_("{n} more", "{n} more", rest), rows=ALL_ROWS)
    critical = _("A failed critical item holds the whole visit down; mended alone an item beside it may bring less.")
    return join([div("sqm-soft", told, " ", more), footnote(critical)])
