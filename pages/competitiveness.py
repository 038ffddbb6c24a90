"""Competitiveness: lead and rank, who moved when the lead changed, the index and its weights, other indices."""

from datetime import date

from sqm.rules.access import Action, may
from sqm.ui import blocks, filters, page
from sqm.ui.competitiveness import competitiveness_body, competitiveness_choice
from sqm.ui.competitiveness.index import weights_form, weights_list
from sqm.ui.decisions import told
from sqm.ui.doors import data_names
from sqm.ui.markup import join
from sqm.ui.words import _

viewer = page.begin("competitiveness")
names, today = data_names.names(), date.today()
choice = competitiveness_choice.choose(names)
weighs = may(viewer.role, Action.WEIGH_INDEX)

if choice is None:
    blocks.empty(_("No survey asked rivals' customers yet."), _("An analyst uploads a survey that did."))
else:
    versions = weights_list.retractable(today) if weighs else {}
    new = filters.unseen("weigh", ["new"] if weighs else [], "")
    back = filters.unseen("back", list(versions), "")
    top = join([competitiveness_body.top(choice), weights_list.block(weighs, today)])
    below = competitiveness_body.below(choice)
    told.say()
    if back or new:
        blocks.html(top)
        if back:
            weights_form.take_back(viewer, versions[back])
        else:
            weights_form.show(viewer, choice, names, today)
        blocks.html(below)
    else:
        blocks.html(join([top, below]))
