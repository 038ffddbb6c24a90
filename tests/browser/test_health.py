"""/health of a real server: green, red within ten seconds of damage, green again without a person."""

import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from sqm.database.safety.own_files import BLOCK, HEADER
from tests.browser import tiny
from tests.browser.conftest import Serve

pytestmark = pytest.mark.browser


def ask(url: str) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:  # noqa: S310 - our own server
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())


def until(url: str, status: int, seconds: float) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while True:
        found, body = ask(url)
        if found == status:
            return body
        assert time.monotonic() < end, body
        time.sleep(0.2)


def test_damage_is_red_within_ten_seconds_and_mended_within_a_minute(serve_once: Serve, tmp_path: Path) -> None:
    database = tiny.build(tmp_path)
    server = serve_once(SQM_DATABASE=str(database), SQM_ROLE="analyst")
    body = until(server.url, 200, 30)
    assert set(body) == {"status", "codes", "looked_at"}
    assert (body["status"], body["codes"]) == ("green", [])
    end = time.monotonic() + 40
    while not list((tmp_path / "tiny.snapshots").glob("*.json")):  # the one that the server takes when it starts
        assert time.monotonic() < end
        time.sleep(0.2)
    with database.open("r+b") as file:
        file.seek(HEADER + 4 * BLOCK + 4000)
        file.write(b"damage")
    body = until(server.url, 503, 10)
    assert body["codes"] and str(tmp_path) not in json.dumps(body)
    until(server.url, 200, 60)
    assert list(Path(f"{database}.damaged").rglob("tiny.duckdb"))
