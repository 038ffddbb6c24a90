"""The indicator matrix: nine processes, three dimensions, and the indicators behind each cell."""

import streamlit as st

from sqm.ui import blocks, filters, page
from sqm.ui.doors import data_names
from sqm.ui.matrix import asof, matrix_body, matrix_download, matrix_grid
from sqm.ui.matrix.data_matrix import COMPANY, Place

viewer = page.begin("matrix")
names = data_names.names()
places = data_names.places(viewer.scope)

with st.container(key="filters", horizontal=True):
    month = filters.month(data_names.all_months().all)
    district = filters.district(list(places.districts.values()))
place = Place("district", district) if district else COMPANY
as_of = filters.unseen("asof", asof.options(month), asof.LIVE)
view = asof.view(viewer.scope, month, place, as_of)
chosen = filters.unseen("cell", list(view.cells), matrix_grid.worst_cell(view) or next(iter(view.cells), ""))

blocks.html(matrix_body.body(viewer.scope, month, place, chosen, as_of))
matrix_download.button(viewer, view, place)
