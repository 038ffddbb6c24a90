"""The gap model, scored: five gaps per process and month, side by side and never added; one process opened."""

from sqm.ui import blocks, page
from sqm.ui.doors import data_names
from sqm.ui.gaps import gaps_body, gaps_choice
from sqm.ui.words import _

viewer = page.begin("gaps")
choice = gaps_choice.choose(data_names.names())

if choice is None:
    blocks.empty(
        _("No survey asks what customers expect and what they perceive."),
        _("An analyst uploads a questionnaire with both questions about the same thing."),
    )
else:
    blocks.html(gaps_body.body(choice))
