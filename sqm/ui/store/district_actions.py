"""Actions of whole districts, which belong to no store: they are followed, and taken further, where districts stand."""

from datetime import date
from functools import lru_cache

from sqm.rules.access import Scope
from sqm.rules.stores import actions
from sqm.rules.stores.actions import Action
from sqm.ui.decisions import data_decisions, told
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import NOTHING, Html, block_title, join
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.store.follow import action_form, follow_block, mend_choice
from sqm.ui.store.follow.mend_choice import Rights
from sqm.ui.words import _, language, use


def of(scope: Scope, district: str, today: date) -> tuple[Action, ...]:
    """Of the districts that the viewer sees, or the chosen one of them; none for who is limited to stores."""
    found = [
        each
        for each in actions.actions(data_decisions.log())
        if not each.store_code
        and scope.stores is None
        and scope.sees_district(each.district_code)
        and district in ("", each.district_code)
    ]
    return actions.by_urgency(found, today)


@lru_cache(maxsize=KEPT)
def _block(at: Stamp, scope: Scope, district: str, today: date, rights: Rights, spoken: str) -> Html:
    with use(spoken):
        found = of(scope, district, today)
        if not found:
            return NOTHING
        title = _("Districts: {told}", told=follow_block.finding(found, (), today))
        under = _("what whole districts mend; actions of one store stand on its own page")
        return join([block_title(title, under), follow_block.listed(found, today, rights)])


def block(viewer: Viewer, district: str, today: date) -> Html:
    """Nothing where no district has an action."""
    return _block(stamp(), viewer.scope, district, today, mend_choice.rights(viewer), str(language()))


def form(viewer: Viewer, district: str, today: date) -> None:
    """The form of the next step, if a link asked for it and the viewer may; first what the last one did."""
    told.say()
    asked = mend_choice.step_asked(of(viewer.scope, district, today)) if mend_choice.rights(viewer).acts else None
    if asked is not None:
        action_form.step(viewer, asked)
