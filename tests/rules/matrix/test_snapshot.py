"""The company and all districts at once are judged as each place alone."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from sqm.rules.matrix.matrix import judge_month
from sqm.rules.matrix.snapshot import judge_everywhere
from sqm.rules.periods import add_months
from tests.rules.matrix.test_matrix import INDICATORS
from tests.rules.matrix.test_series import MONTHS, TARGETS, some_sums

PLACES = [("company", ""), ("district", "D1"), ("district", "D2")]


@pytest.fixture(scope="module")
def sums() -> pd.DataFrame:
    random = np.random.default_rng(9)
    parts = []
    for level, code in PLACES[:2]:  # D2 reported nothing
        rows = some_sums().assign(level=level, scope_code=code)
        rows["numerator"] = random.integers(40, 100, len(rows)).astype(float)
        rows["n_eff"] = np.where(random.random(len(rows)) < 0.5, np.nan, 40.0)
        parts.append(rows)
    return pd.concat(parts, ignore_index=True)


def test_every_place_and_month_as_if_alone(sums: pd.DataFrame) -> None:
    together = judge_everywhere(INDICATORS, sums, TARGETS, MONTHS[1], MONTHS[-1], ["D1", "D2"])
    assert len(together) == sum(len(judge_month(INDICATORS, sums.iloc[:0], TARGETS, m)) for m in MONTHS[1:]) * 3
    for level, code in PLACES:
        of_place = sums[(sums["level"] == level) & (sums["scope_code"] == code)]
        for month in MONTHS[1:]:
            alone = judge_month(INDICATORS, of_place, TARGETS, month, level, code)
            alone["target_from"] = alone["target_from"].astype("datetime64[us]")
            mine = together[
                (together["level"] == level)
                & (together["scope_code"] == code)
                & (together["month"] == pd.Timestamp(month))
            ].reset_index(drop=True)
            shared = [name for name in mine.columns if name in alone.columns]
            assert {"status", "target_low", "previous_status", "improvement", "decimals_shown", "n_eff"} <= set(shared)
            pd.testing.assert_frame_equal(mine[shared], alone[shared], check_dtype=False)


def test_without_districts_or_sums_there_is_still_the_company(sums: pd.DataFrame) -> None:
    month = date(2026, 4, 1)
    nothing = judge_everywhere(INDICATORS, sums.iloc[:0], TARGETS, month, month, [])
    assert set(nothing["level"]) == {"company"} and (nothing["status"] == "no_data").all()
    assert set(nothing["month"]) == {pd.Timestamp(month)} and add_months(month, -1) not in set(nothing["month"])


def test_a_place_twice_is_an_error(sums: pd.DataFrame) -> None:
    with pytest.raises(pd.errors.MergeError):
        judge_everywhere(INDICATORS, pd.concat([sums, sums]), TARGETS, MONTHS[1], MONTHS[1], ["D1"])
