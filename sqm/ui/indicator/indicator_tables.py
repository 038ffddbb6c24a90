"""Tables of the indicator page: places of a month, agreed targets, and the rows that a number came from."""

from typing import Any

import pandas as pd

from sqm.database.indicators.indicators import Place
from sqm.rules.access import Action, require
from sqm.rules.targets import Status
from sqm.ui import filters, formats, links, status_style
from sqm.ui.decisions import people
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import data_indicator
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.indicator.indicator_blocks import facts
from sqm.ui.indicator.indicator_choice import Choice, place_code, place_name
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, join, span, table
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, n_

MOST_PLACES = 40
_LEVELS = ("district", "store", "operator")


def level_asked(choice: Choice, viewer: Viewer) -> str:
    """By district, store or operator: what the address asks for, of the levels that have values; '' for none."""
    held = data_indicator.places_of(viewer.scope, choice.code, choice.month)
    levels = [level for level in _LEVELS if level in held]
    return filters.unseen("level", levels, levels[0]) if levels else ""


def places_section(choice: Choice, names: Names, viewer: Viewer, by: str) -> Html:
    """The month by a level that level_asked gave."""
    held = data_indicator.places_of(viewer.scope, choice.code, choice.month)
    levels = [level for level in _LEVELS if level in held]
    month = formats.month(choice.month)
    if not levels:
        empty = div("sqm-soft", _("In {month} there is only the figure of the whole company.", month=month))
        return el("section", block_title(_("By place")), empty)
    rows = data_indicator.across(viewer.scope, choice.code, choice.month, by)
    titles = {"district": _("districts"), "store": _("stores"), "operator": _("operators")}
    ways = [
        span("sqm-chosen-word", titles[level])
        if level == by
        else links.link(titles[level], "indicator", css="sqm-way", level=level)
        for level in levels
    ]
    under = join([month, *ways], " · ")
    note = ""
    if len(rows) > MOST_PLACES:
        note = _("The {shown} worst of {total}.", shown=MOST_PLACES, total=len(rows))
    return el(
        "section",
        block_title(places_finding(rows, names, viewer)),
        div("sqm-unit", under),
        places_table(rows, choice, names, viewer),
        div("sqm-soft", note) if note else NOTHING,
    )


def meaning_section(choice: Choice, names: Names, viewer: Viewer) -> Html:
    """Definition and targets; an uploaded indicator outside the catalogue has neither."""
    if not data_indicator.is_listed(choice.code):
        said = _("The catalogue does not name this indicator. It is shown as uploaded and judged by no target.")
        return el("section", block_title(_("What it means")), div("sqm-soft", said))
    rows = data_indicator.targets_of(choice.code)
    agreed = (
        targets_table(rows, choice, names, viewer) if rows else div("sqm-soft", _("No target has been agreed yet."))
    )
    return el(
        "section",
        block_title(_("What it means")),
        facts(choice.record, names),
        block_title(_("Agreed targets"), _("a month is judged by the target that was in force in it")),
        agreed,
    )


def rows_asked() -> bool:
    """Whether the address asks for the files and rows."""
    return filters.unseen("rows", ["1"], "") == "1"


def sources_section(choice: Choice, viewer: Viewer, asked: bool) -> Html:
    """Files and rows behind the month's number; read only when asked for, because this looks into the raw rows. Raises
    not_allowed for a role that may not see them."""
    require(viewer.role, Action.SEE_SOURCE_ROWS)
    month = formats.month(choice.month)
    if not asked:
        ask = _("Show the files and rows behind {month}", month=month)
        return el("p", links.link(ask, "indicator", css="sqm-way", rows="1"))
    rows = data_indicator.sources(viewer.scope, choice.code, choice.month, choice.place)
    total = sum(int(row["rows_used"]) for row in rows)
    used = n_("{n} row", "{n} rows", total)
    files = n_("{n} file", "{n} files", len(rows))
    title = block_title(_("{month} rests on {rows} of {files}", month=month, rows=used, files=files))
    return join([title, sources_table(rows), el("p", links.link(_("Hide"), "indicator", css="sqm-way", rows=""))])


