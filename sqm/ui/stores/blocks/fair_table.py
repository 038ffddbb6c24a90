"""The fair table of a class: ranks as the places that chance leaves open, the raw score beside the fair one.

Stores that the viewer does not see stand in the picture without a name, and not in the list. A class that cannot be
told apart is listed by name, so that nobody is first or last in it.
"""

from collections.abc import Sequence

from sqm.rules.stores.fair_ranks import FairTable, RankedStore, Standing
from sqm.rules.stores.store_results import Compared, StoreResult
from sqm.ui import formats, links
from sqm.ui.doors.data_names import Record
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.stores import stores_words as words
from sqm.ui.stores.blocks import rank_chart
from sqm.ui.stores.doors import data_stores
from sqm.ui.stores.doors.data_scores import UNSEEN, StoresView
from sqm.ui.stores.stores_choice import Choice
from sqm.ui.words import _, listed, n_

MOST = 40
"""Lines of the table; of more stores the best and the last, the rest by district or in the workbook."""
_MOST_UNRANKED = 20


def blocks(
    view: StoresView, choice: Choice, known: dict[str, Record], districts: dict[str, str], is_limited: bool, dark: bool
) -> Html:
    """Title with the finding, and the table. known: stores that the viewer sees."""
    found = view.tables[choice.what].get(choice.one_class)
    rest = unranked(view, choice, known)
    under = " · ".join(
        [words.group(choice.one_class), words.compared(choice.what), formats.months(view.first, view.last)]
    )
    titles = _titles()
    grey = [_grey(each, choice, titles, known, districts) for each in rest[:_MOST_UNRANKED]]
    if found is None:
        nothing = empty(_("Nothing to compare in this class yet."), _("Choose another class, or a longer window."))
        listed_only = table(_heads(titles), grey, "sqm-list sqm-fair") if grey else NOTHING
        return join([block_title(words.group(choice.one_class), under), nothing, listed_only])
    kept, cut = _cut(listed_stores(found, choice, known))
    seen = [each for each in kept if each.code in known]
    lines = [_row(each, found, view, choice, titles, known, districts) for each in seen]
    indicative = frozenset(code for code, each in view.results.items() if words.is_indicative(each, choice.what))
    parts = [block_title(finding(found, view, choice, known), under)]
    if cut or len(rest) > _MOST_UNRANKED:
        parts.append(footnote(_cut_note(cut, len(rest) - _MOST_UNRANKED)))
    parts.append(rank_chart.figure(found, kept, known, indicative, is_limited, dark))
    parts.append(table(_heads(titles), [*lines, *grey], "sqm-list sqm-fair") if lines or grey else NOTHING)
    if len(seen) < len(kept):
        others = sum(each.code == UNSEEN for each in found.stores)
        parts.append(
            footnote(
                n_(
                    "{n} more store of the class is compared; its name is not shown to you.",
                    "{n} more stores of the class are compared; their names are not shown to you.",
                    others,
                )
            )
        )
    return join([*parts, _notes(found, choice)])


def finding(found: FairTable, view: StoresView, choice: Choice, known: dict[str, Record]) -> str:
    """Own stores, medium: 4 of 37 stand below the middle (Cassia, ...), 2 above; the rest cannot be told apart"""
    which, size = words.group(choice.one_class), len(found.stores)
    if found.are_alike:
        return n_(
            "{group}: the {n} store cannot be told apart",
            "{group}: the {n} stores cannot be told apart; no store is singled out",
            size,
            group=which,
        )
    sides = {side: [each for each in found.stores if each.standing is side] for side in Standing}
    above, below = sides[Standing.ABOVE], sides[Standing.BELOW]
    if not above and not below:
        return _(
            "{group}: the {all} stores differ by more than chance, but none of them alone stands out",
            group=which,
            all=formats.count(size),
        )
    parts = []
    if below:
        said = n_(
            "{n} of {all} stores stands below the middle",
            "{n} of {all} stores stand below the middle",
            len(below),
            all=formats.count(size),
        )
        parts.append(said + _named(below, view, choice, known))
    if above:
        said = n_("{n} above the middle", "{n} above the middle", len(above))
        parts.append(said + _named(above, view, choice, known))
    if sides[Standing.ALIKE]:
        parts.append(
            n_("{n} store cannot be told apart", "{n} stores cannot be told apart", len(sides[Standing.ALIKE]))
        )
    return _("{group}: {finding}", group=which, finding=_("; ").join(parts))


