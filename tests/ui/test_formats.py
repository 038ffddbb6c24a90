"""Numbers and months as they stand on the screen, in both languages."""

from datetime import date

import pytest

from sqm.ui import formats
from sqm.ui.words import use

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(1234.5, 1, "1,234.5"), (-0.04, 1, "0.0"), (-3.0, 0, "−3"), (2.5, 0, "3"), (0.285, 2, "0.29"), (None, 1, "–")],
)
def test_number(value: float | None, decimals: int, shown: str) -> None:
    assert formats.number(value, decimals) == shown


def test_a_missing_number_from_a_frame_is_a_dash() -> None:
    assert formats.number(float("nan")) == formats.share(float("nan")) == formats.points(None) == "–"


def spaced(text: str) -> str:
    """With ordinary spaces, for reading."""
    return text.replace("\u00a0", " ")


def test_share_with_its_interval() -> None:
    assert spaced(formats.share(0.8123)) == "81.2 %"
    assert spaced(formats.share_interval(0.812, 0.803, 0.821)) == "81.2 ± 0.9 %"
    assert spaced(formats.share_interval(0.812, None, None)) == "81.2 %"


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    assert " " not in formats.share_interval(0.812, 0.803, 0.821)


def test_points_have_a_sign_and_the_word_of_the_language() -> None:
    with use("en"):
        assert formats.points(0.004) == "+0.4 pp"
    with use("zh"):
        assert formats.points(-0.0181) == "−1.8 个百分点"


@pytest.mark.parametrize(
    ("language", "one", "span", "a_day"),
    [
        ("en", "Sep 2026", "Sep 2026 – Oct 2026", "1 Oct 2026"),
        ("zh", "2026年9月", "2026年9月至2026年10月", "2026年10月1日"),
    ],
)
def test_months_and_days(language: str, one: str, span: str, a_day: str) -> None:
    with use(language):
        assert formats.month(SEPTEMBER) == formats.months(SEPTEMBER, SEPTEMBER) == one
        assert formats.months(SEPTEMBER, OCTOBER) == span
        assert formats.day(OCTOBER) == a_day


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "english"),
    [
        (0.8123, "%", 1, "81.2 %"),
        (3.456, "per_10k", 2, "3.46 per 10,000"),
        (8.25, "score", 1, "8.3"),
        (12.0, "min", 0, "12 min"),
        (-0.012, "pp", 1, "−1.2 pp"),
    ],
)
def test_an_indicator_is_shown_in_its_unit(value: float, unit: str, decimals: int, english: str) -> None:
    with use("en"):
        assert spaced(formats.indicator_value(value, unit, decimals)) == english
        assert formats.indicator_value(value, unit, decimals, with_unit=False) == english.split(" ")[0]


def test_sizes() -> None:
    assert [formats.size(n) for n in (812, 14_336, 3_355_443, 200 * 1024**2)] == ["812 B", "14 kB", "3.2 MB", "200 MB"]
