"""The map as a picture: every store with its mark, names as text, a legend with numbers; nothing for nothing."""

import base64
import json
import re
from xml.etree import ElementTree

import pytest

from sqm.charts.stores import standings
from sqm.charts.stores.geography import Area, Pin, StoreMap
from sqm.charts.stores.store_map import figure, legend, pin_size, store_map

SVG = "{http://www.w3.org/2000/svg}"
OUTLINE = json.dumps({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]})
WORDS = (("met", "达标"), ("near", "接近"), ("missed", "未达标"), ("no_data", "无数据"))
PINS = (
    Pin("S1", "Riverside & <b>Co</b>", 0.2, 0.2, "met", is_own=True),
    Pin("S2", "Two", 0.8, 0.2, "missed"),
    Pin("S3", "Three", 0.5, 0.8, "near"),
    Pin("S4", "Four", 0.4, 0.7, "met"),
    Pin("S5", "Five", 0.3, 0.9, "a word of tomorrow"),
)
MAP = StoreMap((Area("澜心区", OUTLINE), Area("No outline")), PINS, WORDS)


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own text


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_areas_stores_and_legend_are_told(narrow: bool, dark: bool) -> None:
    found = texts(store_map(MAP, narrow=narrow, dark=dark))
    assert "澜心区" in found and "No outline" not in found
    assert "Riverside & <b>Co</b>" in found  # the own store is named, escaped
    assert {"达标 2", "接近 1", "未达标 1"} <= set(found)
    assert not any(word.startswith("无数据") for word in found)  # no store stands so


def test_each_standing_has_a_shape_of_its_own_besides_the_colour() -> None:
    shapes = {(look.form, look.inner, look.is_hollow) for look in standings.LOOKS.values()}
    assert len(shapes) == len(standings.LOOKS) - 1  # alike and no target are the same ring, and never on one map
    assert len({look.sign for look in standings.LOOKS.values()}) == len(standings.LOOKS)


def test_north_is_up_and_east_is_right() -> None:
    svg = store_map(StoreMap((), (Pin("a", "a", 0.0, 0.0, "near"), Pin("b", "b", 1.0, 1.0, "near"))))
    (path,) = re.findall(r'<path d="([^"]*)"', svg)
    (ax, ay), (bx, by) = ((float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)m", path))
    assert bx > ax and by < ay


def test_figure_holds_both_widths_and_says_the_alt_text_safely() -> None:
    html = figure(MAP, 'Stores "met" <b>')
    assert html.count("<img") == 2 and "sqm-if-wide" in html and "sqm-if-narrow" in html
    assert 'alt="Stores &quot;met&quot; &lt;b&gt;"' in html
    widths = [
        ElementTree.fromstring(base64.b64decode(each)).get("viewBox", "").split()[2]  # noqa: S314
        for each in re.findall(r"base64,([^\"]+)", html)
    ]
    assert widths == ["820", "370"]


def test_thousands_of_stores_stay_light() -> None:
    many = tuple(
        Pin(str(each), f"store {each}", -122 + each % 83 / 100, 45 + each / 9000, ("above", "alike", "below")[each % 3])
        for each in range(3946)
    )
    html = figure(StoreMap((), many, (("above", "above"), ("alike", "alike"), ("below", "below"))), "alt")
    assert len(html) < 250_000
    assert pin_size(3946) < pin_size(100)


def test_nothing_is_no_figure() -> None:
    nothing = StoreMap((Area("Clackamas"),), (Pin("a", "a", None, None),), WORDS)
    assert figure(nothing, "alt") == "" and legend(nothing, "alt") == ""


def test_the_legend_alone() -> None:
    assert legend(MAP, "alt").count("<img") == 2
