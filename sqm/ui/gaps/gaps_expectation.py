"""Expectation control: did the gap move because customers expect more or because they get less; the zone of tolerance;
the ladder from disappointed to recommending."""

import math
from collections.abc import Sequence

from sqm.charts.plot import Band, EndLabel, Line, Plot, Values, figure
from sqm.charts.theme import nice_range, palette
from sqm.rules.gaps.expectation import RungShare
from sqm.rules.gaps.tolerance import Zones
from sqm.rules.sampling import HIDDEN_BELOW, Showing
from sqm.rules.surveys.design_effect import Estimate
from sqm.rules.surveys.trends import Movement, Word
from sqm.ui import formats, status_style
from sqm.ui.doors.data_names import Names
from sqm.ui.gaps import gaps_words as words
from sqm.ui.gaps.data_expectation import Both, ExpectationView
from sqm.ui.gaps.data_questionnaires import dimension_of
from sqm.ui.gaps.gaps_five import estimate
from sqm.ui.markup import NOTHING, Html, cell, div, el, empty, footnote, span, table
from sqm.ui.words import _, language

_LEAST_SPAN = 2.0


def finding(view: ExpectationView) -> str:
    """Expectation control: service became better and expectation rose with it: the ratchet"""
    return _("Expectation control: {why}", why=words.why(view.why))


def under(view: ExpectationView) -> str:
    return _(
        "{now} against {before}, mean on the asked scale: expected {first}, perceived {second}. Dark line: expected; "
        "blue: perceived, with 95 % intervals; the axis does not begin at the lowest answer.",
        now=formats.months(view.compared.first, view.compared.last),
        before=formats.months(view.against.first, view.against.last),
        first=_moved(view.expectation),
        second=_moved(view.perception),
    )


def _moved(found: Movement) -> str:
    if found.difference is None:
        return formats.MISSING
    sure = {Word.UP: _("beyond chance"), Word.DOWN: _("beyond chance")}.get(found.word, _("may be chance"))
    return f"{words.points(found.difference, found.low, found.high)} ({sure})"


def chart(view: ExpectationView) -> Html:
    """Both means by month, on the asked scale (its axis does not begin at the lowest answer)."""
    if len(view.months) < 2:
        return NOTHING
    colours = palette(status_style.is_dark())
    expected, perceived = (_line(view, part) for part in ("expectation", "perception"))
    axis = nice_range([value for line in (*expected, *perceived) for value in line], _LEAST_SPAN)
    layers = (
        Band(expected[1], expected[2], colours.axis, colours.band_opacity),
        Band(perceived[1], perceived[2], colours.own, colours.band_opacity),
        Line(expected[0], colours.target, 1.6),
        Line(perceived[0], colours.own, 2.2),
    )
    ends = [
        EndLabel(f"{title} {formats.number(_last(line[0]), 2)}", _last(line[0]), colour, strong)
        for title, line, colour, strong in (
            (_("expected"), expected, colours.target, False),
            (_("perceived"), perceived, colours.own, True),
        )
        if not math.isnan(_last(line[0]))
    ]
    readout = {place: _told(month, both) for place, (month, both) in enumerate(view.months)}
    plot = Plot(
        months=tuple(month for month, _both in view.months),
        axis=axis,
        layers=layers,
        labels=tuple(ends),
        readout={place: text for place, text in readout.items() if text},
        language=str(language()),
        dark=status_style.is_dark(),
    )
    return Html(figure(plot, _("Expectation and perception by month")))


def _line(view: ExpectationView, part: str) -> tuple[Values, Values, Values]:
    found: list[Estimate | None] = [_shown(getattr(both, part)) for _month, both in view.months]
    return (
        tuple(each.mean if each else math.nan for each in found),
        tuple(each.interval.low if each and each.interval else math.nan for each in found),
        tuple(each.interval.high if each and each.interval else math.nan for each in found),
    )


