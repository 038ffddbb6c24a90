"""Signals confirmed, dismissed, put off and taken back; the report card of each rule adds up."""

from datetime import date

import pytest

from sqm.rules.decisions import withdraw
from sqm.rules.watching.reviews import Card, Flag, Verdict, confirm, dismiss, remind, report_card, reviews
from tests.rules.deciding import log

MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)
DECLINE = Flag("k1", "company", "", MAY, "consecutive_decline")
LARGE = DECLINE._replace(signal="large_fluctuation")
IN_DISTRICT = DECLINE._replace(scope_level="district", scope_code="D1")


def test_the_last_word_holds_on_exactly_its_signal() -> None:
    found = reviews(log(confirm(DECLINE), dismiss(LARGE, "a strike"), dismiss(DECLINE, "counted twice")))
    assert set(found) == {DECLINE, LARGE}
    assert (found[DECLINE].verdict, found[DECLINE].reason) == (Verdict.DISMISSED, "counted twice")
    assert [each.decision_id for each in found[DECLINE].history] == ["d1", "d3"]
    assert IN_DISTRICT not in found


def test_taking_it_back_returns_to_the_word_before() -> None:
    made = (confirm(DECLINE), dismiss(DECLINE, "counted twice"))
    assert reviews(log(*made, withdraw("d2")))[DECLINE].verdict is Verdict.CONFIRMED
    assert not reviews(log(*made, withdraw("d2"), withdraw("d1")))


def test_a_reminder_is_over_from_its_month_on() -> None:
    review = reviews(log(remind(DECLINE, JULY, "new routing")))[DECLINE]
    assert (review.verdict, review.until) == (Verdict.REMINDED, JULY)
    assert [review.is_open(month) for month in (date(2026, 6, 1), JULY, date(2026, 8, 1))] == [False, True, True]
    assert not reviews(log(confirm(DECLINE)))[DECLINE].is_open(JULY)


def test_a_signal_is_not_dismissed_without_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        dismiss(DECLINE, "  ")


def test_the_report_card_adds_up() -> None:
    others = [of_code(DECLINE, code) for code in ("k2", "k3", "k4")]
    gone = of_code(LARGE, "k9")
    decided = reviews(
        log(confirm(DECLINE), dismiss(others[0], "a"), remind(others[1], JULY), dismiss(gone, "limits moved"))
    )
    cards = report_card([DECLINE, *others, LARGE, DECLINE], decided)
    assert cards == (Card("consecutive_decline", 4, 1, 1, 2), Card("large_fluctuation", 2, 0, 1, 1))
    assert report_card([], {}) == ()


def of_code(flag: Flag, code: str) -> Flag:
    return flag._replace(indicator_code=code)
