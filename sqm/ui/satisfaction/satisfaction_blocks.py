"""What the satisfaction page says: the finding, ways to look, small trends of the breakdown, and the numbers."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from sqm.rules.access import Scope
from sqm.rules.periods import add_months, month_range
from sqm.rules.sampling import Showing
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.doors import data, data_names
from sqm.ui.doors.data_names import Names
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.markup import NOTHING, Html, cell, div, el, join, span, table
from sqm.ui.satisfaction import data_satisfaction, satisfaction_now, trend_wall
from sqm.ui.satisfaction.satisfaction_choice import MEASURES, QUESTIONS, Choice, breakdown, ways
from sqm.ui.satisfaction.satisfaction_now import Standings, standings
from sqm.ui.satisfaction.trend_chart import Said
from sqm.ui.satisfaction.trend_wall import Drawn
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, name

TABLE_MONTHS = 13


@dataclass(frozen=True)
class Line:
    """A month of the table; target and status only where the question's indicator has them."""

    now: Standings
    target: float | None
    status: Status


@lru_cache(maxsize=200)
def _lines(at: data.Stamp, scope: Scope, choice: Choice) -> tuple[Line, ...]:
    points = data_satisfaction.indexed(scope, choice.slice).get((choice.item, ""), {})
    judged = trend_wall.item_targets(scope, choice.held.survey_code, choice.item)
    by_month = {} if choice.part else {pd.Timestamp(row["month"]): row for _place, row in judged.iterrows()}
    found = []
    for month in reversed(
        month_range(max(choice.held.first, add_months(choice.month, 1 - TABLE_MONTHS)), choice.month)
    ):
        row = by_month.get(pd.Timestamp(month))
        target = None if row is None or pd.isna(row["target_low"]) else float(row["target_low"])
        status = Status.NO_TARGET if row is None else Status(str(row["status"]))
        found.append(Line(standings(points, month, choice.measure, choice.strong), target, status))
    return tuple(found)


def lines(choice: Choice, scope: Scope) -> tuple[Line, ...]:
    """The chosen month and the twelve before, newest first."""
    return _lines(data.stamp(), scope, choice)


def finding(choice: Choice, found: tuple[Line, ...], names: Names, viewer: Viewer) -> str:
    """Overall satisfaction 82.4 ± 1.3 %: +0.2 pp since Oct 2025: not distinguishable from chance"""
    now = found[0].now
    title = names.item(choice.item)
    if choice.part:
        title = _("{question}, {part}", question=title, part=part_name(choice.by, choice.part, names, viewer))
    elif choice.strong != data_satisfaction.OWN:
        title = _("{question}, {part}", question=title, part=names.label("operator", choice.strong))
    if now.own is None:
        return _("{question}: no answers in {month}", question=title, month=formats.month(choice.month))
    value = satisfaction_now.value(now.own, choice.measure)
    return _("{question} {value}; {change}", question=title, value=value, change=satisfaction_now.year_words(now))


def under(choice: Choice, found: tuple[Line, ...], names: Names) -> str:
    """Unit, survey, month, n, and the lead in words."""
    now = found[0].now
    unit = _("satisfied customers, %") if choice.measure == "share" else _("mean on 0 to 100")
    survey = name(names.surveys.get(choice.held.survey_code, {})) or choice.held.survey_code
    parts = [survey, unit, formats.month(choice.month)]
    if now.own is not None:
        parts.append(formats.sample(float(now.own["n"])))
    if now.rival_code and now.lead.difference is not None:
        words = satisfaction_now.lead_words(now, names)
        parts.append(_("lead {number}: {words}", number=satisfaction_now.lead_number(now), words=words))
    return " · ".join(parts)


def caution(choice: Choice, names: Names) -> Html:
    """A self-selected survey speaks for those who answered; it is shown alone and never added to another."""
    if names.surveys.get(choice.held.survey_code, {}).get("representative", True):
        return NOTHING
    words = _("These people chose to answer and do not stand for all customers. Never added to any other survey.")
    return div("", span("sqm-badge sqm-warn", _("self-selected")), " ", span("sqm-soft", words))


def method_notes(said: Said, names: Names) -> list[str]:
    """One sentence per change of method, with the method's own note."""
    sentences = []
    for month, method in said.breaks:
        text = _(
            "The method changed in {month}: months before and after are not joined or compared.",
            month=formats.month(month),
        )
        note = name(names.methods.get(method, {}), "note")
        sentences.append(_("{sentence} {note}", sentence=text, note=note) if note else text)
    return sentences


def ways_to_look(choice: Choice, names: Names, viewer: Viewer) -> Html:
    """The breakdowns and the two measures as links; what is chosen stands in bold."""
    titles = {
        QUESTIONS: _("questions"),
        "brand": _("brands"),
        "channel": _("channels"),
        "district": _("districts"),
        "operator": _("operators"),
    }
    by = [_way(titles[way], choice, choice.by == way, by=way, part="") for way in ways(choice.held)]
    names_of = {"share": _("share satisfied"), "mean": _("mean 0-100")}
    measures = [_way(names_of[each], choice, choice.measure == each, measure=each) for each in MEASURES]
    parts = [div("", _("Split by"), " ", join(by, " · ")), div("", _("Measure"), " ", join(measures, " · "))]
    if choice.part:
        chosen = part_name(choice.by, choice.part, names, viewer)
        parts.append(div("", span("sqm-chosen-word", chosen), " ", _way(_("show all"), choice, False, part="")))
    return div("sqm-ways", *parts)


