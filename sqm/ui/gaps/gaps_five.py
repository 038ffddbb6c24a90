"""Gap 5 of one process by dimension, with perception alone beside it and how far the questions belong together."""

from sqm.charts.gap_bar import gap_bar
from sqm.rules.gaps.servqual import DimensionGap, GapFive, PointsFrom
from sqm.rules.sampling import GREY_BELOW, HIDDEN_BELOW
from sqm.rules.surveys.design_effect import Estimate
from sqm.ui import formats, status_style
from sqm.ui.doors.data_names import Names
from sqm.ui.gaps import gaps_words as words
from sqm.ui.markup import NOTHING, Html, cell, div, el, footnote, picture, span, table
from sqm.ui.words import _, name

_SURE = 0.05


def finding(five: GapFive | None, process: str, names: Names) -> str:
    """Promotions: customers get 1.49 points less than they expect; furthest away is Responsiveness"""
    title = name(names.processes[process])
    if five is None or five.unweighted is None or five.unweighted.n < HIDDEN_BELOW:
        return _("{process}: too few customers were asked", process=title)
    size = formats.number(abs(five.unweighted.mean), 2)
    known = [each for each in five.dimensions if each.gap is not None]
    worst = min(known, key=lambda each: each.gap.mean if each.gap else 0.0)
    if five.unweighted.mean < 0:
        return _(
            "{process}: customers get {size} points less than they expect; furthest away is {dimension}",
            process=title,
            size=size,
            dimension=words.dimension(worst.dimension, names),
        )
    return _("{process}: customers get what they expect, and {size} points more", process=title, size=size)


def under(five: GapFive | None, period: str, scale: tuple[float, float]) -> str:
    n = five.unweighted.n if five is not None and five.unweighted is not None else 0
    return _(
        "{period}, {sample} who answered everything. Mean on {low} to {high} with 95 % interval; hollow dot: expected, "
        "full dot: perceived.",
        period=period,
        sample=formats.sample(n),
        low=formats.number(scale[0]),
        high=formats.number(scale[1]),
    )


def dimensions(five: GapFive, process: str, scale: tuple[float, float], names: Names) -> Html:
    """The widest gap on top; under it all together."""
    titles = [
        _("Dimension"),
        _("From expected to perceived"),
        _("Expectation"),
        _("Perception (SERVPERF)"),
        _("Gap"),
        _("Beyond chance"),
        _("Alpha"),
    ]
    numeric = (2, 3, 4, 6)
    head = [el("th", title, css="sqm-r" if at in numeric else "") for at, title in enumerate(titles)]
    ordered = sorted(five.dimensions, key=lambda each: each.gap.mean if each.gap else float("inf"))
    rows = [_row(each, process, scale, titles, names) for each in ordered]
    return table(head, [*rows, *_totals(five, titles)], "sqm-list sqm-five")


def _asked(process: str, code: str, names: Names) -> Html:
    """What the question of a dimension is about, in this process."""
    stem = f"{process}.{code}"
    told = words.topic(stem, names)
    return NOTHING if told == stem else div("sqm-soft", told)


def _row(each: DimensionGap, process: str, scale: tuple[float, float], titles: list[str], names: Names) -> Html:
    ceiling = div("sqm-soft", _("▲ expected without limit: the gap is perception minus a constant"))
    gap = each.gap
    if gap is None or gap.n < HIDDEN_BELOW:
        return el("tr", cell(words.dimension(each.dimension, names), titles[0]), cell(_("too few answers"), titles[1]))
    alpha = each.alpha_perception
    return el(
        "tr",
        cell(
            Html(
                span("", words.dimension(each.dimension, names))
                + _asked(process, each.dimension, names)
                + (ceiling if each.is_at_ceiling else NOTHING)
            ),
            titles[0],
            "sqm-name",
        ),
        cell(bar(each.expectation, each.perception, scale), titles[1]),
        cell(_mean(each.expectation), titles[2], "sqm-r"),
        cell(_mean(each.perception), titles[3], "sqm-r"),
        cell(estimate(gap), titles[4], "sqm-r"),
        cell(chance(each.p_holm), titles[5]),
        cell(formats.number(alpha, 2) if alpha is not None else _("one question"), titles[6], "sqm-r"),
        css="sqm-thin" if gap.n < GREY_BELOW else "",
    )


def bar(expectation: Estimate | None, perception: Estimate | None, scale: tuple[float, float]) -> Html:
    limits = perception.interval if perception is not None else None
    drawn = gap_bar(
        expectation.mean if expectation else None,
        perception.mean if perception else None,
        scale,
        (limits.low, limits.high) if limits else None,
        dark=status_style.is_dark(),
    )
    return picture(drawn, _("from {first} to {last}", first=_mean(expectation), last=_mean(perception)), "sqm-gap-bar")


def chance(p_value: float | None) -> str:
    """Holm over the dimensions that stand together."""
    if p_value is None:
        return formats.MISSING
    return _("yes") if p_value < _SURE else _("may be chance")


def estimate(found: Estimate | None, signed: bool = True) -> str:
    if found is None:
        return formats.MISSING
    limits = found.interval
    return words.points(found.mean, limits.low if limits else None, limits.high if limits else None, signed)


def _mean(found: Estimate | None) -> str:
    return formats.number(found.mean, 2) if found is not None else formats.MISSING


def _totals(five: GapFive, titles: list[str]) -> list[Html]:
    label = {
        PointsFrom.CUSTOMERS: _("weighted by customers' points"),
        PointsFrom.DEFAULT: _("weighted by the published default points, because customers gave none"),
        PointsFrom.NOBODY: "",
    }[five.points_from]
    lines = [(_("All dimensions alike"), "", five.unweighted, five.servperf)]
    if five.weighted is not None:
        lines.append((_("Weighted"), label, five.weighted, five.servperf_weighted))
    return [
        el(
            "tr",
            cell(Html(el("b", title) + (div("sqm-soft", note) if note else NOTHING)), titles[0], "sqm-name"),
            cell("", titles[1]),
            cell("", titles[2]),
            cell(_mean(perceived), titles[3], "sqm-r"),
            cell(estimate(gap), titles[4], "sqm-r"),
            cell("", titles[5]),
            cell("", titles[6]),
            css="sqm-five-total",
        )
        for title, note, gap, perceived in lines
    ]


def note() -> Html:
    return footnote(
        _(
            "Gap = perceived minus expected, person by person. Differences of two answers are disputed, so perception "
            "alone (SERVPERF) stands beside them. Alpha: how far the questions of a dimension agree; one question has "
            "none. Beyond chance: after correction for the number of dimensions (Holm)."
        )
    )
