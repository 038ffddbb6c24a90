"""What customers of a store answered: by channel, against the window before, never across questionnaires."""

from datetime import date
from pathlib import Path

import pytest

from sqm.database import marts
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.sampling import Showing, wilson
from sqm.ui.doors.data import database
from sqm.ui.store.doors import data_opinion
from sqm.ui.store.doors.data_opinion import WAITING, WHOLE
from sqm.ui.store.store_choice import Choice
from sqm.ui.stores.doors.data_scores import Span

OCTOBER, JULY = date(2026, 10, 1), date(2026, 7, 1)


def _july(satisfied: int, of: int, method: str = "store_evaluation-1") -> None:
    with database().write() as cursor:
        for place in range(of):
            cursor.execute(
                "insert into responses values ('s', $row, 'store_evaluation', $method, $who, $month, $month, 'A1', "
                "'D1', 'own', 'sms', '', 1, $scores)",
                {
                    "row": 1000 + place,
                    "method": method,
                    "who": f"july-{place}",
                    "month": JULY,
                    "scores": [10.0 if place < satisfied else 3.0] * 5,
                },
            )
        cursor.execute("insert into trail values (99, now(), 'analyst', 'commit', 's', '{}', '')")
        marts.rebuild(cursor)


def _found(span: Span = Span.QUARTER, scope: Scope = EVERYTHING) -> data_opinion.Opinions:
    return data_opinion.opinions(scope, Choice("A1", OCTOBER, span))


def test_channels_stand_apart(answered: Path) -> None:
    found = _found()
    sms, desk = found.found[WHOLE, "sms"], found.found[WHOLE, "front_desk"]
    assert (sms.share, sms.n, sms.interval, sms.showing) == (0.75, 40, wilson(30, 40), Showing.SHOWN)
    assert (desk.share, desk.n, desk.showing) == (1.0, 10, Showing.GREY)
    assert found.channels == ("sms", "front_desk")
    assert found.mean == {"sms": 0.75, "front_desk": 1.0}
    assert sms.change is None, "nobody was asked in the months before"


def test_a_change_beyond_chance_is_told_from_one_by_chance(answered: Path) -> None:
    """18 of 40 in July: 30 points less than 30 of 40, beyond chance; the front desk asked nobody."""
    _july(18, 40)
    sms = _found().found[WAITING, "sms"]
    assert sms.change == pytest.approx(0.30) and sms.is_moved
    assert sms.change_limits is not None and sms.change_limits[0] > 0.0
    assert _found().found[WAITING, "front_desk"].change is None


def test_a_small_change_is_chance(answered: Path) -> None:
    _july(29, 40)
    sms = _found().found[WAITING, "sms"]
    assert sms.change == pytest.approx(0.025) and not sms.is_moved


def test_another_questionnaire_is_not_compared(answered: Path) -> None:
    _july(10, 40, "store_evaluation-0")
    assert _found().found[WHOLE, "sms"].change is None


def test_fewer_than_five_answers_before_are_no_comparison(answered: Path) -> None:
    _july(4, 4)
    assert _found().found[WHOLE, "sms"].change is None


def test_minutes_and_answers_of_the_same_month(answered: Path) -> None:
    """October alone has both: 4 and 9 minutes in two visits, 30 of 40 satisfied."""
    (month,) = _found().waits
    assert (month.month, month.minutes, month.visits, month.satisfied.share) == (OCTOBER, 6.5, 2, 0.75)


def test_a_store_of_others_gives_nothing(answered: Path) -> None:
    found = _found(scope=Scope(frozenset({"D1"}), frozenset({"A2"})))
    assert not found.found and not found.waits and not found.mean
