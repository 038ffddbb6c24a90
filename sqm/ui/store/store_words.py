"""What the store page says: the findings that stand as titles, and the names in them."""

from sqm.rules.stores.points_to_gain import Gain
from sqm.rules.watching.behaviour import Behaviour
from sqm.ui import formats
from sqm.ui.store.doors.data_card import Card
from sqm.ui.stores import stores_words
from sqm.ui.stores.doors import data_standards
from sqm.ui.words import N_, _, listed, name

BETWEEN = " · "
_SOURCES = {"third_party": N_("third party"), "two_way_evaluation": N_("two-way evaluation")}


def part(code: str) -> str:
    return stores_words.part(code)


def source(code: str) -> str:
    return _(_SOURCES[code]) if code in _SOURCES else code


def store_class(card: Card) -> str:
    """Own stores, large: what the store is compared within."""
    return stores_words.group(card.result.group)


def item(code: str) -> str:
    return data_standards.audit_names().item(code)


def themes(card: Card, code: str) -> str:
    """The themes that stood at a place of the composite in the window."""
    names = data_standards.audit_names()
    return listed([names.topic(each) for each in card.themes.get(code, ())], most=6)


def lost(gain: Gain) -> str:
    """What a loss is called: the item, else its part."""
    return item(gain.item) if gain.item else part(gain.part)


def period(card: Card) -> str:
    return formats.months(card.first, card.last)


def points(value: float | None, signed: bool = False) -> str:
    """Points of the composite, one decimal."""
    return formats.number(value, 1, signed=signed)


def under(card: Card) -> str:
    """S012 · own store, large · East district · Aug 2026 – Oct 2026"""
    parts = [
        str(card.record["store_code"]),
        store_class(card),
        name(card.district) or str(card.record["district_code"]),
        _("points of 100"),
        period(card),
    ]
    return BETWEEN.join(parts)


def head(card: Card) -> str:
    """The score and what may be said of its place."""
    called, score = name(card.record), card.score.score
    if score is None:
        return _("{store} has no score: nothing was collected", store=called)
    told = {"store": called, "score": points(score)}
    if not card.score.is_ranked:
        return _(
            "{store}: {score} points, not ranked: only {share} was collected",
            **told,
            share=formats.share(card.score.coverage, 0),
        )
    place = card.place
    if place is not None and place.are_alike:
        return _("{store}: {score} points, cannot be told apart from the others of its class", **told)
    if place is None or not place.ranked.is_rankable:
        return _("{store}: {score} points, too few visits for a rank", **told)
    return _(
        "{store}: {score} points, rank {rank}, plausibly {low}–{high} of {of}",
        **told,
        rank=rank(place.ranked.expected),
        low=place.ranked.low,
        high=place.ranked.high,
        of=place.of,
    )


def rank(expected: float) -> str:
    return formats.number(expected, 0)


def parts_finding(card: Card) -> str:
    """Which part lost most, of what was lost."""
    if not card.score.collected:
        return _("No part of the score was collected")
    worst = card.score.weakest
    if worst is None:
        return _("No point was lost")
    return _(
        "Most was lost on: {part}, {lost} of {whole} points",
        part=_told(card, worst.code),
        lost=points(worst.lost),
        whole=points(card.score.lost),
    )


def _told(card: Card, code: str) -> str:
    """Audit topic 1 (selling of plans); the part alone where themes changed in the window."""
    if len(card.themes.get(code, ())) != 1:
        return part(code)
    return _("{part} ({theme})", part=part(code), theme=themes(card, code))


def mend_finding(card: Card) -> str:
    first = card.first_to_mend
    if not first:
        return _("Nothing to mend: no point was lost")
    total = sum(each.points for each in first)
    if len(first) == 1:
        return _("Do this first: {item} would bring {points} points", item=lost(first[0]), points=points(total))
    return _("Do this first: {n} things would bring {points} points", n=len(first), points=points(total))


_TRENDS = {
    Behaviour.IMPROVING: N_("The score is really improving: more than chance"),
    Behaviour.FALLING_FOR_REAL: N_("The score is really falling: more than chance"),
    Behaviour.ORDINARY: N_("No real change: the score moves as chance moves it"),
    Behaviour.TOO_EARLY: N_("Too few audited months to tell a real change from chance"),
    Behaviour.NO_VARIATION: N_("The score never varies"),
    Behaviour.NO_DATA: N_("No month has enough of the score for a trend"),
}


def trend_finding(behaviour: Behaviour) -> str:
    return _(_TRENDS[behaviour])
