"""What a store manager sees first: the score and where points were lost, what to mend first, and by when.

The store's own page says all of it in full; here stands what decides the day.
"""

from datetime import date

from sqm.rules.access import Scope
from sqm.rules.stores.points_to_gain import Gain
from sqm.rules.stores.store_score import PartScore
from sqm.rules.tasks.tasks import Code, Task
from sqm.ui import formats, links
from sqm.ui.home.home_blocks import card as number_card
from sqm.ui.home.tasks import task_words
from sqm.ui.markup import Html, block_title, div, el, join, span
from sqm.ui.store import store_words as words
from sqm.ui.store.doors import data_card
from sqm.ui.store.doors.data_card import Card
from sqm.ui.store.follow import mend_choice
from sqm.ui.store.store_choice import Choice
from sqm.ui.stores.doors import data_scores
from sqm.ui.stores.doors.data_scores import Span
from sqm.ui.words import _, n_

MOST_MENDED = 3


def only_store(scope: Scope) -> str:
    """The code of the viewer's store; '' for none or several."""
    found = list(data_scores.stores(scope))
    return found[0] if len(found) == 1 else ""


def card_of(scope: Scope, month: date) -> Card | None:
    """Of the only store, over the three months that see all themes."""
    store = only_store(scope)
    return data_card.card(scope, Choice(store, month, Span.QUARTER)) if store else None


def head(card: Card) -> Html:
    return block_title(words.head(card), words.under(card))


def cards(card: Card, tasks: tuple[Task, ...], today: date) -> Html:
    """Score, pass mark, points lost, and the next date."""
    return div("sqm-cards sqm-top sqm-even", _score(card), _passed(card), _lost(card), _next(tasks, today))


def _score(card: Card) -> Html:
    now, before = card.score.score, None if card.before is None else card.before.score
    mean = ""
    if card.class_mean is not None:
        mean = _("average of its class: {mean}", mean=words.points(card.class_mean))
    moved = _("no score in the three months before")
    if now is not None and before is not None:
        moved = _("{change} against the three months before", change=words.points(now - before, signed=True))
    return number_card(_("Score, of 100"), words.points(now), moved, mean)


def _passed(card: Card) -> Html:
    judged = card.judged
    if not judged:
        return number_card(_("Visits that pass"), formats.MISSING, _("no visit in these months"))
    sign = "✓" if card.passed == len(judged) else "✕"
    value = f"{sign} {_('{n} of {all}', n=card.passed, all=len(judged))}"
    mark = _("pass mark of the province: {mark}", mark=formats.number(judged[0].pass_mark))
    last = _("last visit on {day}", day=formats.day(card.last_on)) if card.last_on else _("never audited")
    return number_card(_("Visits that pass"), value, mark, last)


def _lost(card: Card) -> Html:
    whole, worst = card.score.lost, card.score.weakest
    if worst is None:
        return number_card(_("Points lost"), words.points(whole), _("No point was lost"))
    told = _("most of them: {part} {lost}", part=words.part(worst.code), lost=words.points(worst.lost))
    return number_card(_("Points lost"), words.points(whole), told, _("for the bulletin, no KPI, charged to nobody"))


def _next(tasks: tuple[Task, ...], today: date) -> Html:
    """What is due first of what the store itself can do."""
    first = next((each for each in tasks if each.code is not Code.APPEAL_WAITS and each.due is not None), None)
    if first is None:
        return number_card(_("Next deadline"), formats.MISSING, _("No action of the store has a deadline."))
    urgency = first.urgency(today)
    value = f"{task_words.SIGNS[urgency]} {task_words.left(first, today)}"
    return number_card(_("Next deadline"), value, first.text, formats.day(first.due), f"sqm-on-{urgency}")


def mend(card: Card) -> Html:
    """The few things that would bring most points, each the way to opening an action for it."""
    first = card.first_to_mend[:MOST_MENDED]
    if not first:
        return block_title(_("Nothing to mend: no point was lost"), words.period(card))
    total = sum(each.points for each in first)
    title = n_(
        "Mend this first: {n} thing would bring {points} points",
        "Mend these first: {n} things would bring {points} points",
        len(first),
        points=words.points(total),
    )
    items = [_gain(each, card) for each in first]
    store = str(card.record["store_code"])
    way = links.link(_("All that the store lost, and how to open an action"), "store", css="sqm-way", store=store)
    return join([block_title(title, words.period(card)), el("ol", *items, css="sqm-ranked"), el("p", way)])


def _gain(gain: Gain, card: Card) -> Html:
    code = mend_choice.gain_code(gain)
    link = links.link(words.lost(gain), "store", store=str(card.record["store_code"]), mend=code)
    points = span("sqm-better", _("+{points} points", points=words.points(gain.points)))
    parts = [words.part(gain.part)] if gain.item else []
    if gain.failed:
        parts.append(_("failed in {failed} of {visits} visits", failed=gain.failed, visits=gain.visits))
    return el("li", div("sqm-line", el("strong", link), points), div("sqm-soft", words.BETWEEN.join(parts)))


def parts(card: Card) -> Html:
    """Where points went, the largest loss first."""
    scored = sorted(card.score.collected, key=lambda each: -each.lost)
    items = [_part(each) for each in scored]
    return join(
        [
            block_title(words.parts_finding(card), _("gained of what each part weighs")),
            el("ul", *items, css="sqm-shares"),
        ]
    )


def _part(each: PartScore) -> Html:
    """A bar as wide as what was gained of the part."""
    share = each.gained / each.effective if each.effective else 0.0
    bar = el("i", el("b", style=f"width:{share * 100:.0f}%"), css="sqm-share")
    said = _("{gained} of {weight}", gained=words.points(each.gained), weight=formats.number(each.effective, 0))
    lost = span("sqm-soft", _("lost {points}", points=words.points(each.lost)))
    return el("li", span("", words.part(each.code)), bar, span("", said), lost)
