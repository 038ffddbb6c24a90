"""What a revision changed, in full: every conclusion that flipped and every number that moved."""

from datetime import date

from sqm.database.indicators.indicators import Place
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.doors.data_names import Names, Places, Record, records
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.indicator.indicator_choice import place_code
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, join, span, table
from sqm.ui.months import months_words
from sqm.ui.months.data_months import Difference
from sqm.ui.words import _, name

MOST = 12
MOST_DECIMALS = 4


def block(
    found: Difference, others: tuple[Difference, ...], month: date, names: Names, places: Places, whole: bool
) -> Html:
    """One difference; the other ones of the month are a click away. whole: all rows of both lists, else the first."""
    title = _("{what}: {turned}", what=months_words.against(found), turned=months_words.turned(found.change))
    under = _("against what was published on {day}", day=formats.day(found.before.at.date()))
    parts = [block_title(title, under), _ways(found, others)]
    place = {str(code): at for at, code in enumerate(names.indicators)}

    def order(row: Record) -> tuple[bool, int, str]:
        """What concerns the whole company first."""
        return row["scope_code"] != "", place.get(str(row["indicator_code"]), len(place)), str(row["scope_code"])

    flipped, moved = (sorted(records(rows), key=order) for rows in (found.change.flipped, found.change.moved))
    if flipped:
        parts.append(_flips(flipped if whole else flipped[:MOST], month, names, places))
    if moved:
        parts.append(_moves(moved if whole else moved[:MOST], month, names, places))
    if max(len(moved), len(flipped)) > MOST and not whole:
        label = _("show all: {turned}", turned=months_words.turned(found.change))
        parts.append(links.link(label, "months", css="sqm-way", moved="all"))
    return join(parts)


def code_of(found: Difference) -> str:
    """As it stands in the address: the revision, or now."""
    return "now" if found.after is None else str(found.after.revision)


def _ways(found: Difference, others: tuple[Difference, ...]) -> Html:
    if len(others) < 2:
        return NOTHING
    ways = [
        span("sqm-chosen-word", months_words.against(each))
        if each is found
        else links.link(months_words.against(each), "months", css="sqm-way", revision=code_of(each))
        for each in reversed(others)
    ]
    return div("sqm-ways", *ways)


def _flips(rows: list[Record], month: date, names: Names, places: Places) -> Html:
    titles = [_("Conclusion that flipped"), _("Place"), _("Published as"), _("Became")]
    body = [
        el(
            "tr",
            cell(_title(row, month, names), titles[0], "sqm-name"),
            cell(_place(row, places), titles[1]),
            cell(_status(str(row["status_before"])), titles[2]),
            cell(_status(str(row["status_after"])), titles[3]),
        )
        for row in rows
    ]
    return table([el("th", title) for title in titles], body, "sqm-list")


def _moves(rows: list[Record], month: date, names: Names, places: Places) -> Html:
    titles = [_("Number that moved"), _("Place"), _("Published as"), _("Became"), _("Moved by")]
    head = [el("th", title, css="sqm-r" if at > 1 else "") for at, title in enumerate(titles)]
    body = []
    for row in rows:
        before, after, change = _numbers(row, names.indicators.get(str(row["indicator_code"]), {}))
        body.append(
            el(
                "tr",
                cell(_title(row, month, names), titles[0], "sqm-name"),
                cell(_place(row, places), titles[1]),
                cell(before, titles[2], "sqm-r"),
                cell(after, titles[3], "sqm-r"),
                cell(change, titles[4], "sqm-r"),
            )
        )
    return table(head, body, "sqm-list")


def _title(row: Record, month: date, names: Names) -> Html:
    code = str(row["indicator_code"])
    place = place_code(Place(str(row["level"]), str(row["scope_code"])))
    process = name(names.processes.get(str(names.indicators.get(code, {}).get("process_code", "")), {}))
    link = links.link(names.indicator(code), "indicator", code=code, place=place, month=f"{month:%Y-%m}")
    return Html(link + div("sqm-soft", process))


def _place(row: Record, places: Places) -> str:
    return places.place("district", str(row["scope_code"])) if row["scope_code"] else _("whole company")


def _status(code: str) -> Html:
    """'' for an indicator that was not, or is no longer, in the month's edition."""
    return Html(status_style.badge(Status(code))) if code else span("sqm-soft", _("not in the matrix"))


def _numbers(row: Record, record: Record) -> tuple[str, str, str]:
    """Before, after and the difference, with as many decimals as it takes to see that they differ."""
    before, after = texts.known(row["value_before"]), texts.known(row["value_after"])
    unit, decimals = str(record.get("unit", "")), int(record.get("decimals", 1))
    if before is None or after is None:
        return texts.amount(before, unit, decimals), texts.amount(after, unit, decimals), formats.MISSING
    is_share = unit in ("%", "pp")
    moved = abs(after - before) * (100 if is_share else 1)

    def looks_equal() -> bool:
        return round(moved, decimals) == 0 or texts.amount(before, unit, decimals) == texts.amount(
            after, unit, decimals
        )

    while decimals < MOST_DECIMALS and looks_equal():
        decimals += 1
    change = formats.points(after - before, decimals) if is_share else formats.number(after - before, decimals, True)
    return texts.amount(before, unit, decimals), texts.amount(after, unit, decimals), change
