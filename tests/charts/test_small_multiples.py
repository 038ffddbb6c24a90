"""Nine small trends in one picture."""

import re

import pandas as pd
import pytest

from sqm.charts.small_multiples import Panel, shared_range, small_multiples
from sqm.charts.svg import to_svg
from sqm.charts.theme import palette
from tests.charts.examples import own_points, targets, with_month

NAMES = ["资费套餐", "促销活动", "业务支撑", "网络质量", "新业务", "营业厅", "热线", "电子渠道", "集团客户"]
STATUSES = ["met", "near", "missed"]


def panels() -> list[Panel]:
    return [
        Panel(name, f"▲ 8{place}.2 ± 0.9", STATUSES[place % 3], own_points(0.7 + 0.02 * place), targets(), _rivals())
        for place, name in enumerate(NAMES)
    ]


def _rivals() -> pd.DataFrame:
    return own_points(0.76).assign(name="甲")


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_drawn_once_without_a_warning(dark: bool, capfd: pytest.CaptureFixture[str]) -> None:
    svg = to_svg(small_multiples(panels(), language="zh_CN", dark=dark), "zh_CN", alt_text="九个流程")
    assert capfd.readouterr().err == ""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert [text for text in texts if text in NAMES] == NAMES
    assert not {str(place) for place in range(9)} & set(texts), "panel numbers are for sorting only"
    assert svg.count("<svg") == 1 and 'role="img"' in svg and "<title>九个流程</title>" in svg
    for status in STATUSES:
        assert palette(dark).status(status) in svg


def test_all_panels_share_one_range() -> None:
    low, high = shared_range(panels())
    assert low <= 70 and high >= 88
    svg = to_svg(small_multiples(panels(), language="zh_CN"), "zh_CN")
    assert f">{low:g}<" in svg and f">{high:g}<" in svg


@pytest.mark.parametrize(("columns", "ratio"), [(3, 1.5), (1, 0.4)])
def test_three_columns_or_one(columns: int, ratio: float) -> None:
    svg = to_svg(small_multiples(panels(), columns=columns), "en")
    match = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert match is not None
    shape = float(match[1]) / float(match[2])
    assert shape > ratio if columns == 3 else shape < ratio


def test_a_panel_without_target_rivals_or_enough_answers() -> None:
    thin = own_points(n=20)
    assert set(thin["showing"]) == {"grey"}
    hidden = own_points(n=3)
    drawn = [Panel("a", "", "no_data", thin), Panel("b", "", "no_data", hidden), Panel("c", "", "met", own_points())]
    frame = next(iter(small_multiples(drawn).frames.values()))
    assert frame[(frame["panel"] == 0) & (frame["role"] == "own")]["sure"].isna().all()
    assert frame[(frame["panel"] == 1) & (frame["role"] == "dot")].empty
    assert to_svg(small_multiples(drawn), "en").startswith("<svg")


def test_a_lone_month_gets_a_dot() -> None:
    own = own_points(skip=(3, 5))
    frame = next(iter(small_multiples([Panel("a", "", "met", own)]).frames.values()))
    assert (frame["role"] == "dot").sum() == 2
    grey = with_month(own_points(), 23, showing="grey")
    frame = next(iter(small_multiples([Panel("a", "", "met", grey)]).frames.values()))
    assert frame.loc[frame["role"] == "dot", "fill"].tolist() == [palette(False).background]


def test_text_from_data_cannot_become_markup() -> None:
    svg = to_svg(small_multiples([Panel("<script>x</script>", "a & b", "met", own_points())]), "en", '"><script>')
    assert "<script" not in svg
