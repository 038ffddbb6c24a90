"""Every page read by axe-core: nothing serious or critical. And every page can be used with the keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Server, Visit
from tests.browser.test_screens import ADDRESSES

pytestmark = pytest.mark.browser

SERIOUS = ("serious", "critical")


def violations(page: Page) -> list[str]:
    """Rule and first place of each serious violation."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] in SERIOUS]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", ADDRESSES)
def test_no_serious_violation(name: str, dark: bool, product: Server, visit: Visit) -> None:
    page = visit(product.url + ADDRESSES[name], "en", dark=dark, marker="missed")
    assert violations(page) == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_links_and_filters_are_reached_by_the_tab_key(name: str, product: Server, visit: Visit) -> None:
    """Walk through the page with Tab: every link of ours that is in sight gets the focus, and the focus can be seen."""
    page = visit(product.url + ADDRESSES[name], "en", marker="missed")
    wanted = page.locator("a.sqm-go:visible").count()
    reached: set[str] = set()
    for _step in range(wanted + 60):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => {
              const at = document.activeElement;
              if (!at || !at.matches('a.sqm-go')) return '';
              const style = getComputedStyle(at);
              const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
              return `${[...document.querySelectorAll('a.sqm-go')].indexOf(at)} ${seen}`;
            }"""
        )
        if told:
            reached.add(str(told))
    assert all(each.endswith("true") for each in reached)
    assert len(reached) == wanted
