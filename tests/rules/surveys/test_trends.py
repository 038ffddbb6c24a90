"""Points, breaks and movements from monthly sums."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from sqm.rules.sampling import wilson
from sqm.rules.surveys.design_effect import linearised
from sqm.rules.surveys.trends import Word, breaks, movement, newest, points

JULY, AUGUST, SEPTEMBER = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)


def answers(month: date, scores: "np.ndarray | list[float]", **other: object) -> pd.DataFrame:
    frame = pd.DataFrame({"score": np.asarray(scores, dtype=float)})
    base = {"survey_code": "cati", "method_code": "v1", "store_code": "", "scale_min": 1.0, "scale_max": 10.0, "w": 1.0}
    for name, value in (base | other).items():
        frame[name] = value
    return frame.assign(month=month)


def sums(*frames: pd.DataFrame) -> pd.DataFrame:
    rows = pd.concat(frames)
    satisfied = (rows["score"] - rows["scale_min"]) / (rows["scale_max"] - rows["scale_min"]) >= 0.75
    rows = rows.assign(
        n=1,
        ww=rows["w"] ** 2,
        wx=rows["w"] * rows["score"],
        wxx=rows["w"] * rows["score"] ** 2,
        ws=rows["w"] * satisfied,
    )
    keys = ["survey_code", "method_code", "store_code", "month", "scale_min", "scale_max"]
    return rows.groupby(keys, as_index=False)[["n", "w", "ww", "wx", "wxx", "ws"]].sum()


def scores(seed: int, n: int, mean: float = 8.0) -> np.ndarray:
    return np.clip(np.round(np.random.default_rng(seed).normal(mean, 1.6, n)), 1, 10)


def test_a_point_is_what_the_answers_say() -> None:
    got = points(sums(answers(JULY, scores(1, 400)))).iloc[0]
    satisfied = int((scores(1, 400) >= 8).sum())
    expected = wilson(satisfied, 400)
    assert expected is not None
    assert (got["low"], got["share"], got["high"]) == pytest.approx((expected.low, satisfied / 400, expected.high))
    single = linearised((scores(1, 400) - 1) / 9 * 100, np.ones(400))
    assert single.interval is not None
    assert (got["mean_low"], got["mean"]) == pytest.approx((single.interval.low, single.mean))
    assert (got["n"], got["n_eff"], got["deff"], got["showing"]) == (400, 400, 1, "shown")


def test_weights_widen_the_interval() -> None:
    weights = np.random.default_rng(2).uniform(0.2, 3.0, 400)
    plain, weighted = (points(sums(answers(JULY, scores(1, 400), w=w))).iloc[0] for w in (1.0, weights))
    assert weighted["n_eff"] == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
    assert weighted["high"] - weighted["low"] > plain["high"] - plain["low"]


def test_scales_are_brought_together() -> None:
    five = answers(JULY, [1, 4, 5, 5] * 20, scale_max=5.0)
    ten = answers(JULY, [1, 7.75, 10, 10] * 20)
    one, other = points(sums(five)).iloc[0], points(sums(ten)).iloc[0]
    assert one["mean"] == pytest.approx(other["mean"])
    both = points(sums(five, ten))
    assert len(both) == 1 and both["n"].iloc[0] == 160 and both["mean"].iloc[0] == pytest.approx(one["mean"])
    assert both["share"].iloc[0] == pytest.approx(0.75)


def test_stores_as_clusters() -> None:
    random = np.random.default_rng(5)
    frames = [answers(JULY, scores(i, 40, 8 + random.normal(0, 1.5)), store_code=f"s{i}") for i in range(30)]
    plain, clustered = points(sums(*frames)).iloc[0], points(sums(*frames), cluster="store_code").iloc[0]
    rows = pd.concat(frames)
    single = linearised(rows["score"] >= 8, rows["w"], clusters=list(rows["store_code"]))
    assert clustered["n_eff"] == pytest.approx(single.n_eff)
    assert clustered["n_eff"] < 0.7 * plain["n_eff"] and clustered["share"] == pytest.approx(plain["share"])
    assert clustered["mean_high"] - clustered["mean_low"] > plain["mean_high"] - plain["mean_low"]


def test_minimum_n() -> None:
    got = points(sums(answers(JULY, [9.0] * 4), answers(AUGUST, [9.0] * 20), answers(SEPTEMBER, scores(1, 300))))
    assert list(got["showing"]) == ["hidden", "grey", "shown"]
    assert got["share"].isna().tolist() == [True, False, False]
    assert got["n"].tolist() == [4, 20, 300]


def test_by_keeps_segments_apart_and_adds_up_the_rest() -> None:
    frames = [answers(JULY, scores(i, 100), store_code=store) for i, store in enumerate("ab")]
    assert points(sums(*frames))["n"].tolist() == [200]
    assert points(sums(*frames), by=["store_code"])["n"].tolist() == [100, 100]


def test_methods_are_never_joined() -> None:
    series = points(
        sums(
            answers(JULY, scores(1, 300)),
            answers(AUGUST, scores(2, 300), method_code="v2"),
            answers(SEPTEMBER, scores(3, 300), method_code="v2"),
        )
    )
    assert list(series["method_code"]) == ["v1", "v2", "v2"]
    found = breaks(series)
    assert found.to_dict("records") == [
        {"survey_code": "cati", "month": pd.Timestamp(AUGUST), "from_method": "v1", "to_method": "v2"}
    ]
    assert movement(series, JULY, SEPTEMBER).word is Word.NOT_COMPARABLE
    assert movement(series, AUGUST, SEPTEMBER).word is Word.NOT_DISTINGUISHABLE
    assert breaks(series[series["method_code"] == "v1"]).empty


def test_the_later_method_speaks_for_a_month() -> None:
    held = [{"share": 0.7, "method_code": "v2"}, {"share": 0.8, "method_code": "v1"}]
    assert newest(held) == held[0]
    assert newest(held, method="v1") == held[1]
    assert newest([{"share": math.nan, "method_code": "v3"}, *held]) == held[0]
    assert newest([]) is None


def test_movement_words() -> None:
    series = points(sums(answers(JULY, scores(1, 2000, 7.0)), answers(AUGUST, scores(2, 2000, 8.0))))
    up, down = movement(series, JULY, AUGUST), movement(series, AUGUST, JULY)
    assert (up.word, down.word) == (Word.UP, Word.DOWN)
    assert up.difference is not None and down.difference == pytest.approx(-up.difference)
    assert up.low is not None and up.low > 0
    assert movement(series, JULY, SEPTEMBER).word is Word.NO_DATA


def test_movement_wants_one_series() -> None:
    frames = [
        answers(m, scores(i, 100), store_code=s)
        for i, (m, s) in enumerate((m, s) for m in (JULY, AUGUST) for s in "ab")
    ]
    with pytest.raises(ValueError, match="one series"):
        movement(points(sums(*frames), by=["store_code"]), JULY, AUGUST)


def test_nothing_answered() -> None:
    empty = points(sums(answers(JULY, [8.0])).iloc[:0])
    assert empty.empty and {"share", "low", "showing"} <= set(empty.columns)
    assert breaks(empty).empty
