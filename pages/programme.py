"""The survey programme: studies, waves, questionnaires, samples against quotas, and where the method broke."""

import streamlit as st

from sqm.rules.access import Action, may
from sqm.ui import blocks, filters, page
from sqm.ui.markup import join
from sqm.ui.programme import data_programme, programme_body, study_form
from sqm.ui.words import _

viewer = page.begin("programme")
months, views = data_programme.months(), data_programme.views()
defines = may(viewer.role, Action.DEFINE_STUDY)

if not months:
    blocks.empty(_("No study holds any answers yet."), _("An analyst uploads a survey file."))
else:
    with st.container(key="filters", horizontal=True):
        month = filters.month(months)
    study = filters.unseen("study", list(views), "")
    new = filters.unseen("new", ["study", *(["edit", "method"] if study else [])] if defines else [], "")
    top = programme_body.top(viewer.scope, month, study, defines)
    rest = programme_body.rest(viewer.scope, month, study)
    study_form.say()
    if new:
        blocks.html(top)
        study_form.show(viewer, new, study, month)
        blocks.html(rest)
    else:
        blocks.html(join([top, rest]))
