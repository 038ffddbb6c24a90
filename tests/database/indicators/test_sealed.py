"""A published month is kept as it was: figures, revisions after late data, and exactly what they moved and flipped."""

import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sqm import config
from sqm.database import catalogue, migrations
from sqm.database.batches import batches
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.hashes import table_hashes
from sqm.database.indicators import indicators, months, sealed, targets
from sqm.database.indicators.indicators import COMPANY, Place
from sqm.errors import SqmError
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.matrix import agreements
from sqm.rules.matrix.agreements import Side, Step
from sqm.rules.matrix.matrix import WHOLE_ONLY, judge_month
from sqm.rules.matrix.series import judge_months
from sqm.rules.periods import add_months
from tests.database.batches.test_batches import commit_survey, upload
from tests.database.conftest import INDICATOR_RECIPE, indicator_reading

MAY, JUNE = datetime.date(2026, 5, 1), datetime.date(2026, 6, 1)
TODAY = datetime.date(2026, 11, 22)
CODES = ("STO-O02", "HOT-O01", "TAR-O05")


def fill(db: Database, uploads: Uploads) -> None:
    """Answers and values in May and June, in districts D01 and D02."""
    for month in (MAY, JUNE):
        commit_survey(
            db,
            uploads,
            f"answers {month}",
            [(f"R{month}{i}", month, f"S{i % 8 + 1:03d}", [i % 10 + 1, 8, 7, 9, 10]) for i in range(200)],
        )
        values(db, uploads, month, 200.0)


def values(db: Database, uploads: Uploads, month: datetime.date, numerator: float, stores: int = 8) -> str:
    rows = [(code, month, f"S{store:03d}", numerator, 1000.0) for code in CODES for store in range(1, stores + 1)]
    raw = upload(uploads, f"values {month} {numerator} {stores}")
    return batches.commit(
        db, uploads, raw, INDICATOR_RECIPE, indicator_reading(rows), "ana", replace_stored=True
    ).batch_id


def judged(db: Database, month: datetime.date, place: Place) -> pd.DataFrame:
    sums = indicators.sums(db, EVERYTHING, place, add_months(month, -1), month)
    return judge_month(indicators.catalogue(db), sums, targets.every(db), month, place.level, place.code)


def test_a_seal_keeps_what_the_matrix_said_of_the_company_and_of_every_district(db: Database, uploads: Uploads) -> None:
    fill(db, uploads)
    seal = sealed.seal(db, uploads, JUNE, "quality", "first")
    expected = {place: judged(db, JUNE, place) for place in (COMPANY, Place("district", "D01"))}
    values(db, uploads, JUNE, 900.0)
    for place, then in expected.items():
        kept = sealed.figures(db, EVERYTHING, JUNE, 1, place)
        assert list(kept.columns) == list(then.columns)
        assert kept["value"].notna().sum() >= 3
        pd.testing.assert_frame_equal(kept, then, check_dtype=False, check_exact=True)
    (row,) = sealed.sealed(db).to_dict("records")
    assert (row["month"].date(), row["revision"], row["sealed_by"], row["note"]) == (JUNE, 1, "quality", "first")
    assert row["sealed_at"].to_pydatetime() == seal.happened_at
    assert list(months.published(db)["month"].dt.date) == [JUNE]


def test_late_data_in_a_sealed_month_lists_exactly_what_moved_and_flipped(db: Database, uploads: Uploads) -> None:
    fill(db, uploads)
    sealed.seal(db, uploads, JUNE, "quality")
    nothing = sealed.revision_of(db, EVERYTHING, JUNE)
    assert nothing is not None and nothing.is_empty
    places = [COMPANY, *(Place("district", f"D{number:02d}") for number in range(1, 6))]
    before = {place: judged(db, JUNE, place).set_index("indicator_code") for place in places}
    values(db, uploads, JUNE, 950.0, stores=4)  # all of D01, none of D02
    found = sealed.revision_of(db, EVERYTHING, JUNE)
    assert found is not None
    moved, flipped = set(), set()
    for place, then in before.items():
        now = judged(db, JUNE, place).set_index("indicator_code")
        both = then["value"].isna() & now["value"].isna()
        moved |= {(code, place.level, place.code) for code in now.index[~both & (then["value"] != now["value"])]}
        flipped |= {(code, place.level, place.code) for code in now.index[then["status"] != now["status"]]}
    keys = ["indicator_code", "level", "scope_code"]
    assert set(found.moved[keys].itertuples(index=False, name=None)) == moved
    assert set(found.flipped[keys].itertuples(index=False, name=None)) == flipped
    assert {code for code, *_ in moved} == set(CODES) == set(found.indicators)
    assert {place for _, _, place in moved} == {"", "D01"} and flipped
    first = found.moved.set_index(keys).loc[("STO-O02", "district", "D01")]
    assert (first["value_before"], first["value_after"]) == (0.2, 0.95)


