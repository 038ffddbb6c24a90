"""Answers by month as columns: heights, missing months, the quota and the dashed change of method."""

import re
from datetime import date

from sqm.charts.trends.month_columns import Columns, month_columns

MONTHS = tuple(date(2026, number, 1) for number in range(1, 5))


def test_columns_stand_on_the_ground_in_proportion_and_a_missing_month_is_a_stroke() -> None:
    svg = month_columns(Columns(MONTHS, (100.0, None, 50.0, 200.0)), 400, 40)
    tall = [float(each) for each in re.findall(r'<rect[^>]*height="([\d.]+)"', svg)]
    assert len(tall) == 3 and tall[2] == 2 * tall[0] == 4 * tall[1]
    assert svg.count('stroke-width="2"') == 1
    assert "<text" not in svg  # a low one has no axes


def test_quota_breaks_and_years() -> None:
    svg = month_columns(Columns(MONTHS, (100.0, 90.0, 95.0, 100.0), 100.0, (MONTHS[2], date(2020, 1, 1))), 1120, 150)
    assert svg.count("stroke-dasharray") == 1  # a change outside the months is not drawn
    assert 'stroke-width="1.2"' in svg
    assert ">2026</text>" in svg and ">100</text>" in svg


def test_no_answers_at_all() -> None:
    svg = month_columns(Columns(MONTHS, (None,) * 4), 190, 40, dark=True)
    assert "<rect" not in svg and "nan" not in svg
