"""The bar of 100: widths by weight, what was lost hatched, what does not count beside it."""

import re
from xml.etree import ElementTree

import pytest

from sqm.charts.stores.part_bar import PartRow, PartWords, figure, part_bar

SVG = "{http://www.w3.org/2000/svg}"
WORDS = PartWords("{gained} / {weight}", "未采集", "不计分")
ROWS = (
    PartRow("专项 <1>", 50.0, 40.0, 10.0, note="促销 & 推荐"),
    PartRow("短信", 30.0, 29.5, 0.5),
    PartRow("排队", 20.0, 20.0, 0.0),
    PartRow("办理", 10.0, is_collected=False),
    PartRow("感知", None, is_scored=False, text="8.6"),
)


def root(narrow: bool = False, dark: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(part_bar(ROWS, WORDS, narrow=narrow, dark=dark))  # noqa: S314 - our own text


def texts(narrow: bool = False, dark: bool = False) -> list[str]:
    return [each.text or "" for each in root(narrow, dark).iter(f"{SVG}text")]


def widths(narrow: bool, fill: str) -> list[float]:
    rects = [each for each in root(narrow).iter(f"{SVG}rect") if each.get("fill") == fill]
    return [float(each.get("width", 0)) for each in rects]


@pytest.mark.parametrize("narrow", [False, True])
def test_widths_follow_the_points(narrow: bool) -> None:
    gained, lost = widths(narrow, "#2F6FB0"), widths(narrow, "url(#lost)")
    assert gained[0] / gained[2] == pytest.approx(2.0, abs=0.02)  # 40 against 20 points
    assert lost[0] / gained[0] == pytest.approx(0.25, abs=0.01)
    assert lost[2] == 0.0
    assert [a + b for a, b in zip(gained, lost, strict=True)] == pytest.approx(
        [share * (sum(gained) + sum(lost)) for share in (0.5, 0.3, 0.2)], abs=0.3
    )


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_every_part_is_named_with_its_points(narrow: bool, dark: bool) -> None:
    said = texts(narrow, dark)
    assert {"专项 <1>", "短信", "排队", "办理", "感知", "40 / 50", "29.5 / 30", "20 / 20", "促销 & 推荐"} <= set(said)
    assert {"−10", "−0.5"} <= set(said) and "−0" not in said
    assert any("未采集" in each for each in said) and any("不计分" in each for each in said)
    assert any("8.6" in each for each in said)


def test_what_does_not_count_is_outlined_beside_the_bar() -> None:
    rects = list(root().iter(f"{SVG}rect"))
    chips = [each for each in rects if each.get("rx")]
    assert [bool(each.get("stroke-dasharray")) for each in chips] == [True, False]  # not collected, not scored
    bar = max(float(each.get("x", 0)) + float(each.get("width", 0)) for each in rects if each.get("fill") == "#2F6FB0")
    assert all(float(each.get("x", 0)) > bar for each in chips)
    assert all(float(each.get("x", 0)) + float(each.get("width", 0)) <= 1120 for each in chips)


def test_nothing_scored_yet_still_says_what_is_missing() -> None:
    rows = [PartRow("办理", 10.0, is_collected=False), PartRow("感知", None, is_scored=False)]
    for narrow in (False, True):
        svg = part_bar(rows, WORDS, narrow=narrow)
        assert "未采集" in svg and "nan" not in svg
        assert not re.search(r'url\(#lost\)"', svg)


def test_a_part_that_lost_nearly_all_keeps_its_number_in_a_narrow_place() -> None:
    svg = part_bar([PartRow("排队", 10.0, 0.2, 9.8), PartRow("短信", 90.0, 90.0, 0.0)], WORDS, narrow=True)
    assert svg.count(">1</text>") == 2  # in the bar and in the list


def test_no_parts_no_figure() -> None:
    assert figure([], WORDS, "alt") == ""
    assert figure(ROWS, WORDS, 'a "b"').count('alt="a &quot;b&quot;"') == 2
