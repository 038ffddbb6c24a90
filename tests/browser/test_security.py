"""Under the product's content security policy everything that pages use still works, and hostile text stays text."""

import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, Serve, Server, Visit, downloads, settle

pytestmark = pytest.mark.browser

ADDRESSES = ("/", "/matrix", "/_stcore/health", "/_stcore/host-config", "/media/unknown", "/favicon.png")


@pytest.fixture(scope="module")
def probe(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    script = tmp_path_factory.mktemp("probe") / "app.py"
    script.write_text(
        "import streamlit as st\nfrom sqm import server\n"
        f"app = st.App({str(ROOT / 'tests' / 'browser' / 'probe.py')!r}, middleware=server.middleware())\n",
        encoding="utf-8",
    )
    return serve(script)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_carries_the_headers(address: str, product: Server) -> None:
    try:
        with urllib.request.urlopen(product.url + address, timeout=10) as answer:  # noqa: S310 - our own
            headers = answer.headers
    except urllib.error.HTTPError as refused:
        headers = refused.headers
        refused.close()
    policy = {part.split()[0]: part.split()[1:] for part in headers["Content-Security-Policy"].split(";")}
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(policy["script-src"])
    assert policy["frame-ancestors"] == policy["frame-src"] == policy["form-action"] == ["'none'"]
    assert policy["img-src"] == ["'self'", "data:", "blob:"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_no_other_site_may_send_a_page_messages(product: Server) -> None:
    with urllib.request.urlopen(product.url + "/_stcore/host-config", timeout=10) as answer:  # noqa: S310 - our own
        assert json.load(answer)["allowedOrigins"] == []


def test_all_elements_draw_and_hostile_text_stays_text(probe: Server, visit: Visit, tmp_path: Path) -> None:
    page = visit(probe.url, marker="district=all")
    page.wait_for_selector("[data-testid=stVegaLiteChart] :is(svg, canvas)")
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    assert page.locator("[data-testid=stImage] img").evaluate("e => e.complete && e.naturalWidth > 0")
    assert page.locator("strong", has_text="markdown").count() == 1
    assert page.locator("img[onerror], .sqm-unit img, .sqm-table script").count() == 0
    assert "<script>" in page.inner_text(".sqm-unit")
    assert page.title() == "probe"
    page.set_input_files("input[type=file]", {"name": "x.csv", "mimeType": "text/csv", "buffer": b"a\n1\n"})
    settle(page, "received 4 bytes")
    with downloads(page, tmp_path) as files:
        page.get_by_role("button", name="download", exact=True).click()
    assert files[0].read_bytes() == b"a,b\n1,2\n"


def test_an_inline_script_is_refused_by_the_browser(probe: Server, chromium: Browser) -> None:
    """The policy is in force: what a page could smuggle in would not run."""
    page = chromium.new_page()
    page.goto(probe.url)
    settle(page, "district=all")
    ran = page.evaluate(
        """() => new Promise(done => {
          document.addEventListener('securitypolicyviolation', () => done(window.smuggled === true), {once: true});
          const script = document.createElement('script'); script.textContent = 'window.smuggled = true';
          document.body.append(script); setTimeout(() => done(window.smuggled === true), 500); })"""
    )
    assert ran is False
    page.close()


def choose(page: Page, label: str, option: str) -> None:
    page.locator("[data-testid=stSelectbox]", has_text=label).get_by_role("button").click()
    page.get_by_role("option", name=option).click()


def test_filters_stand_in_the_address_as_codes(probe: Server, visit: Visit) -> None:
    page = visit(probe.url, marker="district=all kind=a")
    choose(page, "District", "West")
    settle(page, "district=D2 kind=a")
    page.get_by_role("radio", name="B", exact=True).click()
    settle(page, "district=D2 kind=b")
    assert page.url.split("?")[1] == "district=D2&kind=b"
    page.go_back()
    settle(page, "district=D2 kind=a")
    page.go_back()
    settle(page, "district=all kind=a")


def test_a_link_opens_the_same_in_the_other_language(probe: Server, visit: Visit) -> None:
    page = visit(f"{probe.url}/?district=D2&kind=b", language="zh", marker="district=D2 kind=b")
    assert "西区" in page.inner_text("[data-testid=stMain]") or page.get_by_role("combobox").input_value() == "西区"
    page.get_by_text("English", exact=True).click()
    settle(page, "District")
    settle(page, "district=D2 kind=b")
    assert "lang=en" in page.url


@pytest.mark.parametrize("value", ["D9", "d2", "*", "D2%00", "'; drop table stores", "西区", "x" * 3000])
def test_a_value_that_is_no_option_is_dropped(value: str, probe: Server, visit: Visit) -> None:
    page = visit(f"{probe.url}/?district={value}&other=1", marker="district=all")
    page.wait_for_function("() => location.search === ''")
