"""What the audits page shows: view, month and district from the filters, and what a link opened."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import streamlit as st

from sqm.rules.periods import month_of
from sqm.ui import filters
from sqm.ui.doors import data_names
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.stores.doors import data_scores
from sqm.ui.words import _


class View(StrEnum):
    """Only the chosen one is worked out."""

    COVERAGE = "coverage"
    APPEALS = "appeals"
    AUDITORS = "auditors"
    STANDARDS = "standards"


@dataclass(frozen=True)
class Choice:
    """district: '' all that the viewer sees. has_visits: whether any scored visit was stored yet."""

    view: View
    month: date
    district: str
    has_visits: bool


def choose(viewer: Viewer, today: date) -> Choice:
    """Draws the filters. Without any visit there is no month to choose: the current one stands."""
    titles = {
        View.COVERAGE: _("Sampling"),
        View.APPEALS: _("Appeals"),
        View.AUDITORS: _("Auditors"),
        View.STANDARDS: _("Standards"),
    }
    months = data_scores.months()
    with st.container(key="filters", horizontal=True):
        view = View(filters.choice("view", _("View"), list(View), lambda code: titles[View(code)], segmented=True))
        month = filters.month(months) if months else month_of(today)
        rows = list(data_names.places(viewer.scope).districts.values())
        district = filters.district(rows) if len(rows) > 1 else filters.ALL
    return Choice(view, month, district, bool(months))
