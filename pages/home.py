"""The overview: a month in one screen. Counts, the matrix in small, who is weakest, what changed, satisfaction."""

import streamlit as st

from sqm.ui import blocks, data_names, filters, page
from sqm.ui.home import home_blocks, home_satisfaction, since
from sqm.ui.markup import block_title, div, el, join
from sqm.ui.matrix import data_matrix, matrix_grid
from sqm.ui.words import _

viewer = page.begin("home")
names = data_names.names()
places = data_names.places(viewer.scope)
months = data_names.all_months()

with st.container(key="filters", horizontal=True):
    month = filters.month(months.all)
view = data_matrix.month_view(viewer.scope, month)
owed = data_matrix.reporting(viewer.scope, month)

summary = div(
    "sqm-cards sqm-top",
    home_blocks.tally_card(view),
    home_satisfaction.share_card(viewer.scope, month),
    home_satisfaction.lead_card(viewer.scope, month, names),
    home_blocks.reporting_card(owed, places),
)
matrix = el(
    "section",
    block_title(_("The matrix of the month"), _("worst status of each cell; operations are observed only")),
    matrix_grid.grid(view, names, is_small=True),
    block_title(home_blocks.changes_finding(view)),
    home_blocks.changes_lists(view, names),
)
weakest = el(
    "section",
    block_title(home_blocks.weakest_finding(view, names), _("by share of appraised indicators missed")),
    home_blocks.weakest_list(view, names),
)
blocks.html(
    join(
        [
            block_title(home_blocks.finding(view), home_blocks.published(view, months)),
            since.line(viewer, names),
            summary,
            div("sqm-two", matrix, weakest),
            home_satisfaction.trends(viewer.scope, month, names),
        ]
    )
)
