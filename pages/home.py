"""The overview: what the viewer's role needs first. Findings, what is new, tasks and deadlines, the month."""

from datetime import date

import streamlit as st

from sqm.ui import blocks, filters, page
from sqm.ui.home import home_body

viewer = page.begin("home")

with st.container(key="filters", horizontal=True):
    month = filters.month(home_body.months(viewer))
blocks.html(home_body.body(viewer, month, date.today()))
