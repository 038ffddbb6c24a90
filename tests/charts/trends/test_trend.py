"""What the satisfaction trend draws."""

import math
import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from sqm.charts.plot import NARROW, WIDE, Band, Dots, Line, Plot, Step, draw, figure
from sqm.charts.theme import LIGHT
from sqm.charts.trends.trend import TrendData, TrendWords, trend
from sqm.rules.surveys.trends import breaks
from tests.charts.examples import CHINESE, ENGLISH, MONTHS, own_points, targets, with_month


def full(words: TrendWords = ENGLISH, **other: Any) -> Plot:
    own = with_month(own_points(skip=(5, 6), method_from=14), 9, showing="grey")
    rivals = pd.concat([own_points(0.78).assign(name="Rival A"), own_points(0.77).assign(name="Rival B")])
    events = ((MONTHS[3], "Summer campaign"),)
    return trend(TrendData(own, rivals, targets(), breaks(own), events=events), words, **other)


def texts(plot: Plot, size: tuple[int, int] = WIDE) -> list[str]:
    root = ElementTree.fromstring(draw(plot, *size))  # noqa: S314 - our own text
    return [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]


def strong(plot: Plot) -> list[Line]:
    return [each for each in plot.layers if isinstance(each, Line) and each.width == 2.5]


def test_target_is_a_dark_step_rivals_thin_own_strong() -> None:
    plot = full()
    (step,) = [each for each in plot.layers if isinstance(each, Step)]
    assert step.colour == LIGHT.target and step.values == (80.0,) * 12 + (82.5,) * 12
    rivals = [each for each in plot.layers if isinstance(each, Line) and each.colour == LIGHT.rival]
    assert len(rivals) == 2 and rivals[0].width < 2.5 / 1.9
    assert {each.colour for each in strong(plot)} == {LIGHT.own}


def test_lines_break_at_gaps_methods_and_small_samples() -> None:
    first, second = strong(full())
    missing = [number for number in range(24) if math.isnan(first.values[number]) and math.isnan(second.values[number])]
    assert missing == [5, 6, 9]
    assert all(math.isnan(value) for value in first.values[14:]) and math.isfinite(second.values[14])


def test_marks_of_small_samples_are_hollow_and_grey() -> None:
    hollow = [each for each in full().layers if isinstance(each, Dots) and each.stroke == LIGHT.soft]
    assert [number for each in hollow for number, value in enumerate(each.values) if math.isfinite(value)] == [9]
    assert {each.fill for each in hollow} == {LIGHT.background}


def test_the_band_leaves_out_months_of_few_answers() -> None:
    bands = [each for each in full().layers if isinstance(each, Band)]
    assert len(bands) == 2 and all(math.isnan(each.low[9]) for each in bands)


def test_a_break_has_a_rule_and_a_word() -> None:
    plot = full()
    assert [each.number for each in plot.dividers] == [14]
    assert "Method changed" in texts(plot)
    assert trend(TrendData(own_points()), ENGLISH).dividers == ()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_labels_stand_at_the_ends_and_do_not_overlap(size: tuple[int, int]) -> None:
    plot = full()
    root = ElementTree.fromstring(draw(plot, *size))  # noqa: S314 - our own text
    words = {each.text for each in plot.labels}
    assert {text.rsplit(" ", 1)[0] for text in words} == {"Own", "Rival A", "Rival B", "Target"}
    found = [each for each in root.iter("{http://www.w3.org/2000/svg}text") if each.text in words]
    heights = sorted(float(each.get("y", "0")) for each in found)
    assert len(heights) == 4 and min(b - a for a, b in pairwise(heights)) > 13
    assert all(0 < float(each.get("x", "0")) < size[0] - 20 for each in found)


def test_an_axis_that_does_not_start_at_zero_says_so() -> None:
    assert any(text.startswith("Axis starts at 7") for text in texts(full()))
    low = with_month(own_points(0.02), 0, share=0.0)
    assert not any("Axis starts" in text for text in texts(trend(TrendData(low), ENGLISH)))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("words", "language"), [(ENGLISH, "en"), (CHINESE, "zh_CN")])
def test_months_are_written_in_the_language(words: TrendWords, language: str, dark: bool) -> None:
    plot = full(words, dark=dark, language=language)
    months = re.compile(r"\d{4}年\d{1,2}月" if language == "zh_CN" else r"[A-Z][a-z]{2} \d{4}")
    for size, least in ((WIDE, 5), (NARROW, 2)):
        assert sum(bool(months.fullmatch(text)) for text in texts(plot, size)) >= least
    assert "nan" not in draw(plot, *WIDE).lower()


def test_the_readout_tells_a_month_whole() -> None:
    told = full().readout
    assert (
        told[3]
        == "Jan 2025 · Own 80.0 (77.3 – 82.5) · n = 900 · Target 80 · Rival A 78.0 · Rival B 77.0 · Summer campaign"
    )
    assert "fewer than 30 answers" in told[9]
    assert 5 not in told


def test_the_figure_holds_both_sizes_and_escapes_what_it_is_told() -> None:
    plot = trend(TrendData(own_points()), TrendWords("<b>", "T", "m", "f", "a {start}"))
    html = figure(plot, '"quoted" <x>')
    assert html.count("<img") == 2 and html.count("<span>") == 48
    assert "<b>" not in html and "<x>" not in html and "&lt;b&gt;" in html
    assert "&lt;b&gt;" in draw(plot, *WIDE)


def test_nothing_known_yet_still_draws() -> None:
    own = own_points(n=3)
    assert own["share"].isna().all()
    plot = trend(TrendData(own), ENGLISH)
    assert plot.readout == {} and plot.labels == ()
    assert draw(plot, *WIDE).startswith("<svg")


def test_one_month_and_mean_scale() -> None:
    plot = trend(TrendData(own_points().head(1), measure="mean"), ENGLISH)
    (dots,) = [each for each in plot.layers if isinstance(each, Dots) and math.isfinite(each.values[0])]
    assert dots.values == (pytest.approx((8.0 - 1) / 9 * 100),)
    assert draw(plot, *NARROW).count("<path") > 1
