"""What stands of a log, whatever was taken back and given again; and the right that each decision takes."""

from datetime import date

import pytest

from sqm.errors import SqmError
from sqm.rules.access import Action
from sqm.rules.decisions import Draft, Kind, action_of, month_in, standing, text_in, withdraw
from sqm.rules.matrix.agreements import Side, refuse, sign
from sqm.rules.matrix.events import comment
from tests.rules.deciding import log


def ids(*drafts: Draft) -> list[str]:
    return [each.decision_id for each in standing(log(*drafts))]


def test_without_withdrawals_everything_stands_in_order() -> None:
    made = log(comment("k1", "a"), comment("k1", "b"))
    assert standing(reversed(made)) == made
    assert standing(()) == ()


def test_a_withdrawn_decision_and_its_withdrawal_are_gone() -> None:
    assert ids(comment("k1", "a"), comment("k1", "b"), withdraw("d1")) == ["d2"]


def test_a_withdrawn_withdrawal_lets_the_decision_stand_again() -> None:
    assert ids(comment("k1", "a"), withdraw("d1"), withdraw("d2")) == ["d1"]
    assert ids(comment("k1", "a"), withdraw("d1"), withdraw("d2"), withdraw("d3")) == []


def test_a_withdrawal_reaches_only_what_was_before_it() -> None:
    assert ids(withdraw("d2"), comment("k1", "a")) == ["d2"]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_takes_a_right_of_its_own_and_no_other(kind: Kind) -> None:
    draft = Draft(kind, "x", {})
    if kind is Kind.WITHDRAWN:
        with pytest.raises(SqmError):
            action_of(draft)
    else:
        assert action_of(draft) in Action


def test_each_side_signs_and_refuses_with_its_own_right() -> None:
    for side, action in ((Side.OWNER, Action.SIGN_TARGET_OWNER), (Side.QUALITY, Action.SIGN_TARGET_QUALITY)):
        assert action_of(sign("d1", side)) is action_of(refuse("d1", side, "no")) is action


def test_facts_are_read_as_months_and_texts() -> None:
    assert month_in({"month": "2026-06-30"}) == date(2026, 6, 1)
    assert text_in({"reason": None}, "reason") == text_in({}, "reason") == ""
