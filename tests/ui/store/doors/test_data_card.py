"""One store's card, and when all stores are worked out anew: only when a score can have moved."""

from datetime import date
from pathlib import Path

import pytest

from sqm.database.batches.uploads import Uploads
from sqm.database.deciding import decisions
from sqm.rules.access import EVERYTHING, NOTHING, Scope
from sqm.rules.audits.appeals import Verdict, raise_appeal, rule
from sqm.rules.audits.visit_reports import reject_visit
from sqm.rules.decisions import Decision, Draft, withdraw
from sqm.rules.stores.actions import Opening, open_action
from sqm.rules.stores.store_results import StoreResult
from sqm.ui.doors.data import database, stamp
from sqm.ui.store.doors import data_card
from sqm.ui.store.store_choice import Choice
from sqm.ui.stores.doors import data_scores
from sqm.ui.stores.doors.data_scores import Span
from tests.pages.audited import ITEM, LAST

CHOICE = Choice("A1", LAST, Span.QUARTER)


def _decide(path: Path, draft: Draft, who: str = "mia") -> Decision:
    uploads = Uploads(path.parent / "uploads")
    return decisions.record(database(), uploads, draft.kind, who, "", draft.subject, draft.facts)


def _result() -> StoreResult:
    return data_scores.view(EVERYTHING, LAST, Span.QUARTER).results["A1"]


def test_what_moves_no_score_works_nothing_out_anew(answered: Path) -> None:
    before, at = _result(), stamp()
    _decide(answered, open_action(Opening("x", "D1", "store_manager", date(2099, 1, 1), 6.0, store_code="A1")))
    raised = _decide(answered, raise_appeal("v2", ITEM, "A1", "D1", 8.0, "seen"))
    assert stamp() != at and _result() is before
    _decide(answered, rule(raised.decision_id, Verdict.UPHELD, "so it was"), "quentin")
    assert _result() is not before
    assert _result().score.score == pytest.approx(89.5)


def test_a_rejected_report_and_its_withdrawal_move_the_score(answered: Path) -> None:
    """Without October's visit to the first topic, August's alone counts there: 80 as before; the queue 14 and 9."""
    made = _decide(answered, reject_visit("v2", "another store"))
    card = data_card.card(EVERYTHING, CHOICE)
    assert card is not None and len(card.visits) == 2
    assert card.minutes("waited") == (11.5, 2)
    assert card.short == {ITEM: ("v1",)} and card.runs[ITEM].visits == 1
    assert card.score.score == pytest.approx(0.3 * 80 + 0.3 * 100 + 0.2 * 75 + 0.1 * 62.5 + 0.1 * 100)
    _decide(answered, withdraw(made.decision_id))
    back = data_card.card(EVERYTHING, CHOICE)
    assert back is not None and back.score.score == pytest.approx(86.5)


def test_the_card_of_the_window(answered: Path) -> None:
    card = data_card.card(EVERYTHING, CHOICE)
    assert card is not None
    assert [each.visit_id for each in card.visits] == ["v3", "v2", "v1"]
    assert [each.passes for each in card.visits] == [True, True, True]
    assert card.themes == {"topic_1": ("on_site_management",), "topic_2": ("transaction_handling",)}
    assert (card.last_on, card.audits) == (date(2026, 10, 12), 4)
    assert card.place is None and card.class_mean is None, "one visit a store to topic 2: nobody knows its luck"
    assert sum(each.points for each in card.gains) == pytest.approx(13.5)
    assert card.before is not None and card.before.score == pytest.approx(98.0), "May: 6 minutes, else all points"


def test_peers_are_praised_only_for_two_visits_without_a_failure(answered: Path) -> None:
    assert [each["store_code"] for each in data_card.peers(CHOICE, ITEM)] == ["A2"]
    assert data_card.peers(CHOICE, "transaction_handling.receipt_given") == ()


def test_a_store_of_others_has_no_card(answered: Path) -> None:
    assert data_card.card(NOTHING, CHOICE) is None
    assert data_card.card(Scope(frozenset({"D1"}), frozenset({"A2"})), CHOICE) is None
    assert data_card.bought(NOTHING, CHOICE) is None
