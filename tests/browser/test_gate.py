"""The first request to a fresh server is a page's own address: nothing of the page shows before the gate has run."""

from pathlib import Path

import pytest

from sqm.ui.navigation import ENTRIES
from tests.browser import tiny
from tests.browser.conftest import Serve, Server, Visit

pytestmark = pytest.mark.browser

GATE = "You are not signed in, or your account has no role yet."
ADDRESSES = {entry.name: "/" if entry is ENTRIES[0] else f"/{entry.name}" for entry in ENTRIES}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tiny.build(tmp_path_factory.mktemp("gate")))


@pytest.mark.parametrize("name", ADDRESSES)
def test_nobody_sees_only_the_gate(name: str, database: str, serve_once: Serve, visit: Visit) -> None:
    page = visit(serve_once(SQM_DATABASE=database, SQM_ROLE="nobody").url + ADDRESSES[name], marker=GATE)
    shown = page.inner_text("[data-testid=stMain]").split("English")[-1].strip()
    assert shown.startswith(GATE) and len(shown) < len(GATE) + 80
    assert page.locator("[data-testid=stTopNavLink], [data-testid=stSidebarNavLink], .sqm-page-title").count() == 0
    assert page.locator("[data-testid=stDialog]").count() == 0


@pytest.mark.parametrize("name", ["home", "indicator", "store", "people"])
def test_a_known_viewer_reaches_a_page_at_once(name: str, database: str, serve_once: Serve, visit: Visit) -> None:
    title = next(entry.title for entry in ENTRIES if entry.name == name)
    page = visit(serve_once(SQM_DATABASE=database, SQM_ROLE="quality").url + ADDRESSES[name], marker=title)
    assert page.locator(".sqm-page-title").inner_text().startswith(title)
    listed = [entry for entry in ENTRIES if entry.in_menu]
    assert page.locator("[data-testid=stTopNavLink]").count() == sum(not entry.section for entry in listed)
    assert page.locator("[data-testid=stTopNavSection]").count() == len({entry.section for entry in listed} - {""})
    assert page.locator("[data-testid=stDialog]").count() == 0


def test_a_page_closed_to_the_role_says_so_in_the_viewers_language(
    database: str, serve_once: Serve, visit: Visit
) -> None:
    server = serve_once(SQM_DATABASE=database, SQM_ROLE="executive")
    page = visit(f"{server.url}/upload", language="zh", marker="您的角色无权打开此页面")
    assert page.locator("input[type=file]").count() == 0
    assert "数据上传" not in page.locator("[data-testid=stHeader]").inner_text()


def test_the_log_of_a_refused_visit_holds_no_trace(database: str, serve_once: Serve, visit: Visit) -> None:
    server: Server = serve_once(SQM_DATABASE=database, SQM_ROLE="nobody")
    visit(server.url, marker=GATE)
    assert "Traceback" not in Path(server.log).read_text(encoding="utf-8")
