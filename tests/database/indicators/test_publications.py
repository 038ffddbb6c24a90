"""Several published months at once say the same as each month alone, to those who may see it."""

import pandas as pd
import pytest

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.indicators import publications, sealed
from sqm.rules.access import EVERYTHING, NOTHING, Scope
from sqm.rules.matrix.revisions import compare
from tests.database.indicators.test_sealed import JUNE, MAY, fill, values

D01 = Scope(frozenset({"D01"}), None)


def part(rows: pd.DataFrame, **where: object) -> pd.DataFrame:
    for column, value in where.items():
        rows = rows[rows[column] == value]
    return rows.reset_index(drop=True)


@pytest.mark.parametrize("scope", [EVERYTHING, D01], ids=["all", "district"])
def test_months_together_and_alone_agree(db: Database, uploads: Uploads, scope: Scope) -> None:
    fill(db, uploads)
    for month in (MAY, JUNE):
        sealed.seal(db, uploads, month, "quality")
    values(db, uploads, JUNE, 500.0)
    sealed.seal(db, uploads, JUNE, "quality", "late")
    values(db, uploads, MAY, 300.0)

    every = publications.figures(db, scope, MAY, JUNE, latest=False)
    last = publications.figures(db, scope, MAY, JUNE)
    now = publications.standing(db, scope, MAY, JUNE)
    assert set(zip(every["month"].dt.date, every["revision"], strict=True)) == {(MAY, 1), (JUNE, 1), (JUNE, 2)}
    assert set(zip(last["month"].dt.date, last["revision"], strict=True)) == {(MAY, 1), (JUNE, 2)}
    for month in (MAY, JUNE):
        stamp = pd.Timestamp(month)
        together = compare(part(last, month=stamp), part(now, month=stamp))
        alone = sealed.revision_of(db, scope, month)
        assert alone is not None and together.is_empty == (month == JUNE)
        pd.testing.assert_frame_equal(together.moved, alone.moved)
        pd.testing.assert_frame_equal(together.flipped, alone.flipped)
    june = pd.Timestamp(JUNE)
    assert not compare(part(every, month=june, revision=1), part(every, month=june, revision=2)).is_empty


def test_a_viewer_sees_the_company_and_their_own_districts(db: Database, uploads: Uploads) -> None:
    fill(db, uploads)
    sealed.seal(db, uploads, JUNE, "quality")
    for scope, places in ((D01, {"", "D01"}), (NOTHING, {""})):
        for rows in (publications.figures(db, scope, MAY, JUNE), publications.standing(db, scope, JUNE, JUNE)):
            assert set(rows["scope_code"]) == places
