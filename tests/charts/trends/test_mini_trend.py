"""Small trends: one scale, breaks at a change of method, gaps stay gaps, well-formed without any text from data."""

import math
from xml.etree import ElementTree

import pandas as pd
import pytest

from sqm.charts.trends.mini_trend import Panel, mini_trend, panel_of, shared_range
from sqm.rules.periods import add_months, month_of
from sqm.rules.surveys.trends import points

FIRST = month_of(pd.Timestamp("2025-01-15").date())
MONTHS = [add_months(FIRST, step) for step in range(6)]
NAN = float("nan")
LINE = (70.0, 72.0, NAN, 74.0, 73.0, 75.0)


def panel(own: tuple[float, ...] = LINE, targets: tuple[float, ...] = (70.0,) * 6) -> Panel:
    band = tuple(value - 2 for value in own), tuple(value + 2 for value in own)
    return Panel((own,), (band[0],), (band[1],), targets, ((60.0,) * 6,))


def drawn(each: Panel) -> ElementTree.Element:
    return ElementTree.fromstring(mini_trend(each, MONTHS, shared_range([each])))  # noqa: S314 - our own text


def paths(root: ElementTree.Element, colour: str) -> list[str]:
    found = root.iter("{http://www.w3.org/2000/svg}path")
    return [path.get("d", "") for path in found if path.get("stroke") == colour and path.get("fill") == "none"]


def test_a_gap_breaks_the_line() -> None:
    (own,) = paths(drawn(panel()), "#2F6FB0")
    assert own.count("M") == 2


def test_two_methods_are_two_lines() -> None:
    rows = [
        {
            "survey_code": "cati",
            "method_code": "m1" if place < 3 else "m2",
            "operator_code": "own",
            "month": month,
            "scale_min": 1.0,
            "scale_max": 10.0,
            "n": 100,
            "w": 100.0,
            "ww": 100.0,
            "wx": 800.0,
            "wxx": 6500.0,
            "ws": 80.0,
        }
        for place, month in enumerate(MONTHS)
    ]
    own = points(pd.DataFrame(rows), ["operator_code"])
    made = panel_of(MONTHS, own, own.iloc[:0], [NAN] * 6)
    assert len(made.own) == 2
    assert all(math.isnan(value) for value in made.own[0][3:])
    assert len(paths(drawn(made), "#2F6FB0")) == 2


def test_range_is_shared_and_stays_within_0_to_100() -> None:
    low, high, ticks = shared_range([panel(), panel((99.0,) * 6)])
    assert 0 <= low <= 60 and high == 100.0
    assert all(low <= tick <= 100 for tick in ticks)


@pytest.mark.parametrize("dark", [False, True])
def test_only_numbers_are_written(dark: bool) -> None:
    each = panel()
    root = ElementTree.fromstring(mini_trend(each, MONTHS, shared_range([each]), dark=dark))  # noqa: S314
    texts = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts and all(text.replace(".", "").isdigit() for text in texts)


def test_without_any_value_there_is_an_empty_frame() -> None:
    nothing = Panel(((NAN,) * 6,), ((NAN,) * 6,), ((NAN,) * 6,), (NAN,) * 6, ())
    assert paths(drawn(nothing), "#2F6FB0") == []
