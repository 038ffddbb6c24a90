"""What a viewer must know on every page: that the data are synthetic, or what an empty database needs first."""

import streamlit as st

from sqm.ui import blocks, navigation
from sqm.ui.doors import data
from sqm.ui.signing import provider
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _


def demo() -> str:
    """The label of the demonstration; nothing on an operator's own data."""
    if not data.contents().is_demo:
        return ""
    return (
        _("Synthetic demonstration data: a fictional operator in a fictional city.")
        + " "
        + _("The 151 indicators are our reconstruction; the sources print none of their names.")
    )


def strip() -> str:
    """The calm line above every page: the label of the demonstration, and that nobody signs in here."""
    local = "" if provider.is_set_up() else _("No sign-in is set up: this server answers on this machine only.")
    return " ".join(text for text in (demo(), local) if text)


def stop_when_empty(viewer: Viewer) -> None:
    """An empty database shows no empty charts, but the next thing to upload."""
    held = data.contents()
    if held.has_values:
        return
    if not held.has_stores:
        missing = _(
            "This database is empty. The store register comes first: which stores there are, and in which district."
        )
    else:
        missing = _(
            "The store register is there. What is missing are answers or values: a survey file or an indicator file."
        )
    blocks.empty(missing, _("An analyst uploads it. Templates to fill in are on the upload page."))
    navigation.offer(viewer.role, "upload", _("Go to upload"))
    st.stop()
