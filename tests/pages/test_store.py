"""The store page on three stores whose figures are worked out by hand (audited.py), and on the demonstration."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.batches.uploads import Uploads
from sqm.database.deciding import decisions
from sqm.rules.audits import appeals
from sqm.rules.audits.appeals import Verdict
from sqm.rules.decisions import Decision, Draft, Kind
from sqm.rules.stores.actions import Opening, State, actions, open_action
from sqm.ui.doors.data import database
from sqm.ui.words import use
from tests.pages import audited
from tests.pages.audited import ITEM
from tests.pages.clicking import click, labels
from tests.pages.conftest import Open, shown
from tests.pages.reading import card, charts, finding, headings, plain, rows

MEND, PARTS, ANSWERS, VISITS = "sqm-store-mend", "sqm-store-parts", "sqm-store-opinion", "sqm-store-visits"


@pytest.fixture(scope="session")
def audited_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return audited.build(tmp_path_factory.mktemp("audited") / "audited.duckdb")


@pytest.fixture
def fresh(audited_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that a test may change, open for the test as for the page."""
    path = Path(shutil.copyfile(audited_file, tmp_path / "fresh.duckdb"))
    monkeypatch.setenv("SQM_DATABASE", str(path))
    return path


def _decide(path: Path, draft: Draft, who: str, today: date | None = None) -> Decision:
    """Decided by somebody else, in the log of the file."""
    uploads = Uploads(path.parent / "uploads")
    return decisions.record(database(), uploads, draft.kind, who, who, draft.subject, draft.facts, today)


def _page(app: AppTest) -> str:
    assert not app.exception and not app.error
    return shown(app)


@pytest.fixture
def first(open_page: Open, audited_file: Path) -> str:
    """The page of A1."""
    return _page(open_page("store", database=audited_file, store="A1"))


def _titled(page: str, start: str) -> str:
    return next(title for title in headings(page) if title.startswith(start))


def test_my_score_and_why_it_has_no_rank(first: str) -> None:
    """The second topic was seen once in every store, so nobody knows how far chance reaches there."""
    assert finding(first) == "First Street: 86.5 points, too few visits for a rank"
    assert "A1 · Own stores, large · East · points of 100 · Aug 2026 – Oct 2026" in plain(first)
    assert card(first, "Score, of 100").startswith("86.5 every part was collected")
    visits = card(first, "Audit visits")
    assert visits.startswith("3 last on 12 Oct 2026 mean visit score 86.7")
    assert "3 of 3 visits reach the province's pass mark of 80" in visits and "✓" in visits
    assert "few visits" not in visits


def test_which_part_lost_most(first: str) -> None:
    assert _titled(first, "Most was lost") == "Most was lost on: Audit topic 1 (on-site management), 6.0 of 13.5 points"
    table = {row[0].split(" third")[0].split(" two-way")[0]: row[1:5] for row in rows(first, css=PARTS)}
    assert table["Audit topic 1"] == ["30", "80.0", "24.0", "6.0"]
    assert table["Audit topic 2"] == ["30", "100.0", "30.0", "0.0"]
    assert table["SMS satisfaction"] == ["20", "75.0", "15.0", "5.0"]
    assert table["Queueing"] == ["10", "75.0", "7.5", "2.5"]
    assert table["Handling time"] == ["10", "100.0", "10.0", "0.0"]
    assert table["Overall perception"] == ["not scored", "80.0", "–", "–"]
    lost = [float(row[3]) for row in table.values() if row[3] != "–"]
    assert sum(lost) == pytest.approx(100 - 86.5)


def test_what_to_mend_first_and_since_when_it_fails(first: str) -> None:
    assert _titled(first, "Do this first") == "Do this first: 3 things would bring 13.5 points"
    table = rows(first, css=MEND)
    assert [row[2] for row in table] == ["+6.0", "+5.0", "+2.5"]
    assert table[0][1].startswith("Counters open to match the queue") and "Audit topic 1" in table[0][1]
    assert table[0][3] == "2 of 2 visits"
    assert table[0][4] == "10 Aug 2026 2 visits in a row"
    assert table[0][5] == "Second Street", "praise of a store of the class may be named"
    assert table[1][1] == "SMS satisfaction" and table[2][1] == "Queueing"
    assert "The 3 losses add up to 13.5 points, exactly what is missing to 100." in plain(first)


