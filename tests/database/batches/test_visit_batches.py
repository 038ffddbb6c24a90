"""Store audits from file to undo: exact, whole visits only, and a self-audit never counts as the third party's."""

import csv
import datetime
import io
from dataclasses import replace
from pathlib import Path

import pytest

from sqm.database.batches import batches, rebuild, register
from sqm.database.batches.rehearsal import rehearse
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.errors import SqmError
from sqm.intake import reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.offered import templates
from sqm.intake.proposals import proposal
from sqm.intake.recipe import Recipe, Template
from tests.database.conftest import open_tiny

LIMITS = Limits()
TODAY = datetime.date(2026, 11, 22)
HEAD = "visit_id,store_code,visit_date,visit_source,audit_theme,auditor_code,audit_item,item_points,item_max_points\n"
GUIDE, DESKS = "on_site_management.queue_guide", "on_site_management.counters_open"
JUNE = (
    f"V1,S001,2026-06-03,third party,on_site_management,A1,{GUIDE},8,8\n"
    f"V1,S001,2026-06-03,third party,on_site_management,A1,{DESKS},4,8\n"
    f"V2,S002,2026-06-04,third party,on_site_management,A1,{GUIDE},0,8\n"
    f"V2,S002,2026-06-04,third party,on_site_management,A1,{DESKS},N/A,8\n"
)
FOREIGN = (
    "inspection_id,facility_id,facility_name,county,risk_category,lat,long,inspection_date,V01,V02,V03,violations_total\n"
    "I1,X9,Corner shop,Adams,high,39.5,-104.8,2026-05-01,0,1,0,1\n"
    "I2,X9,Corner shop 2,Adams,high,39.6,-104.9,2026-05-09,0,0,0,0\n"
    "I3,S001,,,,,,2026-05-02,1,1,1,3\n"
)


def commit(
    db: Database, uploads: Uploads, text: str, name: str = "visits.csv", replace_stored: bool = False
) -> batches.Batch:
    """The product's own way, without the child process. A foreign file is taken as it is proposed."""
    upload = uploads.receive(io.BytesIO(text.encode()), name, LIMITS.file_bytes)
    path, known = uploads.path(upload.upload_id), register.read(db, TODAY)
    recipe = _confirmed(proposal.propose(opening.look(path, name, LIMITS), known))
    reading = reader.read(path, name, recipe, known, LIMITS)
    assert reading.verdict(True) != "reject", reading.problems
    return batches.commit(db, uploads, upload, recipe, reading, "ana", replace_stored)


def _confirmed(recipe: Recipe) -> Recipe:
    return recipe if recipe.is_template else replace(recipe, confirmed=True)


def test_visits_and_their_items_are_stored(db: Database, uploads: Uploads) -> None:
    batch = commit(db, uploads, HEAD + JUNE)
    assert (batch.outcome.rows_added, batch.outcome.first_month) == (2, datetime.date(2026, 6, 1))
    visits = db.frame("select * from visits order by visit_id")
    assert visits["store_code"].tolist() == ["S001", "S002"]
    assert set(visits["source"]) == {"third_party"}
    assert visits["score"].isna().all() and set(visits["auditor_code"]) == {"A1"}
    assert set(visits["checklist_code"]) == {"on_site_management-2"}, "the theme's checklist that is in force"
    items = db.frame("select visit_id, item_code, points, max_points, critical from visit_items order by 1, 2")
    assert items["points"].astype(float).fillna(-1).tolist() == [4, 8, -1, 0]
    assert set(items["max_points"].astype(float)) == {8}
    assert items["critical"].tolist() == [False, True, False, True], "as the checklist has it"
    assert db.frame("select * from submissions").empty, "the third party's visits are no report of a district"


def test_undo_restores_every_table_exactly(db: Database, uploads: Uploads) -> None:
    before = table_hashes(db)
    first = commit(db, uploads, HEAD + JUNE)
    between = table_hashes(db)
    second = commit(db, uploads, FOREIGN, "inspections.csv")
    assert db.frame("select count(*) as n from stores where store_code = 'X9'")["n"].item() == 1
    batches.undo(db, uploads, second.batch_id, "ana")
    assert table_hashes(db) == between
    batches.undo(db, uploads, first.batch_id, "ana")
    assert table_hashes(db) == before


