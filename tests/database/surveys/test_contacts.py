"""Whom to call: loaded from the catalogue, in order, and gone or changed with its file."""

import csv
import shutil
from pathlib import Path

import pytest

from sqm import config
from sqm.database import catalogue
from sqm.database.connection import Database
from sqm.database.indicators import months
from sqm.errors import SqmError

SHIPPED = config.ROOT / "data" / "catalogue"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "catalogue"))


def load(db: Database, folder: Path) -> None:
    with db.write() as cursor:
        catalogue.load(cursor, folder)


def departments() -> set[str]:
    with (SHIPPED / "departments.csv").open(encoding="utf-8", newline="") as file:
        return {row["department_code"] for row in csv.DictReader(file)}


def test_every_department_has_a_first_contact_and_a_stand_in(db: Database) -> None:
    found = months.contacts(db)
    assert set(found["department_code"]) == departments()
    for _code, rows in found.groupby("department_code"):
        assert list(rows["position"]) == [1, 2]


def test_the_shipped_contacts_reach_nobody(db: Database) -> None:
    """They are invented: no such number is dialled, and no mail is delivered to .example (RFC 2606)."""
    found = months.contacts(db)
    assert found["phone"].str.fullmatch(r"000-[\d-]+").all()
    assert found["mail"].str.endswith(".example").all()
    assert found["mail"].is_unique and found["phone"].is_unique


def test_an_edited_file_replaces_all_contacts(db: Database, folder: Path) -> None:
    path = folder / "contacts.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{header}\nnetwork,1,head,负责人,Somebody Else,某某,000-1,c@network.example\n", encoding="utf-8")
    load(db, folder)
    assert months.contacts(db)[["department_code", "name_zh"]].to_numpy().tolist() == [["network", "某某"]]


def test_a_catalogue_without_the_file_loads_and_keeps_what_is_known(db: Database, folder: Path) -> None:
    (folder / "contacts.csv").unlink()
    before = months.contacts(db)
    load(db, folder)
    assert months.contacts(db).equals(before)


def test_a_missing_column_is_named_and_changes_nothing(db: Database, folder: Path) -> None:
    path = folder / "contacts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("phone", "telephone", 1), encoding="utf-8")
    before = months.contacts(db)
    with pytest.raises(SqmError) as refused:
        load(db, folder)
    assert refused.value.values["file"] == "contacts.csv"
    assert "phone" in str(refused.value.values["column"])
    assert months.contacts(db).equals(before)
