"""The survey programme: studies, waves, questionnaires, samples against quotas, and where the method broke."""

from datetime import date

import streamlit as st

from sqm.rules.access import Action, may
from sqm.ui import blocks, filters, page
from sqm.ui.decisions import told
from sqm.ui.markup import join
from sqm.ui.programme import data_programme, programme_body, study_form
from sqm.ui.words import _

viewer = page.begin("programme", needs_data=False)  # a study is defined before its first answers come
months, defines = data_programme.months(), may(viewer.role, Action.DEFINE_STUDY)

if months:
    with st.container(key="filters", horizontal=True):
        month = filters.month(months)
else:
    month = date.today().replace(day=1)
    blocks.empty(_("No study holds any answers yet."), _("An analyst uploads a survey file."))
study = filters.unseen("study", data_programme.surveys(), "")
new = filters.unseen("new", ["study", *(["edit", "method"] if study else [])] if defines else [], "")
top = programme_body.top(viewer.scope, month, study, defines)
rest = programme_body.rest(viewer.scope, month, study)

told.say()
if new:
    blocks.html(top)
    study_form.show(viewer, new, study, month)
    blocks.html(rest)
else:
    blocks.html(join([top, rest]))