def test_a_mapped_file_registers_stores_districts_and_items(db: Database, uploads: Uploads) -> None:
    batch = commit(db, uploads, FOREIGN, "inspections.csv")
    store = db.frame("select * from stores where batch_id <> ''").iloc[0]
    assert store["name_en"] == store["name_zh"] == "Corner shop 2", "as the newest visit tells it"
    assert (store["district_code"], store["class"], store["latitude"]) == ("Adams", "high", 39.6)
    assert db.frame("select district_code from districts where batch_id <> ''")["district_code"].tolist() == ["Adams"]
    items = db.frame("select item_code, name_en, name_zh, batch_id from audit_items where batch_id <> '' order by 1")
    assert items["item_code"].tolist() == ["inspections.v01", "inspections.v02", "inspections.v03"]
    assert items["name_en"].tolist() == items["name_zh"].tolist() == ["V01", "V02", "V03"]
    marks = db.frame("select visit_id, sum(points) as p from visit_items group by 1 order by 1")
    assert marks["p"].astype(int).tolist() == [2, 3, 0], "1 is a violation"
    assert set(items["batch_id"]) == {batch.batch_id}


def test_a_later_file_with_the_same_store_or_item_rests_on_the_first(db: Database, uploads: Uploads) -> None:
    first = commit(db, uploads, FOREIGN, "inspections.csv")
    head = FOREIGN.splitlines()[0]
    later = commit(db, uploads, f"{head}\nI8,S004,,,,,,2026-06-02,1,0,0,1\n", "inspections.csv")
    with pytest.raises(SqmError) as refused:
        batches.undo(db, uploads, first.batch_id, "ana")
    assert refused.value.code == "undo_blocked"
    batches.undo(db, uploads, later.batch_id, "ana")
    batches.undo(db, uploads, first.batch_id, "ana")


def test_the_same_visit_again_is_passed_over_and_another_is_a_conflict(db: Database, uploads: Uploads) -> None:
    commit(db, uploads, HEAD + JUNE)
    other = JUNE.replace(f"{GUIDE},0,8", f"{GUIDE},3,8") + JUNE.splitlines()[0].replace("V1", "V3") + "\n"
    again = commit(db, uploads, HEAD + other)
    outcome = again.outcome
    assert (outcome.rows_added, outcome.rows_same, outcome.rows_conflicting, outcome.rows_replaced) == (1, 1, 1, 0)
    points = db.frame("select points from visit_items where visit_id = 'V2' and points is not null")
    assert points["points"].astype(int).tolist() == [0], "the stored one stays"


def test_a_replaced_visit_comes_back_with_undo(db: Database, uploads: Uploads) -> None:
    commit(db, uploads, HEAD + JUNE)
    before = table_hashes(db)
    changed = commit(db, uploads, HEAD + JUNE.replace(f"{GUIDE},0,8", f"{GUIDE},3,8"), replace_stored=True)
    assert changed.outcome.rows_replaced == 1
    assert db.frame("select count(*) as n from visits where visit_id = 'V2'")["n"].item() == 1
    assert db.frame("select count(*) as n from visit_items where visit_id = 'V2'")["n"].item() == 2
    assert db.frame("select count(*) as n from replaced_visit_items")["n"].item() == 2
    batches.undo(db, uploads, changed.batch_id, "ana")
    assert table_hashes(db) == before


