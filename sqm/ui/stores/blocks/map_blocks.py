"""The map of stores: marked by sign and colour, by what the reader asks; beneath it the stores that ask for attention.

The map that can be moved is a component of its own; the picture beside it prints and stands in where it cannot run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqm.charts.stores import geography, store_map
from sqm.charts.stores.geography import Area, Pin, StoreMap
from sqm.rules.access import Scope
from sqm.rules.audits.audit_visits import LEAST_VISITS
from sqm.rules.audits.sampling_plan import waits_too_long
from sqm.rules.periods import add_months, months_between
from sqm.rules.stores.funnel import Call
from sqm.rules.stores.store_cascade import compared
from sqm.rules.stores.store_score import passes
from sqm.ui import formats
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Record
from sqm.ui.markup import Html, block_title, cell, el, empty, footnote, join, table
from sqm.ui.stores import stores_words as words
from sqm.ui.stores.blocks import fair_table
from sqm.ui.stores.doors import data_scores, data_standards, data_stores
from sqm.ui.stores.stores_choice import Choice
from sqm.ui.stores.views import Measure, Shown
from sqm.ui.words import _, language, listed, n_, name, use

MOST_LISTED = 40
MOST_MOVED = 1000
"""Stores on the map that can be moved: each weighs 200 bytes on the wire, a tenth of it in the picture."""


@dataclass(frozen=True)
class Marked:
    """One store. standing: a word of charts/standings.LOOKS; value: what it stands on, for the tooltip and the list."""

    standing: str
    value: str


@dataclass(frozen=True)
class Picture:
    """drawn: the map; attention: codes of the stores whose mark asks for it, in the order of the list."""

    drawn: StoreMap
    marks: Mapping[str, Marked]
    attention: tuple[str, ...]


def picture(scope: Scope, choice: Choice) -> Picture:
    """Cached; in the language in force."""
    return _picture(stamp(), scope, choice, str(language()))


@lru_cache(maxsize=KEPT)
def _picture(at: Stamp, scope: Scope, choice: Choice, spoken: str) -> Picture:
    with use(spoken):
        known = _chosen(scope, choice)
        marks = _marks(scope, choice, known)
        areas = [
            Area(name(row) or code, str(row["outline"] or ""), code == choice.district)
            for code, row in data_stores.districts().items()
        ]
        is_limited = not scope.is_everything
        pins = [_pin(code, row, marks[code], is_limited and scope.stores is not None) for code, row in known.items()]
        worst = _legend(choice)[0][0]
        attention = [code for code in known if marks[code].standing == worst]
        attention.sort(key=lambda code: (str(known[code]["district_code"]), code))
        return Picture(StoreMap(tuple(areas), tuple(pins), tuple(_legend(choice))), marks, tuple(attention))


def _chosen(scope: Scope, choice: Choice) -> dict[str, Record]:
    return {
        code: row
        for code, row in data_scores.stores(scope).items()
        if (not choice.district or row["district_code"] == choice.district)
        and (choice.group is None or (str(row["class"]), str(row["size"])) == choice.group)
    }


def _pin(code: str, row: Record, mark: Marked, is_own: bool) -> Pin:
    title = words.store(row, code)
    told = "\n".join([title, f"{code} · {words.group((str(row['class']), str(row['size'])))}", mark.value])
    x, y = (
        None if row[axis] is None or row[axis] != row[axis] else float(row[axis]) for axis in ("longitude", "latitude")
    )
    return Pin(code, title, x, y, mark.standing, told, is_own)


def _legend(choice: Choice) -> list[tuple[str, str]]:
    """Standing and word; the first is the one that asks for attention."""
    gap = data_standards.longest_gap(choice.month)
    return {
        Shown.STANDING: [
            ("below", _("below the middle of its class")),
            ("alike", _("cannot be told apart")),
            ("above", _("above the middle of its class")),
            ("no_data", _("not ranked, or too few visits")),
        ],
        Shown.MARK: [
            ("missed", _("below the pass mark")),
            ("met", _("pass mark reached")),
            ("no_target", _("no pass mark")),
            ("no_data", _("no score")),
        ],
        Shown.SMS: [
            ("below", _("less satisfied than chance does")),
            ("alike", _("within chance")),
            ("above", _("more satisfied than chance does")),
            ("no_data", _("no answers")),
        ],
        Shown.VISITS: [
            ("near", _("fewer than three visits: indicative")),
            ("met", _("three visits or more")),
            ("no_data", _("no visit")),
        ],
        Shown.LAST: [
            ("missed", _("not visited for more than {n} months", n=formats.number(gap))),
            ("met", _("visited since")),
            ("no_data", _("never visited")),
        ],
    }[choice.show]


def _marks(scope: Scope, choice: Choice, known: dict[str, Record]) -> dict[str, Marked]:
    view = data_scores.view(scope, choice.month, choice.span)
    if choice.show is Shown.SMS:
        return _of_answers(scope, choice, known)
    if choice.show is Shown.LAST:
        return _of_last(scope, choice, known)
    scores = compared(view.results, choice.what)
    mark = data_standards.pass_mark(choice.month)
    standing = {
        each.code: str(each.standing) for table in view.tables[choice.what].values() if table for each in table.stores
    }
    out = {}
    for code in known:
        result, score = view.results.get(code), scores.get(code)
        told = [
            _("Score {score}", score=formats.number(score, 1)) if score is not None else _("no score"),
            words.visits(result),
        ]
        n = 0 if result is None or result.visits is None else result.visits.n
        if choice.show is Shown.VISITS:
            found = "no_data" if not n else "near" if n < LEAST_VISITS else "met"
        elif choice.show is Shown.MARK:
            reached = passes(score, mark)
            found = "no_data" if score is None else "no_target" if reached is None else "met" if reached else "missed"
        else:
            found = "no_data" if words.is_indicative(result, choice.what) else standing.get(code, "no_data")
        out[code] = Marked(found, " · ".join(told))
    return out


def _of_answers(scope: Scope, choice: Choice, known: dict[str, Record]) -> dict[str, Marked]:
    """By the funnel of each store's own class."""
    out = {code: Marked("no_data", _("no answers")) for code in known}
    for group in data_stores.groups(scope):
        found = data_stores.store_funnel(scope, choice.month, choice.span, Measure.SMS, group)
        for code, point in () if found is None else zip(found.codes, found.found.points, strict=True):
            if code in known and point.call is not Call.NO_DATA:
                value = _("{share} satisfied, n = {n}", share=formats.share(point.share), n=formats.number(point.n))
                out[code] = Marked({-1: "below", 0: "alike", 1: "above"}[point.call.side], value)
    return out


