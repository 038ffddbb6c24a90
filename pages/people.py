"""People and rights: who may look, as what and where; what a person would see; and the trail of everything done."""

from sqm.rules.access import Action, may
from sqm.ui import blocks, filters, page
from sqm.ui.decisions import told
from sqm.ui.people import erase_form, people_list, person_form, preview, trail_block

viewer = page.begin("people", needs_data=False)
known = {each.person_id: each for each in people_list.everyone()}
chosen = known.get(filters.unseen("person", list(known), ""))
is_new = filters.unseen("new", ["person"], "") == "person"

told.say()
if chosen is not None or is_new:
    person_form.show(viewer, chosen)
    if chosen is not None:
        preview.of_person(chosen)
blocks.html(people_list.block(may(viewer.role, Action.MANAGE_PEOPLE)))
preview.of_roles()
if may(viewer.role, Action.ERASE_RESPONDENT):
    erase_form.show(viewer)
if may(viewer.role, Action.READ_TRAIL):
    trail_block.show(viewer)
