"""What the text for a chart is made of."""

from datetime import date

import pandas as pd

from sqm.charts.facts import history_facts, line_facts
from tests.charts.examples import MONTHS, history_rows, own_points, targets


def test_ends_extremes_and_target() -> None:
    facts = line_facts(own_points(0.8, skip=(4,)), "share", targets())
    assert facts is not None
    assert (facts.first_month, facts.last_month) == (date(2024, 10, 1), date(2026, 9, 1))
    assert (round(facts.lowest, 2), round(facts.highest, 2)) == (0.80, 0.82)
    assert (facts.months, facts.missing, facts.target) == (23, 1, 82.5)


def test_target_of_the_last_month_with_a_value() -> None:
    points = own_points().head(6)
    facts = line_facts(points, "share", targets())
    assert facts is not None and facts.target == 80.0
    bare = line_facts(points, "share")
    assert bare is not None and bare.target is None


def test_nothing_to_tell() -> None:
    assert line_facts(own_points(n=3)) is None
    assert history_facts(history_rows().assign(value=float("nan"))) is None


def test_months_missed_in_a_row() -> None:
    rows = history_rows()
    rows["status"] = ["met"] * 20 + ["missed", "met", "missed", "missed"]
    facts = history_facts(rows.sample(frac=1, random_state=1))
    assert facts is not None
    assert (facts.missed_in_a_row, facts.status) == (2, "missed")
    assert facts.counts == {"met": 21, "missed": 3}
    assert facts.line.last_month == MONTHS[-1] and facts.line.target == 0.82
    lower = history_facts(rows.assign(target_high=0.9, target_low=float("nan")))
    assert lower is not None and lower.line.target == 0.9
    assert isinstance(facts.line.first_month, date) and not isinstance(facts.line.first_month, pd.Timestamp)
