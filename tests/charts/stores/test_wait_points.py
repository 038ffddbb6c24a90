"""Minutes waited against satisfied with waiting: places, the last month, the standard, months with a hole."""

import math
from datetime import date
from xml.etree import ElementTree

import pytest

from sqm.charts.stores.wait_points import TRAIL, WaitPoint, WaitWords, figure, wait_points

SVG = "{http://www.w3.org/2000/svg}"
WORDS = WaitWords("等候分钟", "等候满意率", "标准 10 分钟 <县>")
POINTS = tuple(
    WaitPoint(date(2026, number, 1), 6.0 + number, 0.9 - number / 50, 0.6, 0.8, is_soft=number == 3)
    for number in range(1, 10)
)


def root(points: tuple[WaitPoint, ...] = POINTS, narrow: bool = False, dark: bool = False) -> ElementTree.Element:
    svg = wait_points(points, WORDS, standard=10.0, language="zh", narrow=narrow, dark=dark)
    return ElementTree.fromstring(svg)  # noqa: S314 - our own text


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_longer_waits_lie_right_and_less_satisfied_months_lie_low(narrow: bool, dark: bool) -> None:
    dots = list(root(narrow=narrow, dark=dark).iter(f"{SVG}circle"))
    across, down = ([float(each.get(name, 0)) for each in dots] for name in ("cx", "cy"))
    assert len(dots) == 9 and across == sorted(across) and down == sorted(down)
    assert float(dots[-1].get("r", 0)) > float(dots[0].get("r", 0))


def test_the_last_month_and_the_standard_are_told() -> None:
    drawn = root(tuple(reversed(POINTS)))  # the order given does not matter
    said = [each.text for each in drawn.iter(f"{SVG}text")]
    assert {"2026年9月", "标准 10 分钟 <县>", "等候分钟", "等候满意率"} <= set(said)
    (rule,) = [each for each in drawn.iter(f"{SVG}path") if each.get("stroke-dasharray")]
    x = float((rule.get("d") or "M0")[1:].split()[0])
    fourth = list(drawn.iter(f"{SVG}circle"))[3]  # 10 minutes
    assert x == pytest.approx(float(fourth.get("cx", 0)), abs=0.1)


def test_the_trail_is_short_and_little_answered_months_are_hollow() -> None:
    drawn = root()
    (trail,) = [each for each in drawn.iter(f"{SVG}path") if each.get("opacity") == "0.7"]
    assert (trail.get("d") or "").count("L") == TRAIL - 1
    assert [each.get("fill") for each in drawn.iter(f"{SVG}circle")].count("#FFFFFF") == 1


def test_months_without_a_number_are_left_out_and_none_makes_no_figure() -> None:
    hole = WaitPoint(date(2026, 10, 1), math.nan, 0.8)
    assert len(list(root((*POINTS, hole)).iter(f"{SVG}circle"))) == 9
    assert figure([hole], WORDS, "alt") == ""


def test_one_month_without_a_standard_or_an_interval() -> None:
    html = figure([WaitPoint(date(2026, 9, 1), 8.0, 1.0)], WORDS, "alt")
    svg = wait_points([WaitPoint(date(2026, 9, 1), 8.0, 1.0)], WORDS)
    assert html.count("<img") == 2 and "nan" not in svg and "stroke-dasharray" not in svg
