"""Axes, ranges, labels and colours."""

from datetime import date

import numpy as np
import pytest

from sqm.charts.theme import DARK, LIGHT, Palette, apart, decimals_of, month_text, nice_range, text_width, tick_months
from sqm.rules.periods import month_range


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("role", ["text", "soft", "own", "target", "met", "near", "missed", "no_data", "no_target"])
def test_text_can_be_read_in_both_themes(palette: Palette, role: str) -> None:
    assert _contrast(getattr(palette, role), palette.background) >= 4.5


def test_ranges_are_round_and_hold_every_value() -> None:
    random = np.random.default_rng(4)
    for _ in range(500):
        values = list(random.normal(0, 10 ** random.uniform(-3, 6), random.integers(1, 30)))
        low, high, ticks = nice_range(values)
        assert low <= min(values) + 1e-6 and max(values) <= high + 1e-6
        assert ticks[0] == pytest.approx(low) and ticks[-1] == pytest.approx(high)
        assert 2 <= len(ticks) <= 7
        assert np.allclose(np.diff(ticks), ticks[1] - ticks[0])


def test_range_edges() -> None:
    assert nice_range([])[:2] == (0.0, 1.0)
    assert nice_range([80.0], least=10)[0] < 80 < nice_range([80.0], least=10)[1]
    low, high, _ = nice_range([0.0, 0.5], least=10, floor=0.0)
    assert low == 0.0 and high >= 10
    assert nice_range([70.0, float("nan"), 80.0])[:2] == (70.0, 80.0)


def test_decimals_of_ticks() -> None:
    assert decimals_of([70, 75, 80]) == 0
    assert decimals_of([0.25, 0.5]) == 2


def test_few_month_labels_and_january_first() -> None:
    for count in range(1, 130):
        months = month_range(date(2020, 5, 1), date(2020 + (4 + count) // 12, (4 + count) % 12 + 1, 1))
        ticks = tick_months(months, 6)
        assert 1 <= len(ticks) <= 6 and set(ticks) <= set(months)
        if count > 24:
            assert any(each.month == 1 for each in ticks)


def test_month_words() -> None:
    assert month_text(date(2026, 9, 1), "en") == "Sep 2026"
    assert month_text(date(2026, 9, 1), "zh_CN") == month_text(date(2026, 9, 1), "zh-Hans") == "2026年9月"


def test_labels_move_apart_and_keep_their_order() -> None:
    random = np.random.default_rng(5)
    for _ in range(300):
        places = {str(key): float(value) for key, value in enumerate(random.normal(0, 2, random.integers(1, 9)))}
        moved = apart(places, 1.0)
        order = sorted(places, key=lambda key: places[key])
        steps = np.diff([moved[key] for key in order])
        assert (steps >= 1.0 - 1e-9).all()
        assert np.mean(list(moved.values())) == pytest.approx(np.mean(list(places.values())))
    assert apart({"a": 0.0, "b": 5.0}, 1.0) == {"a": 0.0, "b": 5.0}


def test_chinese_is_wider() -> None:
    assert text_width("目标") > text_width("ab")
