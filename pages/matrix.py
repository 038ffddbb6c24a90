"""The indicator matrix: nine processes, three dimensions, and the indicators behind each cell."""

import streamlit as st

from sqm.ui import blocks, data_names, filters, page
from sqm.ui.markup import NOTHING, block_title, join
from sqm.ui.matrix import data_matrix, matrix_download, matrix_grid, matrix_list, matrix_words
from sqm.ui.matrix.data_matrix import COMPANY, Place

viewer = page.begin("matrix")
names = data_names.names()
places = data_names.places(viewer.scope)

with st.container(key="filters", horizontal=True):
    month = filters.month(data_names.all_months().all)
    district = filters.district(list(places.districts.values()))
place = Place("district", district) if district else COMPANY
view = data_matrix.month_view(viewer.scope, month, place)
chosen = filters.unseen("cell", list(view.cells), matrix_grid.worst_cell(view) or next(iter(view.cells), ""))
cell = view.cells.get(chosen)

blocks.html(
    join(
        [
            block_title(matrix_words.finding(view, names), matrix_words.under(view, places, district)),
            matrix_grid.grid(view, names, chosen),
            matrix_list.cell_block(view, names, cell, place) if cell else NOTHING,
            matrix_words.notes(),
            matrix_list.further(),
        ]
    )
)
matrix_download.button(viewer, view, place)
