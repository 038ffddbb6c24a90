"""Published months: what is open, what was published, what late data moved since; and the register of events."""

import streamlit as st

from sqm.rules.access import Action, may
from sqm.ui import blocks, filters, page
from sqm.ui.decisions import told
from sqm.ui.doors import data_names
from sqm.ui.markup import join
from sqm.ui.months import events_block, events_form, months_body, months_publish

viewer = page.begin("months")
publishes, adds = (may(viewer.role, act) for act in (Action.SEAL_MONTH, Action.ADD_EVENT))

with st.container(key="filters", horizontal=True):
    month = filters.month(data_names.all_months().all)
found = months_body.differences(viewer.scope, month)
revision = filters.unseen("revision", list(found), next(reversed(found), ""))
moved, span = (filters.unseen(key, [months_body.ALL], "") for key in ("moved", "span"))
forms = [*(["publish"] if publishes else []), *(["event"] if adds else [])]
new = filters.unseen("new", forms, "")
back = filters.unseen("back", list(events_block.known(viewer.scope)), "") if adds else ""

top = months_body.top(viewer.scope, month, publishes)
lists = months_body.lists(viewer.scope, month, revision, moved, span)
heading = events_block.heading(viewer.scope, adds)

told.say()
if new == "publish" and months_body.state_of(viewer.scope, month).can_be_published:
    blocks.html(top)
    months_publish.show(viewer, month)
    blocks.html(join([lists, heading]))
else:
    blocks.html(join([top, lists, heading]))
told.say(events_form.PLACE)
if back:
    events_form.take_back(viewer, events_block.known(viewer.scope)[back])
elif new == "event":
    events_form.add(viewer, month)
blocks.html(events_block.listed(viewer.scope, adds))
