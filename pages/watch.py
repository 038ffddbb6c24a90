"""The watch list: what really gets worse, what only looks so, and what people decided about it."""

import streamlit as st

from sqm.rules.access import Action, may
from sqm.rules.watching.watch_list import Group
from sqm.ui import blocks, filters, page
from sqm.ui.decisions import told
from sqm.ui.doors import data_names
from sqm.ui.matrix.data_matrix import COMPANY, Place
from sqm.ui.watch import data_watch, watch_body, watch_review

viewer = page.begin("watch")
places = data_names.places(viewer.scope)

with st.container(key="filters", horizontal=True):
    month = filters.month(data_names.all_months().all)
    district = filters.district(list(places.districts.values()))
place = Place("district", district) if district else COMPANY
entries = {each.indicator_code: each for each in data_watch.entries(viewer.scope, month, place) if each.signals}
may_review = may(viewer.role, Action.REVIEW_SIGNAL)
chosen = filters.unseen("review", ["", *entries], "") if may_review else ""

whole = filters.unseen("group", [str(group) for group in Group], "")

told.say()
if chosen:
    watch_review.show(viewer, entries[chosen], place, month)
blocks.html(watch_body.body(viewer.scope, month, place, chosen, whole, may_review))
