"""What the database repaired by itself is said to those who upload, and to nobody else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqm.database.connection import Database
from sqm.database.safety import trail
from sqm.database.safety.recovery import NEW, Said
from sqm.ui.said import recovery_notice
from sqm.ui.words import use
from tests.pages.conftest import Open, shown

SAID = Said(kept="20260914T0800", snapshot="20260914T07.duckdb", replayed=["b1", "b2"], undone=["b3"])
NOW = datetime(2026, 9, 14, 8, 30)


def repaired(path: Path, days_ago: int = 0) -> None:
    db = Database.open(str(path))
    with db.write() as cursor:
        trail.add(cursor, "recovery", "recovered", "", dict(SAID.__dict__))
        if days_ago:
            at = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=days_ago)
            cursor.execute("update trail set happened_at = $at where action = 'recovered'", {"at": at})
    db.close()


def test_an_analyst_reads_it_and_an_executive_does_not(open_page: Open, own_file: Path) -> None:
    repaired(own_file)
    text = shown(open_page("matrix", database=own_file, role="analyst"))
    assert "The database repaired itself on" in text
    assert "the snapshot 20260914T07.duckdb took its place" in text
    assert "3 changes were made again from the journal" in text
    assert "数据库于" in shown(open_page("matrix", "zh", database=own_file, role="quality"))
    assert "repaired itself" not in shown(open_page("matrix", database=own_file, role="executive"))


def test_after_a_week_it_is_gone(open_page: Open, own_file: Path) -> None:
    repaired(own_file, days_ago=8)
    assert "repaired itself" not in shown(open_page("matrix", database=own_file, role="analyst"))


def test_every_kind_of_repair_has_its_sentence() -> None:
    with use("en"):
        for said, words in (
            (Said(kept="k", cut_at=800), ("was damaged and was cut off", "Nothing is missing", "folder k")),
            (Said(log_set_aside=True), ("put aside", "Nothing is missing")),
            (Said(snapshot=NEW), ("built again from the raw uploads",)),
            (Said(failed={"b1": "raw_file_damaged"}), ("1 change could not be made again", "once more")),
            (Said(replayed=["b1"], entries_lost=4), ("1 change was made again", "4 entries of the trail are lost")),
        ):
            text = recovery_notice.sentences(NOW, said)
            assert all(word in text for word in ("2026-09-14 08:30", *words)), text
    with use("zh"):
        text = recovery_notice.sentences(NOW, Said(failed={"b1": "x"}, entries_lost=2))
        assert "1 项变更因原始文件损坏" in text and "2 条操作留痕" in text
