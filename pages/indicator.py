"""One indicator: its history against the target, how sure the number is, what it means, where, and from which rows."""

from sqm.rules.access import Action, may
from sqm.ui import blocks, data_names, history_chart, indicator_blocks, indicator_choice, indicator_tables, page
from sqm.ui.markup import div
from sqm.ui.words import _

viewer = page.begin("indicator")
names = data_names.names()
choice = indicator_choice.choose(viewer.scope, names)

if choice is not None:
    blocks.block(indicator_blocks.finding(choice, names), indicator_choice.heading(choice, names, viewer.scope))
    if choice.row is not None:
        blocks.html(indicator_blocks.cards(choice, choice.row))
    if len(choice.history):
        history_chart.show(choice, viewer.scope)
        blocks.footnote(history_chart.told(choice))
    else:
        blocks.empty(
            _("No value of this indicator on this place yet."), _("The owner reports it, or a survey asks it.")
        )
    blocks.html(
        div(
            "sqm-two",
            indicator_tables.places_section(choice, names, viewer),
            indicator_tables.meaning_section(choice, names, viewer),
        )
    )
    if choice.row is not None and may(viewer.role, Action.SEE_SOURCE_ROWS):
        indicator_tables.sources_section(choice, viewer)
