"""Doors to what was decided about a store: its actions and its appeals. Both are worked out from the log."""

from datetime import date

from sqm.rules.audits import appeals
from sqm.rules.audits.appeals import Appeal
from sqm.rules.stores import actions
from sqm.rules.stores.actions import Action
from sqm.ui.decisions import data_decisions


def store_actions(store: str, today: date) -> tuple[Action, ...]:
    """Open ones first, what is due soonest on top; then the closed ones."""
    found = (each for each in actions.actions(data_decisions.log()) if each.store_code == store)
    return actions.by_urgency(found, today)


def store_appeals(store: str) -> tuple[Appeal, ...]:
    """The newest first."""
    found = [each for each in appeals.appeals(data_decisions.log()) if each.store_code == store]
    return tuple(reversed(found))


def open_appeal(visit: str, item: str) -> Appeal | None:
    """An appeal on this mark that still waits for its ruling."""
    found = (each for each in appeals.appeals(data_decisions.log()) if (each.visit_id, each.item_code) == (visit, item))
    return next((each for each in found if each.is_open), None)
