"""What each role finds at home: its own reds, tasks and deadlines, and nothing of other places."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.batches.uploads import Uploads
from sqm.database.deciding import decisions
from sqm.rules.access import EVERYTHING, Role, Scope, scope_of
from sqm.rules.audits import appeals
from sqm.rules.decisions import Draft
from sqm.rules.stores import actions
from sqm.rules.tasks import tasks
from sqm.rules.tasks.tasks import Code, Task
from sqm.ui.decisions import data_decisions
from sqm.ui.doors import data_names
from sqm.ui.doors.data import database
from sqm.ui.home.tasks import data_tasks, task_count, task_lines, task_words
from sqm.ui.words import use
from tests.pages import audited
from tests.pages.clicking import click, labels
from tests.pages.conftest import Open, shown
from tests.pages.reading import card, finding, headings, plain, rows

DISTRICT, STORE = "D07", "S076"  # of the demonstration: a queried mark of it waits, an action of the district is late
TODAY = date.today()
Home = Callable[..., str]


@pytest.fixture
def home(open_page: Open, demo_file: Path) -> Home:
    """home("district"): the page of the demonstration as this role."""
    places = {"district": {"districts": DISTRICT}, "store_manager": {"districts": DISTRICT, "stores": STORE}}

    def opened(role: str, lang: str = "en") -> str:
        app = open_page("home", lang, database=demo_file, role=role, **places.get(role, {}))
        assert not app.exception and not app.error
        return shown(app)

    return opened


def task_titles(page: str) -> list[str]:
    """Groups of tasks in their order."""
    return [plain(found) for found in re.findall(r'<div class="sqm-task-title">(.*?)</div>', page, re.DOTALL)]


def scope(role: Role) -> Scope:
    return scope_of(role, frozenset({DISTRICT}), frozenset({STORE}))


def test_management_has_answers_owners_and_what_is_late(home: Home) -> None:
    page = home("executive")
    assert card(page, "Are customers more satisfied?").startswith(("Yes, better", "No, worse", "No change"))
    assert re.match(
        r"(Yes, ahead|No, behind|Level) [+−]\d+\.\d ± \d+\.\d pp", card(page, "Are we ahead of the best rival?")
    )
    red = int(re.findall(r"✕ (\d+) red", card(page, "What is red, and who owns it?"))[0])
    owned = page.split('class="sqm-owned"')[1].split("</ol>")[0]
    badges = [int(n) for n in re.findall(r"✕ (\d+)</span>", owned)]
    assert badges == sorted(badges, reverse=True) and sum(badges) <= red
    assert "target" in plain(owned) and "missed for" in plain(owned)
    late = [each for each in actions.actions(data_decisions.log()) if each.is_overdue(TODAY)]
    assert re.match(rf"{len(late)} actions? (is|are) past", task_titles(page)[0])
    assert f'stores?lang=en&amp;view=table&amp;district={DISTRICT}"' in page


def test_quality_has_everything_that_waits_for_it(home: Home) -> None:
    titles = task_titles(home("quality"))
    assert titles[0] == "3 appeals wait for your ruling", "the longest overdue first"
    assert {
        "1 proposed indicator to accept or refuse",
        "1 district has not reported its own audits",
        "1 district owes values of the month",
    } <= set(titles)


def test_an_analyst_has_what_is_missing_and_signals(home: Home) -> None:
    page = home("analyst")
    assert task_titles(page)[0] == "1 district owes values of the month"
    assert re.search(r"\d+ signals beyond chance to review", " ".join(task_titles(page)))
    assert "watch?lang=en&amp;review=" in page
    checks = plain(page.split('class="sqm-checks"')[1].split("</ul>")[0])
    assert "✕ Values of the districts 12 of 13 complete" in checks
    assert "✓ Samples 2 of 2 quotas filled" in checks


def test_a_district_has_its_reds_against_the_company_and_its_stores_in_order_of_need(home: Home) -> None:
    page = home("district")
    assert re.match(
        r"Bronzebell, Oct 2026: \d+ of \d+ indicators missed; the whole company misses \d+ of", finding(page)
    )
    reds = rows(page, css="sqm-reds")
    alone = [not row[3].endswith("missed") for row in reds]
    assert alone == sorted(alone, reverse=True), "first what only this district misses"
    assert all(row[1].startswith("✕") for row in reds)
    needs = rows(page, css="sqm-needs")
    scores = [float(row[1].removeprefix("✕ ")) for row in needs if "collected" not in row[2]]
    assert scores == sorted(scores)
    assert f'href="store?lang=en&amp;store={STORE}"' in page
    titles = task_titles(page)
    assert "1 action open" in titles
    assert titles[-1] == "2 queried marks wait for a ruling", "others' work after one's own"


def test_personnel_decide_nothing(home: Home) -> None:
    page = home("hr")
    assert "sqm-tasks" not in page and "wait" not in " ".join(headings(page))
    assert "The matrix of the month" in headings(page)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("role", ["store_manager", "district"])
def test_nothing_of_other_places_is_named(home: Home, role: str, lang: str) -> None:
    page = plain(home(role, lang))
    places, seen = data_names.places(EVERYTHING), data_names.places(scope(Role(role)))
    title = f"name_{lang}"
    own = [row[title] for row in (*seen.stores.values(), *seen.districts.values())]
    others = {
        row[title]
        for code, row in (*places.stores.items(), *places.districts.items())
        if code not in seen.stores and code not in seen.districts and not any(row[title] in name for name in own)
    }
    assert len(others) > 100
    assert [name for name in others if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", page)] == []
    codes = set(re.findall(r"\bS\d{3}\b", page)) | set(re.findall(r"\bD\d{2}\b", page))
    assert codes <= {*seen.stores, *seen.districts}


@pytest.mark.parametrize("role", [Role.STORE_MANAGER, Role.DISTRICT])
def test_no_task_is_of_another_place(demo_file: Path, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    monkeypatch.setenv("SQM_DATABASE", str(demo_file))
    found = data_tasks.of(role, scope(role), TODAY)
    assert found and all(tasks.sees(scope(role), each) for each in found)
    assert {each.district_code for each in found} == {DISTRICT}
    if role is Role.STORE_MANAGER:
        assert {each.store_code for each in found} == {STORE}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("role", [Role.QUALITY, Role.ANALYST, Role.EXECUTIVE])
def test_every_task_has_a_link_and_words(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch, role: Role, lang: str
) -> None:
    monkeypatch.setenv("SQM_DATABASE", str(demo_file))
    with use(lang):
        for each in data_tasks.of(role, EVERYTHING, TODAY):
            link, _beside = task_lines.line(each, EVERYTHING)
            page_name = re.findall(r'href="([a-z]+)\?lang=', link)[0]
            assert page_name in {str(tasks.DONE_AT[each.code].page), "store"}
            assert plain(link)


@pytest.mark.parametrize(
    ("days", "en", "zh"),
    [
        (-2, "2 days overdue", "逾期"),
        (0, "due today", "今天到期"),
        (3, "3 days left", "还剩"),
        (None, "no date", "无期限"),
    ],
)
def test_a_deadline_is_said_in_words(days: int | None, en: str, zh: str) -> None:
    task = Task(Code.MOVE_ACTION, "a", None if days is None else TODAY + timedelta(days=days))
    with use("en"):
        assert task_words.left(task, TODAY) == en
    with use("zh"):
        assert zh in task_words.left(task, TODAY)


@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_kind_of_task_has_a_title_and_a_line(code: Code, lang: str) -> None:
    with use(lang):
        assert "1" in task_words.title(tasks.Group(code, (Task(code, "x"),)))
    assert code in task_lines._LINES


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three stores worked out by hand (audited.py), and no indicator values."""
    path = audited.build(tmp_path / "three.duckdb")
    monkeypatch.setenv("SQM_DATABASE", str(path))
    return path


