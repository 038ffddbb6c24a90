"""The funnel: every call in a shape and a word, limits with words at their ends, names escaped, thousands light."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from sqm.charts.stores.funnel_plot import FunnelView, FunnelWords, figure, funnel_plot
from sqm.rules.stores.funnel import Call, Funnel, funnel

SVG = "{http://www.w3.org/2000/svg}"
WORDS = FunnelWords(
    "答复数",
    "满意率",
    "全部 80%",
    "95%",
    "99.8%",
    {
        Call.ALARM_LOW: ("远低", "missed"),
        Call.ALERT_LOW: ("偏低", "near"),
        Call.IN: ("正常", "own"),
        Call.ALERT_HIGH: ("偏高", "met"),
        Call.ALARM_HIGH: ("远高", "met"),
    },
)


def found(counts: list[float], sizes: list[float], theta: float | None = None) -> Funnel:
    made = funnel(counts, sizes, theta)
    assert made is not None
    return made


FEW = found([80, 40, 79, 30, 0], [100, 100, 100, 30, 0], 0.8)  # four stores are too few for over-dispersion


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own text


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_limits_and_calls_are_told_in_words(narrow: bool, dark: bool) -> None:
    said = texts(funnel_plot(FunnelView(FEW, WORDS), narrow=narrow, dark=dark))
    assert said.count("95%") >= 2 and said.count("99.8%") == 2 and "全部 80%" in said
    calls = [point.call for point in FEW.points]
    for call, (word, _role) in WORDS.calls.items():
        assert (f"{word} {calls.count(call)}" in said) == (call in calls)
    assert Call.ALARM_LOW in calls and "答复数" in said


def test_a_named_store_is_ringed_and_its_name_is_text() -> None:
    svg = funnel_plot(FunnelView(FEW, WORDS, {1: "Store <1> & Co", 4: "nobody answered", 77: "unknown"}))
    assert "Store <1> & Co" in texts(svg) and svg.count("<circle") == 1
    assert "nobody answered" not in texts(svg)


def test_a_low_alarm_points_down_and_is_full() -> None:
    svg = funnel_plot(FunnelView(FEW, WORDS))
    (low,) = [each for each in re.findall(r"<path[^>]*>", svg) if each.count("m0 5.5l4.8 -9h-9.6z") == 1][:1]
    ink = re.search(r'stroke="(#\w+)"', low)
    assert ink and f'fill="{ink[1]}"' in low


def test_few_sizes_have_a_plain_axis_and_many_a_log_axis() -> None:
    plain = texts(funnel_plot(FunnelView(FEW, WORDS)))
    assert "0" in plain and "100" in plain
    spread = found([3.0, 30.0, 300.0, 2400.0], [4.0, 40.0, 400.0, 3000.0])
    assert {"10", "100", "1,000"} <= set(texts(funnel_plot(FunnelView(spread, WORDS), narrow=True)))


@pytest.mark.parametrize(
    ("counts", "sizes"), [([1.0], [1.0]), ([0.0, 0.0], [5.0, 5.0]), ([0.4, 2.0], [0.5, 2.0]), ([9.0] * 8, [9.0] * 8)]
)
def test_one_store_equal_stores_and_parts_of_an_answer_are_drawn(counts: list[float], sizes: list[float]) -> None:
    svg = funnel_plot(FunnelView(found(counts, sizes), WORDS))
    assert "nan" not in svg and "inf" not in svg
    ElementTree.fromstring(svg)  # noqa: S314 - our own text


def test_every_point_lies_within_the_plot() -> None:
    svg = funnel_plot(FunnelView(FEW, WORDS, {number: str(number) for number in range(4)}))
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own text
    places = [(float(each.get("cx", 0)), float(each.get("cy", 0))) for each in root.iter(f"{SVG}circle")]
    assert len(places) == 4 and all(40 <= x <= 860 and 0 <= y <= 400 for x, y in places)


def test_four_thousand_stores_stay_light() -> None:
    random = np.random.default_rng(1)
    sizes = random.integers(3, 120, 4000)
    counts = random.binomial(sizes, 0.8)
    html = figure(FunnelView(found(counts.tolist(), sizes.tolist()), WORDS), "alt <text>")
    assert len(html) < 150_000 and "alt &lt;text&gt;" in html


def test_no_answers_no_picture() -> None:
    nobody = Funnel(0.8, tuple(point for point in FEW.points if point.share is None), None)
    assert figure(FunnelView(nobody, WORDS), "alt") == ""
