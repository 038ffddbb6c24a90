"""The UI script. In this order: page config, language, who is looking, what they may open, the page itself."""

from pathlib import Path

import streamlit as st

from sqm.ui import address, blocks, frame, links, navigation, page
from sqm.ui.signing import look_as, provider, sign_in
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
    viewer = sign_in.viewer()
    known = sign_in.may_enter(viewer)
    chosen = st.navigation(
        navigation.pages(viewer.role, refused=page.stand_in),
        position="top" if known else "hidden",
    )
    if not provider.is_set_up():
        look_as.form()
    if not known:
        frame.around(navigation.ENTRIES[0].name)
        sign_in.refuse(viewer)
        links.listen()
        return
    links.listen()
    page.run(chosen, viewer)
    address.write()


main()
