"""Groups of a process's indicators: counts, order and ranking on rows made by hand."""

import math

import pytest

from sqm.rules.matrix.process import Row, customers_share, facing, group, groups, ranked, weakest_first
from sqm.rules.targets import Status

NAN = math.nan


def row(position: int, status: str, shortfall: float = NAN, dimension: str = "perception") -> Row:
    return {"position": position, "status": status, "shortfall": shortfall, "dimension_code": dimension}


def test_weakest_first_goes_by_status_then_shortfall_then_position() -> None:
    rows = [
        row(1, "met", -2.0),
        row(2, "missed", 3.0),
        row(3, "near", 9.0),
        row(4, "missed", 7.0),
        row(5, "no_data"),
        row(6, "no_target"),
        row(7, "missed", 3.0),
    ]
    assert [each["position"] for each in weakest_first(rows)] == [4, 2, 7, 3, 1, 6, 5]


def test_a_group_counts_every_status_and_shares_only_the_judged() -> None:
    part = group(
        "x", [row(1, "met"), row(2, "missed", 4.0), row(3, "no_data"), row(4, "no_target"), row(5, "near", 2.0)]
    )
    assert (part.total, part.counted, part.missed, part.status) == (5, 3, 1, Status.MISSED)
    assert part.missed_share == pytest.approx(1 / 3)
    assert part.shortfall == pytest.approx((4.0 + 2.0) / 3)
    assert part.tally == {
        "status": Status.MISSED,
        "total": 5,
        "counted": 3,
        "met": 1,
        "near": 1,
        "missed": 1,
        "no_data": 1,
        "no_target": 1,
    }


def test_a_group_without_judged_indicators_has_no_share_and_is_not_green() -> None:
    part = group("x", [row(1, "no_data"), row(2, "no_target")])
    assert (part.missed_share, part.shortfall, part.status) == (0.0, 0.0, Status.NO_TARGET)
    assert group("y", []).status is Status.NO_DATA


def test_ranking_takes_the_share_missed_before_the_number_missed() -> None:
    few = group("few", [row(1, "missed", 1.0), row(2, "met")])
    many = group(
        "many", [*(row(place, "missed", 1.0) for place in range(2)), *(row(place, "met") for place in range(8))]
    )
    near = group("near", [row(1, "near", 1.0), row(2, "met")])
    deep = group("deep", [row(1, "missed", 5.0), row(2, "met")])
    silent = group("silent", [row(1, "no_data")])
    met = group("met", [row(1, "met")])
    assert [part.code for part in ranked([silent, met, near, many, few, deep])] == [
        "deep",
        "few",
        "many",
        "near",
        "met",
        "silent",
    ]


def test_groups_keep_the_order_in_which_keys_appear() -> None:
    found = groups(
        [row(1, "met"), row(2, "met", dimension="operations"), row(3, "near")], lambda each: each["dimension_code"]
    )
    assert [(part.code, part.total) for part in found] == [("perception", 2), ("operations", 1)]


def test_perception_and_complaints_face_the_customer_and_operations_do_not() -> None:
    customers, operations = facing(
        [row(1, "met"), row(2, "missed", 1.0, "complaints"), row(3, "met", dimension="operations"), row(4, "met")]
    )
    assert (customers.total, operations.total) == (3, 1)
    assert customers_share(customers, operations) == 0.75
    assert math.isnan(customers_share(*facing([])))
