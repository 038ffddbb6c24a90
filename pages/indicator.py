"""One indicator: its history against the target, how sure the number is, what it means, where, and from which rows."""

from sqm.rules.access import Action, may
from sqm.ui import blocks, data_names, page
from sqm.ui.indicator import history_chart, indicator_blocks, indicator_choice, indicator_tables
from sqm.ui.markup import NOTHING, block_title, div, empty, footnote, join
from sqm.ui.words import _

viewer = page.begin("indicator")
names = data_names.names()
choice = indicator_choice.choose(viewer.scope, names)

if choice is not None:
    now, facts = choice.view.row, choice.view.facts
    title = block_title(indicator_blocks.finding(choice, names), indicator_choice.heading(choice, names, viewer.scope))
    if facts is None:
        told = [
            empty(_("No value of this indicator on this place yet."), _("The owner reports it, or a survey asks it."))
        ]
    else:
        sentence = history_chart.told(choice, facts)
        told = [history_chart.drawn(choice, viewer.scope, sentence), footnote(sentence)]
    details = div(
        "sqm-two",
        indicator_tables.places_section(choice, names, viewer),
        indicator_tables.meaning_section(choice, names, viewer),
    )
    see_rows = now is not None and may(viewer.role, Action.SEE_SOURCE_ROWS)
    sources = indicator_tables.sources_section(choice, viewer) if see_rows else NOTHING
    cards = NOTHING if now is None else indicator_blocks.cards(choice, now)
    blocks.html(join([title, cards, *told, details, sources]))
