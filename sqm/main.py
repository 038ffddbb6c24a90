"""The UI script. In this order: page config, language, who is looking, what they may open, the page itself."""

from pathlib import Path

import streamlit as st

from sqm.ui import address, blocks, frame, links, navigation, page, sign_in, status_style
from sqm.ui.words import _

ICON = str(Path(__file__).parent / "ui" / "assets" / "icon.svg")


def main() -> None:
    """One run of the script for one viewer."""
    address.start()
    frame.settle_language()
    st.set_page_config(
        page_title=_("Service quality"),
        page_icon=ICON,
        layout="wide",
    )
    st.logo(ICON, size="small")
    blocks.style_sheet()
    frame.language_switch()
    viewer = sign_in.viewer()
    known = sign_in.may_enter(viewer)
    chosen = st.navigation(
        navigation.pages(viewer.role, refused=page.refuse),
        position="top" if known else "hidden",
    )
    if not known:
        sign_in.refuse()
        return
    status_style.legend()
    links.listen()
    page.run(chosen, viewer)
    address.write()


main()
