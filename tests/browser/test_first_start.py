"""The first start of an installation, and an empty database: what a visitor sees before there is anything to see."""

import shutil
from pathlib import Path

import pytest

from sqm.ui.navigation import ENTRIES
from tests.browser.conftest import ROOT, Serve, Visit, overflow, settle, shot

pytestmark = pytest.mark.browser
FEW = ("home", "matrix", "programme", "upload", "people", "indicator")  # one sentence says it for all the others


def test_the_demo_is_built_once_with_a_progress_bar_for_all_who_wait(
    tmp_path: Path, serve_once: Serve, visit: Visit
) -> None:
    for name in ("pages", "sqm", "data", ".streamlit"):
        ignored = shutil.ignore_patterns("*.duckdb*", "*.uploads", "__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "app.py", tmp_path)
    server = serve_once(tmp_path / "app.py", root=tmp_path)
    first = visit(server.url, wait=False)
    second = visit(f"{server.url}/matrix", language="zh", wait=False)
    for page, text in ((first, "Preparing the demonstration data"), (second, "正在生成演示数据")):
        page.get_by_text(text).wait_for(timeout=20_000)
        assert page.locator("[data-testid=stProgress]").count() == 1
    settle(first, "Synthetic demonstration data", seconds=120)
    settle(second, "演示数据均为合成", seconds=60)
    assert [path.name for path in (tmp_path / "data").glob("*.duckdb")] == ["sqm.duckdb"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_database_says_on_every_page_what_comes_first(
    language: str, tmp_path: Path, serve_once: Serve, visit: Visit
) -> None:
    server = serve_once(SQM_DATABASE=str(tmp_path / "new.duckdb"), SQM_ROLE="quality")
    missing = {"en": "The store register comes first", "zh": "请先上传营业厅名册"}[language]
    for entry in ENTRIES if language == "en" else [each for each in ENTRIES if each.name in FEW]:
        page = visit(f"{server.url}/{'' if entry is ENTRIES[0] else entry.name}", language, width=390)
        assert overflow(page) == 0
        if entry.name == "upload":
            assert page.locator("input[type=file]").count() == 1
            continue
        if entry.name == "people":  # people are added before any data
            assert page.locator(".sqm-empty").count() >= 1
            continue
        if entry.name == "programme":  # a study is defined before its first answers come
            assert page.locator(".sqm-empty").count() == 1
            assert {"en": "Define a study", "zh": "新增调查项目"}[language] in page.inner_text("[data-testid=stMain]")
            continue
        assert missing in page.inner_text("[data-testid=stMain]")
    shot(page, f"empty_{language}")
    page.locator("[data-testid=stPageLink] a").click()
    settle(page, {"en": "Choose a file", "zh": "选择文件"}[language])
