"""The invented city as a picture and as a map that can be moved, behind the product's own middleware: test_map.py."""

import csv

import streamlit as st

from sqm import config
from sqm.charts.stores import store_deck, store_map
from sqm.charts.stores.geography import Area, Pin, StoreMap
from sqm.ui import blocks

DEMO = config.ROOT / "data" / "demo"
HOSTILE = "<img src='http://127.0.0.1:9/x' onerror='document.title=1'>"
STANDINGS = ("met", "near", "missed", "no_data")


def rows(name: str) -> list[dict[str, str]]:
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


st.set_page_config(page_title="map", layout="wide")
blocks.style_sheet()
name = "name_zh" if st.query_params.get("lang") == "zh" else "name_en"
drawn = StoreMap(
    tuple(Area(each[name], each["outline"]) for each in rows("districts.csv")),
    tuple(
        Pin(
            each["store_code"],
            each[name],
            float(each["longitude"]),
            float(each["latitude"]),
            STANDINGS[place % 4],
            f"{each[name]} {HOSTILE}",
            is_own=place == 0,
        )
        for place, each in enumerate(rows("stores.csv"))
    ),
    tuple((standing, standing) for standing in STANDINGS),
    (DEMO / "river.geojson").read_text(encoding="utf-8"),
)
dark = st.context.theme.type == "dark"
blocks.html(store_map.figure(drawn, "map of stores", dark=dark))
with st.container(key="map_live"):
    chosen = st.pydeck_chart(
        store_deck.deck(drawn, width=1344, height=560, dark=dark),
        height=560,
        key="stores",
        on_select="rerun",
        selection_mode="single-object",
    )
    codes = [each["code"] for each in chosen["selection"]["objects"].get(store_deck.PINS, [])]
    st.text(f"chosen {codes}")
