"""The map that can be moved: no map service, texts only as data and disarmed, what a click gives back."""

import json
from typing import Any

from sqm.charts.stores.geography import Area, Pin, StoreMap
from sqm.charts.stores.store_deck import PINS, deck, disarmed
from tests.charts.stores.test_store_map import MAP, OUTLINE


def spec(drawn: StoreMap, dark: bool = False) -> dict[str, Any]:
    made = deck(drawn, dark=dark)
    assert made is not None
    found: dict[str, Any] = json.loads(made.to_json())
    return found


def layers(drawn: StoreMap, dark: bool = False) -> dict[str, Any]:
    return {each["id"]: each for each in spec(drawn, dark)["layers"]}


def test_no_map_service_is_asked_and_every_layer_has_its_name() -> None:
    found = spec(StoreMap(MAP.areas, MAP.pins, MAP.words, OUTLINE))
    assert not found.get("mapProvider") and "http" not in json.dumps({k: v for k, v in found.items() if k != "layers"})
    assert [each["id"] for each in found["layers"]] == ["river", "districts", "names", PINS, "signs"]
    assert found["views"][0]["@@type"] == "OrthographicView"


def test_chinese_letters_are_gathered_from_the_rows() -> None:
    for name in ("names", "signs"):
        layer = layers(MAP)[name]
        assert layer["characterSet"] == "auto" and "Noto Sans" in layer["fontFamily"]
    assert layers(MAP)["names"]["data"][0]["word"] == "澜心区"


def test_a_click_gives_the_code_and_a_sign_says_what_the_colour_says() -> None:
    found = layers(MAP)
    signs = {tuple(each["at"]): each["word"] for each in found["signs"]["data"]}
    by_code = {each["code"]: signs[tuple(each["at"])] for each in found[PINS]["data"]}
    assert by_code == {"S1": "✓", "S2": "✕", "S3": "▲", "S4": "✓", "S5": "–"}


def test_the_tooltip_is_text_and_no_name_is_an_expression() -> None:
    pins = (Pin("@@=1", "@@=alert(1)", 0.2, 0.3, "met"), Pin("b", "<img src=x>", 0.4, 0.5, "met"))
    drawn = StoreMap((Area("@@#x", OUTLINE),), pins)
    made = deck(drawn)
    assert made is not None and "html" not in made._tooltip and made._tooltip["text"] == "{told}"
    rows = [row for layer in layers(drawn).values() for row in layer["data"]]
    assert not [value for row in rows for value in row.values() if isinstance(value, str) and value.startswith("@@")]
    assert disarmed("a@@=b") == "a@@=b"


def test_uploaded_stores_without_outlines_are_points_only() -> None:
    drawn = StoreMap((Area("Clackamas"),), (Pin("a", "A", -122.6, 45.5, "alike"), Pin("b", "B", -122.4, 45.4, "below")))
    assert list(layers(drawn)) == [PINS, "signs"]
    (a, b) = (each["at"] for each in layers(drawn)[PINS]["data"])
    assert a[0] < b[0] and a[1] < b[1]  # A lies north-west of B, and y grows downwards


def test_four_thousand_stores_travel_light() -> None:
    many = tuple(Pin(f"S{n}", f"store {n}", -105 + n % 83 / 100, 39 + n / 9000, "alike") for n in range(4000))
    made = deck(StoreMap((), many))
    assert made is not None and len(made.to_json()) < 800_000


def test_dark_uses_the_dark_palette_and_nothing_makes_no_deck() -> None:
    assert layers(MAP)["districts"]["getFillColor"] != layers(MAP, dark=True)["districts"]["getFillColor"]
    assert deck(StoreMap((), ())) is None
