"""An operator whose every text is hostile and names its store: what comes back to whom, and what a forger may do."""

import base64
import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from sqm.intake.words import header_words
from sqm.rules.access import Action, Role
from sqm.ui.navigation import ENTRIES
from tests.browser.conftest import Serve, Server, Visit, settle
from tests.reliability import canaries, forged_upload, forgery, hostile, hostile_file, planted, together
from tests.reliability.canary import Crawl
from tests.reliability.wire import FINISHED, Wire, told

pytestmark = pytest.mark.browser


FOUND: dict[str, set[str]] = {}
SURVEY = header_words.survey_code(hostile_file.NAME)
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
    f"satisfaction?survey={SURVEY}",
    f"comments?survey={SURVEY}",
    f"store?store={hostile_file.NEW_STORES[0]}",
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
    return f"{canaries.say(store, text)} {hostile.payload(store + text)}"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = planted.build(tmp_path_factory.mktemp("planted"), say)
    FOUND.update(hostile.poison(path))
    return path


@pytest.fixture(scope="module")
def facts(database: Path) -> dict[str, str]:
    return forgery.known(database)


@pytest.fixture(scope="module")
def server(database: Path, facts: dict[str, str], serve: Serve) -> Server:
    """The quality department, or whom a tab looks as. It opens the file after facts have been read from it."""
    return serve(SQM_DATABASE=str(database), SQM_ROLE="quality")


def tab(server: Server, role: Role) -> Wire:
    wire = Wire(server.url)
    if role is Role.STORE_MANAGER:
        canaries.manager("S1")(wire)
    elif role is not Role.QUALITY:
        canaries.look_as(wire, {Role.EXECUTIVE: "management", Role.HR: "human resources"}[role])
    return wire


FORGERS = (Role.STORE_MANAGER, Role.HR)
"""The first of them that may not do a thing tries it."""


@pytest.mark.usefixtures("database")
def test_every_column_of_text_is_known() -> None:
    """A new one is named in hostile.py: as a text, or as a code that no person writes."""
    assert FOUND[""] == set()


def test_a_forged_commit_after_anothers_rehearsal_has_no_effect(database: Path, server: Server, tmp_path: Path) -> None:
    """By a tab of a role that may not upload, and in the tab of the analyst, whose role is gone. Then the analyst is
    back: the press was a good one."""
    analyst, manager = Wire(server.url), Wire(server.url)
    canaries.look_as(analyst, "analyst")
    canaries.manager("S1")(manager)
    own = forged_upload.rehearse(analyst)
    before, done = forgery.state(database, tmp_path)
    _answers, seen = forged_upload.forge(manager, own)
    canaries.manager("S1")(analyst)
    seen += [analyst.open(forged_upload.PAGE), analyst.run(own.press)]
    assert all("Your role may not open this page." in each.text for each in seen)
    after, now = forgery.state(database, tmp_path)
    assert after == before
    assert set(now[: len(now) - len(done)]) == {("store_manager", "denied")}
    canaries.look_as(analyst, "analyst")
    analyst.open(forged_upload.PAGE)
    assert "2 rows are stored" in analyst.run(own.press).text
    assert forgery.state(database, tmp_path)[1][0] == ("analyst", "commit")
    for each in (analyst, manager):
        each.close()


STEPS = (
    ("upload_map_done", f"{hostile_file.GOOD} rows are good, {hostile_file.BAD} to mend"),
    ("upload_take", ""),
    ("upload_rehearse", f"{hostile_file.GOOD} rows are new."),
    ("upload_commit", f"{hostile_file.GOOD} rows are stored"),
)
"""What is pressed, and what only the page after it says."""


def test_a_hostile_file_goes_in_as_text(server: Server, visit: Visit) -> None:
    """Its name, headers, categories, comments and stores, in every step and in the history; the other pages show them
    in the next test."""
    page = visit(f"{server.url}/upload?lang=en", marker="Templates to fill in")
    sent = {"name": hostile_file.NAME, "mimeType": "text/csv", "buffer": hostile_file.survey()}
    page.set_input_files("input[type=file]", sent)
    settle(page, "Which column is what?", seconds=60)
    for key, after in STEPS:
        assert page.evaluate(ALIVE, hostile.LISTENER) == [], key
        page.locator(f"[class*=st-key-{key}] :is(button, label)").first.click()
        settle(page, after, seconds=60)
    assert page.evaluate(ALIVE, hostile.LISTENER) == []
    row = page.locator("[class*=st-key-upload_batch_]", has_text="2 left out")
    assert "<svg onload=window.hostile=1> **bold** $latex$ :material/bolt:" in row.inner_text()


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
    assert '"event": "incident"' not in server.log.read_text(encoding="utf-8", errors="replace")
    assert hits > len(asked) * 0.8
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<form></form><a href=//x.example>x</a>')")
    assert len(page.evaluate(ALIVE, hostile.LISTENER)) == 2, "it would be found"
    assert {entry.name for entry in ENTRIES} - {"home"} <= {each.partition("?")[0] for each in asked}


