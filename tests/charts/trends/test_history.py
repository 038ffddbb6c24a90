"""The history of one indicator."""

import math
from datetime import date
from xml.etree import ElementTree

import pandas as pd
import pytest

from sqm.charts.plot import NARROW, WIDE, Band, Dots, Plot, Step, Whiskers, draw, figure
from sqm.charts.theme import LIGHT
from sqm.charts.trends.history import Marks, Style, history
from tests.charts.examples import HISTORY_WORDS, MONTHS, history_rows

PERCENT = Style(scale=100)


def steps(plot: Plot, colour: str = LIGHT.target) -> list[Step]:
    found = [each for each in plot.layers if isinstance(each, Step) and each.colour == colour]
    return [each for each in found if any(math.isfinite(value) for value in each.values)]


def numbers(dots: Dots) -> list[int]:
    return [number for number, value in enumerate(dots.values) if math.isfinite(value)]


def with_limits(**signals: str) -> pd.DataFrame:
    rows = history_rows().assign(centre=0.81, lower=0.79, upper=0.83, signal="")
    for at, signal in signals.items():
        rows.loc[int(at[1:]), "signal"] = signal
    return rows


def test_every_status_has_its_own_shape_and_colour() -> None:
    marks = [each for each in history(history_rows(), HISTORY_WORDS, PERCENT).layers if isinstance(each, Dots)]
    shown = {(each.shape, each.stroke, each.fill) for each in marks if numbers(each)}
    assert ("triangle", LIGHT.near, LIGHT.near) in shown
    assert ("cross", LIGHT.missed, "none") in shown
    assert ("circle", LIGHT.met, LIGHT.met) in shown and ("circle", LIGHT.no_data, LIGHT.background) in shown


def test_the_target_keeps_its_step_over_a_missing_month() -> None:
    plot = history(history_rows().drop(index=[14, 15]), HISTORY_WORDS, PERCENT)
    (step,) = steps(plot)
    assert step.values == (80.0,) * 12 + (82.0,) * 12
    assert 14 not in plot.readout and 13 in plot.readout


def test_a_month_without_target_has_none() -> None:
    rows = history_rows()
    rows.loc[:3, "target_low"] = float("nan")
    (step,) = steps(history(rows, HISTORY_WORDS))
    assert sum(math.isnan(value) for value in step.values) == 4


def test_range_targets_are_two_lines_and_a_band() -> None:
    plot = history(history_rows().assign(target_high=0.9), HISTORY_WORDS)
    bands = [each for each in plot.layers if isinstance(each, Band) and math.isfinite(each.low[0] + each.high[0])]
    assert len(steps(plot)) == 2 and [each.stepped for each in bands] == [True]


def test_whiskers_only_where_there_is_an_interval() -> None:
    def drawn(rows: pd.DataFrame) -> int:
        return sum(
            math.isfinite(low)
            for each in history(rows, HISTORY_WORDS).layers
            if isinstance(each, Whiskers)
            for low in each.low
        )

    assert drawn(history_rows().assign(low=float("nan"), high=float("nan"))) == 0
    assert drawn(history_rows()) == 24


def test_limits_are_a_band_with_dashed_edges_and_widen_the_axis() -> None:
    plot = history(with_limits().assign(upper=0.95), HISTORY_WORDS, PERCENT)
    edges = [each for each in steps(plot, LIGHT.axis) if each.dash]
    assert sorted(each.values[0] for each in edges) == [79.0, 95.0]
    assert plot.axis[1] >= 95.0
    assert "自然" in plot.readout[0] and not any("自然" in text for text in _bare().readout.values())


def _bare() -> Plot:
    return history(history_rows(), HISTORY_WORDS, PERCENT)


def test_signals_have_a_ring_and_a_word() -> None:
    plot = history(with_limits(m3="concern", m5="improvement"), HISTORY_WORDS, PERCENT)
    rings = {each.stroke: numbers(each) for each in plot.layers if isinstance(each, Dots) and each.size == 6.6}
    assert rings[LIGHT.concern] == [3] and rings[LIGHT.own] == [5]
    assert "变差" in plot.readout[3] and "变差" not in plot.readout[4]


def test_what_people_said_of_months_is_marked() -> None:
    marks = Marks(((MONTHS[7], "网络割接"), (date(1999, 1, 1), "early")), (MONTHS[10],), (MONTHS[2],))
    plot = history(with_limits(), HISTORY_WORDS, PERCENT, marks)
    assert [(each.number, each.text) for each in plot.events] == [(7, "网络割接")]
    assert [each.number for each in plot.dividers] == [10]
    assert "网络割接" in plot.readout[7] and HISTORY_WORDS.excluded in plot.readout[2]
    diamonds = [each for each in plot.layers if isinstance(each, Dots) and each.shape == "diamond"]
    assert [numbers(each) for each in diamonds] == [[2]]


def test_a_rival_is_thin_and_named_at_its_end() -> None:
    plot = history(history_rows(), HISTORY_WORDS, PERCENT, rival=("银桨", {MONTHS[0]: 0.7, MONTHS[-1]: 0.75}))
    assert "银桨 75.0" in [each.text for each in plot.labels]
    assert plot.axis[0] <= 70


def test_counts_start_at_zero() -> None:
    rows = history_rows().assign(value=range(400, 424), low=float("nan"), high=float("nan"), target_low=410.0)
    plot = history(rows, HISTORY_WORDS, Style(0, from_zero=True))
    assert plot.axis[0] == 0 and plot.axis[1] >= 423 and plot.note == ""


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_it_is_well_formed_and_says_what_it_shows(dark: bool, size: tuple[int, int]) -> None:
    plot = history(with_limits(), HISTORY_WORDS, Style(scale=100, dark=dark, language="zh_CN"))
    root = ElementTree.fromstring(draw(plot, *size))  # noqa: S314 - our own text
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "目标 82" in texts
    assert "&lt;促销&gt;" in figure(plot, "指标走势 <促销>")


def test_no_value_at_all() -> None:
    rows = history_rows().assign(value=float("nan"), low=float("nan"), high=float("nan"), status="no_data")
    for each in (rows, rows.assign(target_low=float("nan"))):
        assert draw(history(each, HISTORY_WORDS), *WIDE).startswith("<svg")


def test_negative_values_keep_their_sign() -> None:
    rows = history_rows().assign(value=[place - 12.0 for place in range(24)], low=float("nan"), high=float("nan"))
    axis = history(rows, HISTORY_WORDS).axis
    assert axis[0] <= -12 and axis[1] >= 11
