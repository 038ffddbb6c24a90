"""The monthly sample: planned, audited, and which stores wait too long."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from sqm.rules.audits.sampling_plan import Coverage, coverage, planned, waiting, waits_too_long

NOVEMBER = date(2026, 11, 1)
STORES = pd.DataFrame(
    {
        "store_code": ["S1", "S2", "S3", "S4"],
        "district_code": ["D1", "D1", "D1", "D2"],
        "valid_from": pd.to_datetime(["2000-01-01", "2000-01-01", "2026-09-01", "2000-01-01"]),
    }
)
VISITS = pd.DataFrame(
    {
        "store_code": ["S1", "S1", "S1", "S2", "S2"],
        "visited_on": pd.to_datetime(["2026-05-30", "2026-11-02", "2026-11-30", "2026-05-01", "2026-12-01"]),
    }
)


@pytest.mark.parametrize(
    ("stores", "share", "expected"), [(7, 1 / 3, 3), (6, 1 / 3, 2), (10, 0.3, 3), (1, 0.1, 1), (0, 0.5, 0)]
)
def test_the_plan_is_rounded_up(stores: int, share: float, expected: int) -> None:
    assert planned(stores, share) == expected


def test_how_long_each_store_waits_by_hand() -> None:
    """S2: May to November, six months; its visit of December is yet to come. S3 opened in September: two."""
    found = waiting(STORES, VISITS, NOVEMBER, 5)
    assert found["months"].tolist() == [0.0, 6.0, 2.0, 322.0]
    assert found["visits"].tolist() == [2, 0, 0, 0]
    assert found["is_overdue"].tolist() == [False, True, False, True]
    assert pd.isna(found.at["S3", "last_visit"]) and found.at["S1", "last_visit"] == pd.Timestamp("2026-11-30")
    assert not waiting(STORES, VISITS, NOVEMBER, 6).at["S2", "is_overdue"]


def test_a_store_that_nobody_ever_saw_waits_too_long() -> None:
    found = waiting(STORES.drop(columns="valid_from"), VISITS, NOVEMBER)
    assert np.isnan(found.at["S3", "months"]) and found.at["S3", "is_overdue"]


def test_months_waited_are_too_many_above_the_longest_gap_and_when_nobody_knows() -> None:
    assert [waits_too_long(months, 5) for months in (0.0, 5.0, 5.5, 6.0, float("nan"))] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_coverage_by_district_and_of_the_company() -> None:
    """40 % of three stores is two, of one store one; one of three was audited."""
    found = coverage(waiting(STORES, VISITS, NOVEMBER, 5), 0.4)
    assert found == (
        Coverage("", 4, 3, 1, 2, 2),
        Coverage("D1", 3, 2, 1, 2, 1),
        Coverage("D2", 1, 1, 0, 0, 1),
    )
    assert found[0].share == pytest.approx(1 / 3) and not found[1].is_reached
    assert Coverage("D9", 0, 0, 0, 0, 0).share is None
