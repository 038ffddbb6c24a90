"""Visits and marks as they hold: a rejected report is out, a ruling is in, the score of a file gives way to items."""

import numpy as np
import pandas as pd
import pytest

from sqm.rules.audits.appeals import Verdict, raise_appeal, rule
from sqm.rules.audits.audit_corrections import holding
from sqm.rules.audits.audit_standards import minutes_standard, visit_rules
from sqm.rules.audits.visit_reports import reject_visit
from sqm.rules.decisions import withdraw
from sqm.rules.stores.store_evidence import Standards, Turn, scored
from tests.rules.deciding import START, log

MONTH = START.date().replace(day=1)
VISITS = pd.DataFrame(
    {
        "visit_id": ["v1", "v2", "v3"],
        "store_code": ["S1", "S1", "S2"],
        "month": pd.Timestamp(MONTH),
        "theme": "hall",
        "minutes_waited": np.nan,
        "minutes_handled": np.nan,
        "score": [75.0, np.nan, 90.0],
    }
)
MARKS = pd.DataFrame(
    {
        "visit": ["v1", "v1", "v2", "v2"],
        "store": "S1",
        "month": pd.Timestamp(MONTH),
        "theme": "hall",
        "item": ["hall.a", "hall.b", "hall.a", "hall.b"],
        "points": [10.0, 20.0, 10.0, 30.0],
        "most": [10.0, 30.0, 10.0, 30.0],
        "is_critical": False,
        "is_minor": False,
        "pass_points": np.nan,
    }
)
APPEALED = (raise_appeal("v1", "hall.b", "S1", "D1", 25.0, "r"), rule("d1", Verdict.UPHELD, "yes"))
WHOLE_VISIT = (
    raise_appeal("v1", "hall.a", "S1", "D1", None, "no such counter"),
    raise_appeal("v1", "hall.b", "S1", "D1", None, "no such counter"),
    rule("d1", Verdict.UPHELD, "yes"),
    rule("d2", Verdict.UPHELD, "yes"),
)


def scores(*drafts: object) -> dict[str, float]:
    """As every page works them out."""
    standards = Standards(lambda month: visit_rules((), month), lambda part, month: minutes_standard((), part, month))
    visits, marks = holding(VISITS, MARKS, log(*drafts))  # type: ignore[arg-type]
    found = scored(visits, marks, standards, (Turn(MONTH, "topic_1", "hall"),)).visits
    return {str(visit): float(score) for visit, score in zip(found["visit_id"], found["score"], strict=True)}


def test_scores_before_and_after_by_hand() -> None:
    """v1: 30 of 40 = 75, with 25 instead of 20 points 35 of 40 = 87.5. v3 has no items: its file says 90."""
    assert scores() == {"v1": 75.0, "v2": 100.0, "v3": 90.0}
    assert scores(*APPEALED) == {"v1": pytest.approx(87.5, abs=1e-12), "v2": 100.0, "v3": 90.0}
    assert scores(*APPEALED, withdraw("d2")) == scores()


def test_a_rejected_report_counts_nowhere_until_it_is_taken_back() -> None:
    assert scores(reject_visit("v1", "no times")) == {"v2": 100.0, "v3": 90.0}
    assert scores(reject_visit("v1", "no times"), withdraw("d1")) == scores()


def test_a_visit_of_which_nothing_applies_has_no_score_any_more() -> None:
    found = scores(*WHOLE_VISIT)
    assert np.isnan(found["v1"]) and found["v2"] == 100.0


def test_what_was_uploaded_stays_as_it_was() -> None:
    before = VISITS.copy(), MARKS.copy()
    holding(VISITS, MARKS, log(*APPEALED, reject_visit("v2", "r")))
    pd.testing.assert_frame_equal(VISITS, before[0])
    pd.testing.assert_frame_equal(MARKS, before[1])
    same = holding(VISITS, MARKS, ())
    assert same[0] is VISITS and same[1] is MARKS
