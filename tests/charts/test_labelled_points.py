"""Points on a plane: each on its side of the cross-hairs, names that cover neither each other nor a corner."""

from itertools import combinations
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from sqm.charts.labelled_points import SLIM, WIDE, Plane, Spot, labelled_points
from sqm.charts.theme import text_width

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("Tariffs and plans", "Promotions", "Business support", "Network quality", "New services", "Stores", "Hotline")
SPOTS = tuple(
    Spot(name, 78.0 + place * 0.6, 10.0 + (place % 3) * 0.7, (77.5 + place * 0.6, 78.5 + place * 0.6), (8.0, 12.0))
    for place, name in enumerate(NAMES)
)
WORDS = ("concentrate here", "keep up", "low priority", "possible overkill")
PLANE = Plane(SPOTS, (79.8, 10.6), "Satisfaction", "Importance", WORDS)


def drawn(size: tuple[int, int]) -> Element:
    return ElementTree.fromstring(labelled_points(PLANE, size))  # noqa: S314 - our own text


def boxes(root: Element) -> dict[str, tuple[float, float, float, float]]:
    found = {}
    for text in root.iter(f"{SVG}text"):
        if text.text in (*NAMES, *WORDS):
            wide, x, y = text_width(text.text or ""), float(text.get("x", 0)), float(text.get("y", 0))
            left = x - (wide if text.get("text-anchor") == "end" else 0)
            found[text.text or ""] = (left, y - 10, left + wide, y)
    return found


@pytest.mark.parametrize("size", [WIDE, SLIM])
def test_names_cover_neither_each_other_nor_the_corners(size: tuple[int, int]) -> None:
    found = boxes(drawn(size))
    assert set(found) == {*NAMES, *WORDS}
    for (first, one), (second, two) in combinations(found.items(), 2):
        across = min(one[2], two[2]) - max(one[0], two[0])
        down = min(one[3], two[3]) - max(one[1], two[1])
        assert across <= 1 or down <= 1, (first, second)
    assert all(box[0] >= 0 and box[2] <= size[0] for box in found.values())


@pytest.mark.parametrize("size", [WIDE, SLIM])
def test_points_stand_on_their_side_of_the_lines(size: tuple[int, int]) -> None:
    root = drawn(size)
    dashed = next(path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("stroke-dasharray"))
    x, y = float(dashed[1:].split(" ")[0]), float(dashed.rsplit("M", 1)[1].split(" ")[1].split("H")[0])
    for spot, dot in zip(SPOTS, root.iter(f"{SVG}circle"), strict=True):
        assert (float(dot.get("cx", 0)) > x) == (spot.x > 79.8)
        assert (float(dot.get("cy", 0)) < y) == (spot.y > 10.6)


def test_a_point_that_asks_for_attention_is_bold_not_only_coloured() -> None:
    plane = Plane((Spot("a", 1.0, 2.0, is_strong=True), Spot("b", 2.0, 1.0)), (1.5, 1.5), "x", "y")
    root = ElementTree.fromstring(labelled_points(plane, WIDE))  # noqa: S314
    weights = {text.text: text.get("font-weight") for text in root.iter(f"{SVG}text") if text.text in ("a", "b")}
    assert weights == {"a": "600", "b": None}
