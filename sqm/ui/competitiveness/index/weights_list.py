"""The versions of the weights: from which month on, who decided them, why; and the way to another one or back."""

from datetime import date
from functools import lru_cache

from sqm.rules.periods import month_of
from sqm.rules.rivals.index_weights import Part, Version
from sqm.ui import formats, links
from sqm.ui.competitiveness import competitiveness_words as words
from sqm.ui.competitiveness.index import data_index
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, footnote, join, table
from sqm.ui.words import _, language, n_, use


def retractable(today: date) -> dict[str, Version]:
    """Versions that may still be taken back, by id: no month that is over was worked out with them."""
    return {
        each.decision_id: each
        for each in data_index.versions()
        if each.decision_id and each.definition.valid_from >= month_of(today)
    }


@lru_cache(maxsize=KEPT)
def _block(at: Stamp, weighs: bool, today: date, spoken: str) -> Html:
    found = data_index.versions()
    with use(spoken):
        decided = len(found) - 1
        title = n_("The weights were decided {n} time", "The weights were decided {n} times", decided)
        under = _("a month is worked out with the weights that were in force in it, and keeps them")
        parts = [block_title(title if decided else _("The weights are a default: nobody has decided them"), under)]
        if weighs:
            way = links.link(_("Decide the weights"), "competitiveness", css="sqm-way", weigh="new", back="")
            parts.append(div("sqm-ways", way))
        titles = [_("From"), *(words.part_title(part) for part in Part), _("Decided"), _("Reason")]
        head = [el("th", title, css="sqm-r" if 0 < place < 4 else "") for place, title in enumerate(titles)]
        open_ones = retractable(today) if weighs else {}
        parts.append(table(head, [_row(each, titles, open_ones) for each in reversed(found)], "sqm-list"))
        return join([*parts, footnote(_("Weights add up to 100. The quality department decides them."))])


def block(weighs: bool, today: date) -> Html:
    """weighs: the viewer may decide the weights."""
    return _block(stamp(), weighs, month_of(today), str(language()))


def _row(found: Version, titles: list[str], open_ones: dict[str, Version]) -> Html:
    is_default = found.definition.is_default
    start = _("from the beginning") if is_default else formats.month(found.definition.valid_from)
    way = NOTHING
    if found.decision_id in open_ones:
        way = links.link(_("take back"), "competitiveness", css="sqm-way", back=found.decision_id, weigh="")
    given = found.definition.weights
    numbers = [cell(f"{given[part.value]:g}", words.part_title(part), "sqm-r") for part in Part]
    return el(
        "tr",
        cell(start, titles[0], "sqm-name"),
        *numbers,
        cell(join([div("", words.decided(found)), way]), titles[-2]),
        cell(found.reason or formats.MISSING, titles[-1]),
    )
