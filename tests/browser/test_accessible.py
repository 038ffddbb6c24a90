"""Every page can be used with the keyboard alone. What axe-core says of the pages stands in test_screens.py."""

import pytest

from tests.browser.conftest import Server, Visit
from tests.browser.test_screens import ADDRESSES

pytestmark = pytest.mark.browser


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