def _of_last(scope: Scope, choice: Choice, known: dict[str, Record]) -> dict[str, Marked]:
    """Whether the last visit is longer ago than the province lets a store wait, as the coverage of audits counts it."""
    gap, last = data_standards.longest_gap(choice.month), data_stores.last_visits(scope, choice.month)
    after = add_months(choice.month, 1)
    out = {}
    for code in known:
        day = last.get(code)
        if day is None:
            out[code] = Marked("no_data", _("never visited"))
            continue
        value = _(
            "last visit {day}, {days} days before the end of the month", day=formats.day(day), days=_days(day, after)
        )
        waits = waits_too_long(months_between(day, choice.month), gap)
        out[code] = Marked("missed" if waits else "met", value)
    return out


def _days(day: date, after: date) -> str:
    return formats.count((after - day).days - 1)


def blocks(scope: Scope, choice: Choice, period: str, districts: dict[str, str], dark: bool) -> tuple[Html, Html]:
    """(what stands above the map that can be moved, what stands under it)."""
    found = picture(scope, choice)
    under = " · ".join(
        [
            words.shown(choice.show),
            *([words.compared(choice.what)] if choice.show in (Shown.STANDING, Shown.MARK) else []),
            period,
        ]
    )
    known = data_scores.stores(scope)
    above = block_title(_finding(found, choice, known, districts), under)
    if geography.plane(found.drawn) is None:
        nothing = empty(
            _("No store has coordinates, and no district an outline."), _("Both come with the register of stores.")
        )
        return join([above, nothing]), _list(found, choice, known, districts)
    alt = _(
        "Map of {n} stores by {what}. {finding}",
        n=len(found.drawn.pins),
        what=words.shown(choice.show),
        finding=_finding(found, choice, known, districts),
    )
    drawn = Html(store_map.figure(found.drawn, alt, dark=dark))
    notes = []
    missing = len(geography.left_off(found.drawn))
    if missing:
        notes.append(
            n_(
                "{n} store has no usable coordinates and is not on the map.",
                "{n} stores have no usable coordinates and are not on the map.",
                missing,
            )
        )
    if len(found.drawn.pins) > MOST_MOVED:
        notes.append(_("So many stores stand still: choose a district or a class for a map that can be moved."))
    notes.append(
        _("Outlines are the operator's own; no map service is asked. A standing holds within a store's class.")
    )
    return above, join([drawn, footnote(*notes), _list(found, choice, known, districts)])


