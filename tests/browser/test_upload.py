"""The upload page in a real browser: a file goes in, memory is given back, templates and rejected rows come out."""

import os
import urllib.request
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from tests.browser import tiny
from tests.browser.conftest import WIDTHS, Serve, Server, Visit, downloads, overflow, settle, shot

pytestmark = pytest.mark.browser

HEADER = "受访者编号,营业厅编码,调查日期,渠道,整体满意度,环境,等候时间,营业员,办理速度,意见"
GOOD = [f"N{number},S{number:03d},2026-09-0{number},短信,9,9,8,7,10,好" for number in range(1, 6)]
BAD = ["N8,S999,2026-09-08,短信,9,9,8,7,10,=1+1", "N9,S001,2099-01-01,短信,11,9,8,7,10,<img src=http://127.0.0.1:9/x>"]
SHARED = Path(os.environ.get("SQM_SHARED", "") or Path(__file__).resolve().parents[3] / "shared")
QUESTIONNAIRE = SHARED / "data" / "servqual_kano_ipa_kiosk_kr_cp949.csv"
PANEL = "\n".join(["When;Where;How happy", *(f"2026-09-0{day};S00{day};{day}" for day in range(1, 6))])


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    return serve(SQM_DATABASE=str(tiny.build(tmp_path_factory.mktemp("upload"))), SQM_ROLE="analyst")


def send(page: Page, name: str, text: str, marker: str) -> None:
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    settle(page, marker, seconds=60)


def press(page: Page, key: str, marker: str) -> None:
    page.locator(f".st-key-{key} button").click()
    settle(page, marker, seconds=60)


def held_by_uploader(server: Server) -> float:
    """Bytes that Streamlit keeps of uploaded files."""
    with urllib.request.urlopen(f"{server.url}/_stcore/metrics", timeout=10) as answer:  # noqa: S310 - our own
        lines = answer.read().decode().splitlines()
    return sum(
        float(line.rsplit(" ", 1)[1])
        for line in lines
        if line.startswith("cache_memory_bytes") and "UploadedFileManager" in line
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_five_steps_and_undo_in_chinese(width: int, server: Server, visit: Visit, tmp_path: Path) -> None:
    page = visit(f"{server.url}/upload", "zh", width, marker="下载模板")
    shot(page, f"upload_1_zh_{width}")
    send(
        page,
        f"九月_{width}.csv",
        "\n".join([HEADER, *(row.replace("N", f"N{width}-") for row in GOOD + BAD)]),
        "5 行合格",
    )
    assert held_by_uploader(server) == 0
    shot(page, f"upload_3_zh_{width}")
    assert overflow(page) == 0
    with downloads(page, tmp_path) as files:
        page.locator(".st-key-upload_rejected button").click()
    assert "'=1+1" in files[0].read_text(encoding="utf-8-sig")
    page.locator("[class*=st-key-upload_take] label").click()
    settle(page, "预演")
    press(page, "upload_rehearse", "尚未入库")
    shot(page, f"upload_4_zh_{width}")
    press(page, "upload_commit", "已入库 5 行")
    shot(page, f"upload_5_zh_{width}")
    assert overflow(page) == 0
    row = page.locator("[class*=st-key-upload_batch_]", has_text=f"九月_{width}.csv")
    row.get_by_role("button", name="撤销").click()
    page.get_by_role("button", name="确定撤销").click()
    settle(page, f"九月_{width}.csv 已撤销")
    assert row.count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_a_file_of_other_columns_is_mapped(width: int, server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/upload", "en", width, marker="Templates to fill in")
    send(page, f"panel_{width}.csv", PANEL, "Which column is what?")
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    shot(page, f"upload_2_en_{width}")
    assert overflow(page) == 0


@pytest.mark.skipif(not QUESTIONNAIRE.is_file(), reason="the shared data is not here")
def test_a_questionnaire_of_pairs_from_choosing_to_its_gap(serve_once: Serve, visit: Visit, tmp_path: Path) -> None:
    """Korean words in an old encoding, the month in the file's name: nothing to declare; the gaps open on it."""
    server = serve_once(SQM_DATABASE=str(tiny.build(tmp_path)), SQM_ROLE="analyst")
    page = visit(f"{server.url}/upload", "en", marker="Templates to fill in")
    named = {"name": "kiosk_2026-09.csv", "mimeType": "text/csv", "buffer": QUESTIONNAIRE.read_bytes()}
    page.set_input_files("input[type=file]", named)
    settle(page, "29 pairs", seconds=60)
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    assert overflow(page) == 0
    press(page, "upload_map_done", "211 rows are good, none to mend")
    press(page, "upload_rehearse", "211 rows are new")
    press(page, "upload_commit", "211 rows are stored")
    page.goto(f"{server.url}/gaps?survey=kiosk&lang=en")
    settle(page, "4.87")
    for number in ("5.97", "4.87", "1.10"):
        assert number in page.inner_text("body")
    shot(page, "gaps_questionnaire_en")


@pytest.mark.parametrize(("language", "first"), [("zh", "受访者编号"), ("en", "respondent_id")])
def test_a_template_comes_with_headers_of_the_language(
    language: str, first: str, server: Server, visit: Visit, tmp_path: Path
) -> None:
    page = visit(f"{server.url}/upload", marker="Templates to fill in")
    with downloads(page, tmp_path) as files:
        page.locator(f".st-key-upload_template_survey_{language} button").click()
    book = openpyxl.load_workbook(files[0])
    assert book.worksheets[0]["A1"].value == first
