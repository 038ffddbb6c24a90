"""Volume: three lines from zero with their names and last numbers at the ends."""

import math
from datetime import date
from xml.etree import ElementTree

import pytest

from sqm.charts import plot
from sqm.charts.trends.volume_lines import VolumeMonth, VolumeWords, volume_plot

WORDS = VolumeWords("Total", "Counter <&>", "Self-service", "thousands", 1000.0)
MONTHS = tuple(VolumeMonth(date(2026, n, 1), 12000.0, 9000.0 - 100 * n, 3000.0 + 100 * n) for n in range(1, 10))


def test_lines_start_at_zero_and_end_with_their_names() -> None:
    drawn = volume_plot(MONTHS, WORDS)
    assert drawn is not None and drawn.axis[0] == 0.0
    assert [(each.text, each.value) for each in drawn.labels] == [
        ("Total 12", 12.0),
        ("Counter <&> 8.1", 8.1),
        ("Self-service 3.9", 3.9),
    ]
    assert drawn.readout[0] == "Total 12 · Counter <&> 8.9 · Self-service 3.1"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [plot.WIDE, plot.NARROW])
def test_it_is_drawn_escaped_in_both_widths(dark: bool, size: tuple[int, int]) -> None:
    drawn = volume_plot(MONTHS, WORDS, language="zh", dark=dark)
    assert drawn is not None
    root = ElementTree.fromstring(plot.draw(drawn, *size))  # noqa: S314 - our own text
    said = {each.text for each in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Counter <&> 8.1", "thousands"} <= said


def test_a_line_that_ends_early_keeps_its_last_number_and_a_lone_month_is_a_dot() -> None:
    rows = [VolumeMonth(MONTHS[0].month, 5.0, math.nan, math.nan), VolumeMonth(MONTHS[1].month, 6.0, 4.0, math.nan)]
    drawn = volume_plot(rows, VolumeWords("T", "C", "S"))
    assert drawn is not None
    assert [each.text for each in drawn.labels] == ["T 6", "C 4"]  # nothing said of self-service
    assert "nan" not in plot.draw(drawn, *plot.WIDE)
    assert len(drawn.layers) == 4  # three lines and the dot of the lone month


def test_no_numbers_no_plot() -> None:
    assert volume_plot([], WORDS) is None
    assert volume_plot([VolumeMonth(date(2026, 1, 1), math.nan, math.nan, math.nan)], WORDS) is None
