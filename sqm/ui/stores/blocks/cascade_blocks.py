"""From the company down to its districts: mean of the stores, its change, stores below the pass mark, points lost."""

from sqm.rules.stores.store_cascade import Line
from sqm.rules.stores.store_results import Compared
from sqm.ui import formats, links
from sqm.ui.doors.data_names import Record
from sqm.ui.markup import Html, block_title, cell, el, footnote, join, span
from sqm.ui.stores import stores_words as words
from sqm.ui.stores.doors.data_stores import Cascade
from sqm.ui.stores.stores_choice import Choice
from sqm.ui.words import _, n_, name

_MOST_PARTS = 6
_ORDER = ("topic_1", "topic_2", "sms", "queueing", "handling")


def blocks(found: Cascade, choice: Choice, names: dict[str, Record]) -> Html:
    under = _(
        "Mean of the stores' scores of 100, every store alike; {period}; change against {before}",
        period=formats.months(found.first, found.last),
        before=formats.months(*found.before),
    )
    return join([block_title(_finding(found, choice, names), under), _table(found, choice, names), _note(found)])


def _finding(found: Cascade, choice: Choice, names: dict[str, Record]) -> str:
    """130 stores average 84.6 points; 12 stay below the pass mark of 85; most points are lost in SMS satisfaction

    Of the chosen district, or of the only one that the viewer sees: Heronsand: 14 stores average ...
    """
    code = choice.district or (next(iter(found.districts)) if len(found.districts) == 1 else "")
    line = found.districts.get(code, found.company)
    if line.mean is None:
        said = _("No store has enough of its score collected in these months")
    else:
        said = _("; ").join(_said(line, found, choice))
    if code not in found.districts:
        return said
    return _("{group}: {finding}", group=name(names.get(code, {})) or code, finding=said)


def _said(line: Line, found: Cascade, choice: Choice) -> list[str]:
    parts = [
        n_(
            "{n} store averages {points} points",
            "{n} stores average {points} points",
            line.stores,
            points=formats.number(line.mean, 1),
        )
    ]
    if line.below is not None and found.pass_mark is not None:
        mark = formats.number(found.pass_mark)
        parts.append(
            n_(
                "{n} stays below the pass mark of {mark}",
                "{n} stay below the pass mark of {mark}",
                line.below,
                mark=mark,
            )
        )
    if line.weakest is not None and _parts(found):
        lost = formats.number(line.losses[line.weakest], 1)
        parts.append(
            _("most points are lost in {part} ({points})", part=words.loss(line.weakest, choice.what), points=lost)
        )
    return parts


def _parts(found: Cascade) -> list[str]:
    """The company's parts in the order of the composite; of many themes those that lose most."""
    losses = found.company.losses
    if list(losses) == [""]:  # visits without themes: there is nothing to split by
        return []
    if all(part in _ORDER for part in losses):
        return [part for part in _ORDER if part in losses]
    return sorted(losses, key=lambda each: (-losses[each], each))[:_MOST_PARTS]


def _table(found: Cascade, choice: Choice, names: dict[str, Record]) -> Html:
    parts = _parts(found)
    titles = [_("District"), _("Mean"), _("Change"), _("Stores"), _("Below the pass mark"), _("Weakest part")]
    lost = [words.loss(part, choice.what) for part in parts]
    over = [el("td", "", colspan=str(len(titles)))]
    if parts:
        over.append(el("th", _("Points lost, on average"), css="sqm-over", colspan=str(len(parts))))
    under = [el("th", title, css="sqm-r" if 0 < place < 5 else "") for place, title in enumerate(titles)]
    under += [el("th", title, css="sqm-r") for title in lost]
    rows = [_row(_("All stores"), found.company, found, choice, titles, parts, "sqm-whole")]
    for code, line in found.districts.items():
        title = name(names.get(code, {})) or code
        link = links.link(title, "stores", **{**choice.links, "district": "" if choice.district == code else code})
        rows.append(_row(link, line, found, choice, titles, parts, "sqm-chosen-row" if choice.district == code else ""))
    head = el("thead", el("tr", *over), el("tr", *under))
    return el("table", head, el("tbody", *rows), css="sqm-table sqm-list sqm-cascade")


def _row(title: str, line: Line, found: Cascade, choice: Choice, titles: list[str], parts: list[str], css: str) -> Html:
    interval = line.shown
    between = "" if interval is None else f"{formats.number(interval.low, 1)}–{formats.number(interval.high, 1)}"
    counted = (
        formats.count(line.stores)
        if line.stores == line.of
        else _("{n} of {all}", n=formats.count(line.stores), all=formats.count(line.of))
    )
    weakest = formats.MISSING if line.weakest is None or not parts else words.loss(line.weakest, choice.what)
    return el(
        "tr",
        cell(title, titles[0], "sqm-name"),
        cell(join([span("", formats.number(line.mean, 1)), span("sqm-soft sqm-beside", between)]), titles[1], "sqm-r"),
        cell(words.change(line.change), titles[2], "sqm-r"),
        cell(counted, titles[3], "sqm-r"),
        cell(_below(line), titles[4], "sqm-r"),
        cell(weakest, titles[5]),
        *(_lost(line, part, choice.what) for part in parts),
        css=css,
    )


def _below(line: Line) -> str | Html:
    if line.below is None or not line.stores:
        return formats.MISSING
    share = formats.share(line.below / line.stores, 0)
    return join([span("", formats.count(line.below)), span("sqm-soft sqm-beside", share)])


def _lost(line: Line, part: str, what: Compared) -> Html:
    css = "sqm-r sqm-of-part sqm-most" if part == line.weakest else "sqm-r sqm-of-part"
    return cell(formats.number(line.losses.get(part), 1), words.loss(part, what), css)


def _note(found: Cascade) -> Html:
    mark = (
        ""
        if found.pass_mark is None
        else _(
            "The pass mark of {mark} is the province's, for all stores; no district may raise it.",
            mark=formats.number(found.pass_mark),
        )
    )
    return footnote(
        _(
            "Small: 95 % interval of the mean. Change: of the stores that both windows scored, ± 95 %; ↑ and ↓ only "
            "beyond chance. Points lost add up to 100 minus the mean. For the bulletin only: no KPI."
        ),
        mark,
    )
