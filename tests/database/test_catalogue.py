"""Loading the catalogue: all of it or none of it, and mistakes named by file, row and column."""

import shutil
from pathlib import Path

import pytest

from sqm import config
from sqm.database import catalogue
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.errors import SqmError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(config.ROOT / "data" / "catalogue", tmp_path / "catalogue"))


def load(db: Database, folder: Path) -> None:
    with db.write() as cursor:
        catalogue.load(cursor, folder)


def test_loading_twice_changes_nothing(db: Database, folder: Path) -> None:
    before = table_hashes(db)
    load(db, folder)
    assert table_hashes(db) == before
    assert int(db.frame("select count(*) as n from indicators")["n"][0]) == 151


def test_an_edited_name_arrives_and_rows_of_batches_stay(db: Database, folder: Path) -> None:
    with db.write() as cursor:
        cursor.execute("insert into labels values ('brand', 'x', 1, 'X', 'X', 'b1')")
    path = folder / "dimensions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("客户感知", "客户感受"), encoding="utf-8")
    load(db, folder)
    assert "客户感受" in set(db.frame("select name_zh from dimensions")["name_zh"])
    assert len(db.frame("select * from labels where batch_id = 'b1'")) == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "column"),
    [
        ("indicators.csv", "true", "yes", "catalogue_value", "appraised"),
        ("processes.csv", "position", "place", "catalogue_column_missing", "position"),
    ],
)
def test_a_mistake_is_named_and_stores_nothing(
    db: Database, folder: Path, file: str, old: str, new: str, code: str, column: str
) -> None:
    before = table_hashes(db)
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SqmError) as refused:
        load(db, folder)
    assert (refused.value.code, refused.value.values["file"]) == (code, file)
    assert column in str(refused.value.values["column"])
    assert table_hashes(db) == before


def test_a_missing_file_is_named(db: Database, folder: Path) -> None:
    (folder / "targets.csv").unlink()
    with pytest.raises(SqmError) as refused:
        load(db, folder)
    assert refused.value.values["file"] == "targets.csv"
