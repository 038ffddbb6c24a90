"""Decisions on store audits on a real database: what is stored, what is refused, and what a withdrawal may undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.hashes import table_hashes
from sqm.database.indicators import sealed
from sqm.database.safety import trail
from sqm.errors import SqmError
from sqm.rules.audits import appeals, audit_standards, supplementary, visit_reports
from sqm.rules.audits.appeals import Verdict, raise_appeal, rule
from sqm.rules.audits.audit_standards import Standard, set_standard
from sqm.rules.audits.supplementary import Means
from sqm.rules.decisions import Decision, Draft, withdraw
from sqm.rules.stores import actions
from sqm.rules.stores.actions import Opening
from tests.database.batches.test_batches import commit_survey

TODAY = date(2026, 11, 22)
OCTOBER, NOVEMBER, DECEMBER, JANUARY = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
LICENCE = raise_appeal("v1", "hall.licence", "S001", "D01", 20.0, "it hung behind the door")
ASKED = Opening("a second greeter", "D01", "store manager", DECEMBER, 1.5, store_code="S001", visit_id="v1")
Decide = Callable[..., Decision]


@pytest.fixture
def audited(db: Database) -> Database:
    """v1 in S001 (district D01) and v2 in S005 (D02): licence 0 of 20, greeting 10 of 10, queue does not apply."""
    marks = (("hall.licence", 0, 20), ("hall.greeting", 10, 10), ("hall.queue", None, 40))
    with db.write() as cursor:
        for row, (visit, store) in enumerate((("v1", "S001"), ("v2", "S005"))):
            cursor.execute(
                "insert into visits (batch_id, source_row, visit_id, store_code, visited_on, month, source, theme) "
                "values ('', $row, $visit, $store, $day, $month, 'third_party', 'hall')",
                {"row": row, "visit": visit, "store": store, "day": date(2026, 10, 9), "month": OCTOBER},
            )
            for item, points, most in marks:
                cursor.execute(
                    "insert into visit_items (batch_id, source_row, visit_id, item_code, points, max_points, critical) "
                    "values ('', $row, $visit, $item, $points, $most, false)",
                    {"row": row, "visit": visit, "item": item, "points": points, "most": most},
                )
    return db


@pytest.fixture
def decide(audited: Database, uploads: Uploads) -> Decide:
    def done(draft: Draft, who: str = "ana", today: date = TODAY) -> Decision:
        return decisions.record(audited, uploads, draft.kind, who, "quality", draft.subject, draft.facts, today)

    return done


@pytest.fixture
def refused(audited: Database, decide: Decide) -> Callable[..., str]:
    def code(draft: Draft, who: str = "ana", today: date = TODAY) -> str:
        before = table_hashes(audited), trail.last_sequence(audited)
        with pytest.raises(SqmError) as raised:
            decide(draft, who, today)
        assert (table_hashes(audited), trail.last_sequence(audited)) == before
        return raised.value.code

    return code


def test_an_appeal_from_raised_to_ruled(audited: Database, decide: Decide) -> None:
    made = decide(LICENCE)
    decide(rule(made.decision_id, Verdict.UPHELD, "the photo shows it"), "quin")
    (found,) = appeals.appeals(decisions.every(audited))
    assert (found.state, found.granted, found.ruled_by) == (appeals.State.UPHELD, 20.0, "quin")


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (replace(LICENCE, subject="v9"), "audit_item_unknown"),
        (raise_appeal("v1", "hall.roof", "S001", "D01", 1.0, "r"), "audit_item_unknown"),
        (raise_appeal("v1", "hall.licence", "S005", "D02", 20.0, "r"), "audit_place_wrong"),
        (raise_appeal("v1", "hall.licence", "S001", "D02", 20.0, "r"), "audit_place_wrong"),
        (raise_appeal("v1", "hall.licence", "S001", "D01", 20.5, "r"), "audit_points_outside"),
        (raise_appeal("v1", "hall.licence", "S001", "D01", -1.0, "r"), "audit_points_outside"),
        (raise_appeal("v1", "hall.licence", "S001", "D01", float("nan"), "r"), "audit_points_outside"),
        (raise_appeal("v1", "hall.greeting", "S001", "D01", 10.0, "r"), "appeal_same_points"),
        (raise_appeal("v1", "hall.queue", "S001", "D01", None, "r"), "appeal_same_points"),
        (rule("d-none", Verdict.UPHELD, "r"), "decision_unknown"),
        (visit_reports.reject_visit("v9", "r"), "audit_visit_unknown"),
        (actions.open_action(replace(ASKED, deadline=date(2026, 11, 21))), "action_deadline_over"),
        (actions.open_action(replace(ASKED, district_code="D02")), "audit_place_wrong"),
        (actions.open_action(replace(ASKED, store_code="S999")), "audit_place_wrong"),
        (actions.open_action(replace(ASKED, store_code="", visit_id="", district_code="D99")), "audit_place_wrong"),
        (actions.open_action(replace(ASKED, visit_id="v2")), "audit_place_wrong"),
        (actions.open_action(replace(ASKED, visit_id="v9")), "audit_visit_unknown"),
        (actions.move("d-none", actions.State.DO), "decision_unknown"),
        (supplementary.choose_means("D01", [], DECEMBER), "means_count"),
        (supplementary.choose_means("D01", list(Means), DECEMBER), "means_count"),
        (supplementary.choose_means("D99", [Means.CALLBACK], DECEMBER), "audit_place_wrong"),
        (supplementary.choose_means("D01", [Means.CALLBACK], OCTOBER), "month_over"),
        (set_standard(Standard.PASS_MARK, 101, DECEMBER, "r"), "standard_value"),
        (set_standard(Standard.REPORT_DAY, 5.5, DECEMBER, "r"), "standard_value"),
        (set_standard(Standard.PASS_MARK, 90, OCTOBER, "r"), "month_over"),
        (set_standard(Standard.WAITING_FULL, 60, DECEMBER, "r"), "standard_crossed"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(refused: Callable[..., str], draft: Draft, code: str) -> None:
    assert refused(draft) == code


def test_one_open_appeal_an_item_and_one_ruling(decide: Decide, refused: Callable[..., str]) -> None:
    made = decide(LICENCE)
    assert refused(LICENCE) == "appeal_open"
    other = decide(raise_appeal("v2", "hall.licence", "S005", "D02", 20.0, "another visit"))
    assert refused(rule(made.decision_id, Verdict.PARTLY, "r", 21.0), "quin") == "audit_points_outside"
    assert refused(rule(made.decision_id, Verdict.UPHELD, "r")) == "own_appeal"
    ruling = decide(rule(made.decision_id, Verdict.REJECTED, "not to be seen"), "quin")
    assert refused(rule(made.decision_id, Verdict.UPHELD, "after all"), "quin") == "decision_closed"
    assert refused(withdraw(made.decision_id)) == "decision_closed"
    again = decide(LICENCE)
    assert refused(withdraw(ruling.decision_id), "quin") == "appeal_open"
    decide(withdraw(again.decision_id))
    decide(withdraw(ruling.decision_id), "quin")
    decide(withdraw(made.decision_id))
    decide(withdraw(other.decision_id))


def test_a_rejected_report_is_rejected_once_and_not_appealed(
    audited: Database, decide: Decide, refused: Callable[..., str]
) -> None:
    made = decide(visit_reports.reject_visit("v1", "the times cannot be"))
    assert visit_reports.rejected(decisions.every(audited)) == {"v1"}
    assert refused(visit_reports.reject_visit("v1", "again")) == "decision_closed"
    assert refused(LICENCE) == "audit_visit_rejected"
    decide(withdraw(made.decision_id))
    decide(LICENCE)


def test_an_action_moves_until_it_is_closed(audited: Database, decide: Decide, refused: Callable[..., str]) -> None:
    made = decide(actions.open_action(replace(ASKED, deadline=TODAY)))
    assert refused(actions.move(made.decision_id, actions.State.DONE)) == "action_step"
    for state in (actions.State.DO, actions.State.CHECK, actions.State.DONE):
        decide(actions.move(made.decision_id, state))
    assert refused(actions.move(made.decision_id, actions.State.DO)) == "decision_closed"
    (found,) = actions.actions(decisions.every(audited))
    assert (found.state, found.deadline, found.visit_id) == (actions.State.DONE, TODAY, "v1")


def test_a_standard_holds_from_its_month_and_stays_once_that_is_over(
    audited: Database, uploads: Uploads, decide: Decide, refused: Callable[..., str]
) -> None:
    made = decide(set_standard(Standard.PASS_MARK, 88, DECEMBER, "two good years"))
    held = audit_standards.standards((), decisions.every(audited))
    assert audit_standards.standard_in(held, JANUARY, "pass_mark") == 88.0
    assert refused(withdraw(made.decision_id), today=date(2027, 1, 4)) == "month_over"
    answers = [(f"R{i}", DECEMBER, "S001", [9, 8, 7, 7, 10]) for i in range(40)]
    commit_survey(audited, uploads, "a", answers)
    sealed.seal(audited, uploads, DECEMBER, "quality", today=date(2027, 1, 9))
    assert refused(withdraw(made.decision_id), today=date(2027, 1, 9)) == "month_sealed"
    decide(set_standard(Standard.PASS_MARK, 89, JANUARY, "better still"), today=date(2027, 1, 9))


def test_a_district_chooses_its_means(audited: Database, decide: Decide) -> None:
    decide(supplementary.choose_means("D01", [Means.CALLBACK, Means.OPEN_VISIT], NOVEMBER))
    found = supplementary.choices(decisions.every(audited))
    assert supplementary.chosen_in(found, "D01", DECEMBER) == (Means.OPEN_VISIT, Means.CALLBACK)
