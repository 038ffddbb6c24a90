"""Lines in the height of a text line."""

import re
from datetime import date
from xml.etree import ElementTree

import pandas as pd
import pytest

from sqm.charts.theme import DARK, LIGHT
from sqm.charts.trends.sparkline import recent_values, sparkline

SVG = "{http://www.w3.org/2000/svg}"


def _paths(svg: str) -> list[str]:
    return [path.attrib["d"] for path in ElementTree.fromstring(svg).iter(f"{SVG}path")]  # noqa: S314


def test_line_target_and_last_point() -> None:
    svg = sparkline([1.0, 2.0, 3.0], [2.0, 2.0, 2.5], "missed")
    steps, line = _paths(svg)
    assert steps.count("L") == 5 and line.count("L") == 2
    assert svg.count("<circle") == 1 and LIGHT.missed in svg
    assert DARK.missed in sparkline([1.0, 2.0], (), "missed", dark=True)


def test_a_gap_breaks_the_line_and_a_lone_value_is_a_dot() -> None:
    svg = sparkline([1.0, 2.0, None, 3.0, None, 2.0, 2.5])
    assert _paths(svg)[0].count("M") == 2
    assert svg.count("<circle") == 2


@pytest.mark.parametrize("values", [[], [None, None], [float("nan")]])
def test_nothing_to_draw_is_an_empty_picture_of_the_same_size(values: list[float | None]) -> None:
    svg = sparkline(values, [1.0], "met", width=80, height=20)
    assert 'width="80" height="20"' in svg and "<path" not in svg and "<circle" not in svg


def test_everything_stays_inside() -> None:
    for values in ([1e9, -1e9, 5.0], [3.0] * 24, [0.001, 0.0011], [7.0]):
        svg = sparkline(values, [2.0] * len(values), width=96, height=24)
        for x, y in re.findall(r"([\d.-]+) ([\d.-]+)", " ".join(_paths(svg)).replace("M", " ").replace("L", " ")):
            assert 0 <= float(x) <= 96 and 0 <= float(y) <= 24


def test_lists_for_a_table_column() -> None:
    months = [date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)]
    history = pd.DataFrame(
        {
            "indicator_code": ["a", "a", "b", "b"],
            "month": [date(2026, 7, 1), date(2026, 9, 1), date(2026, 6, 1), date(2026, 8, 1)],
            "value": [1.0, 3.0, 9.0, 2.0],
        }
    )
    assert recent_values(history, months) == {"a": [1.0, None, 3.0], "b": [None, 2.0, None]}