def test_sealing_again_publishes_a_revision_and_keeps_the_first(db: Database, uploads: Uploads) -> None:
    fill(db, uploads)
    sealed.seal(db, uploads, JUNE, "quality")
    first = sealed.figures(db, EVERYTHING, JUNE, 1)
    with pytest.raises(SqmError) as unchanged:
        sealed.seal(db, uploads, JUNE, "quality")
    assert (unchanged.value.code, unchanged.value.values["revision"]) == ("month_unchanged", 1)
    values(db, uploads, JUNE, 950.0)
    again = sealed.seal(db, uploads, JUNE, "quality", "late files")
    assert again.facts["revision"] == 2 and again.facts["moved"] > 0 and again.facts["flipped"] > 0
    pd.testing.assert_frame_equal(sealed.figures(db, EVERYTHING, JUNE, 1), first)
    assert not sealed.figures(db, EVERYTHING, JUNE, 2)["value"].equals(first["value"])
    nothing = sealed.revision_of(db, EVERYTHING, JUNE)
    assert nothing is not None and nothing.is_empty
    assert list(sealed.sealed(db)["revision"]) == [1, 2]


@pytest.mark.parametrize(
    ("month", "code"),
    [
        (datetime.date(2026, 4, 1), "month_without_data"),
        (datetime.date(2026, 11, 1), "month_not_over"),
        (datetime.date(2027, 1, 1), "month_not_over"),
    ],
)
def test_what_cannot_be_published_leaves_no_trace(
    db: Database, uploads: Uploads, month: datetime.date, code: str
) -> None:
    fill(db, uploads)
    before, files = table_hashes(db), sorted(uploads.folder.iterdir())
    with pytest.raises(SqmError) as refused:
        sealed.seal(db, uploads, month, "quality", today=TODAY)
    assert refused.value.code == code
    assert table_hashes(db) == before
    assert sorted(uploads.folder.iterdir()) == files


def test_undoing_the_late_batch_restores_its_tables_and_leaves_the_seal(db: Database, uploads: Uploads) -> None:
    fill(db, uploads)
    before = table_hashes(db)
    late = values(db, uploads, JUNE, 950.0)
    sealed.seal(db, uploads, JUNE, "quality")
    published = {name: table_hashes(db)[name] for name in ("decisions", "sealed_months", "sealed_figures")}
    batches.undo(db, uploads, late, "ana")
    assert table_hashes(db) == {**before, **published}
    found = sealed.revision_of(db, EVERYTHING, JUNE)
    assert found is not None and set(found.indicators) == set(CODES)


def test_a_viewer_sees_the_districts_of_the_scope(db: Database, uploads: Uploads) -> None:
    fill(db, uploads)
    sealed.seal(db, uploads, JUNE, "quality")
    values(db, uploads, JUNE, 950.0)
    east = Scope(frozenset({"D01"}), None)
    assert sealed.figures(db, east, JUNE, 1, Place("district", "D02")).empty
    assert len(sealed.figures(db, east, JUNE, 1, Place("district", "D01"))) == 151
    found = sealed.revision_of(db, east, JUNE)
    assert found is not None and set(found.moved["scope_code"]) == {"", "D01"}
    assert sealed.revision_of(db, EVERYTHING, MAY) is None


