"""The comments, 25 a page: the text, and what may be said about its writer."""

from sqm.ui import formats, links
from sqm.ui.comments import comments_words
from sqm.ui.comments.choice import Choice
from sqm.ui.comments.comments_choice import A_PAGE, sheet_code
from sqm.ui.comments.data_comments import Group
from sqm.ui.comments.data_months import Home
from sqm.ui.doors.data_names import Names, Places, Record
from sqm.ui.links import STAY
from sqm.ui.markup import NOTHING, Html, div, el, empty, join, span
from sqm.ui.words import _

_BETWEEN = " · "
_NEAR = 2  # pages named on each side of the one shown


def comments(group: Group, chosen: Choice, sheet: int, names: Names, places: Places, may_reveal: bool = False) -> Html:
    """One page of them, and the way to the others. may_reveal: each with a link to the form that shows it unmasked."""
    if not group.rows and not (chosen.search or chosen.topic):
        return empty(_("None of these comments can be listed here."), comments_words.unlisted())
    if not group.rows:
        return empty(_("No comment has these words."), _("Look for another word, or take the topic back."))
    shown = group.rows[(sheet - 1) * A_PAGE : sheet * A_PAGE]
    return join(
        [
            el("ol", *(_comment(row, group, names, places, may_reveal) for row in shown), css="sqm-comments"),
            _pages(chosen, sheet, len(group.rows)),
            div("sqm-soft", comments_words.unlisted()) if group.unlisted else NOTHING,
        ]
    )


def _comment(row: Record, group: Group, names: Names, places: Places, may_reveal: bool) -> Html:
    facts = [when(row), *_place(row, group, names, places)]
    return el(
        "li",
        el("p", str(row["comment"])),
        div("sqm-soft", _BETWEEN.join(facts), _scores(row, names), _revealing(row) if may_reveal else NOTHING),
    )


def when(row: Record) -> str:
    """The month of a comment, or the months that its place counts together."""
    return formats.months(row["home"].first, row["home"].last)


def _revealing(row: Record) -> Html:
    code = f"{row['batch_id']}.{row['source_row']}"  # as reveal_form.code
    return span("", Html(_BETWEEN), el("a", _("Reveal …"), css="sqm-go", href=f"{STAY}reveal={code}"))


def _place(row: Record, group: Group, names: Names, places: Places) -> list[str]:
    """The smallest place that may be named; channel and brand where that place is large enough."""
    home: Home = row["home"]
    facts = [places.place(home.kind, home.code)] if home.code else []
    if home.code in group.wide or not (row["store_code"] or row["district_code"]):
        facts += [names.label(kind, str(row[f"{kind}_code"])) for kind in ("channel", "brand") if row[f"{kind}_code"]]
    return facts


def _scores(row: Record, names: Names) -> Html:
    """Overall 4 of 10 · lowest: Waiting time 2 of 10"""
    told: list[str] = []
    if row["score"] == row["score"]:
        told.append(_("overall {score} of {high}", score=_points(row["score"]), high=_points(row["scale_max"])))
        if row["satisfied"] is False:
            told.append(_("not satisfied"))
    if row["item_code"]:
        lowest = _("lowest: {item}, {score} of {high}", item=names.item(str(row["item_code"])),
                   score=_points(row["item_score"]), high=_points(row["item_high"]))  # fmt: skip
        process = str(row["process_code"])
        told.append(links.link(lowest, "process", process=process) if process in names.processes else lowest)
    return join([span("", Html(" · ")), join(told, _BETWEEN)]) if told else NOTHING


def _points(value: float) -> str:
    return formats.number(float(value), 0 if float(value) == int(value) else 1)


def _pages(chosen: Choice, sheet: int, rows: int) -> Html:
    """1 … 4 5 6 … 13; nothing for a single page."""
    last = -(-rows // A_PAGE)
    if last < 2:
        return NOTHING
    near = {1, last, *range(max(1, sheet - _NEAR), min(last, sheet + _NEAR) + 1)}
    parts: list[Html] = []
    for page in sorted(near):
        if parts and page - 1 not in near:
            parts.append(span("sqm-soft", "…"))
        if page == sheet:
            parts.append(el("strong", str(page), aria_current="page"))
        else:
            parts.append(el("a", str(page), css="sqm-go", href=f"{STAY}at={sheet_code(chosen, page)}"))
    label = _("Pages of comments")
    return el("nav", *parts, css="sqm-sheets", aria_label=label)
