"""What the last press of a button did: said once, on the next run of the page on which it was pressed."""

import streamlit as st

from sqm.ui import address, blocks


def keep(text: str, place: str = "") -> None:
    """From a button's callback, for the run that follows. place: where on the page, if it says things in two places."""
    st.session_state[_key(place)] = text


def take(place: str = "") -> str:
    """What was kept, and forgotten now; '' for nothing."""
    return str(st.session_state.pop(_key(place), ""))


def say(place: str = "") -> None:
    """Draw what was kept, once."""
    blocks.said(take(place))


def _key(place: str) -> str:
    return f"told.{address.page()}.{place}"
