"""Satisfaction over time: one survey and question, with intervals, target and rivals; its parts; its numbers."""

from sqm.ui import blocks, data_names, page
from sqm.ui.markup import block_title, empty, footnote, join
from sqm.ui.satisfaction import satisfaction_blocks as parts
from sqm.ui.satisfaction import satisfaction_choice, trend_chart
from sqm.ui.words import _

viewer = page.begin("satisfaction")
names = data_names.names()
choice = satisfaction_choice.choose(viewer, names)

if choice is None:
    blocks.empty(_("No survey holds any answers yet."), _("An analyst uploads a survey file."))
else:
    found = parts.lines(choice, viewer.scope)
    said = trend_chart.said(choice, viewer.scope)
    drawn = parts.small_trends(choice, names, viewer)
    title = block_title(parts.finding(choice, found, names, viewer), parts.under(choice, found, names))
    blocks.html(join([title, parts.caution(choice, names), parts.ways_to_look(choice, names, viewer)]))
    if said is None:
        told = empty(_("No answers to this question from here."), _("Choose another question, part or month."))
    else:
        trend_chart.show(choice, viewer.scope)
        told = footnote(trend_chart.told(choice, said.facts), *parts.method_notes(said, names))
    blocks.html(
        join(
            [
                told,
                block_title(parts.breakdown_title(choice, names, viewer, drawn), parts.breakdown_unit(choice)),
                parts.wall(choice, names, viewer, drawn),
                block_title(_("The numbers"), parts.under(choice, found, names)),
                parts.numbers(choice, found, names),
            ]
        )
    )