def decide(path: Path, draft: Draft, today: date | None = None) -> None:
    uploads = Uploads(path.parent / "uploads")
    decisions.record(database(), uploads, draft.kind, "A1", "store_manager", draft.subject, draft.facts, today)


def manager(open_page: Open, path: Path, store: str = "A1") -> AppTest:
    app = open_page("home", database=path, role="store_manager", districts="D1", stores=store)
    assert not app.exception and not app.error
    return app


def test_a_store_manager_has_the_score_what_to_mend_and_deadlines(open_page: Open, three: Path) -> None:
    page = shown(manager(open_page, three))
    assert finding(page).startswith("First Street: 86.5 points")
    assert card(page, "Points lost").startswith("13.5 most of them: Audit topic 1 6.0")
    assert card(page, "Visits that pass").startswith("✓ 3 of 3")
    assert "Mend these first: 3 things would bring 13.5 points" in headings(page)
    assert f"store=A1&amp;mend={audited.ITEM}" in page
    assert "Nothing waits for you" in headings(page)
    assert "Second Street" not in page and "Third Street" not in page


def test_a_manager_of_two_stores_has_both_in_order_of_need(open_page: Open, three: Path) -> None:
    page = shown(manager(open_page, three, "A1,A2"))
    assert [row[:2] for row in rows(page, css="sqm-needs")] == [
        ["First Street A1", "86.5"],
        ["Second Street A2", "96.0"],
    ]
    assert "Third Street" not in page


