"""What customers feel: processes that are green outside and red inside, and operations that run ahead of customers."""

import streamlit as st

from sqm.ui import blocks, filters, page
from sqm.ui.doors import data_names
from sqm.ui.relations import relations_body

viewer = page.begin("relations")

with st.container(key="filters", horizontal=True):
    month = filters.month(data_names.all_months().all)

blocks.html(relations_body.body(viewer.scope, month))
