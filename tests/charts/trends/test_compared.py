"""Ours against others over months, and bars of months: what is drawn, and what is not drawn across."""

import math
import re
from datetime import date

from sqm.charts.plot import draw
from sqm.charts.theme import LIGHT
from sqm.charts.trends.compared import Comparison, Run, compared
from sqm.charts.trends.month_bars import MonthBars, month_bars
from sqm.rules.periods import month_range

MONTHS = month_range(date(2026, 1, 1), date(2026, 6, 1))
NAN = math.nan
FIRST, LAST = (1.0, 2.0, 3.0, NAN, NAN, NAN), (NAN, NAN, NAN, -1.0, -2.0, -3.0)


def comparison(parity: str = "level") -> Comparison:
    return Comparison(
        months=MONTHS,
        own=Run("Lead", (FIRST, LAST)),
        low=(tuple(each - 1 for each in FIRST), tuple(each - 1 for each in LAST)),
        high=(tuple(each + 1 for each in FIRST), tuple(each + 1 for each in LAST)),
        others=(Run("Rival <A>", ((5.0,) * 6,)),),
        dividers=((MONTHS[3], "method changed"),),
        readout={0: "Jan"},
        axis_from="from {start}",
        parity=parity,
    )


def test_a_line_ends_where_the_method_does() -> None:
    svg = draw(compared(comparison()), 1120, 300)
    lines = re.findall(rf'<path d="(M[^"]*)" fill="none" stroke="{LIGHT.own}" stroke-width="2.5"', svg)
    assert len(lines) == 2 and all(line.count("L") == 2 for line in lines)
    assert "method changed" in svg and "Rival &lt;A&gt; 5.0" in svg and "Lead −3.0" in svg


def test_a_lead_shows_its_zero_and_an_index_says_where_its_axis_starts() -> None:
    assert "level" in draw(compared(comparison()), 1120, 300)
    high = Comparison(MONTHS, Run("Own", ((60.0,) * 6,)), ((59.0,) * 6,), ((61.0,) * 6,), axis_from="from {start}")
    plot = compared(high)
    assert plot.axis[0] > 0 and plot.note == f"from {plot.axis[0]:g}"
    assert "level" not in draw(compared(comparison(parity="")), 1120, 300)


def test_a_lone_month_gets_a_dot() -> None:
    lone = Comparison(MONTHS, Run("Own", ((NAN, 5.0, NAN, NAN, 4.0, 4.5),)), ((NAN,) * 6,), ((NAN,) * 6,))
    dots = re.findall(rf'<path d="([^"]*)" fill="{LIGHT.own}" stroke="{LIGHT.own}"', draw(compared(lone), 1120, 300))
    assert len(dots) == 1 and dots[0].count("M") == 2


def test_bars_stand_on_zero_and_marked_months_carry_their_number() -> None:
    values = (60.0, 61.0, NAN, 63.0, 64.0, 65.0)
    drawn = MonthBars(MONTHS, values, values, values, {1: "1", 4: "2,3"}, {0: "Jan"}, ((MONTHS[3], "method changed"),))
    plot = month_bars(drawn)
    assert plot.axis[:2] == (0.0, 100.0)
    svg = draw(plot, 1120, 300)
    ordinary, marked = (
        re.findall(rf'<path d="([^"]*)" fill="{colour}" opacity', svg)[0] for colour in (LIGHT.rival, LIGHT.own)
    )
    assert (ordinary.count("z"), marked.count("z")) == (3, 2)
    bottom = re.findall(r"M[\d.]+ ([\d.]+)V", ordinary + marked)
    assert len(set(bottom)) == 1
    assert ">1</text>" in svg and ">2,3</text>" in svg and "method changed" in svg