def _named(stores: Sequence[RankedStore], view: StoresView, choice: Choice, known: dict[str, Record]) -> str:
    """Of those that the viewer sees; a title names none by one or two visits."""
    seen = [
        words.store(known[each.code], each.code)
        for each in stores
        if each.code in known and not words.is_indicative(view.results.get(each.code), choice.what)
    ]
    return _(" ({stores})", stores=listed(seen)) if seen else ""


def listed_stores(found: FairTable, choice: Choice, known: dict[str, Record]) -> list[RankedStore]:
    """All of the class, or those of the chosen district; by name where ranks would say nothing."""
    rows = [
        each
        for each in found.stores
        if not choice.district or (each.code in known and known[each.code]["district_code"] == choice.district)
    ]
    if found.are_alike:
        rows.sort(key=lambda each: (each.code == UNSEEN, words.store(known.get(each.code), each.code), each.code))
    return rows


def unranked(view: StoresView, choice: Choice, known: dict[str, Record]) -> list[StoreResult]:
    """Stores of the class that have no place in it, most of the weight collected first."""
    found = view.tables[choice.what].get(choice.one_class)
    placed = set() if found is None else {each.code for each in found.stores}
    rows = [
        each
        for code, each in view.results.items()
        if each.group == choice.group
        and code not in placed
        and (not choice.district or known[code]["district_code"] == choice.district)
    ]
    return sorted(rows, key=lambda each: (-each.score.coverage, each.store))


def _cut(rows: list[RankedStore]) -> tuple[list[RankedStore], int]:
    """The viewer's own stores may lie in the middle: then they stay."""
    if len(rows) <= MOST:
        return rows, 0
    half = MOST // 2
    if sum(each.code != UNSEEN for each in rows) <= half:
        own = [each for each in rows[half:-half] if each.code != UNSEEN]
        kept = [*rows[:half], *own, *rows[-half:]]
    else:
        kept = [*rows[:half], *rows[-half:]]
    return kept, len(rows) - len(kept)


def _cut_note(cut: int, more: int) -> str:
    parts = []
    if cut:
        parts.append(
            n_(
                "{n} more store between the first and the last is left out here.",
                "{n} more stores between the first and the last are left out here.",
                cut,
            )
        )
    if more > 0:
        parts.append(
            n_("{n} more store without a place is left out.", "{n} more stores without a place are left out.", more)
        )
    parts.append(_("Choose a district to see its stores, or take the workbook."))
    return " ".join(parts)


def _titles() -> list[str]:
    return [
        _("Store"),
        _("Rank"),
        _("Standing"),
        _("Score"),
        _("Fair score"),
        _("Visits"),
        _("Collected"),
        _("Most points lost in"),
    ]


def _heads(titles: list[str]) -> list[Html]:
    return [el("th", title, css="sqm-r" if place in (3, 4, 5, 6) else "") for place, title in enumerate(titles)]


def _row(
    each: RankedStore,
    found: FairTable,
    view: StoresView,
    choice: Choice,
    titles: list[str],
    known: dict[str, Record],
    districts: dict[str, str],
) -> Html:
    result = view.results.get(each.code)
    fair = each.shrunk
    between = f"{formats.number(max(fair.interval.low, 0.0), 1)}–{formats.number(min(fair.interval.high, 100.0), 1)}"
    is_indicative = words.is_indicative(result, choice.what)
    rank = words.rank(each, len(found.stores)) if each.is_rankable and not is_indicative else formats.MISSING
    return el(
        "tr",
        cell(store_name(each.code, choice, known, districts), titles[0], "sqm-name"),
        cell(rank, titles[1]),
        cell(words.standing(each.standing, is_indicative), titles[2]),
        cell(formats.number(fair.raw, 1), titles[3], "sqm-r"),
        cell(join([span("", formats.number(fair.value, 1)), div("sqm-soft", between)]), titles[4], "sqm-r"),
        cell(_visits(result), titles[5], "sqm-r"),
        cell(formats.MISSING if result is None else formats.share(result.score.coverage, 0), titles[6], "sqm-r"),
        cell(_most_lost(result, choice), titles[7]),
    )


