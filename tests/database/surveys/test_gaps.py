"""What the books say of gaps 2, 3 and 4, from a small real file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sqm.database.connection import Database
from sqm.database.surveys import gaps
from tests.ui.gaps import small


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    found = Database.open(str(small.build(tmp_path / "small.duckdb")))
    yield found
    found.close()


def test_deliveries_come_from_the_finest_level_that_reports(db: Database) -> None:
    rows = gaps.delivered(db, ["STO-O01", "STO-O02"], small.LAST, small.LAST)
    assert set(rows["level"]) == {"store"}
    assert (rows["numerator"] / rows["denominator"]).tolist() == list(small.QUEUE_MINUTES)
    assert gaps.delivered(db, ["STO-O01"], small.BEFORE, small.BEFORE).empty


def test_only_topics_of_a_process_are_audited(db: Database) -> None:
    rows = gaps.audited(db, small.LAST, small.LAST)
    assert set(rows["process_code"]) == {small.PROCESS}
    assert set(rows["topic"]) == {"queueing", "handling"}, "what a visitor felt is no standard"
    assert rows["points"].sum() == sum(small.QUEUE_POINTS)
    assert int(rows["points"].isna().sum()) == 1


def test_needs_are_drivers_first_and_know_what_stands_for_them(db: Database) -> None:
    rows = gaps.needs(db, small.LAST)
    stores = rows[rows["process_code"] == small.PROCESS]
    assert [code.partition(".")[0] for code in stores["need_code"]] == ["driver"] * 3 + [
        f"stores-{n}" for n in (1, 2, 3, 4)
    ]
    queue = stores.iloc[0]
    assert (queue["name_en"], queue["has_standard"], queue["has_indicator"], queue["has_target"]) == (
        "queueing",
        True,
        True,
        True,
    )
    older = stores[stores["need_code"] == "stores-3"].iloc[0]
    assert not (older["has_standard"] or older["has_indicator"] or older["has_target"])


def test_before_the_first_target_and_promise_nothing_stood_for_a_need(db: Database) -> None:
    rows = gaps.needs(db, date(2005, 1, 1))
    driver = rows[rows["need_code"].str.startswith("driver.")]
    assert not driver[["has_standard", "has_indicator", "has_target"]].to_numpy().any()


def test_every_promise_names_an_indicator_that_measures_it_in_its_unit(db: Database) -> None:
    rows = gaps.promises(db)
    units = db.frame("select indicator_code, unit from indicators").set_index("indicator_code")["unit"]
    assert len(rows) == len(db.frame("select promise_code from promises"))
    assert (rows["unit"].to_numpy() == units[rows["indicator_code"]].to_numpy()).all()
    assert set(rows["direction"]) <= {"higher", "lower"}
