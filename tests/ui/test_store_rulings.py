"""What is ruled reaches every score: an upheld appeal, a rejected report, their withdrawal, from the log to a page."""

import math
from datetime import date
from pathlib import Path

import pytest

from sqm.database.batches.uploads import Uploads
from sqm.database.deciding import decisions
from sqm.rules.access import EVERYTHING
from sqm.rules.audits.appeals import Verdict, raise_appeal, rule
from sqm.rules.audits.visit_reports import reject_visit
from sqm.rules.decisions import Decision, Draft, withdraw
from sqm.rules.stores.store_results import StoreResult
from sqm.ui.doors.data import database
from sqm.ui.stores.doors import data_scores
from sqm.ui.stores.doors.data_scores import Span
from tests.browser import tiny

SEPTEMBER = tiny.MONTHS[-1]
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def audited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One visit to S001: 30 of 40 points of its theme, 9 minutes waited, 8 handled."""
    monkeypatch.setenv("SQM_DATABASE", str(tiny.build(tmp_path)))
    with database().write() as cursor:
        cursor.execute(
            "insert into visits (batch_id, source_row, visit_id, store_code, visited_on, month, source, theme, "
            "minutes_waited, minutes_handled) "
            "values ('', 2, 'v1', 'S001', $day, $day, 'third_party', 'on_site_management', 9, 8)",
            {"day": SEPTEMBER},
        )
        for item, points, most in (("on_site_management.a", 10, 10), ("on_site_management.b", 20, 30)):
            cursor.execute(
                "insert into visit_items (batch_id, source_row, visit_id, item_code, points, max_points, critical) "
                "values ('', 2, 'v1', $item, $points, $most, false)",
                {"item": item, "points": points, "most": most},
            )


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads")


def decide(uploads: Uploads, draft: Draft, who: str = "mia") -> Decision:
    return decisions.record(database(), uploads, draft.kind, who, "", draft.subject, draft.facts, TODAY)


def store() -> StoreResult:
    """S001 of the month; what it lost adds up, whatever was ruled."""
    found = data_scores.view(EVERYTHING, SEPTEMBER, Span.MONTH).results["S001"]
    if found.score.score is not None:
        assert math.fsum(each.points for each in found.gains) == pytest.approx(100.0 - found.score.score, abs=1e-9)
    return found


def parts(found: StoreResult) -> dict[str, float | None]:
    return {part.code: part.score for part in found.score.parts}


def test_an_upheld_appeal_moves_the_composite_by_exactly_its_points(uploads: Uploads) -> None:
    """25 instead of 20 points: 75 -> 87.5 of the theme, which weighs 30 of the 70 that were collected."""
    before = store()
    assert parts(before)["topic_1"] == pytest.approx(75.0) and parts(before)["queueing"] == pytest.approx(75.0)
    assert parts(before)["handling"] == 100.0 and before.score.coverage == pytest.approx(0.7)
    asked = decide(uploads, raise_appeal("v1", "on_site_management.b", "S001", "D01", 25.0, "seen by all"))
    assert store() == before
    ruling = decide(uploads, rule(asked.decision_id, Verdict.UPHELD, "right"), "quin")
    after = store()
    assert parts(after)["topic_1"] == pytest.approx(87.5, abs=1e-12)
    assert before.score.score is not None and after.score.score is not None
    assert after.score.score - before.score.score == pytest.approx(12.5 * 30 / 70, abs=1e-12)
    decide(uploads, withdraw(ruling.decision_id), "quin")
    assert store() == before


def test_a_rejected_report_leaves_only_what_customers_said(uploads: Uploads) -> None:
    before = store()
    made = decide(uploads, reject_visit("v1", "the times cannot be"))
    without = store()
    assert {code for code, score in parts(without).items() if score is not None} == {"sms"}
    assert without.visits is None and not without.score.is_ranked
    decide(uploads, withdraw(made.decision_id))
    assert store() == before
