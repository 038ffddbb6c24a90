"""Links inside our HTML blocks: one click drills down without loading the page anew.

A link is a real address (``matrix?cell=promotions.perception``), so it also opens in a new tab and can be sent on. A
small listener of ours (assets/links/links.js, served from this host) keeps a plain click in the session: a link to
another page moves through the browser's history as Back does, one that stays on the page is handed to the server.
Either way the server treats the address like any other: what the role may not open is refused.
"""

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from sqm.ui import address, navigation
from sqm.ui.markup import Html, el
from sqm.ui.signing import look_as
from sqm.ui.words import language

_NAME = "sqm.links"
_FOLDER = Path(__file__).parent / "assets"
_KEY = "links_heard"
STAY = "?"
"""An address that begins with it stays on the page and changes only the choices that it names."""
_LONGEST = 500  # characters of an address; ours are far shorter


def href(page_name: str, **choices: str) -> str:
    """An address of this product, relative, so that it holds under any base path. An empty choice resets it."""
    path = "." if page_name == navigation.ENTRIES[0].name else page_name
    return f"{path}?{urlencode({'lang': str(language()), **choices})}"


def link(inside: str, page_name: str, css: str = "", **choices: str) -> Html:
    """A link around text or Html."""
    return el("a", inside, css=f"sqm-go {css}".strip(), href=href(page_name, **choices))


def listen() -> None:
    """Hear the clicks on our links. Called once a run, outside the page: the browser keeps it when pages change."""
    _register()
    st.components.v2.component(_NAME, js="links.js")(key=_KEY, on_followed_change=_take)


def _take() -> None:
    """A click that stays on the page, before the run that answers it. Choices are kept by name; each page checks its
    own."""
    followed = target(str(getattr(st.session_state.get(_KEY), "followed", "") or ""))
    if followed is None:
        return
    for name, value in followed[1].items():
        if name == look_as.ASK:
            look_as.ask()
        else:
            address.choose(name, value)


def target(address_text: str) -> tuple[str, dict[str, str]] | None:
    """Page and choices of an address that a browser sent; None when it is none of ours."""
    if len(address_text) > _LONGEST:
        return None
    try:
        parts = urlsplit(address_text)
        choices = dict(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=12))
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        return None
    names = [entry.name for entry in navigation.ENTRIES]
    if address_text.startswith(STAY):
        return address.page(), choices
    page_name = names[0] if parts.path in (".", "") else parts.path
    return (page_name, choices) if page_name in names else None


def _register() -> None:
    """Streamlit serves the file under its own address once it knows the folder; a fresh runtime knows nothing."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_NAME) is None:
        manifest = ComponentManifest("sqm", "1", [ComponentConfig("links", asset_dir="links")])
        manager.register_from_manifest(manifest, _FOLDER)
