"""The whole table of roles x pages and roles x actions, written out: a right that slips in fails here."""

import pytest

from sqm.errors import SqmError
from sqm.rules import access
from sqm.rules.access import (
    EVERYTHING,
    NOTHING,
    Action,
    Page,
    Role,
    Scope,
    may,
    may_open,
    pages_of,
    require,
    require_page,
    role_of,
    scope_of,
)

INSIDE = (
    "home matrix process indicator watch targets satisfaction gaps competitiveness programme relations months editions"
)
COMMENTS = f"{INSIDE} comments store stores audits"
PAGES = {
    "executive": COMMENTS,
    "district": COMMENTS,
    "store_manager": COMMENTS,
    "analyst": f"{COMMENTS} upload",
    "quality": f"{COMMENTS} upload people",
    "auditor": "",
    "hr": INSIDE,
    "nobody": "",
}
ACTIONS = {
    "executive": "download_workbook see_source_rows propose_target sign_target_owner propose_indicator add_event "
    "comment open_action",
    "district": "download_workbook propose_indicator comment raise_appeal open_action choose_means",
    "store_manager": "download_workbook comment raise_appeal open_action",
    "analyst": "commit_batch undo_batch download_workbook see_source_rows propose_target review_signal "
    "propose_indicator add_event comment define_study",
    "quality": "commit_batch undo_batch download_workbook see_source_rows seal_month propose_target "
    "sign_target_quality review_signal propose_indicator accept_indicator add_event comment define_study "
    "weigh_index raise_appeal rule_appeal reject_visit open_action set_standard choose_means "
    "manage_people read_trail reveal_contact erase_respondent",
    "auditor": "",
    "hr": "",
    "nobody": "",
}


def test_the_tables_cover_every_role() -> None:
    assert set(PAGES) == set(ACTIONS) == {role.value for role in Role}


def test_no_page_and_no_action_is_without_an_entry() -> None:
    assert set(access.PAGES) == set(Page) and set(access.ACTIONS) == set(Action)
    assert {each for said in PAGES.values() for each in said.split()} == set(Page)
    assert {each for said in ACTIONS.values() for each in said.split()} == set(Action)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", Page)
def test_pages(role: Role, page: Page) -> None:
    expected = page.value in PAGES[role.value].split()
    assert may_open(role, page) is expected
    assert may_open(role, page.value) is expected
    assert (page in pages_of(role)) is expected
    if expected:
        require_page(role, page)
    else:
        with pytest.raises(SqmError) as caught:
            require_page(role, page)
        assert caught.value.code == "not_allowed"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_actions(role: Role, action: Action) -> None:
    expected = action.value in ACTIONS[role.value].split()
    assert may(role, action) is expected
    if expected:
        require(role, action)
    else:
        with pytest.raises(SqmError) as caught:
            require(role, action)
        assert caught.value.values == {"action": action.value, "role": role.value}


@pytest.mark.parametrize("role", Role)
def test_nobody_signs_a_target_for_both_sides(role: Role) -> None:
    assert not (may(role, Action.SIGN_TARGET_OWNER) and may(role, Action.SIGN_TARGET_QUALITY))


@pytest.mark.parametrize("role", Role)
def test_what_is_not_in_the_tables_is_refused(role: Role) -> None:
    assert not may_open(role, "payslips")
    assert not may_open(role, "")
    assert not may(role, "drop_tables")


@pytest.mark.parametrize("text", ["", "admin", "root", "Analyst ", "HR", "executive"])
def test_unknown_roles_are_nobody(text: str) -> None:
    known = text.strip().lower() in {role.value for role in Role}
    assert (role_of(text) is not Role.NOBODY) is known


@pytest.mark.parametrize("role", Role)
def test_scope_of_each_role(role: Role) -> None:
    without = scope_of(role)
    assert without == (EVERYTHING if role.value in ("executive", "analyst", "quality", "hr") else NOTHING)
    given = scope_of(role, frozenset({"east"}), frozenset({"0412"}))
    if role is Role.DISTRICT:
        assert given == Scope(frozenset({"east"}), None)
    elif role is Role.STORE_MANAGER:
        assert given == Scope(frozenset({"east"}), frozenset({"0412"}))
    else:
        assert given == without


def test_what_a_scope_sees() -> None:
    assert EVERYTHING.sees_store("0412", "east") and EVERYTHING.is_everything
    assert not NOTHING.sees_store("0412", "east") and not NOTHING.sees_district("east")
    district = Scope(frozenset({"east"}), None)
    assert district.sees_store("0412", "east") and not district.sees_store("0500", "west")
    manager = Scope(frozenset({"east"}), frozenset({"0412"}))
    assert manager.sees_store("0412", "east") and not manager.sees_store("0413", "east")
    assert not manager.is_everything and len({manager, Scope(frozenset({"east"}), frozenset({"0412"}))}) == 1
