"""Which indicator, month and place the indicator page shows, from links and from its filters."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from sqm.rules.access import Scope
from sqm.ui import blocks, filters, formats, links
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import data_indicator
from sqm.ui.indicator.data_indicator import COMPANY, Place, View
from sqm.ui.markup import div, el
from sqm.ui.watch import data_watch
from sqm.ui.watch.data_watch import WatchView
from sqm.ui.words import _, name


@dataclass(frozen=True)
class Choice:
    """What is looked at, and what the month says of it."""

    code: str
    record: Record
    month: date
    place: Place
    view: View
    watch: WatchView


def place_code(place: Place) -> str:
    """As it stands in the address: district.D01; '' for the company."""
    return f"{place.level}.{place.code}" if place.code else ""


def place_of(text: str) -> Place:
    level, _dot, code = text.partition(".")
    return Place(level, code) if code else COMPANY


def place_name(place: Place, names: Names, scope: Scope) -> str:
    """The company, a rival, a district or a store in the viewer's language."""
    if place.level == "company":
        return _("whole company")
    if place.level == "operator":
        return names.label("operator", place.code)
    return data_names.places(scope).place(place.level, place.code)


def choose(scope: Scope, names: Names) -> Choice | None:
    """Draws the filters. None, with what to do instead, when the address names no indicator or one without values."""
    code = filters.unseen("code", ["", *names.indicators, *data_indicator.unlisted()], "")
    record = data_indicator.definition(code)
    if record is None:
        _offer(names)
        return None
    with st.container(key="filters", horizontal=True):
        month = filters.month(_months(scope, code))
        place = place_of(_place_filter(scope, names, code, month))
    return made(scope, code, place, month)


def made(scope: Scope, code: str, place: Place, month: date) -> Choice:
    """The choice of a code that data_indicator.definition knows."""
    watch = data_watch.behaviour_of(scope, code, place, month)
    record = data_indicator.definition(code) or {}
    return Choice(code, record, month, place, data_indicator.view(scope, code, place, month), watch)


def _months(scope: Scope, code: str) -> tuple[date, ...]:
    months = data_names.all_months().all
    if months or data_indicator.is_listed(code):
        return months
    return tuple(stamp.date() for stamp in data_indicator.history(scope, code)["month"])


def _place_filter(scope: Scope, names: Names, code: str, month: date) -> str:
    """Places that have a value. One that is asked for and has none this month stays: the page then says so."""
    found = data_indicator.places_of(scope, code, month)
    known = data_names.places(scope)
    options = ["" if level == "company" else f"{level}.{each}" for level, each_of in found.items() for each in each_of]
    if data_indicator.is_listed(code):
        registered = [f"district.{each}" for each in known.districts] + [f"store.{each}" for each in known.stores]
        wanted = st.query_params.get("place", "")
        options = list(dict.fromkeys(["", *options, *([wanted] if wanted in registered else [])]))
    shown = {option: place_name(place_of(option), names, scope) for option in options}
    return filters.choice("place", _("Place"), options, lambda option: shown.get(option, option))


def _offer(names: Names) -> None:
    """No indicator in the address: all of them, by process."""
    blocks.block(_("Choose an indicator"), _("All indicators of the catalogue, by process"))
    groups = []
    for process, record in names.processes.items():
        mine = [code for code, each in names.indicators.items() if each["process_code"] == process]
        items = [el("li", links.link(names.indicator(code), "indicator", code=code)) for code in mine]
        groups.append(el("section", el("h3", name(record)), el("ul", *items)))
    others = [el("li", links.link(code, "indicator", code=code)) for code in data_indicator.unlisted()]
    if others:
        groups.append(el("section", el("h3", _("From uploads, outside the catalogue")), el("ul", *others)))
    blocks.html(div("sqm-columns sqm-three", *groups))


def heading(choice: Choice, names: Names, scope: Scope) -> str:
    """Code, process, dimension, month and place, in grey."""
    record = choice.record
    parts = [choice.code] if data_indicator.is_listed(choice.code) else [_("not in the catalogue: named by its code")]
    if record["process_code"]:
        parts += [name(names.processes[record["process_code"]]), name(names.dimensions[record["dimension_code"]])]
    parts += [formats.month(choice.month), place_name(choice.place, names, scope)]
    return " · ".join(parts)
