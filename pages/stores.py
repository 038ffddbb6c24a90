"""Stores side by side: map, fair table, items."""

from sqm.ui import blocks, page
from sqm.ui.words import _

viewer = page.begin("stores")
blocks.empty(_("No store has been audited yet."), _("An analyst uploads a file of visits."))
