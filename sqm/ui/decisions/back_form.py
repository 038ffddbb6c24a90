"""One question before a decision is taken back, with a reason: the same box on every page that asks."""

from collections.abc import Callable

import streamlit as st

from sqm.ui import blocks
from sqm.ui.decisions import deciding
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _


def ask(
    viewer: Viewer,
    decision_id: str,
    what: str,
    form: str,
    close: Callable[[], None],
    note: str = "",
    place: str = "",
) -> None:
    """what: the heading; note: a line under it. form: what the keys of its fields begin with: ``close`` forgets
    FORM_reason. The box shuts, whatever comes of it; place: where on the page that is said."""
    reason = f"{form}_reason"
    with st.container(border=True, key=f"{form}_back"):
        blocks.subtitle(what)
        if note:
            blocks.footnote(note)
        st.text_input(_("Reason"), key=reason, max_chars=300)
        with st.container(horizontal=True):
            pressed = (viewer, decision_id, reason, close, place)
            st.button(_("Take it back"), type="primary", on_click=_take_back, args=pressed)
            st.button(_("Close"), key=f"{form}_close", on_click=close)


def _take_back(viewer: Viewer, decision_id: str, reason: str, close: Callable[[], None], place: str) -> None:
    deciding.take_back(viewer, decision_id, reason=str(st.session_state.get(reason) or ""), place=place)
    close()
