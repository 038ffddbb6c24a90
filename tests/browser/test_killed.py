"""kill -9 of the server in the middle of a commit: the page is back, with the whole batch or without it."""

import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from sqm.database.connection import Database
from tests.browser import tiny
from tests.browser.conftest import Serve, Visit, settle

pytestmark = pytest.mark.browser

ROWS, KILLS = 60_000, 3
HEADER = "受访者编号,营业厅编码,调查日期,渠道,整体满意度,环境,等候时间,营业员,办理速度,意见"


def survey(number: int) -> bytes:
    rows = (f"K{number}-{row},S00{row % 5 + 1},2026-09-0{row % 9 + 1},短信,9,9,8,7,10," for row in range(ROWS))
    return "\n".join([HEADER, *rows]).encode()


def test_the_page_is_back_after_a_kill_in_the_commit(serve_once: Serve, visit: Visit, tmp_path: Path) -> None:
    database = tiny.build(tmp_path)
    random = np.random.default_rng(3)
    for number in range(KILLS):
        server = serve_once(SQM_DATABASE=str(database), SQM_ROLE="analyst")
        page = visit(f"{server.url}/upload", marker="Templates to fill in")
        file = {"name": f"{number}.csv", "mimeType": "text/csv", "buffer": survey(number)}
        page.set_input_files("input[type=file]", file)
        settle(page, "Rehearse", seconds=60)
        page.locator(".st-key-upload_rehearse button").click()
        settle(page, "Nothing is stored yet", seconds=60)
        page.locator(".st-key-upload_commit button").click()
        time.sleep(float(random.uniform(0.05, 0.6)))
        os.kill(server.pid, signal.SIGKILL)
        server.stop()
        started = time.monotonic()
        again = serve_once(SQM_DATABASE=str(database), SQM_ROLE="analyst")
        visit(f"{again.url}/matrix", marker="all districts")
        assert time.monotonic() - started < 10
        again.stop()
        db = Database.open(str(database))
        stored = db.frame("select rows_added from batches where file_name = $name", {"name": f"{number}.csv"})
        rows = db.frame("select count(*) as n from responses where respondent_id like $id", {"id": f"K{number}-%"})
        db.close()
        assert int(rows["n"][0]) == (ROWS if len(stored) else 0)
