"""The log of decisions on a real database: recorded whole, with its effects, and refused where it would be too late."""

import datetime
from typing import Any

import pytest

from sqm import config
from sqm.database import catalogue
from sqm.database.batches import rebuild
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.hashes import table_hashes
from sqm.database.indicators import indicators, sealed, targets
from sqm.database.safety import trail
from sqm.errors import SqmError
from sqm.rules.decisions import Decision, Draft, standing, withdraw
from sqm.rules.matrix import agreements, editions, events
from sqm.rules.matrix.agreements import Side, State, Step
from tests.database.batches.test_batches import commit_survey

TODAY = datetime.date(2026, 11, 22)
JUNE, NOVEMBER, DECEMBER = (datetime.date(2026, month, 1) for month in (6, 11, 12))
CODE = "HOT-P01"


def decide(db: Database, uploads: Uploads, draft: Draft, who: str = "ana", today: datetime.date = TODAY) -> Decision:
    return decisions.record(db, uploads, draft.kind, who, "analyst", draft.subject, draft.facts, today)


def agree(db: Database, uploads: Uploads, *steps: Step, code: str = CODE) -> tuple[str, str]:
    """Ids of the proposal and of the last signature."""
    made = decide(db, uploads, agreements.propose(code, steps or (Step(DECEMBER, 0.9, None, 0.02),), "after the move"))
    decide(db, uploads, agreements.sign(made.decision_id, Side.OWNER, "hotline_dept"))
    return made.decision_id, decide(db, uploads, agreements.sign(made.decision_id, Side.QUALITY)).decision_id


def mine(db: Database) -> list[Any]:
    rows = targets.every(db)
    return rows[(rows["indicator_code"] == CODE) & (rows["reason"] == "after the move")].to_dict("records")


def test_a_decision_is_stored_with_its_trail_and_stands_in_the_journal(db: Database, uploads: Uploads) -> None:
    draft = events.comment(CODE, "三月起换了平台", JUNE)
    made = decide(db, uploads, draft)
    assert decisions.every(db) == (made,)
    assert (made.sequence, made.kind, made.facts) == (1, draft.kind, draft.facts)
    entry = trail.entries(db).iloc[0]
    assert (entry["who"], entry["action"], entry["object"]) == ("ana", "commented", made.decision_id)
    assert list(uploads.journal()) == [decisions.journal_entry(made)] == decisions.stored(db)
    assert decisions.from_journal(next(uploads.journal())) == made


def test_a_target_is_in_force_once_both_sides_have_signed(db: Database, uploads: Uploads) -> None:
    made = decide(db, uploads, agreements.propose(CODE, [Step(DECEMBER, 0.9, None, 0.02)], "after the move"))
    decide(db, uploads, agreements.sign(made.decision_id, Side.OWNER, "hotline_dept"))
    assert not mine(db)
    decide(db, uploads, agreements.sign(made.decision_id, Side.QUALITY))
    (row,) = mine(db)
    assert (row["low"], row["tolerance"], row["agreed_by"]) == (0.9, 0.02, "hotline_dept")
    assert row["valid_from"].date() == DECEMBER
    stored = db.frame("select batch_id from targets where batch_id <> ''")
    assert list(stored["batch_id"]) == [made.decision_id]


@pytest.mark.parametrize("which", [0, 1])
def test_withdrawing_the_proposal_or_a_signature_takes_the_target_away(
    db: Database, uploads: Uploads, which: int
) -> None:
    before = table_hashes(db)["targets"]
    ids = agree(db, uploads)
    assert table_hashes(db)["targets"] != before
    back = decide(db, uploads, withdraw(ids[which]))
    assert table_hashes(db)["targets"] == before
    decide(db, uploads, withdraw(back.decision_id))
    assert len(mine(db)) == 1


def test_a_target_of_a_sealed_month_can_no_longer_be_withdrawn(db: Database, uploads: Uploads) -> None:
    commit_survey(db, uploads, "a", [(f"R{i}", DECEMBER, "S001", [9, 8, 7, 7, 10]) for i in range(40)])
    ids = agree(db, uploads)
    later = datetime.date(2027, 1, 9)
    sealed.seal(db, uploads, DECEMBER, "quality", today=later)
    for name in ids:
        with pytest.raises(SqmError) as refused:
            decide(db, uploads, withdraw(name), today=later)
        assert refused.value.code == "month_sealed"
    assert len(mine(db)) == 1
    (seal,) = (each for each in decisions.every(db) if each.subject == DECEMBER.isoformat())
    with pytest.raises(SqmError) as kept:
        decide(db, uploads, withdraw(seal.decision_id), today=later)
    assert kept.value.code == "seal_stands"