def forms() -> list[forgery.Form]:
    return [each for each in forgery.FORMS.values() if each.role is Role.QUALITY]


def test_no_forged_widget_has_an_effect(database: Path, facts: dict[str, str], server: Server, tmp_path: Path) -> None:
    """The states of the right role's widgets, sent by roles that may not, to the page by name and by hash."""
    assert set(forgery.FORMS) == set(Action)
    before, done = forgery.state(database, tmp_path)
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
    after, now = forgery.state(database, tmp_path)
    assert after == before
    refused = now[: len(now) - len(done)]
    assert {what for _who, what in refused} <= {"denied", "refused"}
    assert {who for who, _what in refused} == {"store_manager", "hr"}


def test_a_button_drawn_for_a_role_that_is_gone_has_no_effect(
    database: Path, facts: dict[str, str], server: Server, tmp_path: Path
) -> None:
    """Streamlit keeps what a button calls for the whole session, and a press of it needs no button."""
    before, _done = forgery.state(database, tmp_path)
    wire, forged = tab(server, Role.QUALITY), {}
    for action, form in forgery.FORMS.items():
        if form.role is Role.QUALITY and Role.STORE_MANAGER in forgery.without(action):
            own = wire.open(form.address.format(**facts))
            forged[action] = {each.id: each for each in forgery.filled(own, form, facts)}
    canaries.manager("S1")(wire)
    for states in forged.values():
        wire.run(states)
    wire.close()
    after, now = forgery.state(database, tmp_path)
    assert len(forged) > 14 and after == before
    assert ("store_manager", "denied") in now


SURE = (Action.UNDO_BATCH, Action.ADD_EVENT, Action.PROPOSE_TARGET, Action.SIGN_TARGET_QUALITY, Action.MANAGE_PEOPLE)


def test_the_same_by_the_right_role_is_recorded(
    database: Path, facts: dict[str, str], server: Server, tmp_path: Path
) -> None:
    """So the forgeries were good ones."""
    _before, done = forgery.state(database, tmp_path)
    tabs = {role: tab(server, role) for role in (Role.QUALITY, Role.EXECUTIVE)}
    for action in SURE:
        form = forgery.FORMS[action]
        own = tabs[form.role].open(form.address.format(**facts))
        tabs[form.role].run({each.id: each for each in forgery.filled(own, form, facts)})
    for each in tabs.values():
        each.close()
    _after, now = forgery.state(database, tmp_path)
    made = {what for _who, what in now[: len(now) - len(done)]}
    assert {forgery.FORMS[action].tells for action in SURE} <= made


def test_nothing_of_another_store_comes_back_to_its_manager(server: Server) -> None:
    """A small round of tests.reliability.canary, in a process whose caches the quality department has filled; then the
    manager of a second store, after the first one."""
    found = canaries.Found()
    Crawl(server.url, "S1", found, canaries.manager("S1")).run(60)
    Crawl(server.url, "S3", found, canaries.manager("S3")).run(30)
    canaries.look_for(server.log.read_text(encoding="utf-8", errors="replace"), "", "the log", found)
    assert found.leaks == []
    assert found.requests >= 90 and len(found.pages) == len(ENTRIES)
    assert found.own > 50 and sum(found.exceptions.values()) > 0, "they would be found"


def test_nothing_of_another_store_comes_back_when_all_look_at_once(server: Server) -> None:
    """Two rounds of tests.reliability.together: after a change, and each at another page."""
    everybody = together.lookers(server.url, ("S1", "S3"))
    store, others_store, matrix, comments, *_others = together.STEPS
    together.run_round(everybody, 0, (store, comments, matrix))
    together.run_round(everybody, 1, (store, others_store), changes=False)
    for each in everybody:
        each.wire.close()
    managers = [each for each in everybody if each.store]
    assert [leak for each in managers for leak in each.found.leaks] == []
    assert all(each.found.own > 20 and each.files for each in managers), "they would be found"
    assert together.at_once(everybody) > sum(len(each.spans) for each in managers) * 0.5


def test_a_store_is_looked_for_in_charts_escapes_and_numbers() -> None:
    found = canaries.Found()
    chart = base64.b64encode(b"<svg>canaryS2x</svg>")
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "canaryS4x")
    for data in (b"data:image/svg+xml;base64," + chart, b"canary\\u0053\\u0033x", book.getvalue(), b"n = 7,135,045<"):
        canaries.look_for(told(data), "S1", "/store", found)
    assert list(dict.fromkeys(store for store, _where, _around in found.leaks)) == ["S2", "S3", "S4", "S5"]
