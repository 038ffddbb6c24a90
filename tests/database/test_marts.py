"""What the monthly sums hold, by hand-counted examples."""

import datetime
import io
import math
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pytest

from sqm.database import migrations
from sqm.database.batches import batches
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.indicators import indicators
from sqm.database.indicators.indicators import COMPANY, Place
from sqm.intake.reading import INDICATOR_SCHEMA, Reading
from sqm.rules.access import EVERYTHING, Scope
from tests.database.conftest import INDICATOR_RECIPE, SURVEY_RECIPE, indicator_reading, survey_reading

JUNE = datetime.date(2026, 6, 1)


def commit(db: Database, uploads: Uploads, name: str, reading: Reading) -> batches.Batch:
    recipe = SURVEY_RECIPE if reading.questions else INDICATOR_RECIPE
    raw = uploads.receive(io.BytesIO(name.encode()), name, 1000)
    return batches.commit(db, uploads, raw, recipe, reading, "ana")


def at(db: Database, code: str, place: Place, scope: Scope = EVERYTHING) -> list[float]:
    rows = indicators.sums(db, scope, place, JUNE, JUNE)
    row = rows[rows["indicator_code"] == code]
    return row[["numerator", "denominator", "n", "parts"]].iloc[0].tolist() if len(row) else []


def on_level(reading: Reading, level: str, codes: list[str]) -> Reading:
    rows = reading.rows.to_pylist()
    for row, code in zip(rows, codes, strict=True):
        row.update(level=level, scope_code=code, district_code=code if level == "district" else "")
    return replace(reading, rows=pa.Table.from_pylist(rows, schema=INDICATOR_SCHEMA), content_hash=f"{level}{codes}")


def test_store_values_add_up_to_their_district_and_the_company(db: Database, uploads: Uploads) -> None:
    values = [("X", JUNE, "S001", 8, 10), ("X", JUNE, "S002", 3, 10), ("X", JUNE, "S005", 50, 100)]
    commit(db, uploads, "a", indicator_reading(values))
    assert at(db, "X", Place("district", "D01")) == [11, 20, 20, 2]
    assert at(db, "X", Place("district", "D02")) == [50, 100, 100, 1]
    assert at(db, "X", COMPANY) == [61, 120, 120, 2]


def test_what_a_level_reports_itself_wins_over_the_sum_of_its_parts(db: Database, uploads: Uploads) -> None:
    stores = indicator_reading([("X", JUNE, "S001", 8, 10), ("X", JUNE, "S005", 5, 10)])
    commit(db, uploads, "stores", stores)
    commit(db, uploads, "district", on_level(indicator_reading([("X", JUNE, "S001", 90, 100)]), "district", ["D01"]))
    assert at(db, "X", Place("district", "D01")) == [90, 100, 100, 1]
    assert at(db, "X", COMPANY) == [95, 110, 110, 2]
    commit(db, uploads, "company", on_level(indicator_reading([("X", JUNE, "S001", 7, 10)]), "company", [""]))
    assert at(db, "X", COMPANY) == [7, 10, 10, 1]


def test_a_survey_item_measures_its_indicator_on_every_level(db: Database, uploads: Uploads) -> None:
    code = db.frame("select indicator_code from indicators where item_code = 'stores.waiting'")["indicator_code"][0]
    day = datetime.date(2026, 6, 9)
    answers = [
        (f"R{store}-{score}-{each}", day, store, [9, 9, score, 9, 9])
        for store, score in (("S001", 8), ("S001", 7), ("S005", 10))
        for each in range(5)  # fewer are hidden
    ]
    commit(db, uploads, "a", survey_reading(answers))
    assert at(db, code, COMPANY)[:3] == [10, 15, 15]
    assert at(db, code, Place("district", "D01"))[:3] == [5, 10, 10]
    assert at(db, code, Place("store", "S005"))[:3] == [5, 5, 5]


def test_an_uploaded_value_does_not_stand_in_for_a_measured_one(db: Database, uploads: Uploads) -> None:
    code = db.frame("select indicator_code from indicators where item_code = 'stores.waiting'")["indicator_code"][0]
    commit(db, uploads, "a", indicator_reading([(code, JUNE, "S001", 8, 10)]))
    assert at(db, code, COMPANY) == []


def test_rivals_stand_apart_from_the_company(db: Database, uploads: Uploads) -> None:
    day = datetime.date(2026, 6, 9)
    reading = survey_reading([("R1", day, "S001", [9] * 5), ("R2", day, "S001", [1] * 5)])
    rows = reading.rows.to_pylist()
    rows[1].update(operator_code="rival_a", store_code="", weight=Decimal(2))
    rivals = replace(reading, rows=pa.Table.from_pylist(rows, schema=reading.rows.schema))
    commit(db, uploads, "a", rivals)
    code = db.frame("select indicator_code from indicators where item_code = 'stores.waiting'")["indicator_code"][0]
    assert at(db, code, COMPANY)[:3] == [1, 1, 1]
    assert at(db, code, Place("operator", "rival_a"))[:3] == [0, 2, 1]


