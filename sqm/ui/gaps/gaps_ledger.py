"""The ledger: nine processes by five gaps, each cell in its own unit, what people say above what the books show."""

from typing import Any

from sqm.rules.gaps.gap_changes import change
from sqm.rules.gaps.gap_units import Gap
from sqm.rules.gaps.gaps import Ledger, Reading
from sqm.rules.sampling import Showing
from sqm.ui import formats, links
from sqm.ui.doors.data_names import Names
from sqm.ui.gaps import gaps_words as words
from sqm.ui.gaps.data_gaps import GapView
from sqm.ui.markup import NOTHING, Html, cell, div, el, footnote, span, table
from sqm.ui.words import _, listed, name

SIDES = (
    (Gap.KNOWLEDGE, "knowledge"),
    (Gap.STANDARDS, "standards"),
    (Gap.DELIVERY, "delivery"),
    (Gap.COMMUNICATION, "communication"),
)


def finding(view: GapView, names: Names) -> str:
    """Communication stands out in promotions, network and stores; knowledge in tariffs and e-channels ..."""
    by_gap: dict[Gap, list[str]] = {}
    for process, gap in view.largest_observed.items():
        if gap is not None and gap == view.largest_asked.get(process):
            by_gap.setdefault(gap, []).append(name(names.processes[process]))
    if not by_gap:
        return _("No gap stands out both in what people say and in what the books show")
    parts = [
        _("{gap} in {processes}", gap=words.short(gap), processes=listed(by_gap[gap], most=4))
        for gap, _field in SIDES
        if gap in by_gap
    ]
    return _("What stands out: {gaps}", gaps=_("; ").join(parts))


def under(view: GapView, survey: str) -> str:
    return _(
        "{survey}, {period}, compared with {before}. Asked: managers and contact staff. Recorded: what the books show.",
        survey=survey,
        period=formats.months(view.period.first, view.period.last),
        before=formats.months(view.before.first, view.before.last),
    )


def ledger(view: GapView, names: Names, opened: str) -> Html:
    """A row a process; the opened one is marked."""
    titles = [_("Process"), words.gap(Gap.PERCEPTION), *(words.gap(gap) for gap, _field in SIDES)]
    head = [
        el("th", div("sqm-gap-title", title), div("sqm-soft", under_title))
        for title, under_title in zip(
            titles, ["", _("outcome, points of the asked scale"), *(_units(gap) for gap, _f in SIDES)], strict=True
        )
    ]
    rows = [_row(process, view, names, titles, process == opened) for process in view.processes]
    return table(head, rows, "sqm-list sqm-gaps")


def legend(view: GapView) -> Html:
    """What the marks mean, and what must not be done with the figures."""
    key = div(
        "sqm-gap-key",
        _mark("largest"),
        span("sqm-soft", _("stands out most in this process, against the same gap of the other processes")),
        _mark("open"),
        span("sqm-soft", _("open")),
        _mark("maybe"),
        span("sqm-soft", _("may be closed: the interval reaches 0")),
        _mark("closed"),
        span("sqm-soft", _("closed")),
    )
    return Html(
        key
        + footnote(
            _(
                "The gaps are on different scales and are told by different people: they are not added, neither down "
                "nor across, and gaps 1 to 4 do not sum to the difference between perception and expectation."
            ),
            _(
                "Gap 5 is of the period itself. Questionnaires inside, audits and promises: three months up to its "
                "end; importance derived from customers: six months. Movement: against the same stretch before."
            ),
        )
    )


def _units(gap: Gap) -> str:
    short = {
        Gap.KNOWLEDGE: _("asked: points; recorded: rank distance 0–1"),
        Gap.STANDARDS: _("asked: points; recorded: needs without anything"),
        Gap.DELIVERY: _("asked: points; recorded: audited points lost"),
        Gap.COMMUNICATION: _("asked: points; recorded: promises broken"),
    }
    return short[gap]


def _row(process: str, view: GapView, names: Names, titles: list[str], is_opened: bool) -> Html:
    found = view.processes[process]
    title = links.link(name(names.processes[process]), "gaps", process=process)
    first = cell(title, titles[0], "sqm-name")
    outcome = cell(
        Html(
            div("sqm-gap-number", words.told(found.now.ledger.perception))
            + div("sqm-soft", formats.sample(_answers(found.now.ledger)))
            + _moved(found.before.ledger.perception, found.now.ledger.perception)
        ),
        titles[1],
    )
    cells = [
        cell(_sides(process, gap, field, view), title_of)
        for (gap, field), title_of in zip(SIDES, titles[2:], strict=True)
    ]
    return el("tr", first, outcome, *cells, css="sqm-chosen-row" if is_opened else "")


def _answers(ledger: Ledger) -> int:
    return ledger.perception.n or 0 if ledger.perception is not None else 0


def _sides(process: str, gap: Gap, field: str, view: GapView) -> Html:
    now, was = (getattr(ledger, field) for ledger in _ledgers(process, view))
    return Html(
        _line(_("asked"), now.asked, was.asked, view.largest_asked.get(process) is gap)
        + _line(_("recorded"), now.observed, was.observed, view.largest_observed.get(process) is gap, _missing(gap))
    )


def _ledgers(process: str, view: GapView) -> tuple[Ledger, Ledger]:
    found = view.processes[process]
    return found.now.ledger, found.before.ledger


def _missing(gap: Gap) -> str:
    return _("no audit") if gap is Gap.DELIVERY else _("no data")


def _line(side: str, now: Reading[Any] | None, was: Reading[Any] | None, is_largest: bool, missing: str = "") -> Html:
    if now is None or now.read(now.unit).value is None:
        told = words.told(now) if now is not None else missing or _("not asked")
        return div("sqm-gap-line", span("sqm-soft", side), span("sqm-soft", told))
    return div(
        "sqm-gap-line",
        span("sqm-soft", side),
        span("sqm-gap-number", words.told(now)),
        state(now, is_largest),
        _few(now),
        _moved(was, now),
    )


def state(found: Reading[Any] | None, is_largest: bool = False) -> Html:
    """Symbol and word: largest, open, perhaps closed, closed."""
    opening = None if found is None else found.open_by()
    if found is None or opening is None:
        return NOTHING
    if is_largest:
        return _mark("largest")
    if not opening.is_open():
        return _mark("closed")
    amount = found.read(found.unit)
    reaches = amount.low is not None and amount.high is not None and amount.low <= 0.0 <= amount.high
    return _mark("maybe" if reaches else "open")


def _mark(which: str) -> Html:
    symbols = {"largest": "◆", "open": "◇", "maybe": "≈", "closed": "✓"}
    css = {"largest": "sqm-gap-largest", "closed": "sqm-met"}.get(which, "sqm-soft")
    told = {"largest": _("largest"), "open": _("open"), "maybe": _("may be closed"), "closed": _("closed")}[which]
    return span(f"sqm-status {css}", f"{symbols[which]} {told}" if which == "largest" else symbols[which])


def _few(found: Reading[Any] | None) -> Html:
    if found is None or found.showing is not Showing.GREY:
        return NOTHING
    return span("sqm-soft", f" {formats.sample(found.n)}")


def _moved(was: Reading[Any] | None, now: Reading[Any] | None) -> Html:
    """Only what can be told from chance is worth a word here."""
    if was is None or now is None:
        return NOTHING
    turn = change(was, now).turn
    told = {"narrowed": "sqm-gap-better", "widened": "sqm-gap-worse"}.get(str(turn))
    return span(f"sqm-gap-turn {told}", _(words.TURNS[turn])) if told else NOTHING
