"""The appeals view: its HTML, and under the open appeals the form of the one that is ruled."""

from datetime import date
from functools import lru_cache

from sqm.rules.access import Action, Scope, may
from sqm.ui import blocks, filters, status_style
from sqm.ui.audits.appeals import appeals_blocks, data_appeals, ruling_form
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import Html, empty, join
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, language, use


@lru_cache(maxsize=KEPT)
def _top(at: Stamp, scope: Scope, choice: Choice, rules: bool, today: date, spoken: str, dark: bool) -> Html:
    with use(spoken):
        return appeals_blocks.waiting(choice, scope, rules, today)


@lru_cache(maxsize=KEPT)
def _rest(at: Stamp, scope: Scope, choice: Choice, rules: bool, spoken: str, dark: bool) -> Html:
    with use(spoken):
        return join([appeals_blocks.ruled(choice, scope, rules), appeals_blocks.rates(choice, scope)])


def show(viewer: Viewer, choice: Choice, today: date) -> None:
    if not choice.has_visits:
        owed = _("An analyst uploads a file of visits; then stores can query what they were marked.")
        blocks.html(empty(_("No store has been audited yet."), owed))
        return
    rules = may(viewer.role, Action.RULE_APPEAL)
    every = data_appeals.seen(viewer.scope, "") if rules else ()
    open_ones = {each.appeal_id: each for each in every if each.is_open}
    ruled = {each.ruling_id: each for each in every if not each.is_open}
    form, back = filters.unseen("rule", list(open_ones), ""), filters.unseen("unrule", list(ruled), "")
    said = (str(language()), status_style.is_dark())
    top = _top(stamp(), viewer.scope, choice, rules, today, *said)
    rest = _rest(stamp(), viewer.scope, choice, rules, *said)
    if not (form or back):
        blocks.html(join([top, rest]))
        return
    blocks.html(top)
    if form:
        ruling_form.show(viewer, open_ones[form])
    else:
        ruling_form.take_back(viewer, ruled[back])
    blocks.html(rest)