def waiting(db: Database) -> str:
    found = db.frame("select indicator_code from indicators where item_code = 'stores.waiting'")
    return str(found["indicator_code"][0])


def satisfied_of_eight(counts: dict[str, int]) -> Reading:
    """Eight answers in each store, of which so many are satisfied with waiting."""
    day = datetime.date(2026, 6, 9)
    return survey_reading(
        [
            (f"{store}-{place}", day, store, [9, 9, 9 if place < count else 3, 9, 9])
            for store, count in counts.items()
            for place in range(8)
        ]
    )


def effective(db: Database, place: Place) -> float:
    rows = indicators.sums(db, EVERYTHING, place, JUNE, JUNE).set_index("indicator_code")
    return float(rows.loc[waiting(db), "n_eff"])


def test_answers_that_came_by_store_are_worth_fewer(db: Database, uploads: Uploads) -> None:
    """By hand. Company: share 12/24, stores off by 4, 0, -4: V = 32/576 x 3/2 = 1/12; simple 0.25/24; 24 x 1/96 x 12
    = 3. District: share 12/16, off by 2, -2: V = 8/256 x 2 = 1/16; simple 0.1875/16; 16 x 0.01171875 x 16 = 3."""
    commit(db, uploads, "a", satisfied_of_eight({"S001": 8, "S002": 4, "S005": 0}))
    assert effective(db, COMPANY) == pytest.approx(3.0)
    assert effective(db, Place("district", "D01")) == pytest.approx(3.0)
    across = indicators.across(db, EVERYTHING, waiting(db), JUNE, "district").set_index("scope_code")
    assert across.loc["D01", "n_eff"] == pytest.approx(3.0)
    history = indicators.history(db, EVERYTHING, waiting(db), COMPANY)
    assert history["n_eff"].tolist() == [pytest.approx(3.0)]


def test_one_store_or_answers_without_a_store_have_no_design_effect(db: Database, uploads: Uploads) -> None:
    commit(db, uploads, "a", satisfied_of_eight({"S001": 6, "S005": 2}))
    assert effective(db, Place("district", "D01")) == 8.0  # one store: its answers count as they are
    assert math.isnan(effective(db, Place("store", "S001")))
    reading = survey_reading([("R1", datetime.date(2026, 6, 9), "S001", [9] * 5)])
    nowhere = reading.rows.to_pylist()
    nowhere[0].update(store_code="", district_code="")
    rows = pa.Table.from_pylist(nowhere, schema=reading.rows.schema)
    commit(db, uploads, "b", replace(reading, rows=rows, content_hash="nowhere"))
    assert at(db, waiting(db), COMPANY)[:3] == [9, 17, 17]
    assert math.isnan(effective(db, COMPANY))


def test_a_file_from_before_the_sums_by_store_gets_them(db: Database, uploads: Uploads) -> None:
    commit(db, uploads, "a", satisfied_of_eight({"S001": 8, "S002": 4, "S005": 0}))
    commit(db, uploads, "b", indicator_reading([("X", JUNE, "S001", 8, 10)]))
    before = table_hashes(db)
    for column in ("stores", "store_ww", "store_ws", "store_ss"):
        with db.write() as cursor:
            cursor.execute(f"alter table mart_indicator_month drop column {column}")
    with db.write() as cursor:
        cursor.execute("delete from migrations where migration = '006_stores'")
    assert migrations.migrate(db) == ["006_stores"]
    assert table_hashes(db) == before
    assert effective(db, COMPANY) == pytest.approx(3.0)


def test_a_viewer_sees_only_places_in_scope_and_always_the_company(db: Database, uploads: Uploads) -> None:
    commit(db, uploads, "a", indicator_reading([("X", JUNE, "S001", 8, 10), ("X", JUNE, "S005", 5, 10)]))
    manager = Scope(frozenset({"D01"}), frozenset({"S001"}))
    assert at(db, "X", COMPANY, manager) == [13, 20, 20, 2]
    assert at(db, "X", Place("store", "S001"), manager) == [8, 10, 10, 1]
    assert at(db, "X", Place("store", "S005"), manager) == []
    assert at(db, "X", Place("district", "D02"), manager) == []
    assert list(indicators.across(db, manager, "X", JUNE, "store")["scope_code"]) == ["S001"]


def test_a_number_names_the_file_and_rows_it_came_from(db: Database, uploads: Uploads) -> None:
    values = [("X", JUNE, "S001", 8, 10), ("X", JUNE, "S005", 5, 10)]
    commit(db, uploads, "september.csv", indicator_reading(values, first_row=14))
    found = indicators.sources(db, EVERYTHING, "X", JUNE, COMPANY).iloc[0]
    assert (found["file_name"], found["rows_used"], list(found["first_rows"])) == ("september.csv", 2, [14, 15])
    at_store = indicators.sources(db, EVERYTHING, "X", JUNE, Place("store", "S005")).iloc[0]
    assert list(at_store["first_rows"]) == [15]
