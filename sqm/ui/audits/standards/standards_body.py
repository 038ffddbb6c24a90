"""The standards view in two pieces of HTML, between which the form for a standard may stand."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqm.rules.access import Action, Role, may
from sqm.ui import status_style
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.audits.standards import checklists_block, rules_block, standards_blocks
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import Html, div, el, join
from sqm.ui.words import language, use


@dataclass(frozen=True)
class Rights:
    """sets: may set a standard for everybody. tries: is offered the form for one place, which a rule refuses."""

    sets: bool
    tries: bool


def rights(role: Role) -> Rights:
    sets = may(role, Action.SET_STANDARD)
    return Rights(sets, sets or role is Role.DISTRICT)


@lru_cache(maxsize=KEPT)
def _top(at: Stamp, month: date, allowed: Rights, today: date, spoken: str, dark: bool) -> Html:
    with use(spoken):
        return standards_blocks.in_force(month, allowed.sets, allowed.tries, today)


@lru_cache(maxsize=KEPT)
def _rest(at: Stamp, month: date, sheet: str, today: date, spoken: str, dark: bool) -> Html:
    with use(spoken):
        lists = [checklists_block.listed(month, sheet)]
        if sheet:
            lists.append(checklists_block.opened(sheet))
        beside = [el("section", standards_blocks.composite(month)), el("section", standards_blocks.minutes(month))]
        return join([*lists, div("sqm-two", *beside), rules_block.rules(today), rules_block.registry(month)])


def top(choice: Choice, allowed: Rights, today: date) -> Html:
    """Standards in force."""
    return _top(stamp(), choice.month, allowed, today, str(language()), status_style.is_dark())


def rest(choice: Choice, sheet: str, today: date) -> Html:
    """Checklists with one of them opened (sheet, '' none), composite, minutes, rules of use, sources."""
    return _rest(stamp(), choice.month, sheet, today, str(language()), status_style.is_dark())


def first_sheet(month: date) -> str:
    """The version that stands open until another is chosen."""
    return next((each.code for each in checklists_block.newest_first(month)), "")
