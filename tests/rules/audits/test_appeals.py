"""Appeals by hand: a score before, a ruling, the score after, exactly."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from sqm.rules.access import ACTIONS, Role
from sqm.rules.audits import appeals
from sqm.rules.audits.appeals import State, Verdict, corrected, raise_appeal, rates, rule
from sqm.rules.audits.audit_visits import VisitRules, item_losses, mean_losses, visit_scores
from sqm.rules.decisions import action_of, withdraw
from sqm.rules.stores.points_to_gain import Loss, gains
from sqm.rules.stores.store_score import Definition, Part, store_score
from tests.rules.deciding import log

COLUMNS = ["visit", "store", "item", "points", "most", "is_critical", "is_minor"]
MARKS = pd.DataFrame(
    [
        ("v1", "S1", "greeting", 0.0, 10.0, False, False),
        ("v1", "S1", "licence", 0.0, 20.0, True, False),
        ("v1", "S1", "queue", 30.0, 40.0, False, False),
        ("v1", "S1", "leaflets", 30.0, 30.0, False, False),
        ("v2", "S1", "greeting", 10.0, 10.0, False, False),
        ("v2", "S1", "licence", 20.0, 20.0, True, False),
        ("v2", "S1", "queue", 20.0, 40.0, False, False),
        ("v2", "S1", "leaflets", np.nan, 30.0, False, False),
    ],
    columns=COLUMNS,
)
"""v1: 60 of 100, and the failed critical item caps it at 60: 60. v2: 50 of 70: 71.43."""
LICENCE = raise_appeal("v1", "licence", "S1", "D1", 20.0, "it hung behind the door", "photo 7")


def score(marks: pd.DataFrame, visit: str = "v1", rules: VisitRules | None = None) -> float:
    return float(visit_scores(marks, rules or VisitRules()).at[visit, "score"])


def test_an_upheld_appeal_recomputes_the_score_exactly() -> None:
    """20 points come back: 80 of 100, and no critical item holds the visit down any more."""
    assert score(MARKS) == pytest.approx(60.0, abs=1e-12)
    open_one = appeals.appeals(log(LICENCE))
    assert score(corrected(MARKS, open_one)) == pytest.approx(60.0, abs=1e-12)
    ruled = appeals.appeals(log(LICENCE, rule("d1", Verdict.UPHELD, "the photo shows it")))
    after = corrected(MARKS, ruled)
    assert score(after) == pytest.approx(80.0, abs=1e-12)
    assert score(after, "v2") == score(MARKS, "v2") == pytest.approx(500 / 7, abs=1e-12)
    other_rows = after["item"] != "licence"
    pd.testing.assert_frame_equal(after[other_rows], MARKS[other_rows])


def test_an_item_that_does_not_apply_leaves_both_sums() -> None:
    """Without the queue item (30 of 40): 30 of 60, below the cap of 60."""
    asked = raise_appeal("v1", "queue", "S1", "D1", None, "the store has no queue machine")
    ruled = appeals.appeals(log(asked, rule("d1", Verdict.UPHELD, "right")))
    assert ruled[0].granted is None and ruled[0].is_changed
    after = corrected(MARKS, ruled)
    assert np.isnan(after.loc[2, "points"])
    assert score(after) == pytest.approx(50.0, abs=1e-12)


def test_a_partly_upheld_one_has_the_points_of_the_ruling() -> None:
    """15 of 20: still failed, so the visit of 75 is held at 60; with a cap of 90 it is 75."""
    ruled = appeals.appeals(log(LICENCE, rule("d1", Verdict.PARTLY, "half seen", 15.0)))
    assert (ruled[0].state, ruled[0].granted, ruled[0].claimed) == (State.PARTLY, 15.0, 20.0)
    after = corrected(MARKS, ruled)
    assert score(after) == pytest.approx(60.0, abs=1e-12)
    assert score(after, rules=VisitRules(critical_cap=90.0)) == pytest.approx(75.0, abs=1e-12)


def test_a_rejected_or_withdrawn_ruling_leaves_the_mark() -> None:
    refused = appeals.appeals(log(LICENCE, rule("d1", Verdict.REJECTED, "not to be seen")))
    assert refused[0].state is State.REJECTED and not refused[0].is_changed
    pd.testing.assert_frame_equal(corrected(MARKS, refused), MARKS)
    undone = appeals.appeals(log(LICENCE, rule("d1", Verdict.UPHELD, "yes"), withdraw("d2")))
    assert undone[0].is_open and undone[0].ruling == ""
    pd.testing.assert_frame_equal(corrected(MARKS, undone), MARKS)
    assert appeals.appeals(log(LICENCE, withdraw("d1"))) == ()


def test_only_the_first_ruling_counts_and_a_later_appeal_comes_after_it() -> None:
    lines = log(
        LICENCE,
        rule("d1", Verdict.REJECTED, "no"),
        rule("d1", Verdict.UPHELD, "too late"),
        raise_appeal("v1", "licence", "S1", "D1", 20.0, "a better photo"),
        rule("d4", Verdict.PARTLY, "half", 5.0),
    )
    first, second = appeals.appeals(lines)
    assert (first.state, second.state, second.ruling_id) == (State.REJECTED, State.PARTLY, "d5")
    assert corrected(MARKS, (second, first)).loc[1, "points"] == 5.0


def test_points_never_exceed_what_the_item_can_earn_now() -> None:
    ruled = appeals.appeals(log(LICENCE, rule("d1", Verdict.UPHELD, "yes")))
    smaller = MARKS.assign(most=MARKS["most"].where(MARKS["item"] != "licence", 12.0))
    assert corrected(smaller, ruled).loc[1, "points"] == 12.0
    assert corrected(MARKS.iloc[4:], ruled).equals(MARKS.iloc[4:])


def test_points_to_gain_add_up_to_what_is_missing_before_and_after() -> None:
    """One part of 60 from v1, 40 from answers at 70: composite 0.6 x 60 + 0.4 x 70 = 64, then 0.6 x 80 + 28 = 76."""
    definition = Definition("v1", date(2026, 1, 1), (Part("topic_1", 60.0), Part("sms", 40.0)))
    ruled = appeals.appeals(log(LICENCE, rule("d1", Verdict.UPHELD, "yes")))
    first = MARKS[MARKS["visit"] == "v1"]
    for marks, composite, licence in ((first, 64.0, 12.0), (corrected(first, ruled), 76.0, 0.0)):
        of_store = mean_losses(item_losses(marks)).loc["S1"]
        found = store_score({"topic_1": score(marks), "sms": 70.0}, definition)
        lost = [Loss(str(item), float(row["lost"]), float(row["alone"])) for item, row in of_store.iterrows()]
        told = gains(found, {"topic_1": lost})
        assert found.score == pytest.approx(composite, abs=1e-12)
        assert sum(each.points for each in told) == pytest.approx(100.0 - composite, abs=1e-9)
        assert sum(each.points for each in told if each.item == "licence") == pytest.approx(licence, abs=1e-9)


def test_days_and_deadline() -> None:
    """Raised on 2 November, ruled on the 3rd (a day apart in these logs)."""
    waiting, ruled = appeals.appeals(log(LICENCE))[0], appeals.appeals(log(LICENCE, rule("d1", Verdict.UPHELD, "y")))[0]
    assert waiting.raised_at == datetime(2026, 11, 2, 9)
    assert waiting.days_open(date(2026, 11, 22)) == 20 and ruled.days_open(date(2026, 11, 22)) == 1
    assert waiting.due_on(10) == date(2026, 11, 12) and waiting.due_on(None) is None
    assert not waiting.is_late(10, date(2026, 11, 12)) and waiting.is_late(10, date(2026, 11, 13))
    assert not ruled.is_late(1, date(2026, 11, 22)) and not waiting.is_late(None, date(2027, 1, 1))


def test_rates_by_hand() -> None:
    marks = MARKS.assign(auditor=["A"] * 4 + ["B"] * 4)
    lines = log(
        LICENCE,
        rule("d1", Verdict.UPHELD, "yes"),
        raise_appeal("v1", "greeting", "S1", "D1", 10.0, "we greeted"),
        rule("d3", Verdict.REJECTED, "no"),
        raise_appeal("v1", "greeting", "S1", "D1", 10.0, "we did, film"),
        raise_appeal("v9", "greeting", "S9", "D1", 10.0, "another month"),
    )
    found = rates(marks, appeals.appeals(lines), "auditor")
    assert found.loc["A", ["items", "queried", "ruled", "changed"]].tolist() == [4, 2, 2, 1]
    assert (found.at["A", "queried_share"], found.at["A", "changed_share"]) == (0.5, 0.5)
    assert found.at["A", "low"] == pytest.approx(0.0945, abs=1e-4)
    assert found.loc["B", ["items", "queried", "ruled", "changed"]].tolist() == [4, 0, 0, 0]
    assert np.isnan(found.at["B", "changed_share"]) and np.isnan(found.at["B", "low"])
    whole = rates(marks, appeals.appeals(lines))
    assert whole.loc["", ["items", "queried", "ruled", "changed"]].tolist() == [8, 2, 2, 1]
    assert rates(marks, ()).loc["", "queried"] == 0


def test_a_reason_is_wanted_and_nobody_rules_their_own() -> None:
    with pytest.raises(ValueError, match="reason"):
        raise_appeal("v1", "licence", "S1", "D1", 20.0, "  ")
    with pytest.raises(ValueError, match="reason"):
        rule("d1", Verdict.UPHELD, "")
    assert ACTIONS[action_of(rule("d1", Verdict.UPHELD, "yes"))] == {Role.QUALITY}
    assert Role.STORE_MANAGER in ACTIONS[action_of(LICENCE)] and Role.AUDITOR not in ACTIONS[action_of(LICENCE)]
