"""Which store, month and span the store page shows, and which of its forms is open; from address and filters."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from sqm.ui import address, filters
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Record
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.stores import stores_words
from sqm.ui.stores.doors import data_scores
from sqm.ui.stores.doors.data_scores import Span
from sqm.ui.words import _, language, name

ALL_ROWS = "all"
_MOST_LISTED = 40  # stores; a longer list is no choice
_DISTRICT = "store_district"


@dataclass(frozen=True)
class Choice:
    """Hashable, so that it can be part of a cache key. all_rows: every item that cost points is listed."""

    store: str
    month: date
    span: Span
    all_rows: bool = False

    @property
    def first(self) -> date:
        return data_scores.window(self.month, self.span)[0]


def choose(viewer: Viewer) -> Choice | None:
    """Draws the filters; None when the viewer sees no store or no store was ever audited. A viewer of one store has no
    list of stores, one of very many chooses a district first: a list of a thousand costs more than the page."""
    stores, months = data_scores.stores(viewer.scope), data_scores.months()
    if not stores or not months:
        return None
    codes = sorted(stores, key=lambda code: (str(stores[code]["district_code"]), code))
    with st.container(key="filters", horizontal=True):
        store = filters.unseen("store", codes, codes[0])
        if len(codes) > 1:
            listed = _of_district(viewer, stores, codes, store) if len(codes) > _MOST_LISTED else codes
            store = filters.choice(
                "store", _("Store"), listed, lambda code: f"{code} {name(stores[code])}", default=codes[0]
            )
        month = filters.month(months)
        spans = [str(each) for each in Span]
        span = filters.choice("span", _("Period"), spans, stores_words.span, str(Span.QUARTER), segmented=True)
    return Choice(store, month, Span(span), filters.unseen("rows", [ALL_ROWS], "") == ALL_ROWS)


def _of_district(viewer: Viewer, stores: dict[str, Record], codes: list[str], store: str) -> list[str]:
    """The stores of the store's own district. It has no place in the address: the store says it, and another district
    begins with its first store."""
    named = data_names.places(viewer.scope).districts
    by_district: dict[str, list[str]] = {}
    for code in codes:
        by_district.setdefault(str(stores[code]["district_code"]), []).append(code)
    now = str(stores[store]["district_code"])
    widget = f"{_DISTRICT}_{language()}"
    if st.session_state.get(widget) != now:
        st.session_state[widget] = now
    st.selectbox(
        _("District"),
        list(by_district),
        format_func=lambda code: name(named.get(code, {})) or code,
        key=widget,
        on_change=_take,
        args=(widget, by_district),
    )
    return by_district[now]


def _take(widget: str, by_district: dict[str, list[str]]) -> None:
    chosen = st.session_state.get(widget)
    if chosen in by_district:
        address.choose("store", by_district[str(chosen)][0])
