"""Value and interval of an indicator from its sums."""

import math

import pandas as pd
import pytest

from sqm.rules.sampling import garwood, wilson
from sqm.rules.values import interval_of, value_frame, value_of


def test_value_by_kind() -> None:
    assert value_of(3, 4, "share") == 0.75
    assert value_of(30, 4, "minutes") == 7.5
    assert value_of(16055, 1_289_500_000, "rate", 1_000_000) == pytest.approx(12.45, abs=0.005)
    assert value_of(0, None, "count") == 0.0
    assert value_of(812, 0, "level") == 812.0


def test_no_value() -> None:
    assert value_of(None, 4, "share") is None
    assert value_of(0, 0, "share") is None
    assert value_of(3, None, "mean") is None
    assert value_of(math.nan, 3, "count") is None
    with pytest.raises(ValueError, match="nonsense"):
        value_of(1, 1, "nonsense")


def test_share_on_n_on_effective_n_and_without_n() -> None:
    assert interval_of(80, 100, "share", n=100) == wilson(80, 100)
    assert interval_of(160, 200, "share", n=100, weight_squares=800) == wilson(0.8 * 50, 50)
    assert interval_of(160, 200, "share", n=100, weight_squares=1) == wilson(80, 100)
    assert interval_of(0.8, 1, "share") is None


def test_rate_only_where_events_were_counted() -> None:
    exact = garwood(12, 40000)
    got = interval_of(12, 40000, "rate", 10000, parts=1)
    assert exact is not None and got is not None
    assert (got.low, got.high) == (pytest.approx(exact.low * 10000), pytest.approx(exact.high * 10000))
    assert interval_of(0.00124, 1, "rate", 10000, parts=1) is None
    assert interval_of(0, 1, "rate", 10000, parts=1) is None


@pytest.mark.parametrize("kind", ["mean", "minutes", "count", "level"])
def test_other_kinds_have_no_interval(kind: str) -> None:
    assert interval_of(80, 100, kind, n=100) is None


def test_frame_of_many_kinds() -> None:
    frame = pd.DataFrame(
        {
            "numerator": [80.0, 12.0, 7.0, None, 300.0],
            "denominator": [100.0, 40000.0, 0.0, 10.0, 20.0],
            "kind": ["share", "rate", "count", "share", "mean"],
            "per": [1.0, 10000.0, 1.0, 1.0, 1.0],
            "n": [100, None, None, 10, 20],
            "weight_squares": [None] * 5,
            "parts": [1, 1, 1, 1, 1],
        },
        index=[5, 6, 7, 8, 9],
    )
    out = value_frame(frame)
    assert list(out.index) == [5, 6, 7, 8, 9]
    assert out["value"].fillna(-1).tolist() == pytest.approx([0.8, 3.0, 7.0, -1, 15.0])
    assert out["low"].notna().tolist() == [True, True, False, False, False]
    assert out["reliability"].tolist() == ["indicative", "", "", "", "insufficient"]
    assert out["showing"].tolist() == ["shown", "shown", "shown", "grey", "grey"]


def test_a_given_effective_n_wins_but_never_exceeds_n() -> None:
    row = {"numerator": [80.0], "denominator": [100.0], "kind": ["share"], "per": [1.0], "n": [100]}
    frame = pd.DataFrame({**row, "weight_squares": [100.0], "parts": [1], "n_eff": [40.0]})
    expected = wilson(32, 40)
    assert expected is not None and value_frame(frame)["low"].iloc[0] == pytest.approx(expected.low)
    assert value_frame(frame.assign(n_eff=900.0))["n_eff"].iloc[0] == 100
    assert value_frame(frame.assign(n_eff=math.nan))["n_eff"].iloc[0] == 100


def test_how_few_people_are_hidden_is_hidden_too() -> None:
    """Three answers of a survey and a veiled figure (n 0) tell no n; three tickets do."""
    rows = _few(
        weight_squares=[3.0, 40.0, math.nan, math.nan], n=[3.0, 0.0, 3.0, 3.0], survey_code=["", "", "", "cati"]
    )
    found = value_frame(rows)
    assert found["showing"].tolist() == ["hidden"] * 4
    assert found["n"].isna().tolist() == found["n_eff"].isna().tolist() == [True, True, False, True]
    assert value_frame(rows.drop(columns="survey_code"))["n"].isna().tolist() == [True, True, False, False]


def _few(**columns: object) -> pd.DataFrame:
    rows = pd.DataFrame(columns)
    return rows.assign(numerator=2.0, denominator=3.0, kind="share", per=1.0, parts=0)