def _finding(found: Picture, choice: Choice, known: dict[str, Record], districts: dict[str, str]) -> str:
    """Below the middle of its class: 12 of 130 stores, most of them in Heronsand (4)"""
    word = _title(_legend(choice)[0][1])
    if not found.attention:
        return _("{what}: none of {all} stores", what=word, all=formats.count(len(found.marks)))
    said = n_(
        "{what}: {n} of {all} stores",
        "{what}: {n} of {all} stores",
        len(found.attention),
        what=word,
        all=formats.count(len(found.marks)),
    )
    counts: dict[str, int] = {}
    for code in found.attention:
        counts[str(known[code]["district_code"])] = counts.get(str(known[code]["district_code"]), 0) + 1
    most = max(counts.values())
    where = [districts.get(code, code) for code, n in counts.items() if n == most]
    is_one_place = bool(choice.district) or len({row["district_code"] for row in known.values()}) < 2
    if most < 2 or is_one_place or len(where) > 2:
        return said
    return said + _(", most of them in {districts} ({n})", districts=listed(where), n=most)


def told(found: Picture) -> str:
    """The legend in words: below the middle of its class 13; cannot be told apart 109"""
    counts = geography.counts(found.drawn)
    return _("; ").join(f"{word} {counts[code]:,}" for code, word in found.drawn.words if counts.get(code))


def _title(word: str) -> str:
    return word[:1].upper() + word[1:]


def _list(found: Picture, choice: Choice, known: dict[str, Record], districts: dict[str, str]) -> Html:
    """The stores that ask for attention, for those who cannot see the map."""
    if not found.attention:
        return Html("")
    word = _legend(choice)[0][1]
    titles = [_("Store"), _("Class"), _title(word)]
    rows = []
    for code in found.attention[:MOST_LISTED]:
        row = known[code]
        title = fair_table.store_name(code, choice, known, districts)
        group = words.group((str(row["class"]), str(row["size"])))
        rows.append(
            el(
                "tr",
                cell(title, titles[0], "sqm-name"),
                cell(group, titles[1]),
                cell(found.marks[code].value, titles[2]),
            )
        )
    parts = [table([el("th", title) for title in titles], rows, "sqm-list")]
    more = len(found.attention) - len(rows)
    if more:
        parts.append(
            footnote(
                n_(
                    "{n} more store is not listed; choose a district or a class.",
                    "{n} more stores are not listed; choose a district or a class.",
                    more,
                )
            )
        )
    return join(parts)
