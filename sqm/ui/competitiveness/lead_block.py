"""The lead over the best rival, month by month: the finding, the chart, and the table with every operator."""

import math

from sqm.charts.plot import Values, figure
from sqm.charts.trends.compared import Comparison, Run, compared
from sqm.rules.rivals.lead import Standing
from sqm.ui import formats
from sqm.ui.competitiveness import competitiveness_words as words
from sqm.ui.competitiveness import data_lead
from sqm.ui.competitiveness.competitiveness_choice import Choice
from sqm.ui.competitiveness.data_lead import LeadMonth
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, footnote, join, span, table
from sqm.ui.satisfaction.data_satisfaction import OWN
from sqm.ui.words import _, name

TABLE_MONTHS = 13


def block(choice: Choice, names: Names, spoken: str, dark: bool) -> Html:
    found = data_lead.months(choice.held.survey_code, choice.item, choice.month)
    now = found[-1]
    return join(
        [
            block_title(_finding(choice, now, names), _under(choice, now, names)),
            _chart(found, names, spoken, dark),
        ]
    )


def by_month(choice: Choice, names: Names) -> Html:
    """The same as a table, a year and a month, with every operator."""
    found = data_lead.months(choice.held.survey_code, choice.item, choice.month)[-TABLE_MONTHS:]
    standings = [each.lead.standing for each in found]
    title = _(
        "Of {months} months we were ahead beyond chance in {ahead}, behind in {behind}",
        months=len(found),
        ahead=standings.count(Standing.AHEAD),
        behind=standings.count(Standing.BEHIND),
    )
    under = _(
        "{question}: satisfied customers, %, {period}",
        question=names.item(choice.item),
        period=formats.months(found[0].month, found[-1].month),
    )
    return join([block_title(title, under), _table(found, names), _notes(found)])


def _finding(choice: Choice, now: LeadMonth, names: Names) -> str:
    question = names.item(choice.item)
    if now.own is None:
        return _("{question}: no answers in {month}", question=question, month=formats.month(now.month))
    if not now.best:
        return _("{question}: no rival's customers were asked in this month", question=question)
    return _(
        "{question}: lead {lead}, {standing}; rank {place}",
        question=question,
        lead=words.lead(now.lead),
        standing=words.standing(now.lead, names.label("operator", now.best)),
        place=words.place(now.place),
    )


def _under(choice: Choice, now: LeadMonth, names: Names) -> str:
    survey = name(names.surveys.get(choice.held.survey_code, {})) or choice.held.survey_code
    parts = [survey, _("lead over the best rival in satisfied customers"), formats.month(now.month)]
    if now.own is not None:
        sizes = [f"{names.label('operator', OWN)} {formats.sample(float(now.own['n']))}"]
        sizes += [f"{names.label('operator', code)} {formats.count(each['n'])}" for code, each in now.rivals.items()]
        parts.append(_(", ").join(sizes))
    return " · ".join(parts)


def _chart(found: tuple[LeadMonth, ...], names: Names, spoken: str, dark: bool) -> Html:
    """Broken where the method changes. Text for those who cannot see it: first and last lead."""
    known = [each for each in found if each.lead.difference is not None]
    if not known:
        return NOTHING
    methods = list(dict.fromkeys(each.method for each in known))

    def pieces(end: str) -> tuple[Values, ...]:
        return tuple(
            tuple(_points(each, end) if each.method == method else math.nan for each in found) for method in methods
        )

    told = _(
        "Lead {first} in {first_month}, {last} in {last_month}.",
        first=words.lead(known[0].lead),
        first_month=formats.month(known[0].month),
        last=words.lead(known[-1].lead),
        last_month=formats.month(known[-1].month),
    )
    starts = [next(each.month for each in known if each.method == method) for method in methods[1:]]
    drawn = Comparison(
        months=tuple(each.month for each in found),
        own=Run(_("Lead"), pieces("difference")),
        low=pieces("low"),
        high=pieces("high"),
        dividers=tuple((start, _("method changed")) for start in starts),
        readout={at: _readout(each, names) for at, each in enumerate(found) if each.lead.difference is not None},
        parity=_("level"),
    )
    return Html(figure(compared(drawn, dark=dark, language=spoken), told))


def _points(each: LeadMonth, end: str) -> float:
    value = getattr(each.lead, end)
    return math.nan if value is None else float(value) * 100.0


def _readout(each: LeadMonth, names: Names) -> str:
    parts = [formats.month(each.month), words.lead(each.lead)]
    parts.append(words.standing(each.lead, names.label("operator", each.best)))
    return " · ".join(parts)


def _table(found: tuple[LeadMonth, ...], names: Names) -> Html:
    """Newest month first; operators in the order of today's shares."""
    rivals = list(dict.fromkeys(code for each in reversed(found) for code in each.rivals))
    has_province = any(each.province.difference is not None for each in found)
    titles = [_("Month"), names.label("operator", OWN), *(names.label("operator", code) for code in rivals)]
    titles += [_("Lead over the best rival"), *([_("Lead over the province")] if has_province else []), _("Rank")]
    numbers = len(rivals) + 2
    head = [el("th", title, css="sqm-r" if 0 < at < numbers else "") for at, title in enumerate(titles)]
    return table(head, [_row(each, rivals, titles, has_province, names) for each in reversed(found)], "sqm-list")


def _row(each: LeadMonth, rivals: list[str], titles: list[str], has_province: bool, names: Names) -> Html:
    shares = [each.own, *(each.rivals.get(code) for code in rivals)]
    cells = [cell(formats.month(each.month), titles[0])]
    cells += [
        cell(share(point), title, "sqm-r" + (" sqm-thin" if point is not None and point["showing"] != "shown" else ""))
        for point, title in zip(shares, titles[1:], strict=False)
    ]
    rival = names.label("operator", each.best) if each.best else ""
    said = words.standing(each.lead, rival) if each.best else ""
    lead = Html(div("", join([words.lead(each.lead), " ", span("sqm-soft", said)])))
    cells.append(cell(lead, _("Lead over the best rival")))
    if has_province:
        cells.append(cell(words.lead(each.province), _("Lead over the province")))
    cells.append(cell(words.place(each.place), titles[-1]))
    return el("tr", *cells)


def share(point: Record | None) -> str:
    if point is None:
        return formats.MISSING
    return formats.share_interval(float(point["share"]), float(point["low"]), float(point["high"]))


def _notes(found: tuple[LeadMonth, ...]) -> Html:
    texts = [
        _(
            "Intervals are 95 % (lead: Newcombe's hybrid of two Wilson intervals, on effective answers). Plausible "
            "ranks: rivals whose difference lies beyond chance stand above or below us, the others may be either."
        )
    ]
    if any(each.province.difference is not None for each in found):
        texts.append(_("Our customers are part of the province's figure, so that interval is approximate."))
    return footnote(*texts)