def test_the_queue_against_the_standard(first: str) -> None:
    assert "9.0 min in the queue; full points up to 4, none from 24" in headings(first)
    table = rows(first, css="sqm-store-minutes")
    assert table[0][1:3] == ["9.0 min", "14.0 min"] and table[0][4] == "2.5"
    assert "the province's, since Jan 2025" in table[0][3]
    assert table[1][1:3] == ["8.0 min", "8.0 min"] and table[1][4] == "0.0"


def test_what_customers_say_by_channel_never_blended(first: str) -> None:
    table = rows(first, css=ANSWERS)
    assert [row[0] for row in table][:2] == ["Store overall", "Environment"] and len(table) == 6
    assert table[0][1].startswith("75 ±") and table[0][1].endswith("n = 40")
    assert table[0][2].startswith("100 ±") and table[0][2].endswith("n = 10")
    assert table[0][3] == "–", "nobody was called"
    assert table[-1] == ["plain mean of the four", "75 %", "100 %", "–"]
    assert "80 %" not in plain(first.split(ANSWERS)[1].split("</table>")[0]), "40 of 50 of both channels together"
    assert plain(first).count("queue too long, said at A1") == 5
    assert (
        "comments?lang=en&amp;survey=store_evaluation&amp;month=2026-10&amp;back=3&amp;district=D1&amp;store=A1"
        in first
    )


def test_is_my_improvement_real(first: str) -> None:
    """Three audited months have most of the score or not: May and August see one topic, October both."""
    assert "Too few audited months to tell a real change from chance" in headings(first)


def test_what_the_last_audit_changed_and_the_visits(first: str) -> None:
    assert "The last audit changed no item" in headings(first), "it failed in August already"
    table = rows(first, css=VISITS)
    assert {(row[0], row[2]) for row in table} == {
        ("12 Oct 2026", "✓ 80.0 passed"),
        ("12 Oct 2026", "✓ 100.0 passed"),
        ("10 Aug 2026", "✓ 80.0 passed"),
    }


def test_the_month_in_which_it_failed_first(open_page: Open, audited_file: Path) -> None:
    page = _page(open_page("store", database=audited_file, store="A1", month="2026-08", span="month"))
    assert "The last audit: 1 item newly failed, 0 pass again" in headings(page)
    assert rows(page, css=MEND)[0][4] == "10 Aug 2026 the last visit"
    assert card(page, "Audit visits").count("few visits: one is 100 % of the result") == 1


def test_business_and_self_service(first: str) -> None:
    assert "50 % of 200 transactions were made on self-service devices in Oct 2026" in headings(first)
    assert "100 of them on self-service devices (50 %); 60 only paid a bill at the counter" in plain(first)


def test_a_store_of_which_too_little_was_collected_is_not_ranked(open_page: Open, audited_file: Path) -> None:
    """A failed critical item: 60 of 100; 0.3 x 60 + 0.2 x 50 over a weight of 50 = 56. Like the others in what is
    missing: topic 2 100 (both), queue 75 to 100, handling 100 -> 28 + 30 + 7.5 + 10 = 75.5 to 78."""
    page = _page(open_page("store", database=audited_file, store="A3"))
    assert finding(page) == "Third Street: 56.0 points, not ranked: only 50 % was collected"
    score = card(page, "Score, of 100")
    assert "not collected: Audit topic 2, Queueing and Handling time" in score
    assert "75.5–78.0, if that were like the worst or the best of the class" in score
    assert card(page, "Place in its class") == "– below 70 % of the weight no store is ranked"
    assert rows(page, css=PARTS)[0][1] == "30 → 60.0"
    assert sum(float(row[2].split()[0]) for row in rows(page, css=MEND)) == pytest.approx(44.0)
    assert "Too few comments: hidden" in headings(page)


def test_a_manager_sees_the_own_store_and_no_figure_of_another(open_page: Open, audited_file: Path) -> None:
    app = open_page(
        "store", database=audited_file, role="store_manager", districts="D1", stores="A1", store="A2", span="month"
    )
    page = _page(app)
    assert finding(page).startswith("First Street: ")
    assert not [box for box in app.selectbox if box.label == "Store"], "one store needs no list"
    words = plain(page)
    assert "Third Street" not in words and "A3" not in words and "said at A3" not in words
    assert "96.0" not in words and "seen at A2" not in words


def test_a_district_chooses_among_its_own_stores(open_page: Open, audited_file: Path) -> None:
    app = open_page("store", database=audited_file, role="district", districts="D1")
    (box,) = (box for box in app.selectbox if box.label == "Store")
    assert box.options == ["A1 First Street", "A2 Second Street"]
    assert finding(_page(app)).startswith("First Street")


