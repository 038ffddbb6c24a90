"""A gap in a line: where the dots stand, and what is left out."""

import re

import pytest

from sqm.charts.gap_bar import WIDTH, gap_bar
from sqm.charts.theme import palette

SCALE = (1.0, 7.0)


def _dots(svg: str) -> list[float]:
    return [float(found) for found in re.findall(r'<circle cx="([\d.]+)"', svg)]


def test_the_ends_and_the_middle_of_the_scale() -> None:
    assert _dots(gap_bar(7.0, 1.0, SCALE)) == [WIDTH - 7.0, 7.0]
    assert _dots(gap_bar(4.0, 9.0, SCALE)) == [WIDTH / 2, WIDTH - 7.0], "nothing leaves the picture"


@pytest.mark.parametrize(("perceived", "role"), [(3.0, "concern"), (6.0, "met")])
@pytest.mark.parametrize("dark", [False, True])
def test_the_way_between_has_the_colour_of_its_direction(perceived: float, role: str, dark: bool) -> None:
    svg = gap_bar(5.0, perceived, SCALE, (perceived - 0.2, perceived + 0.2), dark=dark)
    assert f'stroke="{getattr(palette(dark), role)}" stroke-width="4"' in svg


def test_without_a_side_there_is_one_dot_and_no_way() -> None:
    svg = gap_bar(None, 4.0, SCALE)
    assert len(_dots(svg)) == 1
    assert 'stroke-width="4"' not in svg