def _way(title: str, choice: Choice, is_chosen: bool, **changes: str) -> Html:
    if is_chosen:
        return span("sqm-chosen-word", title)
    return links.link(title, "satisfaction", css="sqm-way", **{**choice.links, **changes})


def part_name(by: str, part: str, names: Names, viewer: Viewer) -> str:
    if by == "district":
        return data_names.places(viewer.scope).place("district", part)
    return names.label(by, part)


def breakdown_title(choice: Choice, names: Names, viewer: Viewer, drawn: tuple[Drawn, ...]) -> str:
    """Which part is best and which is worst; one of which too few were asked is not ranked."""
    known = [each for each in drawn if each.now.own is not None and each.now.own["showing"] == Showing.SHOWN]
    if len(known) < 2:
        return _("Breakdown")
    ranked = sorted(known, key=lambda each: float(each.now.own[choice.measure]) if each.now.own is not None else 0.0)
    first, last = ranked[-1], ranked[0]
    return _(
        "{best} is highest with {best_value}, {worst} lowest with {worst_value}",
        best=tile_title(first, choice, names, viewer),
        best_value=satisfaction_now.value(first.now.own, choice.measure),
        worst=tile_title(last, choice, names, viewer),
        worst_value=satisfaction_now.value(last.now.own, choice.measure),
    )


def breakdown_unit(choice: Choice) -> str:
    """How to read the small trends."""
    unit = _("satisfied customers, %") if choice.measure == "share" else _("mean on 0 to 100")
    return _(
        "{months}, {unit}, with 95 % interval, all on one scale that does not start at 0. "
        "Dark step: target. Grey: others.",
        months=formats.months(choice.held.first, choice.month),
        unit=unit,
    )


def tile_title(each: Drawn, choice: Choice, names: Names, viewer: Viewer) -> str:
    return part_name(choice.by, each.part, names, viewer) if each.part else names.item(each.item)


def small_trends(choice: Choice, names: Names, viewer: Viewer) -> tuple[Drawn, ...]:
    chosen, by = breakdown(choice, names)
    return trend_wall.drawn(viewer.scope, chosen, by, choice.measure)


def wall(choice: Choice, names: Names, viewer: Viewer, drawn: tuple[Drawn, ...]) -> Html:
    """A click on a question chooses it; a click on a part shows the large chart of that part."""

    def choices(each: Drawn) -> dict[str, str]:
        return {**choice.links, "part": each.part} if each.part else {**choice.links, "item": each.item}

    return trend_wall.wall(drawn, lambda each: tile_title(each, choice, names, viewer), choices)


def numbers(choice: Choice, found: tuple[Line, ...], names: Names) -> Html:
    """The chart's last 13 months as a table, newest first."""
    has_rival = any(line.now.rival_code for line in found)
    has_target = choice.measure == "share" and any(line.target is not None for line in found)
    titles = [_("Month"), _("Value"), "n", _("Change against the month before")]
    titles += [_("Target"), _("Status")] if has_target else []
    titles += [_("Best rival"), _("Lead")] if has_rival else []
    rows = [_numbers_row(line, titles, names, has_target, has_rival) for line in found]
    head = [el("th", title, css="sqm-r" if title in (titles[1], "n") else "") for title in titles]
    return table(head, rows, css="sqm-list")


def _numbers_row(line: Line, titles: list[str], names: Names, has_target: bool, has_rival: bool) -> Html:
    now = line.now
    thin = now.own is None or now.own["showing"] != "shown"
    cells = [
        cell(formats.month(now.month), titles[0]),
        cell(satisfaction_now.value(now.own, now.measure), titles[1], "sqm-r"),
        cell(formats.MISSING if now.own is None else formats.count(float(now.own["n"])), titles[2], "sqm-r"),
        cell(_month_change(now), titles[3]),
    ]
    if has_target:
        badge = NOTHING if line.status is Status.NO_TARGET else Html(status_style.badge(line.status))
        cells += [
            cell("" if line.target is None else f"≥ {formats.share(line.target)}", _("Target")),
            cell(badge, _("Status")),
        ]
    if has_rival:
        lead = _(
            "{number}, {words}",
            number=satisfaction_now.lead_number(now),
            words=satisfaction_now.lead_words(now, names),
        )
        rival = names.label("operator", now.rival_code) if now.rival_code else formats.MISSING
        cells += [cell(rival, _("Best rival")), cell(lead if now.rival_code else formats.MISSING, _("Lead"))]
    return el("tr", *cells, css="sqm-thin" if thin else "")


def _month_change(now: Standings) -> str:
    return texts.movement_short(now.month_move, now.measure)
