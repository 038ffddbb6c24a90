"""Real servers on free ports and a real browser. For every page: no request leaves the host, none breaks the CSP."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser import tiny

ROOT = Path(__file__).resolve().parent.parent.parent
SHOTS = Path(__file__).parent / "shots"
WIDTHS = (1440, 390)
LOCALES = {"en": "en-US", "zh": "zh-CN"}

# Streamlit says notRunning before lazily loaded parts have replaced their skeletons (and right after a click, before
# the run has begun): wait for the app's state, for the skeletons, and for a text that only the new state has.
SETTLED = """(marker) => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app) return false;
  if (app.getAttribute('data-test-script-state') !== 'notRunning') return false;
  if (app.getAttribute('data-test-connection-state') !== 'CONNECTED') return false;
  const busy = '[data-stale="true"],[data-testid="stSkeleton"],[data-testid="stAppSkeleton"]';
  if (document.querySelector(busy)) return false;
  return !marker || document.body.innerText.includes(marker);
}"""


class Server:
    """A process of its own that serves the product (or a probe script) until it is stopped."""

    def __init__(self, script: Path, settings: dict[str, str], log: Path, root: Path = ROOT) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SQM_")}
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(self.port)],
                cwd=root,
                env={**clean, "PYTHONPATH": str(root), **settings},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait(self, seconds: float = 60) -> "Server":
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:  # noqa: S310 - our own server
                    if answer.read() == b"ok":
                        return self
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not come up:\n{self.log.read_text(errors='replace')}")

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)


Serve = Callable[..., Server]
Visit = Callable[..., Page]
Profiles = Callable[[str, int, bool], BrowserContext]


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """serve(SQM_ROLE="nobody") starts a fresh server with these settings; all are stopped at the end of the session."""
    running: list[Server] = []
    folder = tmp_path_factory.mktemp("servers")

    def start(script: Path = ROOT / "app.py", root: Path = ROOT, **settings: str) -> Server:
        server = Server(script, settings, folder / f"{len(running)}.log", root)
        running.append(server)
        return server.wait()

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def serve_once(serve: Serve) -> Iterator[Serve]:
    """As serve, but the servers end with the test."""
    running: list[Server] = []

    def start(*arguments: Path, **settings: str) -> Server:
        running.append(serve(*arguments, **settings))
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def product(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The product on a tiny database, seen by the quality department, which opens every page."""
    return serve(SQM_DATABASE=str(tiny.build(tmp_path_factory.mktemp("tiny"))), SQM_ROLE="quality")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        message = "no Chromium: apt-get install -y --no-install-recommends chromium fonts-noto-cjk"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profiles(chromium: Browser) -> Profiles:
    """profiles(language, width, dark): a browser profile for pages that nobody signs in to. Kept from test to test,
    with what the browser has compiled of Streamlit's front end: a first visit costs more than all that follow."""

    @cache
    def profile(language: str, width: int, dark: bool) -> BrowserContext:
        return chromium.new_context(
            viewport={"width": width, "height": 900},
            locale=LOCALES[language],
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )

    return profile


@pytest.fixture
def visit(profiles: Profiles) -> Iterator[Visit]:
    """visit(url, language="zh", width=390, dark=True, marker="a text to wait for"): a page and session of its own."""
    pages: list[Page] = []
    wrong: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            wrong.append(message.text)

    def open_page(
        url: str, language: str = "en", width: int = 1440, dark: bool = False, marker: str = "", wait: bool = True
    ) -> Page:
        host = "/".join(url.split("/")[:3])
        own = (host, host.replace("http", "ws", 1), "data:", "blob:", "about:")
        page = profiles(language, width, dark).new_page()
        pages.append(page)
        page.on("console", heard)
        page.on("request", lambda request: None if request.url.startswith(own) else wrong.append(request.url))
        page.on("websocket", lambda socket: None if socket.url.startswith(own) else wrong.append(socket.url))
        page.goto(url)
        if wait:
            settle(page, marker)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert not wrong, "\n".join(wrong)


def settle(page: Page, marker: str = "", seconds: float = 30) -> None:
    """Wait until the page stands still (and shows the marker)."""
    page.wait_for_function(SETTLED, arg=marker, polling="raf", timeout=seconds * 1000)


def shot(page: Page, name: str) -> None:
    """Keep a picture of the whole page under tests/browser/shots (not in the repository)."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@contextmanager
def downloads(page: Page, folder: Path) -> Iterator[list[Path]]:
    """with downloads(page, tmp_path) as files: click; afterwards files holds the one file that came."""
    files: list[Path] = []
    with page.expect_download() as coming:
        yield files
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    files.append(path)
