"""What the satisfaction trend draws, and that it is drawn without a warning."""

import json
import re
from typing import Any

import pandas as pd
import pytest

from sqm.charts.drawing import Drawing
from sqm.charts.svg import to_png, to_svg
from sqm.charts.theme import LIGHT
from sqm.charts.trend import TrendData, TrendWords, trend
from sqm.rules.trends import breaks
from tests.charts.examples import CHINESE, ENGLISH, own_points, targets, with_month


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


def full(words: TrendWords = ENGLISH, **other: Any) -> Drawing:
    own = with_month(own_points(skip=(5, 6), method_from=14), 9, showing="grey")
    rivals = pd.concat([own_points(0.78).assign(name="Rival A"), own_points(0.77).assign(name="Rival B")])
    return trend(TrendData(own, rivals, targets(), breaks(own)), words, **other)


def test_target_is_a_dark_step_rivals_thin_own_strong() -> None:
    lines = layers(full(), "line")
    by_colour = {line["mark"]["color"]: line["mark"] for line in lines}
    assert by_colour[LIGHT.target]["interpolate"] == "step"
    own = max(lines, key=lambda line: line["mark"]["strokeWidth"])
    assert own["mark"]["color"] == LIGHT.own
    assert by_colour[LIGHT.rival]["strokeWidth"] < own["mark"]["strokeWidth"] / 1.9


def test_lines_break_at_gaps_methods_and_small_samples() -> None:
    drawing = full()
    own = max(layers(drawing, "line"), key=lambda line: line["mark"]["strokeWidth"])
    frame = drawing.frames[own["data"]["name"]]
    assert own["encoding"]["detail"]["field"] == "line"
    assert set(frame["line"]) == {"cati/v1", "cati/v2"}
    assert frame["value"].isna().sum() == 3
    assert len(frame) == 24


def test_marks_of_small_samples_are_hollow_and_grey() -> None:
    hollow = [layer for layer in layers(full(), "point") if layer["mark"].get("stroke") == LIGHT.soft]
    assert len(hollow) == 1 and hollow[0]["mark"]["fill"] == LIGHT.background


def test_a_break_has_a_rule_and_a_word() -> None:
    drawing = full()
    assert len(layers(drawing, "rule")) == 1
    texts = pd.concat([drawing.frames[layer["data"]["name"]] for layer in layers(drawing, "text")])["text"]
    assert "Method changed" in set(texts)
    plain = trend(TrendData(own_points()), ENGLISH)
    assert layers(plain, "rule") == []


def test_labels_stand_at_the_ends_and_do_not_overlap() -> None:
    drawing = full(height=300)
    names = {layer["data"]["name"] for layer in layers(drawing, "text")}
    labels = pd.concat([frame for name, frame in drawing.frames.items() if name in names and "strong" in frame])
    assert {text.rsplit(" ", 1)[0] for text in labels["text"]} == {"Own", "Rival A", "Rival B", "Target"}
    low, high = layers(drawing, "line")[0]["encoding"]["y"]["scale"]["domain"]
    gaps = labels["value"].sort_values().diff().dropna() / (high - low) * 300
    assert (gaps > 13).all()


def test_an_axis_that_does_not_start_at_zero_says_so() -> None:
    assert "Axis starts at 7" in json.dumps(full().spec()["layer"])
    low = with_month(own_points(0.02), 0, share=0.0)
    assert "Axis starts" not in json.dumps(trend(TrendData(low), ENGLISH).spec()["layer"])


def test_no_shorthand_and_no_dates_as_text() -> None:
    drawing = full()
    assert all(str(frame["month"].dtype).startswith("datetime64") for frame in drawing.frames.values())
    for layer in layers(drawing, "line") + layers(drawing, "point"):
        assert {"field", "type"} <= set(layer["encoding"]["x"])


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("words", "language"), [(ENGLISH, "en"), (CHINESE, "zh_CN")])
def test_it_renders_without_a_warning(
    words: TrendWords, language: str, dark: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    drawing = full(words, dark=dark, language=language, title=words.own, subtitle=words.value, width=600)
    svg = to_svg(drawing, language)
    assert capfd.readouterr().err == ""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert words.own in texts and words.method_changed in texts
    assert any(
        re.fullmatch(r"\d{4}年\d{1,2}月" if language == "zh_CN" else r"[A-Z][a-z]{2} \d{4}", text) for text in texts
    )
    assert "NaN" not in svg and "null" not in svg


def test_months_stand_under_their_own_name() -> None:
    """No time zone may move a point: the first tick of January is where January's point is."""
    own = own_points()
    svg = to_svg(trend(TrendData(own), ENGLISH, width=600), "en")
    assert "Jan 2025" in svg and "Dec 2024" not in svg


def test_nothing_known_yet_still_draws() -> None:
    own = own_points(n=3)
    assert own["share"].isna().all()
    assert to_svg(trend(TrendData(own), ENGLISH, width=300), "en").startswith("<svg")


def test_one_month_and_mean_scale() -> None:
    one = own_points().head(1)
    assert to_svg(trend(TrendData(one, measure="mean"), ENGLISH, width=300), "en").count("<path") > 1


def test_a_picture_for_documents() -> None:
    assert to_png(full(width=300), "en", scale=1.0).startswith(b"\x89PNG")
