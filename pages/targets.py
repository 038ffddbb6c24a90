"""The target desk: who proposes which target, what the past months say of it, and who has signed."""

from sqm.rules.access import Action, may
from sqm.ui import blocks, page
from sqm.ui.decisions import told
from sqm.ui.desk import desk_answer, desk_choice, desk_form, desk_list, desk_opened

viewer = page.begin("targets")
choice = desk_choice.choose(viewer)
opened = choice.opened

told.say()
if choice.indicator and may(viewer.role, Action.PROPOSE_TARGET):
    desk_form.show(viewer, choice.indicator)
elif choice.indicator:
    blocks.html(desk_opened.agreed(viewer.scope, choice.indicator))
elif opened is not None:
    blocks.html(desk_opened.body(viewer.scope, opened))
    if choice.counters:
        desk_form.show(viewer, opened.indicator_code, opened)
    else:
        desk_answer.show(viewer, opened)
blocks.html(desk_list.body(viewer.scope, viewer.role, opened.proposal_id if opened else ""))