def test_a_signature_that_comes_too_late_is_refused(db: Database, uploads: Uploads) -> None:
    made = decide(db, uploads, agreements.propose(CODE, [Step(NOVEMBER, 0.9, None, 0.02)], "after the move"))
    decide(db, uploads, agreements.sign(made.decision_id, Side.OWNER))
    count = len(decisions.every(db))
    with pytest.raises(SqmError) as refused:
        decide(db, uploads, agreements.sign(made.decision_id, Side.QUALITY), today=datetime.date(2026, 12, 1))
    assert (refused.value.code, refused.value.values) == ("target_problem", {"problems": "before_current_month"})
    assert len(decisions.every(db)) == count == len(list(uploads.journal()))


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (agreements.propose(CODE, [Step(JUNE, 0.9, None, 0.0)], "late"), "target_problem"),
        (agreements.propose(CODE, [Step(DECEMBER, None, 0.9, 0.0)], "wrong bound"), "target_problem"),
        (agreements.propose("XXX-P01", [Step(DECEMBER, 0.9, None, 0.0)], "unknown"), "indicator_not_listed"),
        (agreements.propose(CODE, [Step(DECEMBER, 0.9, None, 0.0)], "x", answers="d-none"), "decision_unknown"),
        (agreements.sign("d-none", Side.OWNER), "decision_unknown"),
        (withdraw("d-none"), "decision_unknown"),
        (editions.accept("d-none", "HOT-P99", DECEMBER), "decision_unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(db: Database, uploads: Uploads, draft: Draft, code: str) -> None:
    before = table_hashes(db)
    with pytest.raises(SqmError) as refused:
        decide(db, uploads, draft)
    assert refused.value.code == code
    assert table_hashes(db) == before
    assert not list(uploads.journal())


def test_an_answered_proposal_hears_no_more(db: Database, uploads: Uploads) -> None:
    proposal, _ = agree(db, uploads)
    with pytest.raises(SqmError) as refused:
        decide(db, uploads, agreements.refuse(proposal, Side.QUALITY, "too easy"))
    assert (refused.value.code, refused.value.values["state"]) == ("decision_closed", State.AGREED.value)


NEW = {"process_code": "hotline", "name_en": "Calls answered by a robot", "unit": "%", "appraised": True}


def test_an_accepted_indicator_is_observed_only_and_survives_a_new_catalogue(db: Database, uploads: Uploads) -> None:
    before = table_hashes(db)["indicators"]
    made = decide(db, uploads, editions.propose(NEW))
    assert table_hashes(db)["indicators"] == before
    said = decide(db, uploads, editions.accept(made.decision_id, "HOT-O20", DECEMBER))
    listed = indicators.catalogue(db).set_index("indicator_code")
    assert len(listed) == 152 and not listed.at["HOT-O20", "appraised"]
    assert listed.at["HOT-O20", "name_zh"] == NEW["name_en"]
    with_it = table_hashes(db)["indicators"]
    with db.write() as cursor:
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
    assert table_hashes(db)["indicators"] == with_it
    for again in (editions.accept(made.decision_id, "HOT-O21", DECEMBER), editions.refuse(made.decision_id, "no")):
        with pytest.raises(SqmError) as refused:
            decide(db, uploads, again)
        assert refused.value.code == "decision_closed"
    decide(db, uploads, withdraw(said.decision_id))
    assert table_hashes(db)["indicators"] == before


def test_a_code_that_is_taken_or_a_process_that_is_not_there_is_refused(db: Database, uploads: Uploads) -> None:
    made = decide(db, uploads, editions.propose(NEW))
    lost = decide(db, uploads, editions.propose({**NEW, "process_code": "payroll"}))
    for proposal, code, problem in (
        (made, "HOT-P01", "indicator_code_taken"),
        (made, " ", "indicator_code_taken"),
        (lost, "HOT-O20", "indicator_place_unknown"),
    ):
        with pytest.raises(SqmError) as refused:
            decide(db, uploads, editions.accept(proposal.decision_id, code, DECEMBER))
        assert refused.value.code == problem


def test_an_accepted_indicator_of_a_survey_item_gets_its_values_and_gives_them_back(
    db: Database, uploads: Uploads
) -> None:
    commit_survey(db, uploads, "a", [(f"R{i}", JUNE, "S001", [9, 8, 7, 7, 10]) for i in range(30)])
    db_before = table_hashes(db)
    definition = {**NEW, "process_code": "stores", "survey_code": "store_evaluation", "item_code": "stores.overall"}
    made = decide(db, uploads, editions.propose(definition))
    said = decide(db, uploads, editions.accept(made.decision_id, "STO-O20", DECEMBER))
    twice = db.frame("select indicator_code, numerator from mart_indicator_month where level = 'company'").set_index(
        "indicator_code"
    )["numerator"]
    assert twice["STO-O20"] == twice["STO-P01"] == 30
    decide(db, uploads, withdraw(said.decision_id))
    after = table_hashes(db)
    assert {name for name in after if after[name] != db_before[name]} == {"decisions"}


def test_a_crash_before_the_journal_is_mended(db: Database, uploads: Uploads) -> None:
    first, second = (decide(db, uploads, events.comment(CODE, text)) for text in ("one", "two"))
    journal = uploads.folder / "journal.jsonl"
    journal.write_text(journal.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    assert rebuild.reconcile(db, uploads) == 1
    assert [entry.batch_id for entry in uploads.journal()] == [first.decision_id, second.decision_id]
    assert [each.entry for each in rebuild.standing(uploads)] == decisions.stored(db)
    assert rebuild.reconcile(db, uploads) == 0


def test_withdrawn_decisions_stay_in_the_log(db: Database, uploads: Uploads) -> None:
    made = decide(db, uploads, events.comment(CODE, "wrong"))
    decide(db, uploads, withdraw(made.decision_id, "wrong indicator"))
    log = decisions.every(db)
    assert len(log) == 2 and not standing(log) and not events.comments(log, CODE)
    with pytest.raises(SqmError) as again:
        decide(db, uploads, withdraw(made.decision_id))
    assert again.value.code == "decision_unknown"
