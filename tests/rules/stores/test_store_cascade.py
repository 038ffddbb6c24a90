"""Three stores of a place, worked out by hand."""

import pandas as pd
import pytest

from sqm.rules.stores.store_cascade import Line, line, theme_losses

SCORES = {"A": 90.0, "B": 80.0, "C": 70.0, "elsewhere": 10.0}
LOSSES = {"A": {"topic_1": 10.0}, "B": {"topic_1": 5.0, "sms": 15.0}, "C": {"topic_1": 0.0, "sms": 30.0}}


def of_three(before: dict[str, float], pass_mark: float | None = 80.0) -> Line:
    return line(["A", "B", "C", "never visited"], SCORES, before, LOSSES, pass_mark)


def test_a_mean_of_stores_with_its_interval() -> None:
    found = of_three({})
    assert (found.stores, found.of) == (3, 4)
    assert found.mean == pytest.approx(80.0)
    # sd 10, se 10 / sqrt 3, t of 2 degrees of freedom 4.3027
    assert found.interval is not None
    assert found.interval.low == pytest.approx(80.0 - 4.302653 * 10.0 / 3.0**0.5, abs=1e-4)
    assert found.shown is not None and found.shown.high == 100.0


def test_a_store_at_the_pass_mark_passes() -> None:
    assert of_three({}).below == 1
    assert of_three({}, None).below is None


def test_losses_add_up_to_what_is_missing_and_the_largest_is_the_weakest() -> None:
    found = of_three({})
    assert found.losses == pytest.approx({"topic_1": 5.0, "sms": 15.0})
    assert found.mean is not None and sum(found.losses.values()) == pytest.approx(100.0 - found.mean)
    assert found.weakest == "sms"


def test_change_is_of_the_same_stores() -> None:
    found = of_three({"A": 88.0, "B": 78.5, "gone": 20.0}).change
    assert found is not None
    assert (found.points, found.stores) == (pytest.approx(1.75), 2)
    assert found.interval is not None and not found.is_certain  # 1.75 +- 12.7 x 0.25
    all_up = of_three({"A": 88.0, "B": 78.1, "C": 67.9}).change
    assert all_up is not None and all_up.is_certain


def test_one_store_has_no_interval_and_nothing_gives_nothing() -> None:
    alone = line(["A"], SCORES, {"A": 80.0}, LOSSES, None)
    assert alone.mean == 90.0 and alone.interval is None and alone.shown is None
    assert alone.change is not None and alone.change.points == 10.0 and not alone.change.is_certain
    empty = line(["X"], SCORES, {}, LOSSES, 80.0)
    assert (empty.stores, empty.of, empty.mean, empty.below, empty.change, empty.weakest) == (0, 1, None, 0, None, None)


def test_themes_share_what_a_mean_visit_lost() -> None:
    visits = pd.DataFrame(
        {
            "store_code": ["A", "A", "A", "A", "B"],
            "theme": ["plans", "plans", "desk", "desk", "desk"],
            "score": [90.0, 70.0, 100.0, float("nan"), 60.0],
        }
    )
    # three visits of A count: mean 86.67, of which plans lost (10 + 30) / 3
    assert theme_losses(visits) == {"A": {"desk": 0.0, "plans": pytest.approx(40.0 / 3.0)}, "B": {"desk": 40.0}}