def _shown(found: Estimate | None) -> Estimate | None:
    return found if found is not None and found.n >= HIDDEN_BELOW else None


def _last(values: Values) -> float:
    return next((value for value in reversed(values) if not math.isnan(value)), math.nan)


def _told(month: object, both: Both) -> str:
    if _shown(both.expectation) is None or both.gap is None or both.expectation is None:
        return ""
    return _(
        "{month}: expected {expected}, perceived {perceived}, gap {gap}, {sample}",
        month=formats.month(month),  # type: ignore[arg-type]
        expected=estimate(both.expectation, signed=False),
        perceived=estimate(both.perception, signed=False),
        gap=estimate(both.gap),
        sample=formats.sample(both.gap.n),
    )


def zone_table(view: ExpectationView, names: Names) -> Html:
    if not view.zones:
        return empty(
            _("Nobody was asked what is just acceptable and what is desired."),
            _("A survey with both questions shows the zone of tolerance here."),
        )
    titles = [
        _("Zone of tolerance"),
        _("Position"),
        _("Above just acceptable"),
        _("Above desired"),
        _("Width"),
        _("Customers below acceptable"),
    ]
    head = [el("th", title, css="sqm-r" if at > 1 else "") for at, title in enumerate(titles)]
    rows = [
        _zone(words.dimension(dimension_of(topic), names), words.topic(topic.stem, names), found, titles)
        for topic, found in view.zones
    ]
    invalid = sum(found.invalid for _topic, found in view.zones)
    note = _("Left out because they desire less than they call acceptable: {n}.", n=invalid) if invalid else ""
    return Html(table(head, rows, "sqm-list") + (footnote(note) if note else NOTHING))


def _zone(title: str, about: str, found: Zones, titles: Sequence[str]) -> Html:
    if found.showing is Showing.HIDDEN or found.of_means is None:
        return el("tr", cell(title, titles[0], "sqm-name"), cell(_("too few answers"), titles[1]))
    below = found.below
    share = formats.share_interval(found.share_below, below.low if below else None, below.high if below else None)
    return el(
        "tr",
        cell(Html(span("", title) + div("sqm-soft", f"{about} · {formats.sample(found.n)}")), titles[0], "sqm-name"),
        cell(words.position(found.of_means.position), titles[1]),
        cell(estimate(found.adequacy), titles[2], "sqm-r"),
        cell(estimate(found.superiority), titles[3], "sqm-r"),
        cell(estimate(found.width, signed=False), titles[4], "sqm-r"),
        cell(share, titles[5], "sqm-r"),
        css="sqm-thin" if found.showing is Showing.GREY else "",
    )


def ladder_table(view: ExpectationView) -> Html:
    """From the highest rung down; a rung whose question was not asked stays empty."""
    found = view.ladder
    if found is None or found.showing is Showing.HIDDEN:
        return empty(
            _("The ladder needs an overall score of the process beside the pairs."),
            _("At least five customers must have answered both."),
        )
    titles = [_("Rung, {sample}", sample=formats.sample(found.n)), _("Share of customers")]
    head = [el("th", titles[0]), el("th", titles[1])]
    rows = [_rung(each, titles) for each in reversed(found.rungs)]
    return table(head, rows, "sqm-list sqm-ladder" + (" sqm-thin" if found.showing is Showing.GREY else ""))


def _rung(each: RungShare, titles: Sequence[str]) -> Html:
    title, meaning = words.rung(each.rung)
    limits = each.interval
    told = formats.share_interval(each.share, limits.low if limits else None, limits.high if limits else None, 0)
    width = f"width:{(each.share or 0.0) * 100:.1f}%"
    bar = div("sqm-rung", el("i", style=width), span("", told))
    return el(
        "tr",
        cell(Html(span("", title) + div("sqm-soft", meaning)), titles[0], "sqm-name"),
        cell(bar, titles[1]),
    )
