"""Satisfaction over time: one survey and question, with intervals, target and rivals; its parts; its numbers."""

from sqm.ui import blocks, data_names, page
from sqm.ui.satisfaction import satisfaction_body, satisfaction_choice
from sqm.ui.words import _

viewer = page.begin("satisfaction")
choice = satisfaction_choice.choose(viewer, data_names.names())

if choice is None:
    blocks.empty(_("No survey holds any answers yet."), _("An analyst uploads a survey file."))
else:
    blocks.html(satisfaction_body.body(viewer, choice))
