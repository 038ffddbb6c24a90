"""What promotions gave, and what customers felt in that month and the month after (expectation debt)."""

import math
from datetime import date

from sqm.charts.plot import figure
from sqm.charts.trends.month_bars import MonthBars, month_bars
from sqm.rules.gaps import expectation_debt
from sqm.rules.gaps.expectation_debt import Aftermath
from sqm.rules.matrix.events import Event, EventKind
from sqm.rules.periods import add_months, month_range
from sqm.rules.surveys import trends
from sqm.rules.surveys.trends import Word
from sqm.ui import formats, links
from sqm.ui.competitiveness import data_lead
from sqm.ui.competitiveness.competitiveness_choice import Choice
from sqm.ui.competitiveness.lead_block import share
from sqm.ui.decisions import events_seen
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, table
from sqm.ui.satisfaction import data_satisfaction
from sqm.ui.satisfaction.data_satisfaction import OWN
from sqm.ui.words import _, n_, name

PROCESS, ITEM = "promotions", "promotions.overall"
BARS = 25


def block(choice: Choice, names: Names, spoken: str, dark: bool) -> Html:
    """Of the main survey; nothing when it does not ask about promotions."""
    held = data_satisfaction.main_survey()
    if held is None or ITEM not in held.items:
        return NOTHING
    points = data_lead.points(held.survey_code, (ITEM,)).get(ITEM, {}).get(OWN, {})
    first = max(held.first, add_months(choice.month, 1 - BARS))
    campaigns = _campaigns(first, choice.month)
    after = {
        each.month: each
        for each in expectation_debt.aftermath(points, (event.month for event in campaigns), choice.month)
    }
    survey = name(names.surveys.get(held.survey_code, {}))
    under = _(
        "{survey} · satisfied with promotions, % · {period} · numbers name the campaigns below",
        survey=survey,
        period=formats.months(first, choice.month),
    )
    parts = [block_title(_finding(after), under), _chart(first, choice.month, points, campaigns, spoken, dark)]
    if not campaigns:
        parts.append(empty(_("No campaign of these months is in the register of events."), _("Add it there.")))
    else:
        parts.append(_table(campaigns, points, after))
    return join([*parts, _notes()])


def _campaigns(first: date, last: date) -> list[Event]:
    return [
        each
        for each in events_seen.every()
        if each.kind is EventKind.CAMPAIGN and each.process_code in (PROCESS, "") and first <= each.month <= last
    ]


def _finding(after: dict[date, Aftermath]) -> str:
    """How many campaigns left a debt, of those whose month after is known."""
    known = [each for each in after.values() if each.debt.difference is not None]
    owing = sum(each.is_debt for each in known)
    if not known:
        return _("What a month's promotion gave, and what customers felt")
    if not owing:
        return n_(
            "{n} campaign month: satisfaction with promotions was not lower after it, beyond chance",
            "{n} campaign months: after none of them was satisfaction with promotions lower, beyond chance",
            len(known),
        )
    return n_(
        "After {owing} of {n} campaign month satisfaction with promotions was lower than before it",
        "After {owing} of {n} campaign months satisfaction with promotions was lower than before them",
        len(known),
        owing=owing,
    )


def _chart(
    first: date, last: date, points: dict[date, tuple[Record, ...]], campaigns: list[Event], spoken: str, dark: bool
) -> Html:
    months = month_range(first, last)
    found = [trends.newest(points.get(month, ())) for month in months]

    def values(end: str) -> tuple[float, ...]:
        return tuple(math.nan if each is None else float(each[end]) * 100 for each in found)

    marked: dict[int, str] = {}
    readout = {}
    for at, (month, point) in enumerate(zip(months, found, strict=True)):
        here = [place for place, event in enumerate(campaigns, start=1) if event.month == month]
        if here:
            marked[at] = ",".join(map(str, here))
        if point is not None:
            said = [formats.month(month), share(point), formats.sample(float(point["n"]))]
            readout[at] = " · ".join([*said, *(name(campaigns[place - 1], "title") for place in here)])
    methods = ["" if each is None else str(each["method_code"]) for each in found]
    changed = [at for at in range(1, len(months)) if methods[at] and methods[at - 1] and methods[at] != methods[at - 1]]
    drawn = MonthBars(
        months,
        values("share"),
        values("low"),
        values("high"),
        marked,
        readout,
        tuple((months[at], _("method changed")) for at in changed),
    )
    told = _("Satisfied with promotions by month; {n} months had a campaign.", n=len(marked))
    return Html(figure(month_bars(drawn, dark=dark, language=spoken), told))


def _table(campaigns: list[Event], points: dict[date, tuple[Record, ...]], after: dict[date, Aftermath]) -> Html:
    titles = [
        _("What it gave"),
        _("Month"),
        _("Satisfied"),
        _("Against the month before"),
        _("Month after"),
        _("Reading"),
    ]
    head = [el("th", title, css="sqm-r" if at == 2 else "") for at, title in enumerate(titles)]
    rows = []
    for place, event in reversed(list(enumerate(campaigns, start=1))):
        found = after[event.month]
        rows.append(
            el(
                "tr",
                cell(f"{place} · {name(event, 'title')}", titles[0], "sqm-name"),
                cell(formats.month(event.month), titles[1]),
                cell(share(trends.newest(points.get(event.month, ()))), titles[2], "sqm-r"),
                cell(texts.movement_short(found.lift), titles[3]),
                cell(texts.movement_short(found.debt), titles[4]),
                cell(_reading(found), titles[5]),
            )
        )
    return table(head, rows, "sqm-list")


def _reading(found: Aftermath) -> str:
    match found.debt.word:
        case Word.DOWN:
            return _("expectation debt: lower than before the campaign")
        case Word.UP:
            return _("higher than before the campaign")
        case Word.NOT_DISTINGUISHABLE:
            return _("as before the campaign")
        case Word.NOT_COMPARABLE:
            return _("method changed")
        case Word.NO_DATA:
            return _("the month after is not over")


def _notes() -> Html:
    told = _(
        "The month after is held against the month before the campaign. What else happened in these months is in the "
        "difference too: a campaign goes with it, nothing proves that it did it. Campaigns come from the register of "
        "events."
    )
    way = links.link(_("Register of events"), "months", css="sqm-way")
    return join([footnote(told), div("sqm-ways", way)])
