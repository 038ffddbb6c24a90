"""The auditors' view: its HTML, and the form to reject a report when it is open."""

from functools import lru_cache

from sqm.rules.access import Action, Scope, may
from sqm.ui import blocks, filters, status_style
from sqm.ui.audits import data_audits
from sqm.ui.audits.auditors import agreement_blocks, auditors_blocks, rejection_form
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import Html, empty, join
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, language, use


@lru_cache(maxsize=KEPT)
def _top(at: Stamp, scope: Scope, choice: Choice, rejects: bool, spoken: str, dark: bool) -> Html:
    with use(spoken):
        return join([auditors_blocks.agency(choice), auditors_blocks.rejections(choice, scope, rejects)])


@lru_cache(maxsize=KEPT)
def _rest(at: Stamp, scope: Scope, choice: Choice, spoken: str, dark: bool) -> Html:
    with use(spoken):
        return join([agreement_blocks.twice(choice, scope), agreement_blocks.own_audits(choice, scope)])


def show(viewer: Viewer, choice: Choice) -> None:
    if not choice.has_visits:
        blocks.html(empty(_("No store has been audited yet."), _("An analyst uploads a file of visits.")))
        return
    rejects = may(viewer.role, Action.REJECT_VISIT)
    form = filters.unseen("reject", ["new"] if rejects else [], "")
    found = {each.decision_id: each for each in data_audits.rejections()} if rejects else {}
    back = filters.unseen("accept", list(found), "")
    said = (str(language()), status_style.is_dark())
    top, rest = _top(stamp(), viewer.scope, choice, rejects, *said), _rest(stamp(), viewer.scope, choice, *said)
    if not (form or back):
        blocks.html(join([top, rest]))
        return
    blocks.html(top)
    if back:
        rejection_form.take_back(viewer, found[back])
    else:
        rejection_form.show(viewer, choice)
    blocks.html(rest)
