"""Districts: the chosen month against the rest of them, and district x month with the weights in sight."""

from sqm.rules.rivals.lead import Standing
from sqm.ui import formats
from sqm.ui.doors.data_names import Places
from sqm.ui.markup import Html, cell, div, el, span, table
from sqm.ui.satisfaction import satisfaction_now
from sqm.ui.satisfaction.compare import compare_words as words
from sqm.ui.satisfaction.compare.data_compare import DistrictMonth, DistrictTable
from sqm.ui.words import _

PAST = "sqm-past"
"""Not shown on a narrow screen, where every cell is a line."""
_TINTS = {Standing.AHEAD: "sqm-above", Standing.BEHIND: "sqm-below"}


def now(found: DistrictTable, measure: str, known: Places) -> Html:
    """The last month, the lowest first, with intervals."""
    titles = [_("District"), _("Value"), "n", _("Weight"), _("Against the other districts"), _("In words")]
    ranked = sorted(found.rows, key=lambda code: _order(found.rows[code][-1], measure))
    rows = [_now_row(code, found.rows[code][-1], titles, measure, known) for code in ranked]
    head = [el("th", title, css="sqm-r" if 0 < place < 5 else "") for place, title in enumerate(titles)]
    return table(head, rows, "sqm-list")


def _order(cell_of: DistrictMonth, measure: str) -> tuple[bool, float]:
    point = cell_of.point
    is_unknown = point is None or point[measure] != point[measure]
    return is_unknown, 0.0 if point is None or is_unknown else float(point[measure])


def _now_row(code: str, found: DistrictMonth, titles: list[str], measure: str, known: Places) -> Html:
    point = found.point
    return el(
        "tr",
        cell(known.place("district", code), titles[0], "sqm-name"),
        cell(satisfaction_now.value(point, measure), titles[1], "sqm-r"),
        cell(formats.MISSING if point is None else formats.count(float(point["n"])), titles[2], "sqm-r"),
        cell(formats.share(found.weight), titles[3], "sqm-r"),
        cell(words.difference(found.lead, measure), titles[4], "sqm-r"),
        cell(span(_TINTS.get(found.lead.standing, ""), words.beside_rest(found.lead, point)), titles[5]),
        css="sqm-thin" if words.thin(point) else "",
    )


def by_month(found: DistrictTable, measure: str, known: Places) -> Html:
    """District x month, the weighted mean at the foot. A cell is tinted only where it differs beyond chance."""
    titles = [_("District"), *(formats.month(month) for month in found.months)]
    past = [PAST if place < len(found.months) - 2 else "" for place in range(len(found.months))]
    rows = [
        el(
            "tr",
            cell(known.place("district", code), titles[0], "sqm-name"),
            *(_heat(each, title, measure, css) for each, title, css in zip(cells, titles[1:], past, strict=True)),
        )
        for code, cells in found.rows.items()
    ]
    totals = [
        cell(_number(total, measure), title, f"sqm-r {css}".strip())
        for total, title, css in zip(found.totals, titles[1:], past, strict=True)
    ]
    rows.append(el("tr", cell(_("Weighted mean"), titles[0], "sqm-name"), *totals, css="sqm-total"))
    head = [el("th", title, css="sqm-r" if place else "") for place, title in enumerate(titles)]
    return table(head, rows, "sqm-list sqm-heat")


def _heat(found: DistrictMonth, title: str, measure: str, css: str) -> Html:
    """74.2 ↓, and beneath its weight and n."""
    point = found.point
    if point is None:
        return cell(formats.MISSING, title, f"sqm-r {css}".strip())
    mark = {Standing.AHEAD: " ↑", Standing.BEHIND: " ↓"}.get(found.lead.standing, "")
    value = _number(float(point[measure]), measure) + mark
    weight = _("weight {share}", share=formats.share(found.weight)) if found.weight is not None else ""
    small = " · ".join(part for part in (weight, formats.sample(float(point["n"]))) if part)
    tint = "sqm-thin" if words.thin(point) else _TINTS.get(found.lead.standing, "")
    return cell(
        Html(span("", value) + div("sqm-soft", small)), title, " ".join(part for part in ("sqm-r", tint, css) if part)
    )


def _number(value: float | None, measure: str) -> str:
    return formats.number(None if value is None else value * (100.0 if measure == "share" else 1.0), 1)
