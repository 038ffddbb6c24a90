"""What stands around every page: the language switch."""

import streamlit as st

from sqm.ui import address
from sqm.ui.words import Language, from_browser, language, settle

_NAMES = {Language.ZH: "中文", Language.EN: "English"}  # each in its own language, so never translated


def settle_language() -> None:
    """Decide the language of this run before the first text is written: the address, the session, the browser."""
    default = str(from_browser())
    settle(address.resolve("lang", [str(each) for each in Language], default, keeps=True))


def language_switch() -> None:
    """中文 | English, at the right of the header."""
    with st.container(key="frame_language"):
        st.session_state["frame_language_choice"] = language()
        st.segmented_control(
            "中文 / English",
            list(_NAMES),
            format_func=_NAMES.__getitem__,
            key="frame_language_choice",
            label_visibility="collapsed",
            required=True,
            on_change=_chosen,
        )


def _chosen() -> None:
    address.choose("lang", str(st.session_state["frame_language_choice"]))
