"""A page of everything that Streamlit draws, behind the product's own middleware: run by test_security.py."""

import altair as alt
import pandas as pd
import streamlit as st

from sqm.ui import address, blocks, filters, frame, links

address.start()
frame.settle_language()
st.set_page_config(page_title="probe", page_icon="sqm/ui/assets/icon.svg", layout="wide")
blocks.style_sheet()
frame.around("probe")
links.listen()
address.arrive("probe")

HOSTILE = '<img src="http://127.0.0.1:9/x" onerror="alert(1)"><script>document.title="run"</script>'
frame_of_data = pd.DataFrame({"m": ["a", "b", "c"], "v": [1.0, 3.0, 2.0]})

blocks.block("A finding", HOSTILE)
blocks.table(["name", "value"], [[HOSTILE, "1"]], frozenset({1}))
blocks.cards(blocks.headline("81.2 %", "Satisfaction", "n = 10"))
rows = [
    {"district_code": "D1", "name_en": "East", "name_zh": "东区"},
    {"district_code": "D2", "name_en": "West", "name_zh": "西区"},
]
with st.container(horizontal=True):
    district = filters.district(rows)
    kind = filters.choice("kind", "Kind", ["a", "b"], str.upper, segmented=True)
st.text(f"district={district or 'all'} kind={kind}")
st.markdown("**markdown** with a [link](/)")
st.dataframe(frame_of_data)
st.altair_chart(
    alt.Chart(frame_of_data).mark_bar().encode(x=alt.X("m:N"), y=alt.Y("v:Q"), tooltip=[alt.Tooltip("v:Q")]),
    alt="bars",
)
st.image(
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="18"/></svg>', alt="dot"
)
sent = st.file_uploader("file", type=["csv"], key="file")
if sent is not None:
    st.write(f"received {sent.size} bytes")
st.download_button("download", data=lambda: b"a,b\n1,2\n", file_name="probe.csv", mime="text/csv", on_click="ignore")

address.write()
