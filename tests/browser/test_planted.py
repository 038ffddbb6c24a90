"""An operator whose every text is hostile and names its store: what comes back to whom, and what a forger may do."""

import base64
import io
import shutil
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.safety import trail
from sqm.rules.access import Action, Role
from sqm.ui.navigation import ENTRIES
from tests.browser.conftest import Serve, Server, Visit, settle
from tests.reliability import canary, forgery, hostile, planted
from tests.reliability.wire import FINISHED, Wire, told

pytestmark = pytest.mark.browser


FOUND: dict[str, set[str]] = {}
VIEWS = (
    "/",
    "satisfaction?view=trend",
    "satisfaction?view=compare",
    "satisfaction?view=drivers",
    "stores?view=table",
    "stores?view=map",
    "stores?view=items",
    "stores?view=funnel",
    "process?process=promotions",
    "process",
    "relations",
    "gaps",
    "indicator",
    "indicator?code=STO-O01&rows=1",
    "programme?study=cati",
    "people?person=p-S2",
    "store?store=S2",
    "targets?proposal={proposal}",
)
"""Beside the forms of forgery.py."""
# Everything in the page that is alive and not ours: handlers, foreign addresses, elements that nobody of us writes.
ALIVE = """(listener) => {
  const found = [];
  if (window.hostile) found.push("script ran");
  for (const each of document.querySelectorAll("form,iframe,object,embed,base,meta[http-equiv=refresh],.katex"))
    found.push(each.outerHTML.slice(0, 200));
  for (const each of document.querySelectorAll("*")) {
    for (const {name, value} of each.attributes) {
      if (name.startsWith("on")) found.push(`${each.tagName} ${name}`);
      if (!["href", "src", "xlink:href", "action", "srcset", "poster", "data"].includes(name)) continue;
      const there = new URL(value, document.baseURI);
      const ours = ["data:", "blob:", "tel:", "mailto:"].includes(there.protocol) || there.origin === location.origin;
      if (!ours) found.push(value);
    }
    if (each.tagName === "STYLE" && each.textContent.includes(listener)) found.push("style");
    if (each.tagName === "IMG" && each.complete && !each.naturalWidth) found.push(`broken ${each.src.slice(0, 60)}`);
    if (each.dataset?.testid === "stIconMaterial" && each.textContent === "bolt") found.push("icon");
  }
  return found;
}"""


def say(store: str, text: str) -> str:
    return f"{canary.say(store, text)} {hostile.payload(store + text)}"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = planted.build(tmp_path_factory.mktemp("planted"), say)
    FOUND.update(hostile.poison(path))
    return path


@pytest.fixture(scope="module")
def server(database: Path, serve: Serve) -> Server:
    """The quality department, or whom a tab looks as."""
    return serve(SQM_DATABASE=str(database), SQM_ROLE="quality")


def state(database: Path, folder: Path) -> tuple[dict[str, tuple[int, int]], list[tuple[str, str]]]:
    """Hashes of all tables, and who did what, of a copy: the server holds the file itself."""
    copy = folder / "copy.duckdb"
    for ending in ("", ".wal"):
        if Path(f"{database}{ending}").exists():
            shutil.copyfile(f"{database}{ending}", f"{copy}{ending}")
    db = Database.open(str(copy))
    rows = trail.entries(db, 100_000)
    found = table_hashes(db), [(str(who), str(what)) for who, what in zip(rows["who"], rows["action"], strict=True)]
    db.close()
    return found


@pytest.fixture(scope="module")
def facts(database: Path) -> dict[str, str]:
    return forgery.known(database)


def tab(server: Server, role: Role) -> Wire:
    wire = Wire(server.url)
    if role is Role.STORE_MANAGER:
        canary.first(wire)
    elif role is not Role.QUALITY:
        canary.look_as(wire, {Role.EXECUTIVE: "management", Role.HR: "human resources"}[role])
    return wire


FORGERS = (Role.STORE_MANAGER, Role.HR)
"""The first of them that may not do a thing tries it."""


@pytest.mark.usefixtures("database")
def test_every_column_of_text_is_known() -> None:
    """A new one is named in hostile.py: as a text, or as a code that no person writes."""
    assert FOUND[""] == set()


def hear(frame: bytes | str, ended: list[int]) -> None:
    """Note the end of a run of the script."""
    message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
    if message.WhichOneof("type") == "script_finished" and message.script_finished in FINISHED:
        ended.append(1)


def move(page: Page, address: str, ended: list[int]) -> None:
    """To another page or view as our links do it: one run of the script, whose end is heard."""
    before = len(ended)
    page.evaluate("(to) => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); }", address)
    while len(ended) == before:
        page.wait_for_timeout(20)
    settle(page, seconds=60)


