"""Better is up, and nothing is left that a trend, a season, a change of method or a memory foretells."""

import numpy as np
import pandas as pd
import pytest

from sqm.rules.drivers.surprises import better_up, departures, fitted, surprises

MONTHS = pd.date_range("2022-01-01", periods=48, freq="MS")


def judged(code: str, direction: str, values: list[float], **bounds: float) -> pd.DataFrame:
    months = pd.date_range("2026-01-01", periods=len(values), freq="MS")
    frame = pd.DataFrame({"month": months, "indicator_code": code, "direction": direction, "value": values})
    return frame.assign(reason="", **({"target_low": np.nan, "target_high": np.nan} | bounds))


def test_better_is_up_whatever_the_direction() -> None:
    rows = pd.concat(
        [
            judged("more", "higher", [1.0, 2.0, 4.0]),
            judged("less", "lower", [1.0, 2.0, 4.0]),
            judged("within", "range", [1.0, 2.0, 4.0], target_low=1.0, target_high=5.0),
            judged("no band", "range", [1.0, 2.0, 4.0]),
            judged("thin", "higher", [1.0, 2.0, 4.0]).assign(reason=["", "too_few", ""]),
        ],
        ignore_index=True,
    )
    up = better_up(rows[~((rows["indicator_code"] == "more") & (rows["value"] == 2.0))])
    assert up["less"].tolist() == [-1.0, -2.0, -4.0]
    assert up["within"].tolist() == [-2.0, -1.0, -1.0]
    assert np.isnan(up["more"].iloc[1]) and up["more"].iloc[2] == 4.0
    assert np.isnan(up["thin"].iloc[1])
    assert "no band" not in up or up["no band"].isna().all()


def test_a_new_band_is_no_movement() -> None:
    rows = judged("within", "range", [3.0, 3.0, 3.0], target_low=1.0, target_high=5.0)
    rows.loc[0, ["target_low", "target_high"]] = [0.0, 2.0]
    assert better_up(rows)["within"].tolist() == [0.0, 0.0, 0.0]


def test_departures_have_neither_line_nor_season_nor_step() -> None:
    months = np.arange(48)
    world = pd.DataFrame(
        {"O0": 5 + 0.3 * months + 2 * np.cos(2 * np.pi * months / 12) + 7 * (months >= 20)},
        index=MONTHS,
    )
    world["O0"] += np.random.default_rng(2).standard_normal(48) / 10
    left = departures(world, "O0", {"O0": [world.index[20]]})
    assert np.nanstd(left) == pytest.approx(1.0)
    assert abs(left[20:].mean() - left[:20].mean()) < 0.1
    assert abs(np.corrcoef(left, months)[0, 1]) < 0.05
    assert np.isnan(departures(world, "unknown", {})).all()


def test_surprises_of_a_random_walk_have_no_memory() -> None:
    walks = np.cumsum(np.random.default_rng(3).standard_normal((48, 200)), axis=0)
    world = pd.DataFrame(walks, index=MONTHS, columns=[f"O{number}" for number in range(200)])
    left = np.stack(list(surprises(world, {}).values()), axis=1)
    assert np.isnan(left[0]).all() and np.isfinite(left[1:]).all()
    before, now = left[1:-1], left[2:]
    memory = (before * now).sum(axis=0) / (before**2).sum(axis=0)
    assert abs(np.median(memory)) < 0.1
    raw = np.diff(walks, axis=0)
    agreement = [np.corrcoef(left[1:, column], raw[:, column])[0, 1] for column in range(200)]
    assert np.median(agreement) > 0.8


def test_a_gap_costs_its_month_and_the_next() -> None:
    world = pd.DataFrame({"O0": np.random.default_rng(3).standard_normal(48)}, index=MONTHS)
    world.iloc[10, 0] = np.nan
    assert list(np.flatnonzero(np.isnan(surprises(world, {})["O0"]))) == [0, 10, 11]


def test_a_series_that_never_moves_or_hardly_exists_has_no_surprise() -> None:
    line = 3.0 + np.arange(48) / 7
    few = np.where(np.arange(48) < 7, np.random.default_rng(3).standard_normal(48), np.nan)
    world = pd.DataFrame({"still": 0.97, "line": line, "few": few}, index=MONTHS)
    assert all(np.isnan(values).all() for values in surprises(world, {}).values())


def test_what_was_fitted_is_counted_once() -> None:
    step = MONTHS[20]
    assert fitted(MONTHS) == 5
    assert fitted(MONTHS, [step], [step]) == 6
    assert fitted(MONTHS, [step], [MONTHS[30]]) == 7
    assert fitted(MONTHS, [MONTHS[0]], [pd.Timestamp("2030-01-01")]) == 5