def test_a_self_audit_is_a_report_of_its_district_and_no_score(db: Database, uploads: Uploads) -> None:
    commit(db, uploads, HEAD + JUNE)
    own = JUNE.replace("third party", "自查").replace("V1", "W1").replace("V2", "W2").replace("S002", "S005")
    upload = uploads.receive(io.BytesIO((HEAD + own).encode()), "own.csv", LIMITS.file_bytes)
    known = register.read(db, TODAY)
    path = uploads.path(upload.upload_id)
    recipe = proposal.propose(opening.look(path, "own.csv", LIMITS), known)
    reading = reader.read(path, "own.csv", recipe, known, LIMITS)
    found = rehearse(db, upload, recipe, reading, "ana").visited
    assert found is not None
    assert (found.visits, found.scored, found.stores, len(found.moved)) == (2, 0, 2, 0)
    batch = batches.commit(db, uploads, upload, recipe, reading, "ana")
    told = db.frame("select district_code, month, submitted_on from submissions order by 1")
    assert told["district_code"].tolist() == ["D01", "D02"]
    assert [day.date() for day in told["submitted_on"]] == [batch.committed_at.date()] * 2
    assert db.frame("select count(*) as n from visits where source = 'third_party'")["n"].item() == 2


def test_the_rehearsal_says_whose_score_moves(db: Database, uploads: Uploads) -> None:
    """S001 had 12 of 16 points; with a second visit of 8 of 8 its mean is (75 + 100) / 2. S003 had none before."""
    commit(db, uploads, HEAD + JUNE)
    more = f"V4,S001,2026-06-20,third party,on_site_management,A2,{DESKS},8,8\n"
    more += f"V5,S003,2026-06-21,third party,on_site_management,A2,{DESKS},8,8\n"
    upload = uploads.receive(io.BytesIO((HEAD + more).encode()), "more.csv", LIMITS.file_bytes)
    known = register.read(db, TODAY)
    path = uploads.path(upload.upload_id)
    recipe = proposal.propose(opening.look(path, "more.csv", LIMITS), known)
    before = table_hashes(db)
    found = rehearse(db, upload, recipe, reader.read(path, "more.csv", recipe, known, LIMITS), "ana").visited
    assert found is not None and table_hashes(db) == before
    assert (found.visits, found.scored, found.stores, found.new_stores) == (2, 2, 2, 0)
    moved = found.moved.iloc[0]
    assert (len(found.moved), moved["store_code"], moved["before"], moved["after"]) == (1, "S001", 75.0, 87.5)


def test_a_rebuild_from_the_raw_files_gives_the_same_hashes(db: Database, uploads: Uploads, tmp_path: Path) -> None:
    own = JUNE.replace("third party", "self audit").replace("V1", "W1").replace("V2", "W2")
    sent = [
        commit(db, uploads, HEAD + JUNE),
        commit(db, uploads, FOREIGN, "inspections.csv"),
        commit(db, uploads, HEAD + own, "own.csv"),
        commit(db, uploads, HEAD + JUNE.replace(f"{GUIDE},0,8", f"{GUIDE},3,8"), "changed.csv", replace_stored=True),
    ]
    batches.undo(db, uploads, sent[2].batch_id, "ana")
    rebuilt = open_tiny(tmp_path / "rebuilt.duckdb")
    assert rebuild.replay_all(rebuilt, uploads, LIMITS) == 3
    assert table_hashes(rebuilt) == table_hashes(db)
    rebuilt.close()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("template", [Template.VISITS, Template.VISIT_ITEMS])
def test_the_template_of_the_shipped_checklists_passes_when_filled_in(
    db: Database, uploads: Uploads, template: Template, language: str
) -> None:
    """The example row with a number of its own is a visit: every item of the catalogue is found by its header."""
    known = register.read(db, TODAY)
    rows = [templates.headers(template, language, known), templates.example(template, language, known)]
    buffer = io.StringIO()
    csv.writer(buffer).writerows([rows[0], ["V1", *rows[1][1:]]])
    batch = commit(db, uploads, buffer.getvalue())
    assert batch.outcome.rows_added == 1
    items = db.frame("select item_code, points, max_points from visit_items")
    offered = {entry.code: entry.most for entry in known.audit_items if entry.most > 0}
    assert len(offered) == len(rows[0]) - 11 if template is Template.VISITS else len(items) == 1
    assert set(items["item_code"]) <= set(offered)
    assert all(float(most) == offered[code] for code, most in zip(items["item_code"], items["max_points"], strict=True))
    if template is Template.VISITS:
        assert len(items) == sum(code.startswith("on_site_management.") for code in offered)
