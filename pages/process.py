"""A business process: what moves its satisfaction, its three dimensions, and who answers for it; or all nine ranked."""

import streamlit as st

from sqm.ui import blocks, filters, page
from sqm.ui.doors import data_names
from sqm.ui.matrix.data_matrix import COMPANY, Place
from sqm.ui.process import process_body
from sqm.ui.words import _

viewer = page.begin("process")
processes = list(data_names.names().processes.values())
districts = list(data_names.places(viewer.scope).districts.values())

with st.container(key="filters", horizontal=True):
    process = filters.coded("process", _("Process"), processes, "process_code", _("All processes"))
    month = filters.month(data_names.all_months().all)
    district = filters.district(districts)
place = Place("district", district) if district else COMPANY

blocks.html(process_body.body(viewer.scope, month, place, process))
