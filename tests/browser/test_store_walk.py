"""A store manager's morning: every question is answered on the store page, or at most two clicks from it."""

import re
import shutil

import pytest
from playwright.sync_api import Page

from sqm.database.demo.company import cast
from tests.browser.accessible import violations
from tests.browser.conftest import WIDTHS, Serve, Server, Visit, overflow, settle, shot
from tests.database.demo.conftest import TODAYS, built

pytestmark = pytest.mark.browser

STORE, DISTRICT = cast.POOR_STORE, cast.POOR_DISTRICT


@pytest.fixture(scope="module")
def manager(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The demonstration, seen by the manager of the store that is last of its class."""
    file = tmp_path_factory.mktemp("walk") / "demo.duckdb"
    shutil.copyfile(built(TODAYS[0], tmp_path_factory).path, file)
    return serve(SQM_DATABASE=str(file), SQM_ROLE="store_manager", SQM_DISTRICTS=DISTRICT, SQM_STORES=STORE)


def _titles(page: Page) -> list[str]:
    return [re.sub(r"\s+", " ", each.inner_text()) for each in page.locator("h2").all()]


def _has(titles: list[str], pattern: str) -> bool:
    return any(re.search(pattern, title) for title in titles)


def test_without_a_click(manager: Server, visit: Visit) -> None:
    page = visit(f"{manager.url}/store?span=year", marker="Do this first")
    titles = _titles(page)
    assert re.search(r": \d+\.\d points, rank \d+, plausibly \d+–\d+ of \d+$", titles[0]), "my score and rank interval"
    assert _has(titles, r"^Most was lost on: .+, \d+\.\d of \d+\.\d points$"), "which part lost most"
    mend = page.locator("table.sqm-store-mend")
    assert re.search(r"\d of \d visits?", mend.inner_text()), "which items failed"
    assert re.search(r"\d{1,2} [A-Z][a-z]{2} 20\d\d\s+(\d+ visits in a row|the last visit)", mend.inner_text()), "since"
    assert mend.locator("tbody tr").filter(has_text=" and ").count(), "better peers for my worst item"
    assert _has(titles, r"min in the queue; full points up to \d+, none from \d+$"), "queue against standard"
    assert _has(titles, r"actions? open, .*(due|overdue)"), "what to mend by when"
    assert _has(titles, r"comment|Named most"), "what customers say"
    assert _has(titles, "^(No real change|The score is really|Too few audited months)"), "is my improvement real"
    assert not page.get_by_label("Store", exact=True).count(), "one store needs no list"


def test_an_action_in_two_clicks(manager: Server, visit: Visit) -> None:
    page = visit(f"{manager.url}/store?span=year", marker="Do this first")
    page.locator("table.sqm-store-mend a", has_text="Open an action").first.click()
    settle(page, "What is to be done")
    page.get_by_role("button", name="Record the action").click()
    settle(page, "The action is open, due")
    assert page.locator("table.sqm-store-mend", has_text="action due").count()


def test_an_appeal_in_two_clicks(manager: Server, visit: Visit) -> None:
    page = visit(f"{manager.url}/store?span=year", marker="Do this first")
    page.locator("table.sqm-store-mend a", has_text="Query the mark").first.click()
    settle(page, "Points it should have")
    page.get_by_label("Reason").fill("the receipt shows it")
    page.get_by_role("button", name="Send the query").click()
    settle(page, "It waits for a ruling of the quality department")
    assert "the receipt shows it" in page.locator("table.sqm-store-appeals").inner_text()


def test_all_comments_and_all_losses_are_one_click_away(manager: Server, visit: Visit) -> None:
    page = visit(f"{manager.url}/store?span=year", marker="Do this first")
    shown = page.locator("table.sqm-store-mend tbody tr").count()
    page.locator("a", has_text=re.compile(r"^\d+ more$")).click()
    settle(page, "Only the first")
    assert page.locator("table.sqm-store-mend tbody tr").count() > shown == 5
    assert "rows=all" in page.url
    page.locator("a", has_text=re.compile(r"^all \d+ comments$")).click()
    settle(page, "in the customers' own words")
    assert f"store={STORE}" in page.url


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_fits_and_can_be_read_by_all(manager: Server, visit: Visit, language: str, width: int) -> None:
    page = visit(f"{manager.url}/store?lang={language}", language, width, marker=STORE)
    assert overflow(page) == 0
    assert width < 641 or violations(page) == []  # the folded menu of narrow screens is Streamlit's own
    shot(page, f"store-{language}-{width}")
