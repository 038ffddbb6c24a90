"""Whose open windows are run anew when people change."""

from dataclasses import replace

from sqm.rules.access import Role
from sqm.rules.people import Person
from sqm.tabs import concerned
from sqm.ui.signing.session_register import SignedIn

LI = Person("p1", "Li Hua", "li@op.example", "", True, Role.ANALYST)
WANG = Person("p2", "Wang Fang", "", "7-wang", True, Role.QUALITY)
TABS = [SignedIn(each, each, 0, 0) for each in ("Li@op.example", "7-wang", "stranger@op.example")]


def test_only_those_whose_own_rights_changed() -> None:
    assert concerned((LI, WANG), (LI, WANG), TABS) == []
    assert concerned((LI, WANG), (replace(LI, role=Role.HR), WANG), TABS) == TABS[:1]
    assert concerned((LI, WANG), (LI, replace(WANG, is_active=False)), TABS) == TABS[1:2]
    assert concerned((LI, WANG), (replace(LI, email="hua@op.example"), WANG), TABS) == TABS[:1]


def test_a_stranger_who_is_added_is_let_in_at_once() -> None:
    added = Person("p3", "Sun Yan", "stranger@op.example", "", True, Role.HR)
    assert concerned((LI, WANG), (LI, WANG, added), TABS) == TABS[2:]


def test_the_first_look_knows_no_change() -> None:
    assert concerned(None, (LI,), TABS) == [] and concerned((LI,), None, TABS) == []
