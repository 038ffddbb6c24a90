"""Drivers as bars, the importance-performance map, and the numbers of both beside each process's driver statement."""

from sqm.charts import bars, labelled_points
from sqm.charts.bars import Bar
from sqm.charts.labelled_points import Plane, Spot
from sqm.rules.drivers.importance import Placed, Quadrant
from sqm.rules.sampling import Interval
from sqm.ui import formats, links, status_style
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import NOTHING, Html, cell, div, el, picture, span, table
from sqm.ui.satisfaction.drivers import driver_words as words
from sqm.ui.satisfaction.drivers.data_drivers import DriversView
from sqm.ui.words import _, listed, name

_TOLD = 5


def both_widths(broad: str, slender: str, told: str) -> Html:
    """Text in a picture shrinks with it: the style sheet shows the one that fits."""
    return el("figure", picture(broad, told, "sqm-broad"), picture(slender, told, "sqm-slender"), css="sqm-drawn")


def chart(view: DriversView, outcome: str, names: Names) -> Html:
    """The share of each driver, the largest first."""
    warned = words.warnings(view.found)
    rows = [
        Bar(
            words.short(each.code, names),
            each.share * 100,
            each.interval.low * 100,
            each.interval.high * 100,
            formats.share_interval(each.share, each.interval.low, each.interval.high),
            each.code in warned,
        )
        for each in view.found.drivers
    ]
    shares = listed([f"{each.name} {each.text}" for each in rows], most=_TOLD)
    told = _("Associated with {outcome}: {drivers}.", outcome=names.item(outcome), drivers=shares)
    dark = status_style.is_dark()
    return both_widths(bars.bars(rows, bars.WIDE, dark=dark), bars.bars(rows, bars.SLIM, dark=dark), told)


def importance_picture(view: DriversView, names: Names) -> Html:
    """The map; nothing when fewer than two questions have a place on it."""
    known = [each for each in view.map.placed if each.quadrant is not None]
    if view.map.cross is None or len(known) < 2:
        return NOTHING
    first, second, third, fourth = (words.quadrant(each) for each in _CORNERS)
    plane = Plane(
        tuple(_spot(each, names) for each in known),
        (view.map.cross.performance, view.map.cross.importance),
        _("Satisfaction, mean on 0 to 100"),
        words.importance_title(view),
        (first, second, third, fourth),
    )
    told = "; ".join(
        f"{words.quadrant(corner)}: {listed(inside, most=9)}"
        for corner in _CORNERS
        if (inside := [words.short(each.attribute.code, names) for each in known if each.quadrant is corner])
    )
    dark = status_style.is_dark()
    broad, slender = (
        labelled_points.labelled_points(plane, size, dark=dark) for size in (labelled_points.WIDE, labelled_points.SLIM)
    )
    return both_widths(broad, slender, told)


_CORNERS = (Quadrant.CONCENTRATE, Quadrant.KEEP_UP, Quadrant.LOW_PRIORITY, Quadrant.OVERKILL)


def _spot(each: Placed, names: Names) -> Spot:
    point = each.attribute
    return Spot(
        words.short(point.code, names),
        float(point.performance or 0.0),
        float(point.importance or 0.0),
        _span(point.performance_interval),
        _span(point.importance_interval),
        each.quadrant is Quadrant.CONCENTRATE,
    )


def _span(interval: Interval | None) -> tuple[float, float] | None:
    return None if interval is None else (interval.low, interval.high)


def numbers(view: DriversView, names: Names) -> Html:
    """Each question with importance, satisfaction, quadrant and warnings, beside its process's driver statement; the
    statement stands over the table when all questions are of one process."""
    statements = {_statement(each, names) for each in view.map.placed}
    is_one = len(statements) == 1
    titles = [_("Question"), _("Importance"), _("Satisfaction, 0 to 100"), _("Quadrant"), _("To know")]
    warned = words.warnings(view.found)
    placed = sorted(view.map.placed, key=lambda each: (_place(each), -(each.attribute.importance or 0.0)))
    believed = _("What we believe drives it")
    rows = [
        _row(each, titles, "" if is_one else believed, warned.get(each.attribute.code, ""), names) for each in placed
    ]
    head = [el("th", title, css="sqm-r" if place in (1, 2) else "") for place, title in enumerate(titles)]
    if not is_one:
        return table([head[0], el("th", believed), *head[1:]], rows, "sqm-list")
    statement = statements.pop()
    over = div("sqm-believed", span("sqm-soft", believed), " ", statement) if statement else NOTHING
    return Html(over + table(head, rows, "sqm-list"))


def _place(each: Placed) -> int:
    return len(_CORNERS) if each.quadrant is None else _CORNERS.index(each.quadrant)


def _process(each: Placed, names: Names) -> str:
    return str(names.items.get(each.attribute.code, {}).get("process_code", ""))


def _statement(each: Placed, names: Names) -> str:
    return name(names.processes.get(_process(each, names), {}), "driver")


def _row(each: Placed, titles: list[str], believed: str, warned: str, names: Names) -> Html:
    """believed: the title of the column of driver statements, '' for a table without it."""
    point, process = each.attribute, _process(each, names)
    title = words.short(point.code, names)
    first = links.link(title, "process", process=process) if process in names.processes else Html(span("", title))
    statement = [cell(_statement(each, names) or formats.MISSING, believed)] if believed else []
    return el(
        "tr",
        cell(first, titles[0], "sqm-name"),
        *statement,
        cell(_number(point.importance, point.importance_interval), titles[1], "sqm-r"),
        cell(_number(point.performance, point.performance_interval), titles[2], "sqm-r"),
        cell(_quadrant(each), titles[3]),
        cell(warned or formats.MISSING, titles[4]),
        css="sqm-thin" if each.quadrant is None else "",
    )


def _quadrant(each: Placed) -> Html:
    """The word, and whether chance leaves it open."""
    if each.quadrant is None:
        return span("", _("too few answers to be placed"))
    word = span("sqm-chosen-word" if each.quadrant is Quadrant.CONCENTRATE else "", words.quadrant(each.quadrant))
    is_sure = not (each.on_importance or each.on_performance)
    return word if is_sure else Html(word + div("sqm-soft", _("not certain")))


def _number(value: float | None, interval: Interval | None) -> str:
    """59.9 ± 1.2"""
    shown = formats.number(value, 1)
    if value is None or interval is None:
        return shown
    return f"{shown} ± {formats.number((interval.high - interval.low) / 2, 1)}"
