"""Satisfaction over time: one survey and question, with intervals, target and rivals; its parts; its numbers."""

from sqm.ui import blocks, data_names, page, satisfaction_choice, trend_chart
from sqm.ui import satisfaction_blocks as parts
from sqm.ui.words import _

viewer = page.begin("satisfaction")
names = data_names.names()
choice = satisfaction_choice.choose(viewer, names)

if choice is None:
    blocks.empty(_("No survey holds any answers yet."), _("An analyst uploads a survey file."))
else:
    found = parts.lines(choice, viewer.scope)
    points = trend_chart.own_points(choice, viewer.scope)
    blocks.block(parts.finding(choice, found, names, viewer), parts.under(choice, found, names))
    blocks.html(parts.caution(choice, names) + parts.ways_to_look(choice, names, viewer))
    if points.empty:
        blocks.empty(_("No answers to this question from here."), _("Choose another question, part or month."))
    else:
        trend_chart.show(choice, viewer.scope)
        blocks.footnote(trend_chart.told(choice, viewer.scope), *parts.method_notes(points, names))
    drawn = parts.small_trends(choice, names, viewer)
    blocks.block(parts.breakdown_title(choice, names, viewer, drawn), parts.breakdown_unit(choice))
    blocks.html(parts.wall(choice, names, viewer, drawn))
    blocks.block(_("The numbers"), parts.under(choice, found, names))
    blocks.html(parts.numbers(choice, found, names))
