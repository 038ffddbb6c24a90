"""Links inside our HTML blocks: one click drills down without loading the page anew.

A link is a real address (``matrix?cell=promotions.perception``), so it also opens in a new tab and can be sent on. A
small listener of ours (assets/links/links.js, served from this host) hands a plain click to the server instead, which
treats the address like any other: unknown pages and pages that the role may not open are dropped.
"""

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from sqm.rules.access import Role
from sqm.ui import address, navigation
from sqm.ui.blocks import safe
from sqm.ui.words import language

_NAME = "sqm.links"
_FOLDER = Path(__file__).parent / "assets"
_FOLLOWED = "links.followed"
_LONGEST = 500  # characters of an address; ours are far shorter


def href(page_name: str, **choices: str) -> str:
    """An address of this product, relative, so that it holds under any base path. Empty choices are left out."""
    given = {"lang": str(language())} | {name: value for name, value in choices.items() if value}
    path = "." if page_name == navigation.ENTRIES[0].name else page_name
    return f"{path}?{urlencode(given)}"


def link(text: str, page_name: str, css: str = "", **choices: str) -> str:
    """The link as safe HTML for blocks; text is plain."""
    return wrap(safe(text), page_name, css, **choices)


def wrap(inside_html: str, page_name: str, css: str = "", **choices: str) -> str:
    """The same around HTML that blocks or status_style made."""
    return f'<a class="sqm-go {css}" href="{safe(href(page_name, **choices))}">{inside_html}</a>'


def listen(page_name: str, role: Role) -> None:
    """Follow clicks on our links. Called once a page, after its address is known."""
    _register()
    st.components.v2.component(_NAME, js="links.js")(key=f"links_{page_name}", on_followed_change=lambda: None)


def _register() -> None:
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_NAME) is None:
        manifest = ComponentManifest("sqm", "1", [ComponentConfig("links", asset_dir="links")])
        manager.register_from_manifest(manifest, _FOLDER)
