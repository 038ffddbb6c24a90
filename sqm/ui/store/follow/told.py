"""What the last press of a button on the store page did, once."""

import streamlit as st

from sqm.ui import blocks

_KEY = "store.told"


def keep(text: str) -> None:
    """From a button's callback, for the run that follows."""
    st.session_state[_KEY] = text


def say() -> None:
    blocks.said(str(st.session_state.pop(_KEY, "")))
