"""Which store, month and span the store page shows, and which of its forms is open; from address and filters."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from sqm.ui import filters
from sqm.ui.data_names import Record
from sqm.ui.sign_in import Viewer
from sqm.ui.stores import data_scores, stores_words
from sqm.ui.stores.data_scores import Span
from sqm.ui.words import _, name

ALL_ROWS = "all"


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
    list of stores."""
    stores, months = data_scores.stores(viewer.scope), data_scores.months()
    if not stores or not months:
        return None
    with st.container(key="filters", horizontal=True):
        rows = sorted(stores.values(), key=lambda row: (str(row["district_code"]), str(row["store_code"])))
        store = _store(rows)
        month = filters.month(months)
        spans = [str(each) for each in Span]
        span = filters.choice("span", _("Period"), spans, stores_words.span, str(Span.QUARTER), segmented=True)
    return Choice(store, month, Span(span), filters.unseen("rows", [ALL_ROWS], "") == ALL_ROWS)


def _store(rows: list[Record]) -> str:
    codes = {str(row["store_code"]): row for row in rows}
    if len(codes) == 1:
        return filters.unseen("store", [], next(iter(codes)))
    return filters.choice("store", _("Store"), list(codes), lambda code: f"{code} {name(codes[code])}")
