"""Sign-in against a real identity provider: login, roles, deep link, logout, replay, others' files."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Cookie, Page
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.safety import trail
from sqm.rules import people
from sqm.rules.access import Action, Role
from sqm.rules.people import Person
from tests.browser import signing_in, tiny
from tests.browser.conftest import ROOT, Server, settle
from tests.browser.signing_in import IdentityProvider, sign_in
from tests.reliability import forged_upload, forgery
from tests.reliability.wire import Wire

pytestmark = pytest.mark.browser

PEOPLE = (
    Person("p-wang", "Wang Fang", "wang@op.example", "", True, Role.QUALITY),
    Person("p-li", "Li Hua", "li@op.example", "", True, Role.STORE_MANAGER, (), ("S001",)),
    Person("p-zhao", "Zhao Lei", "zhao@op.example", "", False, Role.QUALITY),
    Person("p-sun", "Sun Yan", "sun@op.example", "", True, Role.STORE_MANAGER, (), ("S999",)),
)
ACCOUNTS = {
    login: {"email": f"{login}@op.example", "email_verified": login != "forged", "name": login}
    for login in ("wang", "li", "zhao", "sun", "stranger", "forged")
}
ACCOUNTS["forged"]["email"] = "wang@op.example"
SIGNED_IN: dict[str, list[Cookie]] = {}
GATE = "You are not signed in, or your account has no role yet."
START = "Sign in with your account of the company."


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tiny.build(tmp_path_factory.mktemp("sign_in"))
    db, uploads = Database.open(str(path)), Uploads(path.with_suffix(".uploads"))
    for person in PEOPLE:
        draft = people.setting(None, person, "begins", "")
        decisions.record(db, uploads, draft.kind, "test", "quality", draft.subject, draft.facts)
    db.close()
    return path


@pytest.fixture(scope="module")
def server(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    signing_in.installed()
    folder, port = tmp_path_factory.mktemp("secrets"), signing_in.free_port()
    secrets = str(signing_in.secrets(folder, port))
    settings = {"SQM_DATABASE": str(database), "STREAMLIT_SECRETS_FILES": secrets}
    server = Server(ROOT / "app.py", settings, folder / "server.log").wait()
    provider = IdentityProvider(port, server.url, ACCOUNTS)
    yield server
    server.stop()
    provider.stop()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    others = list(chromium.contexts)
    yield chromium
    for context in chromium.contexts:
        if context not in others:
            context.close()


def arrive(browser: Browser, server: Server, login: str, address: str = "/", marker: str = "") -> Page:
    """A browser of its own, in which somebody asks for an address and signs in; the second time signed in already."""
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    if login in SIGNED_IN:
        context.add_cookies(SIGNED_IN[login])  # type: ignore[arg-type]
        page.goto(server.url + address)
        settle(page, marker)
        return page
    page.goto(server.url + address)
    sign_in(page, login, marker)
    SIGNED_IN[login] = [each for each in context.cookies() if each["name"].startswith("_streamlit")]
    return page


def status(context: BrowserContext, address: str) -> int:
    return context.request.get(address).status


def cookie_header(context: BrowserContext) -> str:
    return "; ".join(f"{each['name']}={each['value']}" for each in context.cookies())


def stream(server: Server, headers: dict[str, str], origin: str | None) -> connect:
    """A raw websocket to Streamlit."""
    address = f"{server.url.replace('http', 'ws')}/_stcore/stream"
    return connect(address, additional_headers=headers, origin=Origin(origin) if origin else None)


def test_without_a_session_nothing_but_the_sign_in_page_answers(server: Server, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{server.url}/upload?lang=zh")
    assert "请使用公司账号登录" in page.inner_text("body") and page.locator("script").count() == 0
    for closed in ("/_stcore/metrics", "/_stcore/host-config", "/_stcore/agent/openapi.json", "/media/abc.png"):
        assert status(context, server.url + closed) == 401, closed
    for closed in ("/component/x", "/_stcore/bidi-components/sqm.links/links.js", "/app/static/x", "/auth"):
        assert status(context, server.url + closed) == 401, closed
    assert context.request.put(f"{server.url}/_stcore/upload_file/aaaaaaaa/bbbbbbbb", data=b"x").status == 401
    assert status(context, f"{server.url}/_stcore/health") == 200


def test_a_deep_link_survives_the_login(server: Server, browser: Browser) -> None:
    page = arrive(browser, server, "wang", "/matrix?cell=promotions.perception&lang=en", "Indicator matrix")
    assert page.url == f"{server.url}/matrix?cell=promotions.perception&lang=en" or "cell=promotions" in page.url
    assert page.locator(".sqm-page-title").inner_text().startswith("Indicator matrix")
    assert page.locator(".sqm-who").inner_text() == "Wang Fang"
    assert "No sign-in is set up" not in page.inner_text("body")


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/x", "https://evil.example", "/\\evil.example", "/_stcore/metrics"]
)
def test_no_link_leads_elsewhere_through_the_login(server: Server, browser: Browser, elsewhere: str) -> None:
    context = browser.new_context()
    answer = context.request.get(f"{server.url}/sign-in", params={"to": elsewhere}, max_redirects=0)
    assert answer.status == 302 and "sqm_way=%2F;" in answer.headers["set-cookie"]


def test_a_store_manager_sees_the_store_and_no_upload(server: Server, browser: Browser) -> None:
    page = arrive(browser, server, "li", "/upload", "Your role may not open this page.")
    assert page.locator("input[type=file]").count() == 0
    page.goto(f"{server.url}/store")
    settle(page, "Li Hua")
    assert "S002" not in page.inner_text("[data-testid=stMain]")


@pytest.mark.parametrize("login", ["zhao", "sun", "stranger", "forged"])
def test_whoever_has_no_place_here_sees_nothing(server: Server, browser: Browser, login: str) -> None:
    page = arrive(browser, server, login, "/matrix", GATE)
    assert page.locator(".sqm-page-title, [data-testid=stTopNavLink]").count() == 0
    assert status(page.context, f"{server.url}/_stcore/metrics") == 403


def test_logout_ends_every_tab_and_the_old_cookie_opens_nothing(server: Server, browser: Browser) -> None:
    page = arrive(browser, server, "wang", "/", "Overview")
    cookies = SIGNED_IN.pop("wang")
    other = page.context.new_page()
    other.goto(f"{server.url}/targets")
    settle(other, "Target desk")
    page.bring_to_front()  # a tab behind another is drawn seldom; a press on what is about to be drawn anew is lost
    settle(page, "Overview")
    page.get_by_role("link", name="Sign out").click()
    page.wait_for_url("**/session/end**")
    other.wait_for_selector("a[href*='/sign-in']", timeout=60_000)
    assert START in other.inner_text("body")
    replayed = browser.new_context()
    replayed.add_cookies(cookies)  # type: ignore[arg-type]
    again = replayed.new_page()
    again.goto(f"{server.url}/targets")
    assert START in again.inner_text("body")
    assert status(replayed, f"{server.url}/_stcore/host-config") == 401
    cookie = {"Cookie": cookie_header(replayed)}
    with pytest.raises(InvalidStatus, match="403"), stream(server, cookie, server.url):
        pass


def test_the_websocket_wants_a_session_and_its_own_origin(server: Server, browser: Browser) -> None:
    page = arrive(browser, server, "wang", "/", "Overview")
    cookie = {"Cookie": cookie_header(page.context)}
    with stream(server, cookie, server.url):
        pass
    for headers, origin in (({}, server.url), (cookie, "http://evil.example"), (cookie, None), ({}, None)):
        with pytest.raises(InvalidStatus, match="403"), stream(server, headers, origin):
            pass


def test_a_forged_press_over_a_raw_websocket_has_no_effect(server: Server, browser: Browser) -> None:
    """The form of people, sent by a store manager to the page and to its hash; and the file of another tab."""
    wang = Wire(server.url, cookie_header(arrive(browser, server, "wang", "/", "Overview").context))
    li = Wire(server.url, cookie_header(arrive(browser, server, "li", "/", "Overview").context))
    form = forgery.FORMS[Action.MANAGE_PEOPLE]
    own = wang.open(form.address)
    forged = {each.id: each for each in forgery.filled(own, form, {})}
    assert forgery.has_button(own, form, {})
    for page_hash in ("", own.page_hash):
        li.open(form.address, page_hash)
        answer = li.run(forged)
        assert "Your role may not open this page." in answer.text and "forged" not in answer.text
    address, _error = wang.made(own.ending("trail_export").file_id)
    assert wang.fetch(address)[0] == 200 and li.fetch(address)[0] == 403
    assert "forged@op.example" not in wang.open("people?lang=en").text
    wang.close()
    li.close()


def test_a_forged_upload_and_commit_has_no_effect(
    server: Server, browser: Browser, database: Path, tmp_path: Path
) -> None:
    """A store manager and somebody without a session send a file and press the commit that another has rehearsed."""
    wang = Wire(server.url, cookie_header(arrive(browser, server, "wang", "/", "Overview").context))
    li = Wire(server.url, cookie_header(arrive(browser, server, "li", "/", "Overview").context))
    own = forged_upload.rehearse(wang)
    before, done = forgery.state(database, tmp_path)
    answers, seen = forged_upload.forge(li, own)
    assert answers == [403, 403]
    assert all("Your role may not open this page." in each.text for each in seen)
    assert browser.new_context().request.put(server.url + own.address, data=b"x").status == 401
    with pytest.raises(InvalidStatus, match="403"):
        Wire(server.url)
    after, now = forgery.state(database, tmp_path)
    assert after == before
    assert set(now[: len(now) - len(done)]) == {("li@op.example", "denied")}
    assert "2 rows are stored" in wang.run(own.press).text
    assert forgery.state(database, tmp_path)[1][0] == ("wang@op.example", "commit")
    wang.close()
    li.close()


def test_a_file_answers_only_whom_it_was_made_for(server: Server, browser: Browser) -> None:
    wang = arrive(browser, server, "wang", "/matrix", "Indicator matrix")
    with wang.expect_download() as coming:
        wang.locator("[data-testid=stDownloadButton] button").first.click()
    address = coming.value.url
    assert "/media/" in address and status(wang.context, address) == 200
    li = arrive(browser, server, "li", "/", "Overview")
    assert status(li.context, address) == 403
    assert status(browser.new_context(), address) == 401


def test_a_change_of_people_holds_within_a_minute_in_a_window_that_is_open(server: Server, browser: Browser) -> None:
    li = arrive(browser, server, "li", "/matrix", "Indicator matrix")
    wang = arrive(browser, server, "wang", "/people", "People and rights")

    def change(reason: str) -> float:
        wang.get_by_role("link", name="Li Hua").click()
        settle(wang, "Change: Li Hua")
        wang.get_by_text("The account is open").click()
        wang.get_by_label("Reason", exact=True).fill(reason)
        wang.get_by_role("button", name="Record").click()
        settle(wang, "Recorded. It holds from now on")
        return time.monotonic()

    closed = change("leave of absence")
    li.get_by_text(GATE).wait_for(timeout=60_000)
    assert time.monotonic() - closed < 60
    assert li.locator(".sqm-page-title, [data-testid=stTopNavLink]").count() == 0
    opened = change("back again")
    li.locator(".sqm-page-title").wait_for(timeout=60_000)
    assert time.monotonic() - opened < 60


def test_whoever_may_uploads_a_file_and_nobody_else_to_that_address(server: Server, browser: Browser) -> None:
    wang = arrive(browser, server, "wang", "/upload", "Upload")
    with wang.expect_request(lambda request: "/upload_file/" in request.url and request.method == "PUT") as sent:
        wang.set_input_files(
            "input[type=file]", {"name": "x.csv", "mimeType": "text/csv", "buffer": b"store,score\nS001,9\n"}
        )
    answer = sent.value.response()
    assert answer is not None and answer.status == 204
    li = arrive(browser, server, "li", "/", "Overview")
    assert li.context.request.put(sent.value.url, data=b"x").status == 403


def test_another_host_name_is_refused_and_health_answers(server: Server) -> None:
    for path, code in (("/", 403), ("/_stcore/health", 200)):
        request = urllib.request.Request(server.url + path, headers={"Host": "evil.example"})  # noqa: S310 - our own
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                found = answer.status
        except urllib.error.HTTPError as refused:
            found = refused.code
        assert found == code, path


def test_afterwards_the_trail_has_it_all(server: Server, database: Path) -> None:
    """Last: the server lets go of the file."""
    server.stop()
    db = Database.open(str(database))
    rows = trail.entries(db, 500)
    happened = {(row.who, row.action) for row in rows.itertuples()}
    assert {("wang@op.example", "login"), ("wang@op.example", "logout"), ("li@op.example", "login")} <= happened
    assert {(f"{login}@op.example", "denied") for login in ("zhao", "sun", "stranger")} <= happened
    assert ("wang@op.example", "denied") in happened, "a forged, unverified address"
    assert trail.check(db)[1] == ()
    db.close()
