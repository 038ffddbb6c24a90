"""The chart of rank intervals of a class, with the viewer's own stores in bold."""

from collections.abc import Sequence

from sqm.charts.stores import rank_intervals
from sqm.charts.stores.rank_intervals import RankRow, RankWords
from sqm.rules.stores.fair_ranks import FairTable, RankedStore
from sqm.ui import formats
from sqm.ui.doors.data_names import Record
from sqm.ui.markup import NOTHING, Html
from sqm.ui.stores import stores_words as words
from sqm.ui.words import _


def figure(
    found: FairTable,
    rows: Sequence[RankedStore],
    known: dict[str, Record],
    indicative: frozenset[str],
    is_limited: bool,
    dark: bool,
) -> Html:
    """Nothing where the class cannot be told apart: every interval would be the whole class.

    indicative: stores with too few visits for a rank. is_limited: the viewer does not see all stores: the own ones are
    marked, the others have no name.
    """
    if found.are_alike or not rows:
        return NOTHING
    drawn = [
        RankRow(
            name=words.store(known[each.code], each.code) if each.code in known else "",
            rank=each.expected,
            low=each.low,
            high=each.high,
            text=_text(each, each.is_rankable and each.code not in indicative),
            is_rankable=each.is_rankable and each.code not in indicative,
            is_own=is_limited and each.code in known,
        )
        for each in rows
    ]
    alt = _(
        "Places that chance leaves open, store by store, of {all} in the class; the table below says the same.",
        all=formats.count(len(found.stores)),
    )
    return Html(rank_intervals.figure(drawn, len(found.stores), RankWords(_("best"), _("worst")), alt, dark=dark))


def _text(each: RankedStore, is_rankable: bool) -> str:
    """The places, and the standing where there is one; a store without a rank of its own has a dash."""
    sign = words.sign(each.standing)
    if not is_rankable:
        return f"{formats.MISSING} {sign}".strip()
    return f"{each.low}–{each.high} {sign}".strip()
