"""The watch rules on judged months: as of one month, per indicator, with what people said of months."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from sqm.rules.periods import add_months, month_range
from sqm.rules.watching.watch_frame import COLUMNS, Said, watched

FIRST, LAST = date(2024, 1, 1), date(2026, 6, 1)
MONTHS = month_range(FIRST, LAST)


def judged(**lines: list[float]) -> pd.DataFrame:
    """Rows as series.judge_months gives them, one indicator a line of values."""
    parts = [
        pd.DataFrame(
            {
                "indicator_code": code,
                "month": pd.to_datetime(list(MONTHS)),
                "value": values,
                "status": ["met" if value >= 80 else "missed" for value in values],
                "direction": "higher",
                "kind": "mean",
                "per": 1.0,
                "n_eff": np.nan,
                "denominator": 1.0,
                "target_low": 80.0,
                "target_high": np.nan,
                "reason": "",
            }
        )
        for code, values in lines.items()
    ]
    return pd.concat(parts, ignore_index=True)


def wobble(level: float, seed: int = 1) -> list[float]:
    return list(level + np.random.default_rng(seed).normal(0, 1, len(MONTHS)))


def test_a_fall_is_named_and_dated() -> None:
    falling = wobble(85)
    falling[-3:] = [78.0, 77.0, 76.0]
    found = watched(judged(calm=wobble(85, 2), falling=falling), LAST).frame.set_index("indicator_code")
    assert list(found.columns) == ["status", *COLUMNS]
    assert found.loc["falling", "behaviour"] == "falling_for_real"
    assert found.loc["falling", "first_month"] == pd.Timestamp(add_months(LAST, -2))
    assert bool(found.loc["falling", "beyond_chance"]) and not bool(found.loc["calm", "beyond_chance"])
    assert pd.isna(found.loc["calm", "first_month"])


def test_no_later_month_reaches_back() -> None:
    rows = judged(one=wobble(85))
    early = watched(rows, date(2025, 6, 1)).frame
    later = rows.copy()
    later.loc[later["month"] > pd.Timestamp(2025, 6, 1), "value"] = 10.0
    pd.testing.assert_frame_equal(early, watched(later, date(2025, 6, 1)).frame)


def test_a_new_method_begins_new_limits() -> None:
    higher = wobble(85)
    moved = [value + (8 if month >= date(2025, 7, 1) else 0) for month, value in zip(MONTHS, higher, strict=True)]
    plain = watched(judged(one=moved), LAST)
    said = watched(judged(one=moved), LAST, Said({"one": [date(2025, 7, 1)]}))
    assert plain.frame["variation"].iloc[0] != "common" and said.frame["variation"].iloc[0] == "common"
    assert said.frame["points"].iloc[0] == 12
    line = said.line("one").set_index("month")
    assert line["centre"].nunique() == 2


def test_an_excluded_month_makes_no_limits() -> None:
    spiked = wobble(85)
    spiked[10] = 200.0
    with_spike = watched(judged(one=spiked), LAST).frame["centre"].iloc[0]
    without = watched(judged(one=spiked), LAST, Said(excluded={"one": [MONTHS[10]]})).frame["centre"].iloc[0]
    assert with_spike > 88 and without == pytest.approx(85, abs=1)


def test_figures_of_too_few_answers_are_not_watched() -> None:
    rows = judged(one=wobble(85))
    rows.loc[rows.index[-1], ["value", "reason", "status"]] = [5.0, "too_few", "no_data"]
    found = watched(rows, LAST)
    assert found.frame["behaviour"].iloc[0] == "no_data"
    assert not bool(found.frame["beyond_chance"].iloc[0])


def test_nothing_in_the_month_is_an_empty_frame() -> None:
    found = watched(judged(one=wobble(85)), date(2030, 1, 1))
    assert found.frame.empty and found.line("one").empty


def test_too_few_months_have_no_line() -> None:
    found = watched(judged(one=wobble(85)), MONTHS[3])
    assert found.frame["behaviour"].iloc[0] == "too_early" and found.line("one").empty


def test_sizes_choose_the_chart() -> None:
    rows = judged(one=wobble(85)).assign(kind="share", n_eff=2000.0)
    rows["value"] /= 100
    assert watched(rows, LAST).frame["chart"].iloc[0] == "p_prime"
    assert watched(rows.assign(n_eff=np.nan), LAST).frame["chart"].iloc[0] == "xmr"
