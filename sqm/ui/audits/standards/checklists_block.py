"""Checklists in versions, and one of them opened: items, points, what is critical or minor, and the evidence behind."""

from datetime import date

from sqm.ui import formats, links
from sqm.ui.audits import audits_words as words
from sqm.ui.audits.standards import data_checklists
from sqm.ui.audits.standards.data_checklists import Sheet
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Record
from sqm.ui.markup import Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.stores.doors import data_standards
from sqm.ui.words import _, n_, name


def newest_first(month: date) -> list[Sheet]:
    """Versions in force in the month first, each followed by the others of its theme."""
    sheets = list(data_checklists.sheets().values())
    order = {theme: place for place, theme in enumerate(dict.fromkeys(str(each.record["theme"]) for each in sheets))}
    return sorted(
        sheets,
        key=lambda each: (order[str(each.record["theme"])], not each.holds_in(month), -each.valid_from.toordinal()),
    )


def listed(month: date, opened: str) -> Html:
    """One row a version. opened: the one whose items stand below."""
    sheets = newest_first(month)
    if not sheets:
        owed = _(
            "The catalogue's checklists name items with points; without them an item's most is what the file says."
        )
        return join([block_title(_("Checklists")), empty(_("No checklist is in the catalogue."), owed)])
    held = [each for each in sheets if each.holds_in(month)]
    title = n_("{n} checklist is in force", "{n} checklists are in force", len(held))
    under = _(
        "checklists by theme and version; a visit keeps the version of its month; {month}", month=formats.month(month)
    )
    titles = [_("Checklist"), _("In force"), _("Items"), _("Critical"), _("Minor"), _("Full points")]
    rows = [_row(each, titles, each in held, each.code == opened) for each in sheets]
    return join([block_title(title, under), table(words.heads(titles, (2, 3, 4, 5)), rows, "sqm-list sqm-versions")])


def _row(sheet: Sheet, titles: list[str], is_held: bool, is_opened: bool) -> Html:
    css = "sqm-chosen-word" if is_opened else ""
    way = links.link(name(sheet.record), "audits", css=css, sheet=sheet.code, view="standards")
    return el(
        "tr",
        cell(way, titles[0], "sqm-name"),
        cell(span("" if is_held else "sqm-soft", _span(sheet)), titles[1]),
        cell(formats.count(len(sheet.items)), titles[2], "sqm-r"),
        cell(formats.count(sum(bool(item["critical"]) for item in sheet.items)), titles[3], "sqm-r"),
        cell(formats.count(sum(bool(item["minor"]) for item in sheet.items)), titles[4], "sqm-r"),
        cell(f"{sheet.points:g}", titles[5], "sqm-r"),
        css="" if is_held else "sqm-thin",
    )


def _span(sheet: Sheet) -> str:
    start = formats.month(sheet.valid_from)
    if sheet.until is None:
        return _("from {month}", month=start)
    return formats.months(sheet.valid_from, sheet.until)


def opened(code: str) -> Html:
    """The items of one version, section by section."""
    sheet = data_checklists.sheets()[code]
    title = n_("{sheet}: {n} item", "{sheet}: {n} items", len(sheet.items), sheet=name(sheet.record))
    under = _("{span}; {points} points in all", span=_span(sheet), points=f"{sheet.points:g}")
    if sheet.has_beside:
        under = _("{what}; queueing, handling and perception are parts of their own", what=under)
    titles = [_("Item"), _("Full points"), _("Passed from"), _("Kind"), _("Evidence from customers")]
    rows, last = [], ""
    for item in sheet.items:
        if item["section"] != last:
            last = str(item["section"])
            section = data_names.names().label("audit_section", last)
            rows.append(el("tr", el("td", section, colspan="5", css="sqm-section")))
        rows.append(_item_row(item, titles))
    notes = footnote(
        _(
            "An item that does not apply is left out of the points obtained and of the most. A failed critical item "
            "caps the visit; all minor items together cost at most what the province set."
        )
    )
    return join([block_title(title, under), table(words.heads(titles, (1, 2)), rows, "sqm-list sqm-sheet"), notes])


def _item_row(item: Record, titles: list[str]) -> Html:
    audit = data_standards.audit_names()
    record = audit.items.get(str(item["item_code"]), {})
    most = float(item["points"])
    passes = item["pass_points"]
    marks = []
    if item["critical"]:
        marks.append(span("sqm-badge sqm-warn", _("critical")))
    if item["minor"]:
        marks.append(span("sqm-badge", _("minor")))
    brand = str(record.get("brand_code") or "")
    told = [name(record, "evidence") or formats.MISSING]
    if brand:
        told.append(span("sqm-badge", data_names.names().label("brand", brand)))
    return el(
        "tr",
        cell(audit.item(str(item["item_code"])), titles[0], "sqm-name"),
        cell(f"{most:g}", titles[1], "sqm-r"),
        cell(f"{most if passes != passes or passes is None else float(passes):g}", titles[2], "sqm-r"),
        cell(join(marks, " ") if marks else div("sqm-soft", _("ordinary")), titles[3]),
        cell(join(told, " "), titles[4], "sqm-soft"),
    )
