"""The guard of every page: without the gate of main.py, or without the right, a page shows nothing of itself."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.rules.access import NOTHING, PAGES, Role, Scope, may_open
from sqm.ui.navigation import ENTRIES
from sqm.ui.signing import sign_in
from tests.browser import tiny

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = [entry.name for entry in ENTRIES]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tiny.build(tmp_path_factory.mktemp("page")))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_that_main_did_not_start_refuses(name: str, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_DATABASE", database)
    monkeypatch.setenv("SQM_ROLE", "analyst")
    app = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=30).run()
    assert [info.value for info in app.info] == ["Your role may not open this page."]
    assert not app.get("html") and not app.exception


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", NAMES)
def test_a_role_opens_what_the_table_allows_and_nothing_else(
    role: Role, name: str, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQM_DATABASE", database)
    monkeypatch.setenv("SQM_ROLE", str(role))
    app = AppTest.from_file(str(ROOT / "sqm" / "main.py"), default_timeout=60).run()
    if not may_open(role, name):
        with pytest.raises(ValueError, match=name):
            app.switch_page(str(ROOT / "pages" / f"{name}.py"))
        assert role in PAGES["home"] or app.info
        return
    app.switch_page(str(ROOT / "pages" / f"{name}.py")).run()
    assert not app.exception and not app.info
    assert any('<h1 class="sqm-page-title' in element.proto.body for element in app.get("html"))


def test_an_unknown_role_is_nobody(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_DATABASE", database)
    monkeypatch.setenv("SQM_ROLE", "Superuser")
    app = AppTest.from_file(str(ROOT / "sqm" / "main.py"), default_timeout=60).run()
    assert "You are not signed in" in app.info[0].value
    assert not any('<h1 class="sqm-page-title' in element.proto.body for element in app.get("html"))


def test_a_store_manager_sees_the_stores_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_ROLE", "store_manager")
    assert sign_in.viewer().scope == NOTHING
    monkeypatch.setenv("SQM_DISTRICTS", "D10")
    monkeypatch.setenv("SQM_STORES", " S104, S105 ,")
    assert sign_in.viewer().scope == Scope(frozenset({"D10"}), frozenset({"S104", "S105"}))
    monkeypatch.setenv("SQM_ROLE", "district")
    assert sign_in.viewer().scope == Scope(frozenset({"D10"}), None)
