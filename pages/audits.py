"""How the audits are run: coverage and reports, appeals, auditors, standards."""

from datetime import date

from sqm.ui import page
from sqm.ui.audits import audits_choice
from sqm.ui.audits.appeals import appeals_view
from sqm.ui.audits.auditors import auditors_view
from sqm.ui.audits.audits_choice import View
from sqm.ui.audits.coverage import coverage_view
from sqm.ui.audits.standards import standards_view
from sqm.ui.decisions import told
from sqm.ui.said import notices
from sqm.ui.stores.doors import data_scores

viewer = page.begin("audits", needs_data=False)
if not data_scores.months():
    notices.stop_when_empty(viewer)
today = date.today()
choice = audits_choice.choose(viewer, today)

told.say()
if choice.view is View.APPEALS:
    appeals_view.show(viewer, choice, today)
elif choice.view is View.AUDITORS:
    auditors_view.show(viewer, choice)
elif choice.view is View.STANDARDS:
    standards_view.show(viewer, choice, today)
else:
    coverage_view.show(viewer, choice, today)