def test_who_belongs_to_no_store_is_told_whom_to_ask(open_page: Open, three: Path) -> None:
    page = plain(shown(open_page("home", database=three, role="store_manager")))
    assert "No store or district belongs to you yet." in page and "sqm-tasks" not in page


def test_an_action_and_an_appeal_come_with_their_days_and_are_new(open_page: Open, three: Path) -> None:
    manager(open_page, three)
    for days, title in ((3, "Guide at the door"), (-2, "More counters")):
        asked = actions.Opening(title, "D1", "manager", TODAY + timedelta(days=days), 2.0, store_code="A1")
        decide(three, actions.open_action(asked), TODAY - timedelta(days=9))
    decide(three, appeals.raise_appeal("v2", audited.ITEM, "A1", "D1", 8.0, "all were open"))
    page = shown(manager(open_page, three))
    assert "2 things wait for you: 1 overdue; the next due on" in " ".join(headings(page))
    assert "1 overdue" in plain(page) and "3 new tasks" in plain(page)
    assert task_titles(page) == ["2 actions open 2 new", "1 queried mark waits for a ruling 1 new"]
    listed = plain(page.split('class="sqm-tasks"')[1].split("</ol>")[0])
    assert "✕ 2 days overdue" in listed and "Guide at the door manager · 3 days left" in listed
    assert card(page, "Next deadline").startswith("✕ 2 days overdue More counters")
    other = shown(manager(open_page, three, "A2"))
    assert "More counters" not in other and "Since you last looked" not in other


def test_what_waits_stands_in_the_corner_of_other_pages_as_long_as_it_is_known(open_page: Open, three: Path) -> None:
    asked = actions.Opening("More counters", "D1", "manager", TODAY - timedelta(days=2), 2.0, store_code="A1")
    decide(three, actions.open_action(asked), TODAY - timedelta(days=9))
    as_manager = {"database": three, "role": "store_manager", "districts": "D1", "stores": "A1"}
    assert "sqm-count" not in shown(open_page("home", **as_manager)), "the home itself says it"
    page = shown(open_page("store", **as_manager))
    corner = page.split('class="sqm-corner"')[1].split("</nav>")[0]
    assert 'aria-label="1 to do, 1 overdue"' in corner
    decide(three, appeals.raise_appeal("v2", audited.ITEM, "A1", "D1", 8.0, "all were open"))
    own = scope_of(Role.STORE_MANAGER, frozenset({"D1"}), frozenset({"A1"}))
    assert task_count.known(Role.STORE_MANAGER, own, TODAY) is None, "unknown is not shown as it was"


def test_an_action_of_a_whole_district_is_taken_further_beside_its_stores(open_page: Open, three: Path) -> None:
    for title, district in (("Train the staff", "D1"), ("Elsewhere", "D2")):
        asked = actions.Opening(title, district, "district quality", TODAY + timedelta(days=9), 2.0)
        decide(three, actions.open_action(asked))
    as_district = {"database": three, "role": "district", "districts": "D1"}
    steps = actions.actions(data_decisions.log())
    mine, other = (next(each for each in steps if each.district_code == code) for code in ("D1", "D2"))
    page = shown(open_page("stores", **as_district))
    assert "Districts: 1 action open" in " ".join(headings(page)) and "Elsewhere" not in page
    app = open_page("stores", **as_district, step=mine.action_id)
    app.selectbox(key="step_state").set_value(actions.State.DO)
    click(app, "Record the step")
    assert not app.exception
    assert [each.state for each in actions.actions(data_decisions.log())] == [actions.State.DO, actions.State.PLAN]
    assert "Record the step" not in labels(open_page("stores", **as_district, step=other.action_id))
    assert "Train the staff" not in shown(
        open_page("stores", database=three, role="store_manager", districts="D1", stores="A1")
    )
