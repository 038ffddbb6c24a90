"""The standards view: its HTML, and between two pieces of it the form for a standard when it is open."""

from datetime import date

from sqm.ui import blocks, filters
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.audits.standards import data_checklists, standard_form, standards_blocks, standards_body
from sqm.ui.markup import join
from sqm.ui.signing.sign_in import Viewer

LOCAL = "local"


def show(viewer: Viewer, choice: Choice, today: date) -> None:
    allowed = standards_body.rights(viewer.role)
    forms = [*(["company"] if allowed.sets else []), *([LOCAL] if allowed.tries else [])]
    form = filters.unseen("set", forms, "")
    backs = standards_blocks.retractable(today) if allowed.sets else {}
    back = filters.unseen("unset", list(backs), "")
    sheet = filters.unseen("sheet", list(data_checklists.sheets()), standards_body.first_sheet(choice.month))
    top, rest = standards_body.top(choice, allowed, today), standards_body.rest(choice, sheet, today)
    if not (form or back):
        blocks.html(join([top, rest]))
        return
    blocks.html(top)
    if back:
        standard_form.take_back(viewer, backs[back])
    else:
        standard_form.show(viewer, form == LOCAL, today)
    blocks.html(rest)
