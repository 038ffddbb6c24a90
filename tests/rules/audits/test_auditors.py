"""Auditors against each other: worked by hand, held against scipy, and on simulated agencies."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sqm.rules.audits.auditors import CALLED_AT, Call, auditors


def visits(scores: dict[str, list[float]], groups: list[str] | None = None) -> pd.DataFrame:
    rows = [(code, score) for code, listed in scores.items() for score in listed]
    frame = pd.DataFrame(rows, columns=["auditor", "score"])
    return frame.assign(group=groups if groups is not None else "one")


def test_difference_and_spread_are_worked_out_by_hand() -> None:
    """A: 80, 90, 100 (mean 90, sd 10, median 90, distances 10, 0, 10); B: 60, 70 (mean 65, distances 5, 5)."""
    first, second = auditors(visits({"A": [80.0, 90.0, 100.0], "B": [60.0, 70.0]}))
    assert (first.code, first.n, first.mean, first.sd) == ("A", 3, 90.0, pytest.approx(10.0))
    assert first.difference == pytest.approx(25.0) and second.difference == pytest.approx(-25.0)
    assert first.distance == pytest.approx(20 / 3) and first.of_others == pytest.approx(5.0)
    assert first.calls == second.calls == (Call.FEW,)


def test_what_themes_differ_in_is_taken_out() -> None:
    """A only saw the hard theme and B the easy one, C both: nobody is harsher, whatever the raw means say."""
    frame = pd.DataFrame(
        {
            "auditor": ["A"] * 40 + ["B"] * 40 + ["C"] * 80,
            "group": ["hard"] * 40 + ["easy"] * 40 + ["hard"] * 40 + ["easy"] * 40,
            "score": [60.0, 70.0] * 20 + [90.0, 100.0] * 20 + [60.0, 70.0] * 20 + [90.0, 100.0] * 20,
        }
    )
    found = auditors(frame)
    assert [each.mean for each in found] == [65.0, 95.0, 80.0]
    assert [each.difference for each in found] == pytest.approx([0.0, 0.0, 0.0])
    assert all(each.calls == () for each in found)


def test_calls_are_those_of_welch_on_scores_and_on_distances_from_the_median() -> None:
    random = np.random.default_rng(5)
    scores = {code: list(random.normal(80, 8, 60)) for code in "ABCDEF"}
    scores["G"] = list(random.normal(80, 1.5, 60))
    scores["H"] = list(random.normal(74, 8, 60))
    found = {each.code: each for each in auditors(visits(scores))}
    assert Call.NARROWER in found["G"].calls and Call.HARSHER in found["H"].calls
    away = {code: np.abs(np.array(listed) - np.median(listed)) for code, listed in scores.items()}
    for code, each in found.items():
        others = np.concatenate([away[other] for other in scores if other != code])
        p = stats.ttest_ind(away[code], others, equal_var=False).pvalue
        called = {Call.NARROWER, Call.WIDER} & set(each.calls)
        assert bool(called) == bool(p < 1 - CALLED_AT)


def test_equal_auditors_are_seldom_called() -> None:
    """Nine auditors, two questions: at 99.8 % about 3.6 in 100 agencies have somebody called by chance."""
    random = np.random.default_rng(11)
    called = 0
    for _again in range(150):
        scores = {code: list(random.normal(80, 8, 40)) for code in "ABCDEFGHI"}
        called += any(each.calls for each in auditors(visits(scores)))
    assert called <= 15


def test_a_lone_auditor_has_nobody_to_be_compared_with() -> None:
    (only,) = auditors(visits({"A": [80.0] * 40}))
    assert only.difference is None and only.distance is None and only.calls == ()


def test_visits_without_a_code_or_a_score_are_left_out() -> None:
    assert auditors(visits({"": [80.0, 90.0], "A": [float("nan")]})) == ()
