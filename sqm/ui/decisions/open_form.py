"""A form that a choice in the address opens: how it is shut."""

from collections.abc import Iterable

import streamlit as st

from sqm.ui import address


def shut(choices: Iterable[str], fields: Iterable[str]) -> None:
    """From a button's callback. choices: names in the address that open it; fields: keys of what was typed, which is
    forgotten, so that the form is empty when it is opened again."""
    for choice in choices:
        address.choose(choice, "")
    for field in fields:
        st.session_state.pop(field, None)
