"""Which form of the store page is open, and for whom. Without a right or for another's store there is none."""

from dataclasses import dataclass
from datetime import date

from sqm.rules.audits.appeals import Appeal
from sqm.rules.stores.actions import Action
from sqm.rules.stores.points_to_gain import Gain
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.store.doors import data_card, data_follow, data_marks
from sqm.ui.store.doors.data_card import Card
from sqm.ui.store.follow import action_form, appeal_form, mend_choice
from sqm.ui.store.follow.mend_choice import Rights
from sqm.ui.store.store_choice import Choice


@dataclass(frozen=True)
class Asked:
    """The first that is not None is shown."""

    card: Card
    gain: Gain | None
    mark: tuple[str, str] | None
    step: Action | None
    unquery: Appeal | None

    @property
    def is_open(self) -> bool:
        return any(each is not None for each in (self.gain, self.mark, self.step, self.unquery))


def asked(viewer: Viewer, choice: Choice, rights: Rights, today: date) -> Asked | None:
    """What the address asks for, of what there is; None when no form is open."""
    card = data_card.card(viewer.scope, choice)
    if card is None:
        return None
    marks = [(visit, item) for item, visits in card.short.items() for visit in visits]
    found = Asked(
        card=card,
        gain=mend_choice.gain_asked(card.gains if rights.acts else ()),
        mark=mend_choice.mark_asked(marks if rights.appeals else []),
        step=mend_choice.step_asked(data_follow.store_actions(choice.store, today) if rights.acts else ()),
        unquery=mend_choice.unquery_asked(data_follow.store_appeals(choice.store) if rights.appeals else ()),
    )
    return found if found.is_open else None


def show(viewer: Viewer, choice: Choice, found: Asked, today: date) -> None:
    if found.gain is not None:
        action_form.show(viewer, found.card, found.gain, today)
    elif found.mark is not None:
        _query(viewer, choice, found.card, *found.mark)
    elif found.step is not None:
        action_form.step(viewer, found.step)
    elif found.unquery is not None:
        appeal_form.take_back(viewer, found.unquery)


def _query(viewer: Viewer, choice: Choice, card: Card, visit: str, item: str) -> None:
    inside = {each.visit_id for each in card.visits}
    held = data_marks.marks(viewer.scope, choice.store, choice.month)
    marks = tuple(each for each in held if each.item == item and each.visit_id in inside)
    asked_for = next((each for each in marks if each.visit_id == visit), None)
    if asked_for is not None:
        appeal_form.show(viewer, card, marks, asked_for)
