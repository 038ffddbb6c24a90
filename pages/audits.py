"""How the audits are run: coverage and reports, appeals, auditors, standards."""

from datetime import date

from sqm.ui import page
from sqm.ui.audits import appeals_view, auditors_view, audits_choice, coverage_view, said, standards_view
from sqm.ui.audits.audits_choice import View

viewer = page.begin("audits")
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
