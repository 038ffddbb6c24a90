"""How the audits are run: coverage and reports, appeals, auditors, standards."""

from datetime import date

from sqm.ui import notices, page
from sqm.ui.audits import appeals_view, auditors_view, audits_choice, coverage_view, said, standards_view
from sqm.ui.audits.audits_choice import View
from sqm.ui.stores import data_scores

viewer = page.begin("audits", needs_data=False)
if not data_scores.months():
    notices.stop_when_empty(viewer)
today = date.today()
choice = audits_choice.choose(viewer, today)

said.say()
if choice.view is View.APPEALS:
    appeals_view.show(viewer, choice, today)
elif choice.view is View.AUDITORS:
    auditors_view.show(viewer, choice)
elif choice.view is View.STANDARDS:
    standards_view.show(viewer, choice, today)
else:
    coverage_view.show(viewer, choice, today)
