"""methods 1.1, 1.2 and the display rule."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from sqm.rules.targets import (
    Certainty,
    Direction,
    Status,
    Target,
    certainty,
    decimals_shown,
    in_force,
    judge,
    judge_frame,
)

SINCE = date(2026, 1, 1)


def target(direction: str, low: float | None = None, high: float | None = None, tolerance: float = 0.0) -> Target:
    return Target(low, high, tolerance, Direction(direction), SINCE)


def test_nothing_measured_is_not_zero() -> None:
    assert judge(None, target("lower", high=5)).status is Status.NO_DATA
    assert judge(math.nan, target("lower", high=5)).status is Status.NO_DATA
    assert judge(math.inf, target("higher", low=5)).status is Status.NO_DATA
    assert judge(0.0, target("lower", high=5)).status is Status.MET
    assert judge(0.0, None).status is Status.NO_TARGET
    assert judge(None, None).status is Status.NO_DATA


def test_guard_lets_floating_point_meet_its_target_but_nothing_more() -> None:
    assert judge(0.1 + 0.2, target("lower", high=0.3)).status is Status.MET
    assert judge(0.3 - 2e-9, target("higher", low=0.3)).status is Status.MISSED


def test_zero_tolerance_removes_near() -> None:
    assert judge(0.7999, target("higher", low=0.8)).status is Status.MISSED
    assert judge(0.7999, target("higher", low=0.8, tolerance=0.01)).status is Status.NEAR


def test_range_without_width() -> None:
    point = target("range", 5, 5)
    assert judge(5, point) == judge(5.0, point)
    assert judge(5, point).status is Status.MET and judge(5, point).attainment == 100
    assert judge(6, point).status is Status.MISSED and judge(6, point).attainment is None


@pytest.mark.parametrize("bad", [("higher", None, 1.0), ("lower", 1.0, None), ("range", 1.0, None)])
def test_a_target_without_its_bound_is_refused(bad: tuple[str, float | None, float | None]) -> None:
    with pytest.raises(ValueError, match="bound"):
        target(bad[0], bad[1], bad[2])


def test_negative_tolerance_is_refused() -> None:
    with pytest.raises(ValueError, match="tolerance"):
        target("higher", low=1, tolerance=-1)


def test_the_target_of_the_month_is_the_latest_that_has_begun() -> None:
    old = Target(0.8, None, 0, Direction.HIGHER, date(2025, 1, 1))
    new = Target(0.9, None, 0, Direction.HIGHER, date(2026, 7, 1))
    agreed_again = Target(0.85, None, 0, Direction.HIGHER, date(2026, 7, 1))
    assert in_force([new, old], date(2026, 6, 1)) is old
    assert in_force([new, old], date(2026, 7, 1)) is new
    assert in_force([new, agreed_again, old], date(2026, 8, 1)) is agreed_again
    assert in_force([new, old], date(2024, 12, 1)) is None
    mid_month = Target(0.9, None, 0, Direction.HIGHER, date(2026, 7, 15))
    assert in_force([mid_month], date(2026, 7, 1)) is mid_month


def test_certainty_of_a_range() -> None:
    band = target("range", 20, 40)
    assert certainty(30, 21, 39, band) is Certainty.MET_CERTAIN
    assert certainty(30, 19, 39, band) is Certainty.MET_UNCERTAIN
    assert certainty(45, 39, 50, band) is Certainty.MISSED_UNCERTAIN
    assert certainty(45, 41, 50, band) is Certainty.MISSED_CERTAIN
    assert certainty(45, 10, 80, band) is Certainty.MISSED_UNCERTAIN
    assert certainty(30, None, None, band) is Certainty.NO_INTERVAL


def test_rounding_never_hides_a_miss() -> None:
    assert decimals_shown(0.8996, 0.90, 1, 100) == 2
    assert decimals_shown(89.96, 90, 1) == 2
    assert decimals_shown(89.0, 90, 1) == 1
    assert decimals_shown(89.9996, 90, 1) == 4
    assert decimals_shown(90.0, 90, 1) == 1
    assert decimals_shown(None, 90, 1) == 1


def test_frame_agrees_with_single_judgements_everywhere() -> None:
    random = np.random.default_rng(7)
    size = 4000
    frame = pd.DataFrame(
        {
            "direction": random.choice(["higher", "lower", "range"], size),
            "value": np.where(random.random(size) < 0.1, np.nan, random.integers(-6, 12, size) / 2),
            "target_low": np.where(random.random(size) < 0.1, np.nan, random.integers(-4, 4, size)),
            "target_high": np.where(random.random(size) < 0.1, np.nan, random.integers(4, 9, size)),
            "tolerance": random.choice([0.0, 0.5, 1.0], size),
        }
    )
    frame["low"] = frame["value"] - random.choice([0.0, 0.5, 2.0], size)
    frame["high"] = np.where(random.random(size) < 0.1, np.nan, frame["value"] + random.choice([0.0, 0.5, 9.0], size))
    out = judge_frame(frame)
    seen = set()
    for row, got in zip(frame.itertuples(), out.itertuples(), strict=True):
        bounds = {"higher": (row.target_low, None), "lower": (None, row.target_high)}.get(
            row.direction, (row.target_low, row.target_high)
        )
        lacks = any(bound is not None and math.isnan(bound) for bound in bounds)
        wanted = None if lacks else Target(*bounds, row.tolerance, Direction(row.direction), SINCE)
        alone = judge(row.value, wanted)
        assert got.status == alone.status
        assert (math.isnan(got.gap) and alone.gap is None) or got.gap == alone.gap
        assert (math.isnan(got.attainment) and alone.attainment is None) or got.attainment == alone.attainment
        assert got.certainty == certainty(row.value, row.low, row.high, wanted)
        seen.add((got.status, got.certainty))
    assert {status for status, _ in seen} == set(Status)
    assert {word for _, word in seen} == set(Certainty)


def test_frame_without_rows() -> None:
    columns = ["value", "direction", "target_low", "target_high", "tolerance"]
    assert judge_frame(pd.DataFrame(columns=columns)).empty
