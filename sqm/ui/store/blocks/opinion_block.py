"""What customers answered: five items, one column a channel, never blended."""

from sqm.rules.sampling import Showing
from sqm.ui import formats
from sqm.ui.doors import data_names
from sqm.ui.markup import Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.store import store_words as words
from sqm.ui.store.doors.data_card import Card
from sqm.ui.store.doors.data_opinion import CHANNELS, ITEMS, WHOLE, Opinion, Opinions
from sqm.ui.stores.doors.data_scores import CHANNEL
from sqm.ui.words import _


def opinion(card: Card, found: Opinions) -> Html:
    under = words.BETWEEN.join([_("share of satisfied customers, 8 to 10 of 10"), words.period(card)])
    if not found.channels:
        missing = empty(_("No customer of this store was asked."), _("An analyst uploads answers of the store survey."))
        return join([block_title(finding(found)), missing])
    return join([block_title(finding(found), under), _table(found), _notes()])


def finding(found: Opinions) -> str:
    """What really moved in the channel that is scored, else the lowest of its four items."""
    channel = next(iter(found.channels), CHANNEL)
    items = {item: found.found[item, channel] for item in ITEMS if (item, channel) in found.found}
    moved = [(item, each) for item, each in items.items() if each.is_moved and each.change is not None]
    by = data_names.names().label("channel", channel)
    if moved:
        item, each = max(moved, key=lambda pair: abs(pair[1].change or 0.0))
        told = {"item": data_names.names().item(item), "change": formats.points(each.change), "channel": by}
        if (each.change or 0.0) < 0:
            return _("{item} fell beyond chance: {change} ({channel})", **told)
        return _("{item} rose beyond chance: {change} ({channel})", **told)
    shown = {item: each for item, each in items.items() if item != WHOLE and each.showing is not Showing.HIDDEN}
    if not shown:
        return _("Too few answers to tell what customers are least satisfied with")
    lowest = min(shown, key=lambda item: shown[item].share)
    return _(
        "Customers are least satisfied with: {item}, {share} ({channel})",
        item=data_names.names().item(lowest),
        share=formats.share(shown[lowest].share, 0),
        channel=by,
    )


def _table(found: Opinions) -> Html:
    names = data_names.names()
    titles = ["", *(names.label("channel", each) for each in CHANNELS)]
    head = [el("th", title, css="sqm-r" if place else "") for place, title in enumerate(titles)]
    head[1] = el("th", titles[1], " ", span("sqm-badge", _("in the score")), css="sqm-r")
    rows = [_row(item, found, titles) for item in ITEMS if any((item, each) in found.found for each in CHANNELS)]
    rows.append(_means(found, titles))
    return table(head, rows, "sqm-list sqm-store-opinion")


def _row(item: str, found: Opinions, titles: list[str]) -> Html:
    cells = [cell(data_names.names().item(item), titles[0], "sqm-name")]
    for channel, title in zip(CHANNELS, titles[1:], strict=True):
        cells.append(_cell(found.found.get((item, channel)), title))
    return el("tr", *cells)


def _cell(each: Opinion | None, title: str) -> Html:
    if each is None:
        return cell(formats.MISSING, title, "sqm-r")
    if each.showing is Showing.HIDDEN:
        return cell(span("sqm-soft", _("too few")), title, "sqm-r")
    limits = each.interval
    share = formats.share_interval(each.share, limits.low if limits else None, limits.high if limits else None, 0)
    told = [formats.sample(each.n)]
    if each.change is not None:
        told.append(formats.points(each.change, 0))
        told.append(_("beyond chance") if each.is_moved else "")
    soft = words.BETWEEN.join(part for part in told if part)
    thin = " sqm-thin" if each.showing is Showing.GREY else ""
    return cell(join([share, div("sqm-soft", soft)]), title, f"sqm-r{thin}")


def _means(found: Opinions, titles: list[str]) -> Html:
    cells = [cell(_("plain mean of the four"), titles[0], "sqm-name")]
    for channel, title in zip(CHANNELS, titles[1:], strict=True):
        cells.append(cell(formats.share(found.mean.get(channel), 0), title, "sqm-r"))
    return el("tr", *cells, css="sqm-thin")


def _notes() -> Html:
    return footnote(
        _("Channels ask other customers in other ways and are never added up. Change: against as many months before."),
        _(
            "Too few: answers are counted in whole groups of months with 5 or more of a channel, so that no two "
            "periods tell the few between them. A group that begins before the period is left out of it: a longer one "
            "has it."
        ),
        _("Grey: fewer than 30 answers. The plain mean of the four is how the sources work out a store's result."),
    )
