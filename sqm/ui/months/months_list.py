"""All months, newest first: open or published, the counts as published and now, and what moved in between."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqm.rules.targets import JUDGED
from sqm.ui import formats, links, status_style
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, join, span, table
from sqm.ui.matrix.data_matrix import Reporting
from sqm.ui.months import months_words
from sqm.ui.months.data_months import MonthState, Tally
from sqm.ui.words import _, n_


def block(
    states: Sequence[MonthState], chosen: date, late: Mapping[date, tuple[Reporting, ...]], total: int, more: int
) -> Html:
    """states: newest first. late: districts that owe values, of open months; total: how many districts there are.
    more: older months that are not shown."""
    titles = [_("Month"), _("State"), _("As published"), _("As it stands"), _("Since published"), _("Matrix")]
    head = [el("th", title) for title in titles]
    rows = [_row(state, chosen, late.get(state.month, ()), total, titles) for state in states]
    parts = [
        block_title(_finding(states), _("met, near and missed of the whole company")),
        table(head, rows, "sqm-list"),
    ]
    if more:
        label = n_("show {n} older month", "show {n} older months", more)
        parts.append(links.link(label, "months", css="sqm-way", span="all"))
    return join(parts)


def _finding(states: Sequence[MonthState]) -> str:
    """2 published months are no longer as they were published"""
    moved = sum(state.change is not None and not state.change.is_empty for state in states)
    if moved:
        return n_(
            "{n} published month is no longer as it was published",
            "{n} published months are no longer as they were published",
            moved,
        )
    is_open = sum(not state.made and state.is_over for state in states)
    if is_open:
        return n_("{n} month waits to be published", "{n} months wait to be published", is_open)
    return _("Every month that is over is published and stands")


def _row(state: MonthState, chosen: date, owed: tuple[Reporting, ...], total: int, titles: list[str]) -> Html:
    code = f"{state.month:%Y-%m}"
    title = links.link(formats.month(state.month), "months", month=code, revision="", moved="")
    return el(
        "tr",
        cell(el("strong", title) if state.month == chosen else title, titles[0], "sqm-name"),
        cell(_state(state), titles[1]),
        cell(tally(state.published) if state.published else span("sqm-soft", formats.MISSING), titles[2]),
        cell(tally(state.now), titles[3]),
        cell(_since(state, owed, total), titles[4]),
        cell(as_of(state), titles[5]),
    )


def _state(state: MonthState) -> Html:
    last = [div("sqm-soft", months_words.publication(state.made[-1]))] if state.made else []
    return join([span("", months_words.state(state)), *last])


def _since(state: MonthState, owed: tuple[Reporting, ...], total: int) -> Html:
    if not state.made:
        return span("sqm-soft", months_words.late(owed, total) if state.is_over else formats.MISSING)
    if state.change is None:
        return span("sqm-soft", _("no figures were kept"))
    if state.change.is_empty:
        return span("sqm-soft", _("no change"))
    said = _("R: {turned}", turned=months_words.turned(state.change))
    return links.link(said, "months", css="sqm-way", month=f"{state.month:%Y-%m}", revision="now", moved="")


def tally(counts: Tally) -> Html:
    """✓ 96 ▲ 14 ✕ 17"""
    return join([Html(status_style.badge(status, str(counts[status]))) for status in JUDGED], " ")


def as_of(state: MonthState) -> Html:
    """The matrix as each publication showed it, and as it is now."""
    code = f"{state.month:%Y-%m}"
    kept = [each for each in state.made if each.revision > 0]
    ways = [links.link(_("live"), "matrix", css="sqm-way", month=code, asof="")]
    for each in reversed(kept):
        label = _("as of R{number}", number=each.revision) if each.revision > 1 else _("as published")
        ways.append(links.link(label, "matrix", css="sqm-way", month=code, asof=str(each.revision)))
    return join(ways, " · ") if ways else NOTHING
