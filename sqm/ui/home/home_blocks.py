"""What the overview says about one month. Every block is HTML with a finding computed from the data."""

from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.doors.data_names import Months, Names, Places
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.markup import NOTHING, Html, div, el, join, span
from sqm.ui.matrix.data_matrix import MonthView, Reporting, cell_code
from sqm.ui.matrix.matrix_grid import owner_names
from sqm.ui.words import _, n_, name

MOST_WEAK = 4
MOST_CHANGES = 5


def finding(view: MonthView) -> str:
    """The page's sentence: how many met, how many missed, and against the month before."""
    tally, before = view.tally, view.tally_before
    total = sum(tally.values())
    month = formats.month(view.month)
    met, missed = tally[Status.MET], tally[Status.MISSED]
    if not sum(before.values()):
        return _(
            "{month}: {met} of {total} indicators met, {missed} missed",
            month=month,
            met=met,
            total=total,
            missed=missed,
        )
    difference = missed - before[Status.MISSED]
    if difference == 0:
        tail = _("as many as the month before")
    elif difference > 0:
        tail = n_("{n} more than the month before", "{n} more than the month before", difference)
    else:
        tail = n_("{n} fewer than the month before", "{n} fewer than the month before", -difference)
    return _(
        "{month}: {met} of {total} indicators met, {missed} missed, {against_before}",
        month=month,
        met=met,
        total=total,
        missed=missed,
        against_before=tail,
    )


def published(view: MonthView, months: Months) -> str:
    """published 8 Oct 2026, or that the month is still open."""
    at = months.published.get(view.month)
    return _("published {day}", day=formats.day(at)) if at else _("not yet published")


def tally_card(view: MonthView) -> Html:
    """Five counts that add up to all indicators, each against the month before."""
    known_before = sum(view.tally_before.values()) > 0
    parts = []
    for status in status_style.LOOKS:
        now = view.tally[status]
        change = formats.number(now - view.tally_before[status], 0, signed=True) if known_before else ""
        parts.append(
            el(
                "div",
                div("sqm-number", str(now)),
                Html(status_style.badge(status)),
                div("sqm-note", "±0" if change == "0" else change),
            )
        )
    total = _("{total} indicators, against the month before", total=sum(view.tally.values()))
    return el("section", div("sqm-label", total), div("sqm-tally", *parts), css="sqm-wide")


def card(label: str, value: str, note: str, more: str = "", status: str = "") -> Html:
    """One headline number with its words."""
    return el(
        "section",
        div("sqm-label", label),
        div(f"sqm-number {status}".strip(), value),
        div("sqm-note", note),
        div("sqm-note", more) if more else NOTHING,
    )


def reporting_card(owed: tuple[Reporting, ...], places: Places) -> Html:
    """Which districts have not sent what they sent before."""
    label = _("Reports of the districts")
    total = len(places.districts)
    if not owed:
        return card(label, _("{total} of {total} complete", total=total), _("No district owes values."))
    lines = [
        div(
            "sqm-note",
            _(
                "{district}: {present} of {expected} indicators reported",
                district=places.place("district", each.district_code),
                present=each.present,
                expected=each.expected,
            ),
        )
        for each in owed[:3]
    ]
    if len(owed) > len(lines):
        lines.append(div("sqm-note", n_("and {n} more district", "and {n} more districts", len(owed) - len(lines))))
    number = _("{complete} of {total} complete", complete=total - len(owed), total=total)
    return el("section", div("sqm-label", label), div("sqm-number", number), *lines)


def weakest_finding(view: MonthView, names: Names) -> str:
    """Names the weakest process and how long its worst indicator has missed."""
    rows = view.weakest
    if not rows or not rows[0]["missed"]:
        return _("No process misses a target that it is appraised by")
    worst = rows[0]
    title = name(names.processes[str(worst["process_code"])])
    months = view.streaks.get(str(worst["worst_code"]), 0)
    if months > 1:
        return n_(
            "{process} is weakest: its worst indicator has missed for {n} month",
            "{process} is weakest: its worst indicator has missed for {n} months",
            months,
            process=title,
        )
    return _("{process} is weakest", process=title)


def weakest_list(view: MonthView, names: Names) -> Html:
    """Processes with misses (without any: with near misses), the weakest first: what moves them, who owns them."""
    items = []
    rows = view.weakest
    weak = [row for row in rows if row["missed"]] or [row for row in rows if row["near"]]
    for row in weak[:MOST_WEAK]:
        process = str(row["process_code"])
        dimension = str(names.indicators[str(row["worst_code"])]["dimension_code"])
        code = cell_code(process, dimension)
        status = Status(row["status"])
        counted = _("{missed} of {counted} missed", missed=int(row["missed"]), counted=int(row["counted"]))
        worst = view.rows.get(str(row["worst_code"]))
        said = (
            ""
            if worst is None
            else _(
                "{indicator}: {value} (target {target})",
                indicator=names.indicator(str(row["worst_code"])),
                value=texts.value(worst),
                target=texts.target(worst),
            )
        )
        title = links.link(name(names.processes[process]), "matrix", cell=code if code in view.cells else "")
        items.append(
            el(
                "li",
                div("sqm-line", el("strong", title), Html(status_style.badge(status, counted))),
                div("", said),
                div("sqm-soft", name(names.processes[process], "driver")),
                div("sqm-soft", _("Owners: {departments}", departments=owner_names(names, process))),
            )
        )
    return (
        el("ol", *items, css="sqm-ranked") if items else div("sqm-soft", _("Every appraised indicator met its target."))
    )


def changes_finding(view: MonthView) -> str:
    """Since the last published month: counts of what turned."""
    turned = view.changes
    return _(
        "Since {month}: {missed} newly missed, {recovered} recovered, {silent} fell silent",
        month=formats.month(view.before),
        missed=len(turned.new_missed),
        recovered=len(turned.recovered),
        silent=len(turned.silent),
    )


def changes_lists(view: MonthView, names: Names) -> Html:
    """Three short lists side by side, each entry a link to its indicator."""
    turned = view.changes
    bad = [
        _changed(_("Newly missed"), turned.new_missed, Status.MISSED, view, names),
        _changed(_("Fell silent"), turned.silent, Status.NO_DATA, view, names),
    ]
    return div("sqm-halves", div("", *bad), _changed(_("Recovered"), turned.recovered, Status.MET, view, names))


def _changed(title: str, codes: tuple[str, ...], mark: Status, view: MonthView, names: Names) -> Html:
    if not codes:
        return NOTHING
    lines = []
    for code in codes[:MOST_CHANGES]:
        row = view.rows.get(code)
        status = mark if row is None else texts.status(row)
        value = "" if row is None or texts.why_not(row) else texts.value(row)
        link = links.link(names.indicator(code), "indicator", code=code, place="")
        lines.append(el("li", span(f"sqm-status sqm-{status}", status_style.symbol(status)), " ", link, " ", value))
    if len(codes) > MOST_CHANGES:
        lines.append(el("li", n_("and {n} more", "and {n} more", len(codes) - MOST_CHANGES), css="sqm-soft"))
    return el("section", el("h3", f"{title} · {len(codes)}"), el("ul", join(lines)))
