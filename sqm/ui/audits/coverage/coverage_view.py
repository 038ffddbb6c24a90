"""The coverage view: its HTML, and between two pieces of it the form for supplementary means when it is open."""

from datetime import date

from sqm.rules.access import Action, may
from sqm.ui import blocks, filters
from sqm.ui.audits import data_audits
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.audits.coverage import coverage_body, means_form
from sqm.ui.markup import join
from sqm.ui.signing.sign_in import Viewer


def show(viewer: Viewer, choice: Choice, today: date) -> None:
    chooses = may(viewer.role, Action.CHOOSE_MEANS)
    opened = filters.unseen("means", list(data_audits.districts(viewer.scope)) if chooses else [], "")
    top, rest = coverage_body.top(viewer.scope, choice, chooses, today), coverage_body.rest(viewer.scope, choice)
    if opened:
        blocks.html(top)
        means_form.show(viewer, opened, today)
        blocks.html(rest)
    else:
        blocks.html(join([top, rest]))