@pytest.mark.parametrize(("role", "districts", "stores"), [("store_manager", "D1", ""), ("district", "", "")])
def test_who_belongs_to_nothing_is_told_so(
    open_page: Open, audited_file: Path, role: str, districts: str, stores: str
) -> None:
    app = open_page("store", database=audited_file, role=role, districts=districts, stores=stores)
    page = _page(app)
    assert "Your account belongs to no store yet." in page
    assert "Street" not in page and not headings(page)


def test_without_visits_the_page_says_what_is_missing(open_page: Open) -> None:
    assert "No store has been audited yet." in _page(open_page("store"))


def test_a_manager_opens_an_action_in_two_clicks(open_page: Open, fresh: Path) -> None:
    viewer = {"role": "store_manager", "districts": "D1", "stores": "A1"}
    app = open_page("store", database=fresh, **viewer, mend=ITEM)
    assert _page(app).count(f"mend={ITEM}") == 1
    app = click(app, "Record the action")
    page = _page(app)
    due = date.today() + timedelta(weeks=4)
    assert "The action is open, due" in page and "Record the action" not in labels(app)
    title = _titled(page, "1 action open")
    assert title.startswith(f"1 action open, the next due {due.day} ")
    row = rows(page, css="sqm-store-actions")[0]
    assert row[1] == "store manager" and row[3] == "planned" and row[4] == "+6 points won back"
    assert rows(page, css=MEND)[0][6].startswith("action due"), "no second action for the same item"


def test_an_action_takes_its_steps_and_an_overdue_one_says_so(open_page: Open, fresh: Path) -> None:
    opening = Opening(
        "Open more counters", "D1", "store_manager", date(2026, 6, 1), 6.0, store_code="A1", item_code=ITEM
    )
    made = _decide(fresh, open_action(opening), "district", date(2026, 5, 20))
    viewer = {"role": "district", "districts": "D1"}
    app = open_page("store", database=fresh, **viewer, step=made.decision_id)
    assert headings(_page(app)).count("1 action open, 1 overdue") == 1
    assert "days overdue" in _page(app)
    app = click(app, "Record the step")
    assert rows(_page(app), css="sqm-store-actions")[0][3] == "under way"
    assert [each.state for each in actions(decisions.every(database()))[0].moves] == [State.DO]


def test_an_upheld_query_moves_the_score_exactly(open_page: Open, fresh: Path) -> None:
    """8 instead of 2 of 8 in October: that visit scores 100, the topic 90, the composite 3 points more."""
    viewer = {"role": "store_manager", "districts": "D1", "stores": "A1"}
    app = open_page("store", database=fresh, **viewer, query=f"v2~{ITEM}")
    (visit,) = (box for box in app.selectbox if box.label == "Visit")
    assert visit.options == ["12 Oct 2026: 2 of 8 points", "10 Aug 2026: 2 of 8 points"]
    app = click(app, "Send the query")
    assert "a query needs a reason" in _page(app) and not decisions.every(database())
    next(field for field in app.text_input if field.label == "Reason").input("all counters were open")
    app = click(app, "Send the query")
    page = _page(app)
    assert "Sent. It waits for a ruling of the quality department." in page
    assert "No action open; 1 queried mark waits for a ruling" in headings(page)
    (raised,) = decisions.every(database())
    assert (raised.kind, raised.subject, raised.facts["claimed"]) == (Kind.APPEAL_RAISED, "v2", 8.0)
    assert finding(page).startswith("First Street: 86.5 points")

    _decide(fresh, appeals.rule(raised.decision_id, Verdict.UPHELD, "the photo shows it"), "quality")
    page = _page(open_page("store", database=fresh, **viewer))
    assert finding(page).startswith("First Street: 89.5 points")
    assert rows(page, css=MEND)[1][1].startswith("Counters open") and rows(page, css=MEND)[1][2] == "+3.0"
    row = rows(page, css="sqm-store-appeals")[0]
    assert row[4].startswith("upheld") and "the photo shows it" in row[4] and not row[5]


def test_a_query_is_taken_back(open_page: Open, fresh: Path) -> None:
    made = _decide(fresh, appeals.raise_appeal("v1", ITEM, "A1", "D1", None, "no counters here"), "store_manager")
    app = open_page("store", database=fresh, role="quality", store="A1", unquery=made.decision_id)
    assert "does not apply" in rows(_page(app), css="sqm-store-appeals")[0][2]
    page = _page(click(app, "Take it back"))
    assert "sqm-store-appeals" not in page and "No action open" in headings(page)


