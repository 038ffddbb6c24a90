"""Which items of a theme fail: over all stores with intervals, and store by store as a table of heat."""

import pandas as pd

from sqm.rules.audits.audit_visits import LEAST_VISITS
from sqm.rules.sampling import Showing
from sqm.rules.stores.fair_ranks import Standing
from sqm.ui import formats
from sqm.ui.doors.data_names import Record, records
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.stores import stores_words as words
from sqm.ui.stores.blocks import fair_table
from sqm.ui.stores.doors.data_stores import Items
from sqm.ui.stores.stores_choice import Choice
from sqm.ui.words import _, listed, n_

MOST_STORES, MOST_ITEMS = 40, 16
_NAMED_HEADS = 8
"""Of more items the columns have only the number of the list above."""
_STEPS = (0.0, 0.1, 0.25, 0.5)
"""A cell is darker beyond each of these shares."""


def blocks(found: Items, choice: Choice, known: dict[str, Record], districts: dict[str, str], period: str) -> Html:
    under = " · ".join([words.theme(choice.theme), _where(choice, districts), period])
    if found.rates.empty:
        nothing = empty(
            _("No item was marked in these months, here and in this class."),
            _("Choose another window, district or class; files with totals alone hold no items."),
        )
        return join([block_title(words.theme(choice.theme), under), nothing])
    return join(
        [
            block_title(_finding(found), under),
            _rates(found),
            footnote(
                _(
                    "Failed: fewer points than the item is passed with. Interval: 95 %, Wilson on the effective n, for "
                    "visits to the same store resemble each other. Grey: fewer than 30 visits; fewer than 5 not shown."
                ),
                _("For training and mending; a visit judges the store, never a person."),
            ),
            *_heat(found, choice, known, districts),
        ]
    )


def _where(choice: Choice, districts: dict[str, str]) -> str:
    place = districts.get(choice.district, choice.district) if choice.district else _("all districts")
    return f"{place}, {words.group(choice.group)}" if choice.group else place


def _finding(found: Items) -> str:
    """Fails most often: queue guided (31 % of 220 visits); 2 critical items fail in one visit of ten or more"""
    first = found.rates.iloc[0]
    said = _(
        "Fails most often: {item} ({share} of {visits} visits)",
        item=words.item(str(found.rates.index[0])),
        share=formats.share(float(first["share"]), 0),
        visits=formats.count(int(first["visits"])),
    )
    critical = int((found.rates["critical"] & (found.rates["share"] >= 0.1)).sum())
    if not critical:
        return said
    return (
        said
        + _("; ")
        + n_(
            "{n} critical item fails in a tenth of the visits or more",
            "{n} critical items fail in a tenth of the visits or more",
            critical,
        )
    )


def _rates(found: Items) -> Html:
    titles = [_("Item"), _("Visits in which it failed"), _("95 % interval"), _("Visits"), _("Stores")]
    rows = [_rate(place, str(item), row, titles) for place, (item, row) in enumerate(found.rates.iterrows(), 1)]
    head = [el("th", title, css="sqm-r" if place in (2, 3, 4) else "") for place, title in enumerate(titles)]
    return table(head, rows, "sqm-list sqm-fail-rates")


def _rate(place: int, item: str, row: "pd.Series[float]", titles: list[str]) -> Html:
    showing = Showing(str(row["showing"]))
    hidden = showing is Showing.HIDDEN
    share, low, high = (float(row[each]) for each in ("share", "low", "high"))
    critical = span("sqm-badge", _("critical")) if bool(row["critical"]) else NOTHING
    bar = el("i", css="sqm-fails", style=f"width:{share * 100:.1f}%")
    limits = f"{formats.number(low * 100)}–{formats.share(high, 0)}"
    return el(
        "tr",
        cell(join([span("sqm-no", str(place)), span("", words.item(item)), critical], " "), titles[0], "sqm-name"),
        cell(formats.MISSING if hidden else div("sqm-fail", span("", formats.share(share, 0)), bar), titles[1]),
        cell(formats.MISSING if hidden else limits, titles[2], "sqm-r"),
        cell(formats.count(int(row["visits"])), titles[3], "sqm-r"),
        cell(formats.count(int(row["stores"])), titles[4], "sqm-r"),
        css="" if showing is Showing.SHOWN else "sqm-thin",
    )


