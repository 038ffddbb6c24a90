"""The indicator matrix: nine processes, three dimensions, and the indicators behind each cell."""

import streamlit as st

from sqm.ui import (
    blocks,
    data_matrix,
    data_names,
    filters,
    matrix_download,
    matrix_grid,
    matrix_list,
    matrix_words,
    page,
)
from sqm.ui.data_matrix import COMPANY, Place
from sqm.ui.words import _

viewer = page.begin("matrix")
names = data_names.names()
places = data_names.places(viewer.scope)

with st.container(key="filters", horizontal=True):
    month = filters.month(data_names.all_months().all)
    district = filters.district(list(places.districts.values()))
place = Place("district", district) if district else COMPANY
view = data_matrix.month_view(viewer.scope, month, place)

cells = matrix_grid.cells(view)
chosen = filters.unseen("cell", list(cells), matrix_grid.worst_cell(view) or next(iter(cells), ""))

blocks.block(matrix_words.finding(view, names), matrix_words.under(view, places, district))
blocks.html(matrix_grid.grid(view, names, chosen))
if chosen:
    blocks.block(matrix_list.finding(cells[chosen], names), matrix_list.under(cells[chosen], names, view))
    blocks.html(matrix_list.indicator_list(view, names, cells[chosen], place))
blocks.footnote(
    _("The 151 indicators are our reconstruction: the sources print the shape of the matrix, not its indicators."),
    _("Operations indicators are observed, not appraised. Intervals are 95 %; too few answers are not judged."),
)
matrix_list.further()
matrix_download.button(viewer, view, place)