def _grey(
    result: StoreResult, choice: Choice, titles: list[str], known: dict[str, Record], districts: dict[str, str]
) -> Html:
    """A store without a place: its score, if there is any, and why it has none."""
    raw = result.score.score if choice.what is Compared.COMPOSITE else None
    if choice.what is Compared.AUDIT and result.visits is not None:
        raw = result.visits.mean
    return el(
        "tr",
        cell(store_name(result.store, choice, known, districts), titles[0], "sqm-name"),
        cell(formats.MISSING, titles[1]),
        cell(join([span("", _("not ranked")), div("sqm-soft", words.unranked(result, choice.what))]), titles[2]),
        cell(formats.number(raw, 1), titles[3], "sqm-r"),
        cell(formats.MISSING, titles[4], "sqm-r"),
        cell(_visits(result), titles[5], "sqm-r"),
        cell(formats.share(result.score.coverage, 0), titles[6], "sqm-r"),
        cell(_most_lost(result, choice), titles[7]),
        css="sqm-thin",
    )


def store_name(code: str, choice: Choice, known: dict[str, Record], districts: dict[str, str]) -> Html:
    """The name as a link to the store's page, code and district beneath; nothing of both for a store of others."""
    if code not in known:
        return span("sqm-soft", _("another store of the class"))
    row = known[code]
    title = words.store(row, code)
    link = links.link(title, "store", store=code, month=f"{choice.month:%Y-%m}", span=choice.span)
    where = districts.get(str(row["district_code"]), str(row["district_code"]))
    return join([link, div("sqm-soft", f"{code} · {where}")])


def _visits(result: StoreResult | None) -> str | Html:
    if result is None:
        return formats.MISSING
    n = 0 if result.visits is None else result.visits.n
    badge = words.one_visit(result)
    return join([span("", formats.count(n)), div("sqm-soft", span("sqm-badge sqm-warn", badge))]) if badge else str(n)


def _most_lost(result: StoreResult | None, choice: Choice) -> str | Html:
    """The part that cost most points, and the item that cost most of them. Of the visits alone: the theme."""
    if result is None:
        return formats.MISSING
    if choice.what is Compared.AUDIT:
        return _of_visits(result, choice)
    parts = [each for each in result.score.parts if each.effective > 0 and each.lost > 0]
    if not parts:
        return formats.MISSING
    worst = max(parts, key=lambda each: (each.lost, each.code))
    item = next((each.item for each in result.gains if each.part == worst.code and each.item), "")
    return _lost(words.part(worst.code), worst.lost, item)


def _of_visits(result: StoreResult, choice: Choice) -> str | Html:
    losses = data_stores.theme_losses(choice.month, choice.span).get(result.store, {})
    worst = max(losses, key=lambda each: (losses[each], each), default=None)
    if worst is None or losses[worst] <= 0:
        return formats.MISSING
    if worst:
        return _lost(words.theme(worst), losses[worst], "")
    return next((words.item(each.item) for each in result.gains if each.item), formats.MISSING)


def _lost(what: str, points: float, item: str) -> Html:
    said = _("{part}: {points} points", part=what, points=formats.number(points, 1))
    return join([span("", said), div("sqm-soft", words.item(item)) if item else NOTHING])


def _notes(found: FairTable, choice: Choice) -> Html:
    return footnote(
        _(
            "Rank: the places that chance leaves open (95 %, 1,000 draws), within the class only. Score: as measured. "
            "Fair score: pulled towards the mean of the class ({centre}) by as much as chance moves it, with its 95 % "
            "interval. Above and below: the interval leaves that mean out.",
            centre=formats.number(found.centre, 1),
        ),
        _(
            "Chance that equal stores would differ so much: {chance}. Stores with less than 70 % of the weight "
            "collected, or without any visit, are not ranked; of the visits alone, fewer than three give no rank and "
            "no colour.",
            chance=formats.share(found.chance, 1) if found.chance >= 0.001 else _("less than 0.1 %"),
        ),
        _("A year tells stores apart; a month holds two visits, which chance moves more than stores differ."),
    )
