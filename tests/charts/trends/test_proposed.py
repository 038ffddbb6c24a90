"""A proposed target beside the history that it is held against."""

import math
from datetime import date

import pytest

from sqm.charts.plot import Plot, Step, draw
from sqm.charts.theme import DARK, LIGHT
from sqm.charts.trends.history import Style
from sqm.charts.trends.proposed import AHEAD, Bounds, proposed
from sqm.rules.periods import add_months
from tests.charts.examples import HISTORY_WORDS, MONTHS, history_rows

PERCENT = Style(scale=100)
NEXT = add_months(MONTHS[-1], 3)


def drawn(*steps: Bounds, style: Style = PERCENT) -> Plot:
    return proposed(history_rows(), steps, "拟定", HISTORY_WORDS, style)


def lines(plot: Plot, colour: str = LIGHT.own) -> list[Step]:
    """The faint line of the past, then the dashed one of the months ahead, for each bound."""
    return [each for each in plot.layers if isinstance(each, Step) and each.colour == colour and each.dash]


def at(plot: Plot, step: Step, month: date) -> float:
    return step.values[plot.months.index(month)]


def test_months_ahead_follow_without_values() -> None:
    plot = drawn(Bounds(NEXT, 0.9, None))
    assert plot.months[: len(MONTHS)] == MONTHS
    assert plot.months[-1] == add_months(NEXT, AHEAD)
    assert not any(number >= len(MONTHS) for number in plot.readout)


def test_a_step_begins_in_its_month_and_the_past_is_held_against_the_last() -> None:
    later = add_months(NEXT, 2)
    plot = drawn(Bounds(NEXT, 0.9, None), Bounds(later, 0.95, None))
    past, ahead = lines(plot)
    assert at(plot, past, MONTHS[0]) == pytest.approx(95.0) and math.isnan(at(plot, past, NEXT))
    assert math.isnan(at(plot, ahead, add_months(NEXT, -1)))
    assert at(plot, ahead, NEXT) == at(plot, ahead, add_months(NEXT, 1)) == pytest.approx(90.0)
    assert at(plot, ahead, later) == at(plot, ahead, plot.months[-1]) == pytest.approx(95.0)
    assert [each.text for each in plot.labels if each.text.startswith("拟定")] == ["拟定 95"]


def test_the_target_in_force_goes_on() -> None:
    plot = drawn(Bounds(NEXT, 0.9, None))
    (target,) = (
        each
        for each in plot.layers
        if isinstance(each, Step) and each.colour == LIGHT.target and any(map(math.isfinite, each.values))
    )
    assert target.values[-1] == target.values[len(MONTHS) - 1]


def test_a_band_has_two_lines_and_the_axis_holds_both() -> None:
    plot = drawn(Bounds(NEXT, 0.2, 0.99))
    assert len(lines(plot)) == 4
    assert plot.axis[0] <= 20 and plot.axis[1] >= 99


def test_the_axis_says_where_it_starts_or_starts_at_nothing() -> None:
    high = drawn(Bounds(NEXT, 0.9, None))
    assert high.note == f"纵轴自 {high.axis[0]:g} 起"
    low = drawn(Bounds(NEXT, 0.0, None))
    assert low.axis[0] == 0 and not low.note


def test_a_target_that_starts_at_once_and_the_dark_theme() -> None:
    now = Bounds(add_months(MONTHS[-1], 1), 0.9, None)
    plot = drawn(now, style=Style(scale=100, dark=True))
    assert lines(plot, DARK.own) and draw(plot, 380, 270).startswith("<svg")
