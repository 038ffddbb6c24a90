"""The history of one indicator."""

import re
from typing import Any

import pytest

from sqm.charts.drawing import Drawing
from sqm.charts.history import history
from sqm.charts.svg import to_svg
from sqm.charts.theme import LIGHT
from tests.charts.examples import HISTORY_WORDS, history_rows


def layers(drawing: Drawing, mark: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def walk(layer: dict[str, Any]) -> None:
        if "layer" in layer:
            for each in layer["layer"]:
                walk(each)
        elif layer["mark"]["type"] == mark:
            found.append(layer)

    walk(drawing.spec())
    return found


def test_every_status_has_its_own_shape_and_colour() -> None:
    points = [layer["mark"] for layer in layers(history(history_rows(), HISTORY_WORDS, scale=100), "point")]
    shown = {mark["shape"]: mark["stroke"] for mark in points if mark.get("opacity") != 0}
    assert shown["triangle-up"] == LIGHT.near
    assert [colour for shape, colour in shown.items() if shape.startswith("M")] == [LIGHT.missed]
    fills = {mark["fill"] for mark in points if mark.get("shape") == "circle" and mark.get("opacity") != 0}
    assert fills == {LIGHT.met, LIGHT.background}


def test_the_target_keeps_its_step_over_a_missing_month() -> None:
    rows = history_rows().drop(index=[14, 15])
    drawing = history(rows, HISTORY_WORDS, scale=100)
    step = next(layer for layer in layers(drawing, "line") if layer["mark"].get("interpolate") == "step")
    frame = drawing.frames[step["data"]["name"]]
    assert len(frame) == 24 and frame["target_low"].notna().all()
    assert frame["value"].isna().sum() == 2
    assert frame["target_low"].iloc[[11, 12]].tolist() == [80.0, 82.0]


def test_a_month_without_target_has_none() -> None:
    rows = history_rows()
    rows.loc[:3, "target_low"] = float("nan")
    drawing = history(rows, HISTORY_WORDS)
    step = next(layer for layer in layers(drawing, "line") if layer["mark"].get("interpolate") == "step")
    assert drawing.frames[step["data"]["name"]]["target_low"].isna().sum() == 4


def test_range_targets_are_two_lines_and_a_band() -> None:
    drawing = history(history_rows().assign(target_high=0.9), HISTORY_WORDS)
    assert len(layers(drawing, "area")) == 1
    assert sum(layer["mark"].get("interpolate") == "step" for layer in layers(drawing, "line")) == 2


def test_whiskers_only_where_there_is_an_interval() -> None:
    assert layers(history(history_rows().assign(low=float("nan"), high=float("nan")), HISTORY_WORDS), "rule") == []
    assert len(layers(history(history_rows(), HISTORY_WORDS), "rule")) == 2


def test_counts_start_at_zero() -> None:
    rows = history_rows().assign(value=range(400, 424), low=float("nan"), high=float("nan"), target_low=410.0)
    domain = layers(history(rows, HISTORY_WORDS, from_zero=True, decimals=0), "line")[0]["encoding"]["y"]["scale"][
        "domain"
    ]
    assert domain[0] == 0 and domain[1] >= 423


@pytest.mark.parametrize("dark", [False, True])
def test_it_renders_without_a_warning(dark: bool, capfd: pytest.CaptureFixture[str]) -> None:
    drawing = history(
        history_rows(),
        HISTORY_WORDS,
        scale=100,
        language="zh_CN",
        dark=dark,
        title="促销活动连续三个月未达标",
        width=600,
    )
    svg = to_svg(drawing, "zh_CN", alt_text="指标走势 <促销>")
    assert capfd.readouterr().err == ""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert "促销活动连续三个月未达标" in texts and "目标 82" in texts
    assert 'aria-label="指标走势 &lt;促销&gt;"' in svg and "<促销>" not in svg


def test_no_value_at_all() -> None:
    rows = history_rows().assign(value=float("nan"), low=float("nan"), high=float("nan"), status="no_data")
    assert to_svg(history(rows, HISTORY_WORDS, width=300), "zh_CN").startswith("<svg")
    bare = rows.assign(target_low=float("nan"))
    assert to_svg(history(bare, HISTORY_WORDS, width=300), "zh_CN").startswith("<svg")


def test_negative_values_keep_their_sign() -> None:
    rows = history_rows().assign(value=[place - 12.0 for place in range(24)], low=float("nan"), high=float("nan"))
    domain = layers(history(rows, HISTORY_WORDS), "line")[0]["encoding"]["y"]["scale"]["domain"]
    assert domain[0] <= -12 and domain[1] >= 11
