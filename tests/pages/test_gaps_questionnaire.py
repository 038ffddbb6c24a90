"""A real questionnaire comes in through the upload page alone, and the gap page shows its means."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.intake import child
from tests.browser import tiny
from tests.pages.conftest import MAIN, PAGES, shown
from tests.pages.reading import card, plain
from tests.pages.test_upload_questionnaire import FILE, needs_file, send


@pytest.fixture(autouse=True)
def no_child_left() -> Iterator[None]:
    yield
    child.close()


@needs_file
def test_the_gap_page_shows_the_mean_gap_of_the_korean_questionnaire(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """211 people, of whom four stopped early; means as the file's description gives them."""
    monkeypatch.setenv("SQM_DATABASE", str(tiny.build(tmp_path)))
    monkeypatch.setenv("SQM_ROLE", "analyst")
    app = AppTest.from_file(str(MAIN), default_timeout=90).run()
    app.switch_page(str(PAGES / "upload.py")).run()
    send(app)
    app.selectbox(key="upload_month_en").select("2026-09-01").run()
    for step in ("upload_map_done", "upload_rehearse", "upload_commit"):
        app.button(key=step).click().run()
    app.switch_page(str(PAGES / "gaps.py")).run()
    page = shown(app)
    assert card(page, "Mean expectation").startswith("5.97")
    assert card(page, "Mean perception (SERVPERF)").startswith("4.87")
    assert card(page, "Mean gap").startswith("−1.10")
    assert "n = 207" in plain(page)
    assert page.count("<tr>") == 1 + 24, "the head and a row a pair"
    assert FILE.stem in plain(page)
