"""Supplementary means: one or two of three, and whether a district did what it chose."""

from datetime import date

import pandas as pd
import pytest

from sqm.rules.audits.supplementary import Compliance, Means, choices, choose_means, chosen_in, compliance, is_allowed
from sqm.rules.decisions import withdraw
from tests.rules.deciding import log

OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 1) for month in (10, 11, 12))
FIRST = choose_means("D1", [Means.CALLBACK, Means.REMOTE_MONITORING], date(2026, 10, 12))
SECOND = choose_means("D1", [Means.OPEN_VISIT], DECEMBER)


@pytest.mark.parametrize(("count", "expected"), [(0, False), (1, True), (2, True), (3, False)])
def test_one_or_two_of_three(count: int, expected: bool) -> None:
    draft = choose_means("D1", list(Means)[:count], NOVEMBER)
    assert is_allowed(draft.facts["means"]) is expected


def test_a_means_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match="drone"):
        choose_means("D1", ["drone"], NOVEMBER)  # type: ignore[list-item]


def test_a_choice_holds_from_its_month_until_the_next() -> None:
    found = choices(log(SECOND, FIRST))
    assert chosen_in(found, "D1", date(2026, 9, 30)) == ()
    assert chosen_in(found, "D1", date(2026, 11, 30)) == (Means.REMOTE_MONITORING, Means.CALLBACK)
    assert chosen_in(found, "D1", DECEMBER) == (Means.OPEN_VISIT,)
    assert chosen_in(found, "D2", DECEMBER) == ()
    assert chosen_in(choices(log(FIRST, SECOND, withdraw("d2"))), "D1", DECEMBER)[1] is Means.CALLBACK
    again = choices(log(FIRST, choose_means("D1", [Means.OPEN_VISIT], OCTOBER)))
    assert chosen_in(again, "D1", OCTOBER) == (Means.OPEN_VISIT,)


def test_compliance_by_hand() -> None:
    visits = pd.DataFrame(
        [
            ("D1", NOVEMBER, "callback"),
            ("D1", NOVEMBER, "callback"),
            ("D1", NOVEMBER, "third_party"),
            ("D1", OCTOBER, "remote_monitoring"),
            ("D2", NOVEMBER, "open_visit"),
        ],
        columns=["district_code", "month", "source"],
    )
    found = compliance(
        choices(log(FIRST, choose_means("D2", [Means.OPEN_VISIT], OCTOBER))), visits, ["D1", "D2", "D3"], NOVEMBER
    )
    assert found[0] == Compliance("D1", NOVEMBER, (Means.REMOTE_MONITORING, Means.CALLBACK), (0, 2))
    assert found[0].missing == (Means.REMOTE_MONITORING,) and not found[0].is_kept
    assert found[1].is_kept and found[1].visits == (1,)
    assert found[2].chosen == () and not found[2].is_kept and found[2].missing == ()