def test_who_may_not_act_gets_no_form(open_page: Open, audited_file: Path) -> None:
    app = open_page("store", database=audited_file, role="analyst", store="A1", mend=ITEM, query=f"v2~{ITEM}")
    page = _page(app)
    assert "Open an action" not in [plain(each) for each in re.findall(r"<a [^>]*>(.*?)</a>", page)]
    assert not app.button and not app.text_input


def test_a_form_for_another_store_does_not_open(open_page: Open, audited_file: Path) -> None:
    viewer = {"role": "store_manager", "districts": "D1", "stores": "A1"}
    app = open_page("store", database=audited_file, **viewer, query="x1~on_site_management.queue_guide")
    _page(app)
    assert not app.button


@pytest.mark.parametrize("span", ["month", "quarter", "year"])
def test_chinese_has_no_english_left(open_page: Open, audited_file: Path, span: str) -> None:
    page = _page(open_page("store", "zh", database=audited_file, store="A1", span=span, rows="all"))
    words = set(re.findall(r"[A-Za-z]{2,}", plain(page).replace("queue too long, said at", "")))
    assert words <= {"English", "KPI", "seen", "at"}, words
    assert "一号街厅" in finding(page)


def test_the_demonstration_answers_every_question(open_page: Open, demo_file: Path) -> None:
    """S001 is ranked; the whole of what it lost adds up to what is missing; charts stand for wide and narrow."""
    app = open_page("store", database=demo_file, role="quality", store="S001", rows="all")
    page = _page(app)
    assert re.fullmatch(r".+: \d+\.\d points, rank \d+, plausibly \d+–\d+ of \d+", finding(page))
    score = float(finding(page).split(": ")[1].split(" points")[0])
    lost = sum(float(row[2].split()[0]) for row in rows(page, css=MEND))
    assert lost == pytest.approx(100 - score, abs=0.05 * len(rows(page, css=MEND)) + 0.1)
    assert len(charts(page)) == 4, "trend and business, wide and narrow"
    assert page.count("sqm-if-wide") == 2, "the bar of parts and the waits"
    assert len(page.encode()) < 200_000


def test_the_span_and_month_stand_in_the_address(open_page: Open, demo_file: Path) -> None:
    app = open_page("store", database=demo_file, store="S007", month="2025-06", span="year")
    assert "Jul 2024 – Jun 2025" in plain(_page(app))
    assert (app.query_params["span"], app.query_params["month"]) == ("year", "2025-06")


def test_among_many_stores_the_district_comes_first(open_page: Open, demo_file: Path) -> None:
    """The address names the store alone; another district begins with its first store."""
    app = open_page("store", database=demo_file, store="S104")
    district, store = app.selectbox[0], app.selectbox[1]
    assert (district.label, store.label) == ("District", "Store")
    assert len(store.options) == 7 and store.value == "S104", "of 130 in all"
    with use("en"):
        app = district.select_index(0).run()
    assert finding(_page(app)).startswith(app.selectbox[1].options[0].split(" ", 1)[1])
    assert "store" not in app.query_params, "the first of all"


def test_codes_of_uploaded_files_stay_text(open_page: Open, fresh: Path) -> None:
    """A visit without a theme, of an item that no catalogue names, with signs that mean something in addresses."""
    item, visit = "counter & <b>queue</b>", "v&9=1"
    with database().write() as cursor:
        cursor.execute(
            "insert into visits (batch_id, source_row, visit_id, store_code, visited_on, month, source, theme) "
            "values ('z', 2, $visit, 'A3', '2026-09-09', '2026-09-01', 'third_party', '')",
            {"visit": visit},
        )
        for code, points in ((item, 1), ("other", 4)):
            cursor.execute(
                "insert into visit_items (batch_id, source_row, visit_id, item_code, points, max_points, critical) "
                "values ('z', 2, $visit, $item, $points, 4, false)",
                {"visit": visit, "item": code, "points": points},
            )
    asked = {"store": "A3", "month": "2026-09", "span": "month"}
    page = _page(open_page("store", database=fresh, role="quality", **asked))
    assert "<b>queue" not in page and rows(page, css=MEND)[0][1].startswith(item)
    assert "?query=v%269%3D1~counter+%26+%3Cb%3Equeue%3C%2Fb%3E" in page
    assert headings(page)[1].startswith("Most was lost on: Audit topic 1, ")
    app = open_page("store", database=fresh, role="quality", **asked, query=f"{visit}~{item}")
    _page(app)
    assert "Send the query" in labels(app)
