"""The chart of a store's audits."""

import re
from datetime import date

import pytest

from sqm.charts.plot import NARROW, WIDE, draw
from sqm.charts.trends.store_trend import Audits, TrendWords, store_trend

WORDS = TrendWords("Score", "Centre", "Natural range", "From {start}.", {"improvement": "better than chance"})
MONTHS = [date(2026, 1, 1), date(2026, 4, 1), date(2026, 5, 1)]
VALUES = dict(zip(MONTHS, (70.0, 76.0, 90.0), strict=True))


def test_every_audit_has_a_dot_and_a_readout_and_months_without_one_have_none() -> None:
    plot = store_trend(Audits(VALUES, (60.0, 78.0, 96.0), {MONTHS[2]: "improvement"}), WORDS)
    assert len(plot.months) == 5 and set(plot.readout) == {0, 3, 4}
    assert plot.readout[4] == "May 2026 · Score 90.0 · Natural range 60.0 – 96.0 · better than chance"
    assert plot.readout[0] == "Jan 2026 · Score 70.0 · Natural range 60.0 – 96.0"
    assert [each.text for each in plot.labels] == ["Score 90.0", "Centre 78.0"]


def test_the_line_runs_straight_over_a_month_without_an_audit() -> None:
    plot = store_trend(Audits(VALUES), WORDS)
    line = next(layer.values for layer in plot.layers if hasattr(layer, "opacity") and hasattr(layer, "values"))
    assert line == pytest.approx((70.0, 72.0, 74.0, 76.0, 90.0))


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_limits_beyond_what_a_score_can_be_are_cut(size: tuple[int, int]) -> None:
    plot = store_trend(Audits({MONTHS[0]: 97.0, MONTHS[1]: 99.0}, (92.0, 98.0, 104.0)), WORDS)
    assert plot.axis[1] == 100.0 and max(plot.axis[2]) <= 100.0
    numbers = [float(each) for each in re.findall(r"M[\d.]+ (-?[\d.]+)", draw(plot, *size))]
    assert min(numbers) >= 0 and max(numbers) <= size[1]


def test_one_audit_is_a_dot() -> None:
    plot = store_trend(Audits({MONTHS[0]: 55.0}), WORDS)
    assert plot.axis[0] <= 55.0 <= plot.axis[1] and 'fill="' in draw(plot, *WIDE)
