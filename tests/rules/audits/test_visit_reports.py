"""Rejected reports: which visits do not count, and how often an auditor's reports are rejected."""

import pandas as pd
import pytest

from sqm.rules.audits.visit_reports import rates, reject_visit, rejected, rejections
from sqm.rules.decisions import withdraw
from tests.rules.deciding import log

BOTH = (reject_visit("v1", "no times"), reject_visit("v2", "not there"))


def test_a_rejected_report_counts_again_when_it_is_taken_back() -> None:
    lines = log(*BOTH)
    assert rejected(lines) == {"v1", "v2"}
    (first, _) = rejections(lines)
    assert (first.visit_id, first.reason, first.decision_id, first.who) == ("v1", "no times", "d1", "ana")
    assert rejected(log(*BOTH, withdraw("d1"))) == {"v2"}
    with pytest.raises(ValueError, match="reason"):
        reject_visit("v1", " ")


def test_the_rate_of_an_auditor_by_hand() -> None:
    """Two of five: Wilson 0.118 to 0.769."""
    visits = pd.DataFrame({"visit_id": [f"v{n}" for n in range(1, 8)], "auditor_code": list("aaaaabb")})
    found = rates(visits, {"v1", "v2", "v99"})
    assert found.loc["a", ["visits", "rejected", "share"]].tolist() == [5, 2, 0.4]
    assert found.at["a", "low"] == pytest.approx(0.1176, abs=1e-4)
    assert found.at["a", "high"] == pytest.approx(0.7693, abs=1e-4)
    assert found.at["b", "rejected"] == 0 and found.at["b", "low"] == 0.0
