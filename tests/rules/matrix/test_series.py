"""Many months at once are judged as each month alone; places rank by how far they miss; misses in a row are counted."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sqm.rules.matrix.matrix import judge_month
from sqm.rules.matrix.series import judge_months, judge_places, months_in_a_row
from sqm.rules.periods import add_months
from sqm.rules.targets import Status
from tests.rules.matrix.test_matrix import INDICATORS

FIRST = date(2026, 3, 1)
MONTHS = [add_months(FIRST, step) for step in range(7)]


def sums_of(code: str, month: date, **other: Any) -> dict[str, Any]:
    row = {
        "indicator_code": code,
        "month": month,
        "numerator": 80.0,
        "denominator": 100.0,
        "n": 100,
        "weight_squares": None,
        "parts": 1,
    }
    return row | other


def target(code: str, start: date, low: float | None, high: float | None = None, **other: Any) -> dict[str, Any]:
    row = {
        "indicator_code": code,
        "scope_level": "company",
        "scope_code": "",
        "valid_from": start,
        "low": low,
        "high": high,
        "tolerance": 0.02,
        "agreed_by": "",
        "reason": "",
    }
    return row | other


TARGETS = pd.DataFrame(
    [
        target("k1", date(2020, 1, 1), 0.85),
        target("k1", MONTHS[3], 0.75),
        target("k1", MONTHS[5], None),
        target("k1", date(2020, 1, 1), 0.9, scope_level="district", scope_code="D1"),
        target("k3", date(2020, 1, 1), None, 3.0),
        target("k5", MONTHS[2], 10.0, 20.0),
        target("k7", date(2020, 1, 1), None, 90.0),  # a count: of the company, and of one district
        target("k7", date(2020, 1, 1), None, 70.0, scope_level="district", scope_code="D1"),
    ]
)


def some_sums() -> pd.DataFrame:
    random = np.random.default_rng(3)
    rows = []
    for month in MONTHS:
        for code in ("k1", "k2", "k3", "k5", "k6"):
            if random.random() < 0.85:
                rows.append(
                    sums_of(code, month, numerator=float(random.integers(60, 100)), n=int(random.integers(3, 200)))
                )
    return pd.DataFrame(rows)


@pytest.mark.parametrize("n_eff", [None, 40.0])
@pytest.mark.parametrize(("level", "code"), [("company", ""), ("district", "D1"), ("operator", "rival")])
def test_all_months_at_once_equal_each_month_alone(level: str, code: str, n_eff: float | None) -> None:
    sums = some_sums() if n_eff is None else some_sums().assign(n_eff=n_eff)
    together = judge_months(INDICATORS, sums, TARGETS, MONTHS[0], MONTHS[-1], level, code)
    for month in MONTHS[1:]:
        alone = judge_month(INDICATORS, sums, TARGETS, month, level, code)
        alone["target_from"] = alone["target_from"].astype("datetime64[us]")
        mine = together[together["month"] == pd.Timestamp(month)].reset_index(drop=True)
        shared = [name for name in mine.columns if name in alone.columns]
        assert {"status", "certainty", "previous_status", "improvement", "decimals_shown"} <= set(shared)
        pd.testing.assert_frame_equal(mine[shared], alone[shared], check_dtype=False)


def test_a_given_effective_n_widens_the_interval_and_takes_a_colour_away() -> None:
    sums = pd.DataFrame([sums_of("k1", FIRST), sums_of("k1", MONTHS[1])])
    plain, clustered = (
        judge_months(INDICATORS, each, TARGETS, FIRST, MONTHS[1]).query("indicator_code == 'k1'")
        for each in (sums, sums.assign(n_eff=[50.0, 20.0]))
    )
    assert plain["n_eff"].tolist() == [100, 100]
    assert clustered["n_eff"].tolist() == [50, 20]
    assert ((clustered["high"] - clustered["low"]) > 1.3 * (plain["high"] - plain["low"])).all()
    assert plain["status"].tolist() == ["missed", "missed"]
    assert clustered["status"].tolist() == ["missed", "no_data"]


def test_an_indicator_twice_in_a_month_is_an_error() -> None:
    sums = pd.DataFrame([sums_of("k1", FIRST), sums_of("k1", FIRST)])
    with pytest.raises(ValueError, match="two rows"):
        judge_months(INDICATORS, sums, TARGETS, FIRST, FIRST)


def test_target_of_each_month_is_the_one_in_force_in_it() -> None:
    sums = pd.DataFrame([sums_of("k1", month) for month in MONTHS])
    judged = judge_months(INDICATORS, sums, TARGETS, MONTHS[0], MONTHS[-1])
    k1 = judged[judged["indicator_code"] == "k1"]
    assert list(k1["target_low"].fillna(-1)) == [0.85] * 3 + [0.75] * 2 + [-1] * 2
    assert list(k1["status"]) == ["missed"] * 3 + ["met"] * 2 + ["no_target"] * 2


def test_months_in_a_row_end_at_a_month_that_is_not_missed() -> None:
    sums = pd.DataFrame([sums_of("k1", month, numerator=50.0) for month in MONTHS if month != MONTHS[1]])
    judged = judge_months(INDICATORS, sums, TARGETS, MONTHS[0], MONTHS[-1])
    assert months_in_a_row(judged, MONTHS[4])["k1"] == 3
    assert months_in_a_row(judged, MONTHS[1])["k1"] == 0
    assert months_in_a_row(judged, MONTHS[0])["k1"] == 1
    assert months_in_a_row(judged, MONTHS[4], Status.MET)["k1"] == 0
    assert months_in_a_row(judged.iloc[:0], MONTHS[4]).empty


def place(level: str, code: str, district: str, numerator: float, n: int = 200) -> dict[str, Any]:
    parts = {"level": level, "scope_code": code, "district_code": district, "numerator": numerator, "n": n}
    return sums_of("k1", FIRST, denominator=float(n), **parts)


def test_stores_inherit_their_districts_target_and_the_worst_comes_first() -> None:
    sums = pd.DataFrame(
        [
            place("store", "S1", "D1", 176.0),
            place("store", "S2", "D2", 176.0),
            place("store", "S3", "D2", 120.0),
            place("store", "S4", "D2", 3.0, n=4),
        ]
    )
    judged = judge_places(INDICATORS[INDICATORS["indicator_code"] == "k1"], sums, TARGETS)
    assert list(judged["scope_code"]) == ["S3", "S1", "S2", "S4"]
    assert list(judged["target_low"]) == [0.85, 0.9, 0.85, 0.85]
    assert list(judged["status"]) == ["missed", "near", "met", "no_data"]
    assert np.isnan(judged["value"].iloc[3])


def test_rivals_have_no_target_of_ours() -> None:
    sums = pd.DataFrame([place("operator", "rival", "", 120.0)])
    judged = judge_places(INDICATORS[INDICATORS["indicator_code"] == "k1"], sums, TARGETS)
    assert list(judged["status"]) == ["no_target"]
