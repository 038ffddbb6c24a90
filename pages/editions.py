"""The edition of the matrix: which indicators it has, what came and went, what they lack, what is proposed."""

import streamlit as st

from sqm.rules.access import Action, may
from sqm.rules.matrix.editions import Finding
from sqm.ui import blocks, filters, page
from sqm.ui.decisions import told
from sqm.ui.doors import data_names
from sqm.ui.editions import answer_form, data_editions, editions_body, proposal_form, proposals_block, register_list
from sqm.ui.markup import join
from sqm.ui.words import _

viewer = page.begin("editions")
processes = list(data_names.names().processes.values())
accepts, proposes = (may(viewer.role, act) for act in (Action.ACCEPT_INDICATOR, Action.PROPOSE_INDICATOR))

with st.container(key="filters", horizontal=True):
    process = filters.coded("process", _("Process"), processes, "process_code", _("All processes"))
    month = filters.month(data_names.all_months().all)
lack = filters.unseen("audit", [str(each) for each in Finding], editions_body.first_lack(viewer.scope, month))
proposer = viewer.name if proposes else ""
proposals = data_editions.proposals()
can_answer = [each for each, found in proposals.items() if proposals_block.answerable(found, accepts, proposer)]
answer = filters.unseen("answer", can_answer, "")
new = filters.unseen("new", ["indicator"] if proposes else [], "")

top = join([editions_body.body(viewer.scope, month, lack), proposals_block.heading(proposes)])
below = join([proposals_block.listed(accepts, proposer), register_list.register(viewer.scope, month, process)])

told.say()
if answer or new:
    blocks.html(top)
    if answer:
        answer_form.show(viewer, proposals[answer], accepts)
    else:
        proposal_form.show(viewer, process)
    blocks.html(below)
else:
    blocks.html(join([top, below]))
