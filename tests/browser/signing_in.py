"""A product that people sign in to, and the identity provider that it asks: both real, both on this machine."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import settle

PACKAGE = "oidc-provider@9.13.3"
SCRIPT = Path(__file__).parent / "identity_provider.mjs"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sqm-tests" / PACKAGE
INSTALL = "apt-get install -y --no-install-recommends nodejs npm"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def installed() -> Path:
    """The folder with the provider's code, fetched once. Without npm the tests are skipped, in CI they fail; where the
    registry of npm cannot be reached they are skipped and say so."""
    if (CACHE / "node_modules" / "oidc-provider").exists():
        return CACHE
    if shutil.which("npm") is None or shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail(f"no npm: {INSTALL}")
        pytest.skip(f"no npm: {INSTALL}")
    CACHE.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(CACHE), PACKAGE]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip(f"npm's registry did not give {PACKAGE}")
    return CACHE


class IdentityProvider:
    """A process of its own. accounts: login name -> claims."""

    def __init__(self, port: int, app: str, accounts: Mapping[str, Mapping[str, object]]) -> None:
        folder = installed()
        script = shutil.copy(SCRIPT, folder / SCRIPT.name)
        self._process = subprocess.Popen(
            ["node", script, str(port), app, json.dumps(accounts)],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._ready(f"http://127.0.0.1:{port}/.well-known/openid-configuration")

    def _ready(self, address: str) -> None:
        end = time.monotonic() + 30
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own provider
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the identity provider did not come up")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait(10)


def secrets(folder: Path, provider_port: int) -> Path:
    """What the operator writes into .streamlit/secrets.toml."""
    path = folder / "secrets.toml"
    path.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{"s" * 40}"
client_id = "sqm"
client_secret = "a secret of the tests"
server_metadata_url = "http://127.0.0.1:{provider_port}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid profile email", prompt = "login" }}
""",
        encoding="utf-8",
    )
    return path


def sign_in(page: Page, login: str, marker: str = "") -> None:
    """From the sign-in page through the provider's forms, until the product stands still."""
    page.get_by_role("link", name="Sign in").click()
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", "any")
    page.locator("button[type=submit]").click()
    page.locator("button[type=submit]").click()  # consent
    settle(page, marker)
