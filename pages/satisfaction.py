"""Satisfaction of a survey: over time with target and rivals; against others and between places; what goes with it."""

from sqm.ui import blocks, page
from sqm.ui.doors import data_names
from sqm.ui.satisfaction import satisfaction_body, satisfaction_choice
from sqm.ui.satisfaction.compare import compare_body
from sqm.ui.satisfaction.drivers import drivers_body
from sqm.ui.satisfaction.views import View
from sqm.ui.words import _

viewer = page.begin("satisfaction")
choice = satisfaction_choice.choose(viewer, data_names.names())

if choice is None:
    blocks.empty(_("No survey holds any answers yet."), _("An analyst uploads a survey file."))
elif choice.view is View.DRIVERS:
    blocks.html(drivers_body.body(viewer, choice))
elif choice.view is View.COMPARE:
    blocks.html(compare_body.body(viewer, choice))
else:
    blocks.html(satisfaction_body.body(viewer, choice))
