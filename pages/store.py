"""One store, as its manager opens it in the morning."""

from sqm.ui import blocks, page
from sqm.ui.words import _

viewer = page.begin("store")
blocks.empty(_("No store has been audited yet."), _("An analyst uploads a file of visits."))
