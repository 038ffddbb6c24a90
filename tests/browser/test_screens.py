"""Every page in both languages, widths and themes: nothing untranslated, nothing wider than the window, nothing that
axe-core calls serious."""

import re

import pytest
from playwright.sync_api import Page

from sqm.ui.navigation import ENTRIES
from tests import words
from tests.browser.accessible import violations
from tests.browser.conftest import WIDTHS, Server, Visit, overflow, shot

pytestmark = pytest.mark.browser

ADDRESSES = {entry.name: "/" if entry is ENTRIES[0] else f"/{entry.name}" for entry in ENTRIES}
LONG_ENOUGH = 6  # shorter English texts (met, min) also stand inside names and codes


@pytest.fixture(scope="module")
def english() -> list[str]:
    """Texts of ours that must not stand on a Chinese page."""
    texts = [message.id for message in words.stored() if isinstance(message.id, str) and message.id]
    return [text for text in texts if len(text) >= LONG_ENOUGH and "{" not in text and text.isascii()]


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_in_chinese_has_no_english_of_ours(name: str, product: Server, visit: Visit, english: list[str]) -> None:
    page = visit(product.url + ADDRESSES[name], "zh", marker="达标")
    shown = re.sub(r"\S+@\S+", "", page.inner_text("body"))  # mail addresses are English everywhere
    assert [text for text in english if text in shown] == []
    _fits(page, f"{name}_zh")


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_in_english_can_be_read_by_everybody(name: str, product: Server, visit: Visit) -> None:
    page = visit(product.url + ADDRESSES[name], "en", marker="missed")
    assert violations(page) == []
    _fits(page, f"{name}_en")


VIEWS = {
    "satisfaction": ("compare", "drivers"),
    "stores": ("map", "items", "funnel"),
    "audits": ("appeals", "auditors", "standards"),
}


@pytest.mark.parametrize(("name", "view"), [(name, view) for name, views in VIEWS.items() for view in views])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_other_views_of_a_page(name: str, view: str, language: str, product: Server, visit: Visit) -> None:
    marker = {"en": "missed", "zh": "达标"}[language]
    page = visit(f"{product.url}/{name}?view={view}", language, marker=marker)
    assert violations(page) == []
    _fits(page, f"{name}_{view}_{language}")


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_in_the_dark(name: str, product: Server, visit: Visit) -> None:
    page = visit(product.url + ADDRESSES[name], "en", dark=True, marker="missed")
    background = page.evaluate("() => getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert background == "rgb(18, 22, 27)"
    assert violations(page) == []
    shot(page, f"{name}_en_dark")


def _fits(page: Page, name: str) -> None:
    """Nothing is wider than the window, whatever its width, and nothing failed."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("(width) => document.documentElement.clientWidth <= width", arg=width)
        assert overflow(page) == 0, width
        shot(page, f"{name}_{width}")
    assert page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0


def test_the_language_switch_changes_the_page_and_stays_on_the_next(product: Server, visit: Visit) -> None:
    page = visit(product.url, "en", marker="Overview")
    page.get_by_text("中文", exact=True).click()
    page.get_by_text("约定与数据", exact=True).click()
    page.get_by_role("menuitem", name="数据上传").click()
    page.get_by_text("下载模板").wait_for()
    page.wait_for_url("**lang=zh**")
