"""Doors of the upload page."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from sqm.database.batches import batches, register
from sqm.intake.register import Register
from sqm.ui.doors.data import KEPT, Stamp, database, stamp

RECENT_DAYS = 31
"""Days for which rows that a file left out are still pointed at."""


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _history(at: Stamp) -> pd.DataFrame:
    return batches.history(database())


def history() -> pd.DataFrame:
    """Committed batches, newest first (see database/batches/batches.py). The roles that upload see all of them."""
    return _history(stamp())


def recent(today: date) -> pd.DataFrame:
    """Those of the last RECENT_DAYS days."""
    rows = history()
    return rows[pd.to_datetime(rows["committed_at"]) >= pd.Timestamp(today - timedelta(days=RECENT_DAYS))]


@st.cache_resource(show_spinner=False, max_entries=2)
def _known_codes(at: Stamp, today: date) -> Register:
    return register.read(database(), today)


def known_codes() -> Register:
    """The codes that a file may use, as of today. Do not change it."""
    return _known_codes(stamp(), date.today())
