"""How the audits are run: coverage, reports, appeals, auditors, standards."""

from sqm.ui import blocks, page
from sqm.ui.words import _

viewer = page.begin("audits")
blocks.empty(_("No store has been audited yet."), _("An analyst uploads a file of visits."))
