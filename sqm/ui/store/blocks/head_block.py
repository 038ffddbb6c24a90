"""The head of the page: score, place in the class, visits and the pass mark, and the change since the window before."""

from sqm.rules.stores.store_score import score_changes
from sqm.ui import formats, links
from sqm.ui.markup import NOTHING, Html, block_title, div, el, join, span
from sqm.ui.store import store_words as words
from sqm.ui.store.doors.data_card import Card
from sqm.ui.store.store_choice import Choice
from sqm.ui.words import _, listed, n_


def head(card: Card, choice: Choice) -> Html:
    """Four cards under the finding."""
    cards = [_score(card), _place(card, choice), _visits(card), _change(card)]
    return join(
        [
            block_title(words.head(card), words.under(card)),
            div("sqm-cards sqm-store-head", *(el("section", each) for each in cards)),
        ]
    )


def _card(label: str, value: str, *notes: str) -> Html:
    inside = [div("sqm-label", label), div("sqm-number", value)]
    return div("sqm-headline", *inside, *(div("sqm-note", note) for note in notes if note))


def _score(card: Card) -> Html:
    score, notes = card.score, []
    if score.missing:
        missing = listed([words.part(each) for each in score.missing], most=4)
        notes.append(_("not collected: {parts}", parts=missing))
        if card.result.band is not None:
            notes.append(
                _(
                    "{low}–{high}, if that were like the worst or the best of the class",
                    low=words.points(card.result.band.low),
                    high=words.points(card.result.band.high),
                )
            )
    else:
        notes.append(_("every part was collected"))
    if card.class_mean is not None:
        notes.append(
            n_(
                "average of its class: {mean} ({n} store)",
                "average of its class: {mean} ({n} stores)",
                card.class_size,
                mean=words.points(card.class_mean),
            )
        )
    return _card(_("Score, of 100"), words.points(score.score), *notes)


def _place(card: Card, choice: Choice) -> Html:
    label, place = _("Place in its class"), card.place
    of_class = join([_("compared within: {group}", group=words.store_class(card)), " · ", _table_of(card, choice)])
    if not card.score.is_ranked:
        told = _(
            "below {share} of the weight no store is ranked", share=formats.share(card.definition.least_coverage, 0)
        )
        return _card(label, "–", told)
    if place is None:
        return _card(label, "–", _("too few visits: how far chance reaches is not known"), of_class)
    if place.are_alike:
        told = _("the {n} stores differ no more than equal ones would", n=formats.count(place.of))
        return _card(label, "–", told, of_class)
    plausible = _("plausibly {low}–{high} of {of}", low=place.ranked.low, high=place.ranked.high, of=place.of)
    if not place.ranked.is_rankable:
        return _card(label, "–", _("too few visits for a rank: {plausible}", plausible=plausible), of_class)
    return _card(label, words.rank(place.ranked.expected), plausible, of_class)


def _table_of(card: Card, choice: Choice) -> Html:
    """The way to the fair table of the class, of the same months."""
    group = {"class": ".".join(card.result.group)}
    period = {"month": f"{choice.month:%Y-%m}", "span": str(choice.span)}
    return links.link(_("its table"), "stores", css="sqm-way", view="table", **group, **period)


def _visits(card: Card) -> Html:
    label, n = _("Audit visits"), len(card.visits)
    last = _("last on {day}", day=formats.day(card.last_on)) if card.last_on else _("never audited")
    notes: list[str] = [last]
    found = card.result.visits
    if found is not None:
        notes.append(_mean(card))
        if found.is_indicative:
            told = _("few visits: one is {share} of the result", share=formats.share(found.distortion, 0))
            notes.append(span("sqm-badge sqm-warn", told))
    notes.append(_passes(card))
    return _card(label, formats.count(n), *notes)


def _mean(card: Card) -> str:
    found = card.result.visits
    if found is None:
        return ""
    limits = found.shown
    if limits is None:
        return _("visit score {mean}", mean=words.points(found.mean))
    return _(
        "mean visit score {mean}, interval {low}–{high}",
        mean=words.points(found.mean),
        low=words.points(limits.low),
        high=words.points(limits.high),
    )


def _passes(card: Card) -> Html:
    """How many visits reach the pass mark of their month; the mark is the province's."""
    judged = card.judged
    if not judged:
        return NOTHING
    mark = judged[0].pass_mark
    css, symbol = ("sqm-met", "✓") if card.passed == len(judged) else ("sqm-missed", "✕")
    told = n_(
        "{passed} of {n} visit reaches the province's pass mark of {mark}",
        "{passed} of {n} visits reach the province's pass mark of {mark}",
        len(judged),
        passed=card.passed,
        mark=formats.number(mark, 0),
    )
    return join([span(f"sqm-status {css}", symbol), " ", told])


def _change(card: Card) -> Html:
    """Against as many months before, and which parts brought it."""
    before, now = card.before, card.score
    label = _("Since the period before")
    if before is None or before.score is None or now.score is None:
        return _card(label, "–", _("the period before has no score"))
    changes = {code: value for code, value in score_changes(before, now).items() if abs(value) >= 0.05}
    largest = sorted(changes, key=lambda code: -abs(changes[code]))[:3]
    told = [f"{words.part(code)} {words.points(changes[code], signed=True)}" for code in largest]
    was = _("it was {score}", score=words.points(before.score))
    caution = "" if before.missing == now.missing else _("other parts were collected then: compare with care")
    return _card(label, words.points(now.score - before.score, signed=True), was, _(", ").join(told), caution)
