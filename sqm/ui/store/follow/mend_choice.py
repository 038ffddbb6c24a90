"""How the forms of the store page are asked for, as short codes of the address: a thing to mend, a mark to query, a
step of an action, a query to take back."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqm.rules.access import Action as Right
from sqm.rules.access import may
from sqm.rules.audits.appeals import Appeal
from sqm.rules.stores.actions import Action
from sqm.rules.stores.points_to_gain import Gain
from sqm.ui import filters
from sqm.ui.decisions import open_form
from sqm.ui.signing.sign_in import Viewer

MEND, QUERY, STEP, UNQUERY = "mend", "query", "step", "unquery"
_BETWEEN = "~"


@dataclass(frozen=True)
class Rights:
    """What the viewer may begin here; hashable, for a body is kept by it."""

    acts: bool
    appeals: bool


def rights(viewer: Viewer) -> Rights:
    return Rights(may(viewer.role, Right.OPEN_ACTION), may(viewer.role, Right.RAISE_APPEAL))


def gain_code(gain: Gain) -> str:
    """The item, or the part where it has none."""
    return gain.item or gain.part


def mends(action: Action) -> str:
    """The same of what an action mends."""
    return action.item_code or action.part_code


def mark_code(visit: str, item: str) -> str:
    return f"{visit}{_BETWEEN}{item}"


def gain_asked(gains: tuple[Gain, ...]) -> Gain | None:
    """The loss that the viewer wants to open an action for."""
    found = {gain_code(each): each for each in gains}
    return found.get(filters.unseen(MEND, list(found), ""))


def mark_asked(marks: list[tuple[str, str]]) -> tuple[str, str] | None:
    """(visit, item) of the mark that the viewer wants to query."""
    found = {mark_code(*each): each for each in marks}
    return found.get(filters.unseen(QUERY, list(found), ""))


def step_asked(actions: tuple[Action, ...]) -> Action | None:
    found = {each.action_id: each for each in actions if each.is_open}
    return found.get(filters.unseen(STEP, list(found), ""))


def unquery_asked(appeals: tuple[Appeal, ...]) -> Appeal | None:
    found = {each.appeal_id: each for each in appeals if each.is_open}
    return found.get(filters.unseen(UNQUERY, list(found), ""))


def close(fields: Iterable[str]) -> None:
    """Shut every form. fields: keys of what was typed into the one that was open."""
    open_form.shut((MEND, QUERY, STEP, UNQUERY), fields)
