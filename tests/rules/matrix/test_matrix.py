"""The matrix of a month on a small catalogue."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sqm.rules.matrix.matrix import cells, changes, judge_month, tally, weakest
from sqm.rules.targets import Status

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)


def indicator(code: str, process: str, dimension: str, **other: Any) -> dict[str, Any]:
    row = {
        "indicator_code": code,
        "position": int(code[1:]),
        "process_code": process,
        "dimension_code": dimension,
        "unit": "%",
        "decimals": 1,
        "direction": "higher",
        "kind": "share",
        "per": 1.0,
        "appraised": dimension != "operations",
        "valid_from": date(2020, 1, 1),
        "valid_to": None,
        "survey_code": "cati" if dimension == "perception" else "",
    }
    return row | other


INDICATORS = pd.DataFrame(
    [
        indicator("k5", "network", "operations", direction="range", unit="min", kind="minutes", decimals=0),
        indicator("k1", "stores", "perception"),
        indicator("k2", "stores", "perception"),
        indicator("k3", "stores", "complaints", direction="lower", kind="rate", per=10000.0, unit="per_10k"),
        indicator("k4", "stores", "operations"),
        indicator("k6", "network", "perception"),
        indicator("k7", "network", "complaints", direction="lower", kind="count", unit="count", decimals=0),
        indicator("k8", "hotline", "perception", valid_from=date(2026, 9, 1)),
        indicator("k9", "hotline", "perception", valid_to=date(2026, 8, 31)),
    ]
)


def sums_of(month: date, **parts: tuple[float, float | None, int | None]) -> list[dict[str, Any]]:
    return [
        {
            "indicator_code": code,
            "month": month,
            "numerator": numerator,
            "denominator": denominator,
            "n": n,
            "weight_squares": None,
            "parts": 1,
        }
        for code, (numerator, denominator, n) in parts.items()
    ]


def target(code: str, low: float | None, high: float | None = None, **other: Any) -> dict[str, Any]:
    row = {
        "indicator_code": code,
        "scope_level": "company",
        "scope_code": "",
        "valid_from": date(2026, 1, 1),
        "low": low,
        "high": high,
        "tolerance": 0.0,
    }
    return row | other


SUMS = pd.DataFrame(
    sums_of(
        AUGUST,
        k1=(700, 1000, 1000),
        k2=(850, 1000, 1000),
        k3=(8, 40000, None),
        k5=(3000, 100, None),
        k7=(9, None, None),
    )
    + sums_of(
        SEPTEMBER,
        k1=(820, 1000, 1000),
        k2=(7996, 10000, 10000),
        k3=(10, 40000, None),
        k4=(999, 1000, None),
        k5=(4500, 100, None),
        k6=(20, 25, 25),
        k8=(3, 4, 4),
    )
)
TARGETS = pd.DataFrame(
    [
        target("k1", 0.75),
        target("k1", 0.8, valid_from=date(2026, 9, 1)),
        target("k1", 0.9, valid_from=date(2026, 10, 1)),
        target("k2", 0.8, tolerance=0.0001),
        target("k3", None, 2.0, tolerance=1.0),
        target("k5", 20, 40),
        target("k6", 0.99),
        target("k7", None, 10),
        target("k8", 0.5),
        target("k1", 0.85, scope_level="district", scope_code="east"),
        target("k1", 0.5, scope_level="store", scope_code="0412"),
        target("k4", None, 5.0),
    ]
)


def judged(month: date = SEPTEMBER, level: str = "company", code: str = "", district: str = "") -> pd.DataFrame:
    return judge_month(INDICATORS, SUMS, TARGETS, month, level, code, district).set_index("indicator_code", drop=False)


def test_rows_are_the_indicators_valid_in_the_month_in_order() -> None:
    assert list(judged()["indicator_code"]) == ["k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8"]
    assert list(judged(AUGUST)["indicator_code"]) == ["k1", "k2", "k3", "k4", "k5", "k6", "k7", "k9"]


def test_each_month_is_judged_by_the_target_in_force() -> None:
    now, before = judged(), judged(AUGUST)
    assert before.at["k1", "status"] == Status.MISSED and before.at["k1", "target_low"] == 0.75
    assert now.at["k1", "status"] == Status.MET and now.at["k1", "target_low"] == 0.8
    assert now.at["k1", "target_from"] == pd.Timestamp(SEPTEMBER)
    assert now.at["k1", "previous_status"] == Status.MISSED
    assert now.at["k1", "change"] == pytest.approx(0.12)


def test_the_most_specific_scope_has_the_say() -> None:
    east = judged(level="district", code="east")
    assert (east.at["k1", "target_low"], east.at["k1", "target_scope"]) == (0.85, "district")
    assert (east.at["k2", "target_low"], east.at["k2", "target_scope"]) == (0.8, "company")
    store = judged(level="store", code="0412", district="east")
    assert (store.at["k1", "target_low"], store.at["k1", "target_scope"]) == (0.5, "store")
    neighbour = judged(level="store", code="0413", district="east")
    assert neighbour.at["k1", "target_low"] == 0.85
    assert judged(level="district", code="west").at["k1", "target_low"] == 0.8
    assert (judged(level="operator", code="rival_a")["target_scope"] == "").all()


def test_a_count_of_the_company_is_no_target_for_a_district() -> None:
    assert judged(AUGUST).at["k7", "status"] == Status.MET
    assert judged(AUGUST, level="district", code="east").at["k7", "status"] == Status.NO_TARGET


def test_values_and_intervals_by_kind() -> None:
    now = judged()
    assert now.at["k3", "value"] == 2.5 and now.at["k3", "status"] == Status.NEAR
    assert now.at["k3", "low"] < 2.5 < now.at["k3", "high"]
    assert now.at["k5", "value"] == 45 and now.at["k5", "status"] == Status.MISSED
    assert now.at["k1", "reliability"] == "reliable"
    assert np.isnan(now.at["k4", "low"])


def test_a_target_without_the_bound_it_needs_is_no_target() -> None:
    assert judged().at["k4", "status"] == Status.NO_TARGET


def test_too_few_answers_have_no_colour_and_very_few_no_number() -> None:
    now = judged()
    assert (now.at["k6", "status"], now.at["k6", "reason"], now.at["k6", "showing"]) == ("no_data", "too_few", "grey")
    assert now.at["k6", "value"] == 0.8
    assert (now.at["k8", "status"], now.at["k8", "reason"]) == ("no_data", "hidden")
    assert np.isnan(now.at["k8", "value"]) and np.isnan(now.at["k8", "numerator"])
    assert (now.at["k7", "status"], now.at["k7", "reason"]) == ("no_data", "not_reported")
    assert now.at["k1", "reason"] == ""


def test_improvement_is_positive_when_better() -> None:
    now = judged()
    assert now.at["k1", "improvement"] > 0
    assert now.at["k3", "change"] > 0 > now.at["k3", "improvement"]
    assert now.at["k5", "improvement"] == pytest.approx(-5)
    assert np.isnan(now.at["k4", "improvement"])


def test_a_miss_that_rounding_hides_gets_decimals() -> None:
    now = judged()
    assert now.at["k2", "status"] == Status.MISSED and now.at["k2", "decimals_shown"] == 2
    assert now.at["k1", "decimals_shown"] == 1


def test_counts_add_up() -> None:
    now = judged()
    counts = tally(now)
    assert set(counts) == set(Status) and sum(counts.values()) == len(now)
    assert counts[Status.MISSED] == 2
    grid = cells(now)
    assert grid["total"].sum() == len(now)
    assert (grid[[status.value for status in Status]].sum(axis=1) == grid["total"]).all()
    for status in Status:
        assert grid[status.value].sum() == counts[status]


def test_a_cell_is_as_bad_as_its_worst_indicator_that_counts() -> None:
    grid = cells(judged()).set_index(["process_code", "dimension_code"])
    stores = grid.loc[("stores", "perception")]
    assert (stores["status"], stores["worst_code"], stores["missed"], stores["total"]) == ("missed", "k2", 1, 2)
    assert grid.loc[("network", "perception"), "status"] == Status.NO_DATA
    assert grid.loc[("network", "perception"), "worst_code"] == ""
    assert grid.loc[("stores", "operations"), "status"] == Status.NO_TARGET
    assert grid.loc[("stores", "complaints"), "status"] == Status.NEAR


def test_operations_are_observed_and_rank_nobody() -> None:
    ranked = weakest(judged())
    assert list(ranked["process_code"]) == ["stores"]
    assert ranked.at[0, "missed_share"] == pytest.approx(1 / 3)
    everybody = weakest(judged(), appraised_only=False)
    assert list(everybody["process_code"]) == ["network", "stores"]
    assert everybody.at[0, "worst_code"] == "k5"


def test_what_turned() -> None:
    turned = changes(judged(), judged(AUGUST))
    assert turned.new_missed == ("k2", "k5")
    assert turned.recovered == ("k1",)
    assert turned.silent == ("k7",)
    same = changes(judged(), judged())
    assert (same.new_missed, same.recovered, same.silent) == ((), (), ())


def test_an_empty_database_gives_a_matrix_without_data() -> None:
    now = judge_month(INDICATORS, SUMS.iloc[:0], TARGETS.iloc[:0], SEPTEMBER)
    assert (now["status"] == Status.NO_DATA).all()
    assert tally(now)[Status.NO_DATA] == len(now)
    assert weakest(now).empty


def test_no_indicators_at_all() -> None:
    now = judge_month(INDICATORS.iloc[:0], SUMS, TARGETS, SEPTEMBER)
    assert now.empty and cells(now).empty and weakest(now).empty
    assert sum(tally(now).values()) == 0


def test_two_scopes_at_once_are_refused() -> None:
    with pytest.raises(ValueError, match="one level and scope"):
        judge_month(INDICATORS, pd.concat([SUMS, SUMS]), TARGETS, SEPTEMBER)


def test_a_clustered_effective_n_is_used() -> None:
    wide = judge_month(INDICATORS, SUMS.assign(n_eff=60.0), TARGETS, SEPTEMBER).set_index("indicator_code")
    assert wide.at["k1", "low"] < judged().at["k1", "low"]
    assert wide.at["k1", "n"] == 1000 and wide.at["k1", "n_eff"] == 60


def test_dates_as_the_database_gives_them() -> None:
    stamps = INDICATORS.assign(
        valid_from=pd.to_datetime(INDICATORS["valid_from"]), valid_to=pd.to_datetime(INDICATORS["valid_to"])
    )
    sums, targets = SUMS.assign(month=pd.to_datetime(SUMS["month"])), TARGETS.copy()
    targets["valid_from"] = pd.to_datetime(targets["valid_from"])
    got = judge_month(stamps, sums, targets, SEPTEMBER)
    pd.testing.assert_series_equal(got["status"], judged()["status"].reset_index(drop=True))