def test_hostile_text_on_every_page_stays_text(server: Server, visit: Visit, facts: dict[str, str]) -> None:
    """Scripts run 0, requests to other hosts 0 and violations of the policy 0 (both by the fixture), nothing alive."""
    asked = [form.address.format(**facts).replace("lang=en&", "").replace("?lang=en", "") for form in forms()]
    asked += [each.format(**facts) for each in VIEWS]
    page, ended = visit(f"{server.url}/?lang=en", marker="window.hostile"), list[int]()
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: hear(frame, ended)))
    page.reload()
    settle(page, "window.hostile", seconds=60)
    hits = 0
    for place, address in enumerate(dict.fromkeys(asked)):
        move(page, f"/{address.strip('/')}{'&' if '?' in address else '?'}lang={('en', 'zh')[place % 2]}", ended)
        assert page.evaluate(ALIVE, hostile.LISTENER) == [], address
        hits += "window.hostile" in page.inner_text("[data-testid=stMain]")
    assert hits > len(asked) * 0.8
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<form></form><a href=//x.example>x</a>')")
    assert len(page.evaluate(ALIVE, hostile.LISTENER)) == 2, "it would be found"
    assert {entry.name for entry in ENTRIES} - {"home"} <= {each.partition("?")[0] for each in asked}


def forms() -> list[forgery.Form]:
    return [each for each in forgery.FORMS.values() if each.role is Role.QUALITY]


def test_no_forged_widget_has_an_effect(database: Path, facts: dict[str, str], server: Server, tmp_path: Path) -> None:
    """The states of the right role's widgets, sent by roles that may not, to the page by name and by hash."""
    assert set(forgery.FORMS) == set(Action)
    before, done = state(database, tmp_path)
    tabs = {role: tab(server, role) for role in (Role.QUALITY, Role.EXECUTIVE, *FORGERS)}
    for action, form in forgery.FORMS.items():
        own = tabs[form.role].open(form.address.format(**facts))
        assert not form.press or forgery.has_button(own, form, facts), action
        forged = {each.id: each for each in forgery.filled(own, form, facts)}
        forger = tabs[next(each for each in FORGERS if each in forgery.without(action))]
        forger.open(form.address.format(**facts), own.page_hash if len(action) % 2 else "")
        answer = forger.run(forged)
        assert not form.press or not forgery.has_button(answer, form, facts), action
    for each in tabs.values():
        each.close()
    after, now = state(database, tmp_path)
    assert after == before
    refused = [each for each in now if each not in done]
    assert {what for _who, what in refused} <= {"denied", "refused"}
    assert {who for who, _what in refused} == {"store_manager", "hr"}


def test_a_button_drawn_for_a_role_that_is_gone_has_no_effect(
    database: Path, facts: dict[str, str], server: Server, tmp_path: Path
) -> None:
    """Streamlit keeps what a button calls for the whole session, and a press of it needs no button."""
    before, _done = state(database, tmp_path)
    wire, forged = tab(server, Role.QUALITY), {}
    for action, form in forgery.FORMS.items():
        if form.role is Role.QUALITY and Role.STORE_MANAGER in forgery.without(action):
            own = wire.open(form.address.format(**facts))
            forged[action] = {each.id: each for each in forgery.filled(own, form, facts)}
    canary.first(wire)
    for states in forged.values():
        wire.run(states)
    wire.close()
    after, now = state(database, tmp_path)
    assert len(forged) > 14 and after == before
    assert ("store_manager", "denied") in now


SURE = (Action.UNDO_BATCH, Action.ADD_EVENT, Action.PROPOSE_TARGET, Action.SIGN_TARGET_QUALITY, Action.MANAGE_PEOPLE)


def test_the_same_by_the_right_role_is_recorded(
    database: Path, facts: dict[str, str], server: Server, tmp_path: Path
) -> None:
    """So the forgeries were good ones."""
    _before, done = state(database, tmp_path)
    tabs = {role: tab(server, role) for role in (Role.QUALITY, Role.EXECUTIVE)}
    for action in SURE:
        form = forgery.FORMS[action]
        own = tabs[form.role].open(form.address.format(**facts))
        tabs[form.role].run({each.id: each for each in forgery.filled(own, form, facts)})
    for each in tabs.values():
        each.close()
    _after, now = state(database, tmp_path)
    made = {what for _who, what in now[: len(now) - len(done)]}
    assert {forgery.FORMS[action].tells for action in SURE} <= made


def test_nothing_of_another_store_comes_back_to_its_manager(server: Server) -> None:
    """A small round of tests.reliability.canary, in a process whose caches the quality department has filled; then the
    manager of a second store, after the first one."""
    found = canary.Found()
    canary.Crawl(server.url, "S1", found, canary.first).run(80)
    canary.Crawl(server.url, "S3", found, canary.second).run(40)
    canary.look_for(server.log.read_text(encoding="utf-8", errors="replace"), "", "the log", found)
    assert found.leaks == []
    assert found.requests >= 120 and len(found.pages) == len(ENTRIES)
    assert found.own > 50 and sum(found.exceptions.values()) > 0, "they would be found"


def test_a_store_is_looked_for_in_charts_escapes_and_numbers() -> None:
    found = canary.Found()
    chart = base64.b64encode(b"<svg>canaryS2x</svg>")
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "canaryS4x")
    for data in (b"data:image/svg+xml;base64," + chart, b"canary\\u0053\\u0033x", book.getvalue(), b"n = 7,135,045<"):
        canary.look_for(told(data), "S1", "/store", found)
    assert list(dict.fromkeys(store for store, _where, _around in found.leaks)) == ["S2", "S3", "S4", "S5"]
