"""Real store audits from the file to undo: what is stored is what the file says, and undo leaves nothing."""

import csv
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sqm.database.batches import batches, register
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.stores import audits
from sqm.intake import reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.proposals import proposal
from sqm.rules.access import EVERYTHING

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("SQM_SHARED", "") or ROOT.parent / "shared") / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")


def commit(db: Database, uploads: Uploads, name: str) -> batches.Batch:
    """The file as it is proposed, without a correction."""
    with (DATA / name).open("rb") as stream:
        upload = uploads.receive(stream, name, Limits().file_bytes)
    known = register.read(db, date(2026, 11, 22))
    recipe = replace(proposal.propose(opening.look(DATA / name, name, Limits()), known), confirmed=True)
    reading = reader.read(DATA / name, name, recipe, known, Limits())
    return batches.commit(db, uploads, upload, recipe, reading, "ana")


@pytest.fixture
def undone(db: Database, uploads: Uploads) -> Iterator[list[str]]:
    """Batches that are taken back at the end, which must leave nothing."""
    before = table_hashes(db)
    committed: list[str] = []
    yield committed
    for batch_id in reversed(committed):
        batches.undo(db, uploads, batch_id, "ana")
    assert table_hashes(db) == before


def test_tri_county_is_stored_with_its_stores_and_coordinates(
    db: Database, uploads: Uploads, undone: list[str]
) -> None:
    batch = commit(db, uploads, "audit_tricounty_inspections.csv")
    undone.append(batch.batch_id)
    assert (batch.outcome.rows_added, batch.outcome.rows_rejected) == (5_550, 5)
    stores = audits.stores(db, EVERYTHING)
    stores = stores[stores["store_code"].str.startswith("FA")]
    assert len(stores) == 3_946 and set(stores["district_code"]) == {"Adams", "Arapahoe", "Douglas"}
    assert stores["latitude"].dropna().between(39, 41).all() and stores["longitude"].dropna().between(-106, -103).all()
    marks = audits.marks(db, EVERYTHING, date(2019, 1, 1), date(2020, 3, 1))
    assert len(marks) == 5_550 * 56 and (marks["most"] == 1).all()
    with (DATA / "audit_tricounty_inspections.csv").open(encoding="ascii") as stream:
        kept = set(marks["visit"])
        rows = [row for row in csv.DictReader(stream) if row["serial_number"] in kept]
    failed = marks[marks["points"] == 0].groupby("item").size()
    for item, count in failed.items():
        header = str(item).rpartition(".")[2].upper()
        assert count == sum(row[header] == "1" for row in rows), header


def test_san_francisco_is_stored_with_the_scores_of_its_file(db: Database, uploads: Uploads, undone: list[str]) -> None:
    batch = commit(db, uploads, "audit_sf_inspections_scores.csv")
    undone.append(batch.batch_id)
    visits = audits.visits(db, EVERYTHING, date(2016, 1, 1), date(2019, 12, 1))
    assert len(visits) == 11_654 and (visits["score"].min(), visits["score"].max()) == (45.0, 100.0)
    stored = db.frame(
        "select count(distinct item_code) as n from visit_items where batch_id = $b", {"b": batch.batch_id}
    )
    assert stored["n"].item() == 65
