"""The picture of a lead: the line that runs ahead is moved, gaps stay gaps, nothing but numbers is written."""

import math
from datetime import date
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from sqm.charts.theme import DARK, LIGHT, palette
from sqm.charts.trends.lead_pair import lead_pair
from sqm.rules.periods import add_months

MONTHS = [add_months(date(2025, 10, 1), step) for step in range(8)]
NAN = float("nan")
AHEAD = (0.0, 2.0, -1.0, 0.5, 1.0, -2.0, 1.5, 0.0)
FOLLOWS = (NAN, 0.3, 0.0, 2.0, -1.0, 0.5, 1.0, -2.0)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*pair: tuple[float, ...], lead: int = 2, is_opposite: bool = False, dark: bool = False) -> Element:
    svg = lead_pair(*pair, MONTHS, lead, is_opposite=is_opposite, dark=dark)
    return ElementTree.fromstring(svg)  # noqa: S314 - our own text


def line(root: Element, colour: str, width: str) -> list[list[tuple[float, float]]]:
    """Runs of points of the line with a colour and a width."""
    (data,) = (
        path.get("d", "")
        for path in root.iter(f"{SVG}path")
        if path.get("stroke") == colour and path.get("stroke-width") == width
    )
    return [[tuple(map(float, point.split())) for point in run.split("L")] for run in data.split("M")[1:]]


def test_the_line_that_runs_ahead_stands_where_it_is_felt() -> None:
    root = drawn(AHEAD, FOLLOWS)
    (moved,), (felt,) = line(root, LIGHT.axis, "1.6"), line(root, LIGHT.own, "2.2")
    assert len(moved) == 8 and len(felt) == 7
    by_place = dict(felt)
    same = [(x, y) for x, y in moved if x in by_place]
    assert len(same) == 6
    assert all(by_place[x] == pytest.approx(y, abs=0.11) for x, y in same[1:])
    assert max(x for x, _ in moved) > max(x for x, _ in felt)


def test_an_opposite_pair_is_turned_upside_down() -> None:
    turned = tuple(-value for value in AHEAD)
    assert line(drawn(turned, FOLLOWS, is_opposite=True), LIGHT.axis, "1.6") == line(
        drawn(AHEAD, FOLLOWS), LIGHT.axis, "1.6"
    )


def test_a_gap_breaks_the_line_and_a_lone_value_gets_a_dot() -> None:
    gap = (0.0, 1.0, NAN, 1.0, NAN, 1.0, 0.0, 1.0)
    root = drawn(AHEAD, gap)
    assert [len(run) for run in line(root, LIGHT.own, "2.2")] == [2, 3]
    dots = [path for path in root.iter(f"{SVG}path") if path.get("fill") == LIGHT.own]
    assert len(dots) == 1 and dots[0].get("d", "").count("M") == 1


def test_the_same_month_has_no_line_of_today() -> None:
    assert len([path for path in drawn(AHEAD, FOLLOWS).iter(f"{SVG}path") if path.get("stroke-dasharray")]) == 1
    assert not [path for path in drawn(AHEAD, FOLLOWS, lead=0).iter(f"{SVG}path") if path.get("stroke-dasharray")]


@pytest.mark.parametrize("dark", [False, True])
def test_only_numbers_are_written_in_the_colours_of_the_theme(dark: bool) -> None:
    root = drawn(AHEAD, FOLLOWS, dark=dark)
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert "2026" in texts and "0" in texts
    assert all(text.lstrip("+−").replace(".", "").isdigit() for text in texts)
    inks = {path.get("stroke") for path in root.iter(f"{SVG}path")}
    assert inks <= set(vars(DARK if dark else LIGHT).values()) | {"none", None}
    assert palette(dark).own in inks


def test_without_values_there_is_an_empty_frame() -> None:
    nothing = (NAN,) * 8
    root = drawn(nothing, nothing)
    assert not [path for path in root.iter(f"{SVG}path") if path.get("stroke-width") in ("1.6", "2.2")]
    assert not any(math.isnan(float(text.get("y", "0"))) for text in root.iter(f"{SVG}text"))
