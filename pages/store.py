"""One store, as its manager opens it in the morning: the score, where points went, what to mend first."""

from datetime import date

from sqm.ui import blocks, page
from sqm.ui.decisions import told
from sqm.ui.markup import join
from sqm.ui.said import notices
from sqm.ui.store import store_body, store_choice
from sqm.ui.store.follow import forms, mend_choice
from sqm.ui.stores.doors import data_scores
from sqm.ui.words import _

viewer = page.begin("store", needs_data=False)
if not data_scores.months():
    notices.stop_when_empty(viewer)
choice = store_choice.choose(viewer)

if choice is not None:
    today = date.today()
    rights = mend_choice.rights(viewer)
    asked = forms.asked(viewer, choice, rights, today)
    top, below = store_body.body(viewer.scope, choice, rights, today)
    told.say()
    if asked is None:
        blocks.html(join([top, below]))
    else:
        blocks.html(top)
        forms.show(viewer, choice, asked, today)
        blocks.html(below)
elif not data_scores.stores(viewer.scope):
    blocks.empty(_("Your account belongs to no store yet."), _("Ask the quality department for access."))
else:
    blocks.empty(_("No store has been audited yet."), _("An analyst uploads a file of visits."))
