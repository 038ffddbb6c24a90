"""The map that can be moved: one component, drawn only on the view of the map; on paper the picture stands instead."""

import streamlit as st

from sqm.charts import store_deck
from sqm.rules.access import Scope
from sqm.ui import status_style
from sqm.ui.stores import map_blocks
from sqm.ui.stores.stores_choice import Choice

_HEIGHT = 560


def show(scope: Scope, choice: Choice) -> None:
    """Nothing where no store has a place on the map."""
    deck = store_deck.deck(map_blocks.picture(scope, choice).drawn, height=_HEIGHT, dark=status_style.is_dark())
    if deck is None:
        return
    with st.container(key="map_live_stores"):
        st.pydeck_chart(deck, height=_HEIGHT)
