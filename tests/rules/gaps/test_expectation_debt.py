"""The month after a promotion, by hand: 70 % before, 80 % in its month, 60 % after it."""

from datetime import date

import pytest

from sqm.rules.gaps.expectation_debt import aftermath
from sqm.rules.periods import add_months
from sqm.rules.surveys.trends import Word

JUNE = date(2026, 6, 1)


def month(step: int, share: float, method: str = "m1") -> dict[date, tuple[dict[str, object], ...]]:
    point = {"survey_code": "s", "method_code": method, "share": share, "n_eff": 1000.0}
    return {add_months(JUNE, step): (point,)}


def test_what_was_given_lifts_and_the_month_after_owes() -> None:
    (found,) = aftermath({**month(-1, 0.7), **month(0, 0.8), **month(1, 0.6)}, [JUNE, JUNE], add_months(JUNE, 1))
    assert found.month == JUNE and found.lift.word is Word.UP
    assert (found.lift.difference, found.debt.difference) == pytest.approx((0.1, -0.1))
    assert found.is_debt


def test_a_month_that_is_not_over_owes_nothing_yet() -> None:
    points = {**month(-1, 0.7), **month(0, 0.8), **month(1, 0.6)}
    (found,) = aftermath(points, [JUNE], JUNE)
    assert found.debt.word is Word.NO_DATA and not found.is_debt
    assert aftermath(points, [JUNE], add_months(JUNE, -1)) == ()


def test_within_chance_or_across_methods_is_no_debt() -> None:
    (found,) = aftermath({**month(-1, 0.7), **month(1, 0.69)}, [JUNE], add_months(JUNE, 1))
    assert found.debt.word is Word.NOT_DISTINGUISHABLE and found.lift.word is Word.NO_DATA and not found.is_debt
    (found,) = aftermath({**month(-1, 0.7), **month(1, 0.5, "m2")}, [JUNE], add_months(JUNE, 1))
    assert found.debt.word is Word.NOT_COMPARABLE and not found.is_debt