def targets_table(rows: list[Record], choice: Choice, names: Names, viewer: Viewer) -> Html:
    """Every agreed target, the newest first, with who agreed it and why; the one in force is marked."""
    titles = [_("In force from"), _("Target"), _("Tolerance"), _("Holds for"), _("Agreed by"), _("Reason")]
    body = []
    unit, decimals = str(choice.record["unit"]), int(choice.record["decimals"])
    for row in rows:
        shown = {
            **choice.record,
            "target_low": row["low"],
            "target_high": row["high"],
        }
        place = Place(str(row["scope_level"]), str(row["scope_code"]))
        in_force = _is_in_force(row, choice)
        since = formats.month(row["valid_from"])
        body.append(
            el(
                "tr",
                cell(Html(span("", since) + (div("sqm-soft", _("in force")) if in_force else NOTHING)), titles[0]),
                cell(texts.target(shown), titles[1], "sqm-r"),
                cell(texts.amount(row["tolerance"], "pp" if unit == "%" else unit, decimals), titles[2], "sqm-r"),
                cell(place_name(place, names, viewer.scope), titles[3]),
                cell(names.department(str(row["agreed_by"])), titles[4]),
                cell(_("first target") if row["reason"] == "initial" else str(row["reason"]), titles[5]),
            )
        )
    head = [el("th", title, css="sqm-r" if at in (1, 2) else "") for at, title in enumerate(titles)]
    return table(head, body)


def _is_in_force(row: Record, choice: Choice) -> bool:
    now = choice.view.row
    return (
        now is not None
        and row["scope_level"] == now["target_scope"]
        and row["scope_code"] in ("", choice.place.code)
        and pd.Timestamp(row["valid_from"]) == now["target_from"]
    )


def places_finding(rows: tuple[Record, ...], names: Names, viewer: Viewer) -> str:
    """Which place is worst, and how many miss."""
    missed = sum(row["status"] == Status.MISSED for row in rows)
    worst = rows[0]
    place = place_name(Place(str(worst["level"]), str(worst["scope_code"])), names, viewer.scope)
    return _(
        "{missed} of {total} places missed; {place} is worst with {value}",
        missed=missed,
        total=len(rows),
        place=place,
        value=texts.value(worst),
    )


def places_table(rows: tuple[Record, ...], choice: Choice, names: Names, viewer: Viewer) -> Html:
    """The worst first; a place with too few answers in grey, without a status."""
    titles = [_("Place"), _("Status"), _("Value"), _("Interval"), "n"]
    stores = data_names.places(viewer.scope).stores
    body = []
    for row in rows[:MOST_PLACES]:
        place = Place(str(row["level"]), str(row["scope_code"]))
        thin = row["reason"] != ""
        title = links.link(
            place_name(place, names, viewer.scope), "indicator", place=place_code(place), code=choice.code
        )
        district = stores.get(place.code, {}).get("district_code", "") if place.level == "store" else ""
        small = (
            div("sqm-soft", data_names.places(viewer.scope).place("district", str(district))) if district else NOTHING
        )
        status = _("too few answers") if thin else ""
        badge = span("sqm-soft", status) if thin else Html(status_style.badge(texts.status(row)))
        body.append(
            el(
                "tr",
                cell(Html(title + small), titles[0]),
                cell(badge, titles[1]),
                cell(texts.value(row), titles[2], "sqm-r"),
                cell(texts.interval(row) or formats.MISSING, titles[3], "sqm-r"),
                cell(formats.count(None if pd.isna(row["n"]) else row["n"]), titles[4], "sqm-r"),
                css="sqm-thin" if thin else "",
            )
        )
    head = [el("th", title, css="sqm-r" if at > 1 else "") for at, title in enumerate(titles)]
    return table(head, body, css="sqm-list")


def sources_table(rows: list[dict[str, Any]]) -> Html:
    """The files behind the number, with the rows as a spreadsheet numbers them."""
    titles = [_("File"), _("Rows used"), _("From row"), _("To row"), _("First rows"), _("Stored"), _("By")]
    body = []
    for row in rows:
        numbers = " ".join(str(int(number)) for number in list(row["first_rows"])[:20])
        more = " …" if int(row["rows_used"]) > 20 else ""
        body.append(
            el(
                "tr",
                cell(str(row["file_name"]) or _("demonstration data ({batch})", batch=str(row["batch_id"])), titles[0]),
                cell(formats.count(row["rows_used"]), titles[1], "sqm-r"),
                cell(str(int(row["first_row"])), titles[2], "sqm-r"),
                cell(str(int(row["last_row"])), titles[3], "sqm-r"),
                cell(numbers + more, titles[4]),
                cell(formats.moment(row["committed_at"]), titles[5]),
                cell("" if pd.isna(row["committed_by"]) else people.called(str(row["committed_by"])), titles[6]),
            )
        )
    head = [el("th", title, css="sqm-r" if at in (1, 2, 3) else "") for at, title in enumerate(titles)]
    return table(head, body)
