"""Exactly the numbers that moved and the conclusions that flipped; and what a viewer has not seen yet."""

import numpy as np
import pandas as pd

from sqm.rules.matrix.revisions import FLIPPED, MOVED, compare, since


def figures(**rows: tuple[float, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"indicator_code": code, "level": "company", "scope_code": "", "value": value, "status": status}
            for code, (value, status) in rows.items()
        ]
    )


PUBLISHED = figures(k1=(0.9, "met"), k2=(0.5, "missed"), k3=(np.nan, "no_data"), k4=(7.0, "met"), k5=(1.0, "near"))


def test_the_same_figures_are_no_revision() -> None:
    found = compare(PUBLISHED, PUBLISHED.sample(frac=1.0, random_state=1))
    assert found.is_empty and found.indicators == ()
    assert list(found.moved.columns) == MOVED and list(found.flipped.columns) == FLIPPED


def test_a_number_within_the_guard_has_not_moved() -> None:
    now = PUBLISHED.assign(value=PUBLISHED["value"] + np.array([9e-10, -9e-10, 0, 2e-9, 0]))
    assert list(compare(PUBLISHED, now).moved["indicator_code"]) == ["k4"]


def test_moved_and_flipped_are_told_apart() -> None:
    now = figures(k1=(0.95, "met"), k2=(0.5, "met"), k3=(3.0, "met"), k4=(np.nan, "no_data"), k5=(1.0, "near"))
    found = compare(PUBLISHED, now)
    moved = found.moved.set_index("indicator_code")
    assert list(moved.index) == ["k1", "k3", "k4"]
    assert (moved.at["k1", "value_before"], moved.at["k1", "value_after"]) == (0.9, 0.95)
    assert np.isnan(moved.at["k3", "value_before"]) and np.isnan(moved.at["k4", "value_after"])
    flipped = found.flipped.set_index("indicator_code")
    assert list(flipped.index) == ["k2", "k3", "k4"]
    assert tuple(flipped.loc["k2", ["status_before", "status_after"]]) == ("missed", "met")
    assert found.indicators == ("k1", "k2", "k3", "k4")


def test_an_indicator_that_came_or_went_is_a_flip() -> None:
    found = compare(PUBLISHED, figures(k1=(0.9, "met"), k6=(2.0, "met")))
    flips = found.flipped.set_index("indicator_code")
    assert tuple(flips.loc["k6", ["status_before", "status_after"]]) == ("", "met")
    assert tuple(flips.loc["k3", ["status_before", "status_after"]]) == ("no_data", "")
    assert "k1" not in flips.index and "k6" in set(found.moved["indicator_code"])


def test_places_are_compared_each_with_itself() -> None:
    district = PUBLISHED.assign(level="district", scope_code="D1")
    both = pd.concat([PUBLISHED, district])
    now = pd.concat([PUBLISHED, district.assign(value=district["value"] + 1)])
    assert set(compare(both, now).moved["scope_code"]) == {"D1"}


def test_since_the_last_look() -> None:
    looked = {"k1": "met", "k2": "missed", "k3": "missed", "k4": "missed", "k5": "no_data"}
    now = {"k1": "missed", "k2": "near", "k3": "no_data", "k4": "missed", "k5": "missed", "k6": "missed"}
    found = since(looked, now, ["k9", "k2", "k9"])
    assert (found.new_red, found.recovered, found.revised) == (("k1", "k5", "k6"), ("k2",), ("k2", "k9"))


def test_who_never_looked_is_told_of_no_change() -> None:
    found = since({}, {"k1": "missed"})
    assert (found.new_red, found.recovered, found.revised) == ((), (), ())
