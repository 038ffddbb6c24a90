"""Personnel at the address of the store audits: the rule of use on the screen, nothing of the page, an entry kept."""

import pytest

from sqm.database.connection import Database
from sqm.database.safety import trail
from tests.browser import tiny
from tests.browser.conftest import Serve, Visit

pytestmark = pytest.mark.browser


def test_the_rule_is_on_the_screen_and_in_the_trail(
    tmp_path_factory: pytest.TempPathFactory, serve_once: Serve, visit: Visit
) -> None:
    database = str(tiny.build(tmp_path_factory.mktemp("closed")))
    server = serve_once(SQM_DATABASE=database, SQM_ROLE="hr")
    page = visit(f"{server.url}/audits", marker="An audit is charged to nobody (rule D13)")
    assert page.locator("[data-testid=stMain] table").count() == 0
    server.stop()
    db = Database.open(database)
    entry = trail.entries(db, 1).iloc[0]
    db.close()
    assert (entry["who"], entry["action"], entry["object"]) == ("hr", "refused", "audits")
