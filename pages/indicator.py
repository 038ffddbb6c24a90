"""One indicator: its history against target and limits, how the number comes about, and what else tells of it."""

from sqm.ui import blocks, page
from sqm.ui.doors import data_names
from sqm.ui.indicator import indicator_body, indicator_choice, indicator_tables, indicator_talk

viewer = page.begin("indicator")
choice = indicator_choice.choose(viewer.scope, data_names.names())

if choice is not None:
    by = indicator_tables.level_asked(choice, viewer)
    indicator_talk.form(choice, viewer, data_names.all_months().all)
    blocks.html(indicator_body.body(viewer, choice, by, indicator_tables.rows_asked()))
