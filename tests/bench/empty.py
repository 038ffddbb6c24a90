"""The yardstick: a Streamlit app with nothing on its two pages but a title, one filter and one line of text."""

import streamlit as st


def _page(title: str) -> None:
    st.title(title)
    month = st.selectbox("Month", ["Oct 2026", "Sep 2026", "Aug 2026"], key=f"month_{title}")
    st.text(f"{month}, nothing else")


def first() -> None:
    _page("First")


def second() -> None:
    _page("Second")


st.set_page_config(layout="wide")
st.navigation([st.Page(first, title="First", default=True), st.Page(second, title="Second")], position="top").run()
