"""The map that can be moved: one component, drawn only on the view of the map; on paper the picture stands instead."""

import streamlit as st

from sqm.charts.stores import store_deck, store_map
from sqm.rules.access import Scope
from sqm.ui import blocks, status_style
from sqm.ui.stores.blocks import map_blocks
from sqm.ui.stores.stores_choice import Choice

_HEIGHT = 560


def show(scope: Scope, choice: Choice) -> None:
    """Nothing where no store has a place on the map, or too many have one."""
    found, dark = map_blocks.picture(scope, choice), status_style.is_dark()
    if len(found.drawn.pins) > map_blocks.MOST_MOVED:
        return
    deck = store_deck.deck(found.drawn, height=_HEIGHT, dark=dark)
    if deck is None:
        return
    with st.container(key="map_live_stores"):
        blocks.html(store_map.legend(found.drawn, map_blocks.told(found), dark=dark))
        st.pydeck_chart(deck, height=_HEIGHT)
