"""The small operator's database, built once, and the whole application under AppTest on it or on an empty one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.ui.words import use
from tests.database.demo.conftest import TODAYS, built
from tests.pages import operator

MAIN = Path(__file__).resolve().parent.parent.parent / "sqm" / "main.py"
PAGES = MAIN.parent.parent / "pages"

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def operator_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return operator.build(tmp_path_factory.mktemp("operator") / "operator.duckdb")


@pytest.fixture
def own_file(operator_file: Path, tmp_path: Path) -> Path:
    """A copy that a test may change; its uploads and journal are kept beside it."""
    return Path(shutil.copyfile(operator_file, tmp_path / "own.duckdb"))


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration operator of TODAYS[0], for pages alone."""
    path = tmp_path_factory.mktemp("demo_pages") / "demo.duckdb"
    shutil.copyfile(built(TODAYS[0], tmp_path_factory).path, path)
    return path


@pytest.fixture
def open_page(operator_file: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """open_page("matrix", "zh", month="2026-09"): the page as a viewer gets it who follows such a link. districts,
    stores: the codes that a district or store manager belongs to."""

    def opened(
        name: str,
        lang: str = "en",
        database: Path | None = None,
        role: str = "",
        districts: str = "",
        stores: str = "",
        **query: str,
    ) -> AppTest:
        monkeypatch.setenv("SQM_DATABASE", str(database or operator_file))
        if role:
            monkeypatch.setenv("SQM_ROLE", role)
        monkeypatch.setenv("SQM_DISTRICTS", districts)
        monkeypatch.setenv("SQM_STORES", stores)
        app = AppTest.from_file(str(MAIN), default_timeout=30)
        app.query_params["lang"] = lang
        for key, value in query.items():
            app.query_params[key] = value
        with use(lang):  # AppTest formats the options of a widget outside the session
            if name != "home":
                app.switch_page(str(PAGES / f"{name}.py"))
                app.query_params["lang"] = lang
                for key, value in query.items():
                    app.query_params[key] = value
            app.run()
        return app

    return opened


def shown(app: AppTest) -> str:
    """All HTML and text that the page wrote, in order."""
    parts = [element.proto.body for element in app.get("html") if not element.proto.body.startswith("<style>")]
    parts += [element.value for element in (*app.info, *app.warning, *app.error)]
    return "\n".join(str(part) for part in parts).replace("\u00a0", " ")  # which ties a number to its unit