def _heat(found: Items, choice: Choice, known: dict[str, Record], districts: dict[str, str]) -> list[Html]:
    """Stores by items; worst items left, worst stores on top. Only stores that the viewer sees."""
    totals = {store: each for store, each in found.totals.items() if store in known}
    if not totals:
        return []
    items = [str(item) for item in found.rates.index[:MOST_ITEMS]]
    order = [each for each in found.worst_first if each in totals]
    shown = order[:MOST_STORES]
    cells = {
        (str(row["store"]), str(row["item"])): (int(row["n"]), int(row["failed"]))
        for row in records(found.by_store.reset_index())
    }
    head = [el("th", _("Store")), el("th", _("All items"), css="sqm-item")]
    head += [_head(place, item, len(items) <= _NAMED_HEADS) for place, item in enumerate(items, 1)]
    rows = [
        el(
            "tr",
            cell(fair_table.store_name(store, choice, known, districts), _("Store"), "sqm-name"),
            _cell(totals[store][:2], _("All items"), totals[store][2]),
            *(_cell(cells.get((store, item)), str(place)) for place, item in enumerate(items, 1)),
        )
        for store in shown
    ]
    under = _(
        "Share of visits in which the item failed, %, and how many visits; items in the order of the list above, "
        "stores that fail most on top as far as their few visits bear it"
    )
    return [
        block_title(_stores_finding(found, choice, known), under),
        table(head, rows, "sqm-list sqm-items"),
        footnote(*_left_out(len(order) - len(shown), len(found.rates) - len(items)), _note()),
    ]


def _stores_finding(found: Items, choice: Choice, known: dict[str, Record]) -> str:
    """Stores are singled out within a class only, and only where chance is ruled out."""
    if choice.group is None or found.fair is None:
        return _("Store by store; choose a class to see who differs by more than chance")
    which = words.group(choice.group)
    if found.fair.are_alike:
        return _("{group}: by these items the stores cannot be told apart", group=which)
    worse = [each.code for each in found.fair.stores if each.standing is Standing.BELOW]
    if not worse:
        return _("{group}: no store alone fails more than chance explains", group=which)
    said = n_(
        "{group}: {n} store fails more than chance explains",
        "{group}: {n} stores fail more than chance explains",
        len(worse),
        group=which,
    )
    seen = [words.store(known[code], code) for code in worse if code in known]
    return said + (_(" ({stores})", stores=listed(seen)) if seen else "")


def _head(place: int, item: str, is_named: bool) -> Html:
    title = words.item(item)
    inside = join([span("sqm-no", str(place)), span("", title)], " ") if is_named else span("sqm-no", str(place))
    return el("th", inside, css="sqm-item", title=title)


def _cell(found: tuple[int, int] | None, label: str, visits: int | None = None) -> Html:
    """40 and beside it its n; grey and uncoloured below three visits (n, for a single item)."""
    if found is None or not found[0]:
        return el("td", formats.MISSING, css="sqm-thin", data_label=label)
    n, failed = found
    share = failed / n
    css = (
        "sqm-thin"
        if (n if visits is None else visits) < LEAST_VISITS
        else f"sqm-heat-{sum(share > step for step in _STEPS)}"
    )
    return el("td", formats.number(share * 100), el("small", str(n)), css=css, data_label=label)


def _left_out(stores: int, items: int) -> list[str]:
    parts = []
    if stores:
        parts.append(
            n_(
                "{n} more store that fails less is left out; choose a district.",
                "{n} more stores that fail less are left out; choose a district.",
                stores,
            )
        )
    if items:
        parts.append(
            n_(
                "{n} more item that fails less is in the list above only.",
                "{n} more items that fail less are in the list above only.",
                items,
            )
        )
    return parts


def _note() -> str:
    return _("Grey: fewer than three visits. Darker: fails in more than 0, 10, 25, 50 % of the visits.")