def test_a_target_agreed_today_leaves_every_verdict_of_past_months_as_it_was(db: Database, uploads: Uploads) -> None:
    """Over all indicators: each gets a target from this month on that nothing can meet, for the company and so for
    its districts; and one district gets some of its own."""
    fill(db, uploads)
    sealed.seal(db, uploads, JUNE, "quality")
    past, this_month = add_months(TODAY, -1), TODAY.replace(day=1)
    before = {place: history(db, place, past) for place in (COMPANY, Place("district", "D01"))}
    listed, drafts = indicators.catalogue(db), []
    for row in listed.itertuples():
        bounds = {"higher": (1e9, None), "lower": (None, -1e9), "range": (1e9, 2e9)}[str(row.direction)]
        steps = [Step(this_month, *bounds, 0.0)]
        drafts.append(agreements.propose(str(row.indicator_code), steps, "test"))
    drafts += [
        agreements.propose(code, [Step(this_month, 1e9, None, 0.0)], "test", "district", "D01") for code in CODES
    ]
    proposals = decisions.record_all(db, uploads, drafts, "ana", "analyst", TODAY)
    signatures = [agreements.sign(each.decision_id, side) for each in proposals for side in Side]
    decisions.record_all(db, uploads, signatures, "ana", "analyst", TODAY)
    stored = db.frame("select count(*) as n from targets where batch_id <> ''")
    assert int(stored["n"][0]) == 151 + len(CODES)
    for place, then in before.items():
        pd.testing.assert_frame_equal(history(db, place, past), then)
        now = judged(db, this_month, place)
        of_all = now[~now["kind"].isin(WHOLE_ONLY)] if place != COMPANY else now
        assert of_all["target_from"].eq(pd.Timestamp(this_month)).all()
    nothing = sealed.revision_of(db, EVERYTHING, JUNE)
    assert nothing is not None and nothing.is_empty


def history(db: Database, place: Place, last: datetime.date) -> pd.DataFrame:
    sums = indicators.sums(db, EVERYTHING, place, MAY, last)
    listed, agreed = indicators.catalogue(db), targets.every(db)
    return judge_months(listed, sums, agreed, MAY, last, place.level, place.code)


def test_numbers_are_kept_bit_by_bit(db: Database, uploads: Uploads) -> None:
    random = np.random.default_rng(4)
    rows = [("STO-O01", JUNE, f"S{store:03d}", round(float(random.random()), 6), 7.0) for store in range(1, 9)]
    batches.commit(db, uploads, upload(uploads, "odd"), INDICATOR_RECIPE, indicator_reading(rows), "ana")
    exact = judged(db, JUNE, COMPANY).set_index("indicator_code").at["STO-O01", "value"]
    sealed.seal(db, uploads, JUNE, "quality")
    kept = sealed.figures(db, EVERYTHING, JUNE, 1).set_index("indicator_code").at["STO-O01", "value"]
    assert kept == exact
    assert decisions.every(db)[-1].facts["sha256"] == uploads.digest(str(decisions.every(db)[-1].facts["upload_id"]))


def test_months_that_were_published_before_figures_were_kept_stay_published(tmp_path: Path) -> None:
    """An installation from before this migration: nothing to compare with, and the next publication is the first."""
    db, uploads = Database.open(str(tmp_path / "old.duckdb")), Uploads(tmp_path / "uploads")
    migrations.applied(db)
    older = [path for path in sorted(migrations.FOLDER.glob("*.sql")) if path.stem < "007"]
    with db.write() as cursor:
        for path in older:
            cursor.execute(path.read_text(encoding="utf-8"))
            cursor.execute("insert into migrations values ($name)", {"name": path.stem})
        cursor.execute("insert into published_months values ($month, $month, 'quality')", {"month": JUNE})
    assert "007_decisions" in migrations.migrate(db)
    with db.write() as cursor:
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
    assert list(months.published(db)["month"].dt.date) == [JUNE]
    assert list(sealed.sealed(db)["revision"]) == [0]
    assert sealed.revision_of(db, EVERYTHING, JUNE) is None
    fill(db, uploads)
    sealed.seal(db, uploads, JUNE, "quality")
    assert list(sealed.sealed(db)["revision"]) == [0, 1]
    db.close()
