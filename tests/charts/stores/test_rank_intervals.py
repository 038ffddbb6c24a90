"""Ranks as lines: the best at the left, stores without a rank grey and open, the own one on a band."""

from xml.etree import ElementTree

import pytest

from sqm.charts.stores.rank_intervals import MOST_ROWS, RankRow, RankWords, figure, rank_intervals
from sqm.charts.theme import palette

SVG = "{http://www.w3.org/2000/svg}"
WORDS = RankWords("最好", "最差")
ROWS = (
    RankRow("One & <Two>", 2.0, 1, 9, "2 (1–9)"),
    RankRow("Mine", 12.0, 5, 21, "12 (5–21)", is_own=True),
    RankRow("Luck", 20.0, 1, 44, "1–44", is_rankable=False),
)


def root(rows: tuple[RankRow, ...] = ROWS, narrow: bool = False, dark: bool = False) -> ElementTree.Element:
    svg = rank_intervals(rows, 44, WORDS, narrow=narrow, dark=dark)
    return ElementTree.fromstring(svg)  # noqa: S314 - our own text


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_points_stand_by_rank_and_say_whether_they_count(narrow: bool, dark: bool) -> None:
    dots = list(root(narrow=narrow, dark=dark).iter(f"{SVG}circle"))
    places = [float(each.get("cx", 0)) for each in dots]
    assert places == sorted(places)
    assert (places[1] - places[0]) / (places[2] - places[1]) == pytest.approx(10 / 8, rel=0.02)
    assert [each.get("fill") == palette(dark).background for each in dots] == [False, False, True]


@pytest.mark.parametrize("narrow", [False, True])
def test_names_texts_and_ends_are_told(narrow: bool) -> None:
    found = [each.text for each in root(narrow=narrow).iter(f"{SVG}text")]
    assert {"One & <Two>", "Mine", "Luck", "2 (1–9)", "12 (5–21)", "1–44", "1 最好", "最差 44"} == set(found)


def test_the_own_store_is_bold_and_on_a_band() -> None:
    drawn = root()
    assert len(list(drawn.iter(f"{SVG}rect"))) == 1
    assert {each.text for each in drawn.iter(f"{SVG}text") if each.get("font-weight")} == {"Mine", "12 (5–21)"}


def test_long_names_are_shortened_and_more_rows_than_fit_are_left_out() -> None:
    many = tuple(RankRow(f"A very long name of a store in a very long street, number {n}", n, n, n) for n in range(80))
    drawn = root(many)
    assert len(list(drawn.iter(f"{SVG}circle"))) == MOST_ROWS
    assert all((each.text or "").endswith("…") for each in drawn.iter(f"{SVG}text") if "very" in (each.text or ""))


def test_no_rows_no_figure_and_one_store_is_drawn() -> None:
    assert figure([], 0, WORDS, "alt") == ""
    assert figure([RankRow("Only", 1.0, 1, 1)], 1, WORDS, "alt").count("<img") == 2
