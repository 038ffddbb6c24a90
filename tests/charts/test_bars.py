"""Bars begin at zero and are as long as their value; the interval lies where it should; names are escaped."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from sqm.charts.bars import SLIM, WIDE, Bar, bars
from sqm.charts.theme import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"
ROWS = (Bar("Waiting <b>", 40.0, 30.0, 52.0, "40.0 %"), Bar("Staff", 10.0, 5.0, 16.0, "10.0 %", is_soft=True))


def drawn(width: int, dark: bool = False) -> Element:
    return ElementTree.fromstring(bars(ROWS, width, dark=dark))  # noqa: S314 - our own text


@pytest.mark.parametrize("width", [WIDE, SLIM])
def test_lengths_are_as_the_values(width: int) -> None:
    first, second = drawn(width).iter(f"{SVG}rect")
    assert float(first.get("width", 0)) == pytest.approx(4 * float(second.get("width", 0)), abs=0.3)
    assert first.get("x") == second.get("x")
    assert first.get("opacity") is None and second.get("opacity") == "0.4"


@pytest.mark.parametrize("width", [WIDE, SLIM])
def test_the_interval_is_drawn_to_scale_and_inside(width: int) -> None:
    root = drawn(width)
    bar = next(root.iter(f"{SVG}rect"))
    scale = float(bar.get("width", 0)) / 40.0
    line = next(path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("stroke") == LIGHT.text)
    low, high = (float(each) for each in (line[1:].split(" ")[0], line.split("H")[1].split("M")[0]))
    assert low - float(bar.get("x", 0)) == pytest.approx(30 * scale, abs=0.2)
    assert high - float(bar.get("x", 0)) == pytest.approx(52 * scale, abs=0.2)
    assert all(float(text.get("x", 0)) < width for text in root.iter(f"{SVG}text"))


def test_names_and_theme() -> None:
    texts = [text.text for text in drawn(WIDE, dark=True).iter(f"{SVG}text")]
    assert {"Waiting <b>", "Staff", "40.0 %"} <= set(texts)
    assert DARK.own in bars(ROWS, WIDE, dark=True) and LIGHT.own not in bars(ROWS, WIDE, dark=True)
