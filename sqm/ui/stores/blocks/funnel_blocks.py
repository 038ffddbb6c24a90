"""The funnel of a class: who lies outside what chance does to equal stores, and how many would by chance alone."""

from sqm.charts.stores import funnel_plot
from sqm.charts.stores.funnel_plot import FunnelView, FunnelWords
from sqm.rules.stores.funnel import Call, Point, false_finds
from sqm.ui import formats
from sqm.ui.doors.data_names import Record
from sqm.ui.markup import Html, block_title, cell, el, empty, footnote, join, span, table
from sqm.ui.stores import stores_words as words
from sqm.ui.stores.blocks import fair_table
from sqm.ui.stores.doors.data_scores import UNSEEN
from sqm.ui.stores.doors.data_stores import StoreFunnel
from sqm.ui.stores.stores_choice import Choice
from sqm.ui.stores.views import Measure
from sqm.ui.words import _, n_

_MOST_NAMED, _MOST_LISTED = 10, 40
_ROLES = {
    Call.ALARM_LOW: "missed",
    Call.ALERT_LOW: "near",
    Call.IN: "own",
    Call.ALERT_HIGH: "met",
    Call.ALARM_HIGH: "met",
    Call.NO_DATA: "no_data",
}


def blocks(
    found: StoreFunnel | None,
    choice: Choice,
    known: dict[str, Record],
    districts: dict[str, str],
    period: str,
    dark: bool,
) -> Html:
    under = " · ".join([words.group(choice.one_class), words.measure(choice.measure), period])
    if found is None:
        nothing = empty(
            _("No store of this class has any of it in these months."), _("Choose another class or window.")
        )
        return join([block_title(words.group(choice.one_class), under), nothing])
    outside = _outside(found)
    return join(
        [
            block_title(_finding(found, outside, choice), under),
            _figure(found, outside, choice, known, period, dark),
            _list(found, outside, choice, known, districts),
            footnote(*_notes(found, choice)),
        ]
    )


def _outside(found: StoreFunnel) -> list[tuple[str, Point]]:
    """Furthest out first: by the exact tail."""
    rows = [(code, point) for code, point in zip(found.codes, found.found.points, strict=True) if point.call.side]
    return sorted(rows, key=lambda each: min(each[1].tail_low or 0.0, each[1].tail_high or 0.0))


def _finding(found: StoreFunnel, outside: list[tuple[str, Point]], choice: Choice) -> str:
    """Own stores, medium: 2 of 37 stores lie below what chance does, 3 above"""
    size = sum(point.call is not Call.NO_DATA for point in found.found.points)
    every = formats.count(size)
    low = sum(point.call.side < 0 for _code, point in outside)
    which = words.group(choice.one_class)
    if not outside:
        return n_(
            "{group}: the {n} store lies within what chance does",
            "{group}: all {n} stores lie within what chance does",
            size,
            group=which,
        )
    parts = []
    if low:
        parts.append(
            n_(
                "{n} of {all} stores lies below what chance does",
                "{n} of {all} stores lie below what chance does",
                low,
                all=every,
            )
        )
    if low < len(outside):
        parts.append(
            n_("{n} above", "{n} above", len(outside) - low)
            if low
            else n_(
                "{n} of {all} stores lies above what chance does",
                "{n} of {all} stores lie above what chance does",
                len(outside),
                all=every,
            )
        )
    return _("{group}: {finding}", group=which, finding=_("; ").join(parts))


def _figure(
    found: StoreFunnel,
    outside: list[tuple[str, Point]],
    choice: Choice,
    known: dict[str, Record],
    period: str,
    dark: bool,
) -> Html:
    x_title = _("items marked") if choice.measure is Measure.PASSED else _("SMS answers (effective n)")
    plot_words = FunnelWords(
        x_title=x_title,
        y_title=words.measure(choice.measure),
        centre=_("all stores"),
        inner=_("95 %"),
        outer=_("99.8 %"),
        calls={call: (words.call(call), role) for call, role in _ROLES.items()},
    )
    told = {code for code, _point in outside if code != UNSEEN}
    if len(known) < len(found.codes):  # the viewer's own stores are named wherever they lie
        told |= {code for code in found.codes if code in known}
    order = sorted(
        (place for place, code in enumerate(found.codes) if code in told),
        key=lambda place: _tail(found.found.points[place]),
    )
    named = {place: words.store(known.get(found.codes[place]), found.codes[place]) for place in order[:_MOST_NAMED]}
    alt = _(
        "Funnel plot of {measure} by store, {period}: {inside} stores within chance, {outside} outside.",
        measure=words.measure(choice.measure),
        period=period,
        inside=len(found.found.points) - len(outside),
        outside=len(outside),
    )
    return Html(funnel_plot.figure(FunnelView(found.found, plot_words, named), alt, dark=dark))


def _tail(point: Point) -> float:
    return min(1.0 if point.tail_low is None else point.tail_low, 1.0 if point.tail_high is None else point.tail_high)


def _list(
    found: StoreFunnel,
    outside: list[tuple[str, Point]],
    choice: Choice,
    known: dict[str, Record],
    districts: dict[str, str],
) -> Html:
    """Stores outside that the viewer sees; of the others only how many."""
    seen = [
        (code, point)
        for code, point in outside
        if code != UNSEEN and (not choice.district or known[code]["district_code"] == choice.district)
    ]
    titles = [_("Store"), _("Share"), _("Cases"), _("Call"), _("Chance of so far out")]
    rows = [
        el(
            "tr",
            cell(fair_table.store_name(code, choice, known, districts), titles[0], "sqm-name"),
            cell(formats.share(point.share), titles[1], "sqm-r"),
            cell(formats.number(point.n), titles[2], "sqm-r"),
            cell(_call(point.call), titles[3]),
            cell(_chance(_tail(point)), titles[4], "sqm-r"),
        )
        for code, point in seen[:_MOST_LISTED]
    ]
    head = [el("th", title, css="sqm-r" if place in (1, 2, 4) else "") for place, title in enumerate(titles)]
    parts = [table(head, rows, "sqm-list")] if rows else []
    hidden = len(outside) - len(rows)
    if hidden:
        parts.append(
            footnote(
                n_("{n} more store outside is not listed here.", "{n} more stores outside are not listed here.", hidden)
            )
        )
    return join(parts)


def _call(call: Call) -> Html:
    arrow = "▼" if call.side < 0 else "▲"
    role = _ROLES[call]
    return span(f"sqm-status sqm-{role}", f"{arrow} {words.call(call)}")


def _chance(tail: float) -> str:
    return _("less than 0.1 %") if tail < 0.001 else formats.share(tail, 1)


def _notes(found: StoreFunnel, choice: Choice) -> list[str]:
    expected = false_finds(found.found.points)
    notes = [
        _(
            "Of equal stores chance alone would call out about {n} by their exact binomial tails (5 in 100): look at a "
            "store before you speak of it.",
            n=formats.number(expected, 1),
        )
    ]
    spread = found.found.dispersion
    if spread is None:
        notes.append(_("Fewer than five stores: whether they differ by more than chance cannot be told."))
    elif spread.tau2 > 0:
        notes.append(
            _(
                "The stores differ {phi} times as much as equal stores would (over-dispersion), so the limits are "
                "wider, and a store is called out only beyond them.",
                phi=formats.number(spread.phi, 1),
            )
        )
    else:
        notes.append(_("The stores differ no more than equal stores would; the limits are those of chance alone."))
    if choice.measure is Measure.PASSED:
        notes.append(_("Items of one visit resemble each other; the wider limits take that in."))
    return notes
