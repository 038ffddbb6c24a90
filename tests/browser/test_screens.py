"""Every page in both languages, widths and themes: nothing untranslated, nothing wider than the window."""

import re

import pytest

from sqm.ui.navigation import ENTRIES
from tests import words
from tests.browser.conftest import WIDTHS, Server, Visit, overflow, shot

pytestmark = pytest.mark.browser

ADDRESSES = {entry.name: "/" if entry is ENTRIES[0] else f"/{entry.name}" for entry in ENTRIES}
LONG_ENOUGH = 6  # shorter English texts (met, min) also stand inside names and codes


@pytest.fixture(scope="module")
def english() -> list[str]:
    """Texts of ours that must not stand on a Chinese page."""
    texts = [message.id for message in words.stored() if isinstance(message.id, str) and message.id]
    return [text for text in texts if len(text) >= LONG_ENOUGH and "{" not in text and text.isascii()]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_in_chinese_has_no_english_of_ours(
    name: str, width: int, product: Server, visit: Visit, english: list[str]
) -> None:
    page = visit(product.url + ADDRESSES[name], "zh", width, marker="达标")
    shown = re.sub(r"\S+@\S+", "", page.inner_text("body"))  # mail addresses are English everywhere
    assert [text for text in english if text in shown] == []
    assert overflow(page) == 0
    assert page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0
    shot(page, f"{name}_zh_{width}")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_in_english(name: str, width: int, product: Server, visit: Visit) -> None:
    page = visit(product.url + ADDRESSES[name], "en", width, marker="missed")
    assert overflow(page) == 0
    assert page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0
    shot(page, f"{name}_en_{width}")


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_in_the_dark(name: str, product: Server, visit: Visit) -> None:
    page = visit(product.url + ADDRESSES[name], "zh", dark=True, marker="达标")
    background = page.evaluate("() => getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert background == "rgb(18, 22, 27)"
    shot(page, f"{name}_zh_dark")


def test_the_language_switch_changes_the_page_and_stays_on_the_next(product: Server, visit: Visit) -> None:
    page = visit(product.url, "en", marker="Overview")
    page.get_by_text("中文", exact=True).click()
    page.get_by_role("link", name="数据上传").click()
    page.get_by_text("下载模板").wait_for()
    page.wait_for_url("**lang=zh**")
