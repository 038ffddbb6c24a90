"""The map: no request leaves the host (the fixture of visit fails on one), the picture on narrow screens and on paper,
the map that can be moved on wide ones; names of stores stay text."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.browser.conftest import ROOT, WIDTHS, Serve, Server, Visit, settle, shot

pytestmark = pytest.mark.browser

PICTURE = "figure.sqm-store-map"
CANVAS = "[data-testid=stDeckGlJsonChart] canvas"


@pytest.fixture(scope="module")
def maps(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    script: Path = tmp_path_factory.mktemp("maps") / "app.py"
    script.write_text(
        "import streamlit as st\nfrom sqm import server\n"
        f"app = st.App({str(ROOT / 'tests' / 'browser' / 'map_probe.py')!r}, middleware=server.middleware())\n",
        encoding="utf-8",
    )
    return serve(script)


def colours(drawn: Locator) -> int:
    """Different colours in what is on the screen; an empty canvas has one."""
    image = Image.open(BytesIO(drawn.screenshot())).convert("RGB")
    return len(image.getcolors(1 << 24) or [])


def wait_for_drawing(page: Page) -> None:
    page.wait_for_selector(CANVAS)
    for _attempt in range(120):  # WebGL without a graphics card, beside another browser
        if colours(page.locator(CANVAS).first) > 50:
            return
        page.wait_for_timeout(250)
    raise AssertionError("the map stayed empty")


@pytest.mark.parametrize(
    ("language", "width", "dark"),
    [("en", 1440, False), ("zh", 1440, False), ("en", 390, False), ("zh", 390, False), ("zh", 1440, True)],
)
def test_the_map_draws_from_this_host_alone(maps: Server, visit: Visit, language: str, width: int, dark: bool) -> None:
    page = visit(f"{maps.url}/?lang={language}", language=language, width=width, dark=dark)
    if width > 640:
        wait_for_drawing(page)
        assert not page.is_visible(PICTURE)
    else:
        page.wait_for_selector(f"{PICTURE} img.sqm-if-narrow")
        assert not page.is_visible(CANVAS)
        assert page.is_visible(f"{PICTURE} img.sqm-if-narrow") and not page.is_visible(f"{PICTURE} img.sqm-if-wide")
        assert colours(page.locator(f"{PICTURE} img.sqm-if-narrow")) > 50
    shot(page, f"map-{language}-{width}{'-dark' if dark else ''}")


@pytest.mark.parametrize("width", WIDTHS)
def test_on_paper_the_picture_stands_for_the_canvas(maps: Server, visit: Visit, width: int) -> None:
    page = visit(maps.url, width=width)
    page.wait_for_selector(CANVAS, state="attached")
    page.emulate_media(media="print")
    assert page.is_visible(f"{PICTURE} img.sqm-if-wide") and not page.is_visible(f"{PICTURE} img.sqm-if-narrow")
    assert not page.is_visible(CANVAS)


def test_a_click_chooses_a_store_and_its_name_stays_text(maps: Server, visit: Visit) -> None:
    page = visit(maps.url)
    wait_for_drawing(page)
    box = page.locator(CANVAS).first.bounding_box()
    assert box is not None
    tip = page.locator(".deck-tooltip")
    for step in range(0, 400, 5):
        page.mouse.move(box["x"] + box["width"] * 0.35 + step, box["y"] + box["height"] * 0.42)
        page.wait_for_timeout(15)
        if tip.count() and tip.is_visible():
            break
    assert "<img src=" in tip.inner_text() and page.locator(".deck-tooltip img").count() == 0
    page.mouse.down()
    page.mouse.up()
    settle(page, "chosen ['S")
    assert page.title() == "map"
