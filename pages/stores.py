"""Stores side by side: from the company to the fair table of a class, map, items, funnel; actions of districts."""

from datetime import date

from sqm.ui import blocks, page
from sqm.ui.markup import join
from sqm.ui.said import notices
from sqm.ui.store import district_actions
from sqm.ui.stores import stores_body, stores_choice, stores_download
from sqm.ui.stores.blocks import live_map
from sqm.ui.stores.doors import data_scores
from sqm.ui.stores.views import View
from sqm.ui.words import _

viewer = page.begin("stores", needs_data=False)
if not data_scores.months():
    notices.stop_when_empty(viewer)
    blocks.empty(_("No store has been audited yet."), _("An analyst uploads a file of visits."))
elif not data_scores.stores(viewer.scope):
    blocks.empty(
        _("No store or district belongs to you yet."),
        _("The quality department decides which stores and districts a viewer sees."),
    )
else:
    choice = stores_choice.choose(viewer)
    above, below = stores_body.body(viewer.scope, choice)
    if choice.view is View.TABLE:
        today = date.today()
        district_actions.form(viewer, choice.district, today)
        blocks.html(join([above, district_actions.block(viewer, choice.district, today), below]))
        stores_download.form(viewer, choice)
    else:
        blocks.html(above)
    if choice.view is View.MAP:
        live_map.show(viewer.scope, choice)
        if below:
            blocks.html(below)
