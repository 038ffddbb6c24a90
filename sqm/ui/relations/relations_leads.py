"""Operations indicators that run ahead of what customers feel: pictures, a table, and the list of those that do not."""

from sqm.charts.trends.lead_pair import lead_pair
from sqm.rules.drivers.lead_lag import Verdict
from sqm.ui import formats, links, status_style
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.markup import NOTHING, Html, cell, div, el, empty, picture, span, table
from sqm.ui.relations import relations_words as words
from sqm.ui.relations.data_relations import RelationsView
from sqm.ui.words import _, n_, name

MOST_PICTURES = 6
BROAD, SLENDER = 640, 350


def pictures(view: RelationsView, names: Names) -> Html:
    """The two lines of each pair that leads, the strongest first."""
    rows = view.of(Verdict.LEADS)[:MOST_PICTURES]
    return div("sqm-pairs", *(_figure(row, view, names) for row in rows)) if rows else NOTHING


def leads(view: RelationsView, names: Names) -> Html:
    """What is beyond chance, then what may be chance."""
    rows = [*view.of(Verdict.LEADS), *view.of(Verdict.UNCLEAR)]
    if not rows:
        return empty(_("Nothing to show."), _("Either nothing is related, or there are too few months to tell."))
    titles = [
        _("Operations indicator"),
        _("Felt in"),
        _("Best lead"),
        _("Correlation"),
        _("Sample"),
        _("Verdict"),
    ]
    head = [el("th", title, css="sqm-r" if at == 3 else "") for at, title in enumerate(titles)]
    return table(head, [_row(row, titles, names) for row in rows], "sqm-list")


def silent(view: RelationsView, names: Names) -> Html:
    """By process, each with the best correlation that was found all the same."""
    rows = view.of(Verdict.MOVES_NOTHING)
    sections = []
    for process, record in names.processes.items():
        mine = [row for row in rows if row["process_code"] == process]
        if mine:
            items = [el("li", div("sqm-line", _link(row["indicator_code"], names), _weak(row))) for row in mine]
            sections.append(el("section", el("h3", name(record)), el("ul", *items)))
    return div("sqm-columns sqm-three", *sections)


def silent_under(view: RelationsView) -> str:
    """What the silence is worth."""
    return _(
        "{period}; no relation in any lead. A correlation weaker than {smallest} could not be seen in so many months. "
        "Grey: the strongest found all the same.",
        period=words.period(view),
        smallest=formats.number(view.smallest, 2),
    )


def _weak(row: Record) -> Html:
    return span("sqm-soft", words.strength(row))


def _link(code: str, names: Names) -> Html:
    return links.link(names.indicator(code), "indicator", code=code, place="")


def _row(row: Record, titles: list[str], names: Names) -> Html:
    first, second = str(row["indicator_code"]), str(row["response_code"])
    process = name(names.processes[row["process_code"]])
    is_sure = row["verdict"] == Verdict.LEADS
    return el(
        "tr",
        cell(Html(_link(first, names) + div("sqm-soft", process)), titles[0], "sqm-name"),
        cell(
            Html(_link(second, names) + div("sqm-soft", name(names.dimensions[row["response_dimension"]]))), titles[1]
        ),
        cell(words.lead(row), titles[2]),
        cell(Html(span("", words.strength(row)) + div("sqm-soft", words.sign(row))), titles[3], "sqm-r"),
        cell(words.sample(row), titles[4]),
        cell(
            Html(span("sqm-chosen-word" if is_sure else "", words.verdict(row)) + div("sqm-soft", words.chance(row))),
            titles[5],
        ),
        css="" if is_sure else "sqm-thin",
    )


def _figure(row: Record, view: RelationsView, names: Names) -> Html:
    """Both lines with their names as the key; the picture's text says the same in a sentence."""
    first, second = names.indicator(row["indicator_code"]), names.indicator(row["response_code"])
    lead = int(row["lead"])
    key = Html(
        div("sqm-key sqm-ahead", _moved(first, lead, row["correlation"] < 0)) + div("sqm-key sqm-follows", second)
    )
    told = _(
        "{indicator} and {response}: {lead}, correlation {strength}, {sign}.",
        indicator=first,
        response=second,
        lead=words.lead(row),
        strength=words.strength(row),
        sign=words.sign(row),
    )
    drawn = [
        picture(_drawn(row, view, width), told, css) for css, width in (("sqm-broad", BROAD), ("sqm-slender", SLENDER))
    ]
    return el("figure", el("figcaption", key), *drawn)


def _drawn(row: Record, view: RelationsView, width: int) -> str:
    """Text in a picture shrinks with it, so a narrow screen gets a picture of its own."""
    ahead, follows = (view.shapes[str(row[code])] for code in ("indicator_code", "response_code"))
    is_opposite, dark = row["correlation"] < 0, status_style.is_dark()
    return lead_pair(ahead, follows, view.months, int(row["lead"]), is_opposite=is_opposite, dark=dark, width=width)


def _moved(indicator: str, lead: int, is_opposite: bool) -> str:
    """The line's name and what was done to it before it was drawn."""
    shown = n_("{indicator}, {n} month later", "{indicator}, {n} months later", lead, indicator=indicator)
    shown = shown if lead else indicator
    return _("{line}, upside down", line=shown) if is_opposite else shown
